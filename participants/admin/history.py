"""Who changed what of a participant, and when. Travel records have no history."""

from itertools import pairwise

from django.utils.translation import gettext as _

from ..columns import in_words
from ..models import Participant
from .frame import page

QUIET = {"photo", "invited_at", "erased_at"}  # that it changed says enough


def history(request, person):
    records = list(person.history.select_related("history_user"))
    entries = [(new, _changes(new, old)) for new, old in pairwise(records)]
    if records:
        entries.append((records[-1], []))
    return page(request, "history.html", person.program, _("History"), person=person, entries=entries)


def _changes(new, old):
    """[(name of the field, old, new)] in words; old and new are None where the field says enough."""
    for change in new.diff_against(old).changes:
        field = Participant._meta.get_field(change.field)
        quiet = change.field in QUIET or field.is_relation
        values = (None, None) if quiet else (in_words(change.field, v) for v in (change.old, change.new))
        yield (field.verbose_name, *values)
