"""Who changed what of a participant, and when. Travel records have no history."""

from itertools import pairwise

from django.utils.translation import gettext as _

from participants.people.spreadsheets.columns import in_words

from .frame import page

# That it changed says enough; the account follows the address.
QUIET = {"photo", "user", "invited_at", "erased_at"}


def history(request, person):
    records = list(person.history.select_related("history_user", "operation"))
    groups = dict(person.program.groups.values_list("pk", "name"))
    entries = [(new, list(_changes(new, old, groups))) for new, old in pairwise(records)]
    if records:
        entries.append((records[-1], []))
    return page(request, "people/history.html", person.program, _("History"), person=person, entries=entries)


def _changes(new, old, groups):
    """(name of the field, old, new) in words; old and new are None where the field says enough."""
    for field in new.tracked_fields:
        before, after = getattr(old, field.attname), getattr(new, field.attname)
        if before == after:
            continue
        if field.name in QUIET:
            yield field.verbose_name, None, None
        elif field.name == "group":
            yield field.verbose_name, groups.get(before, ""), groups.get(after, "")
        else:
            yield field.verbose_name, in_words(field.name, before), in_words(field.name, after)
