"""People who were entered by mistake: deleted permanently, as long as nothing else is recorded about them."""

from functools import partial

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext as _

from participants.models import Participant

from . import photos


def obstacles(people):
    """{pk: why not, in words} of those of ``people`` (a list) who cannot be deleted. One query a table."""
    found = {}
    for relation in Participant._meta.related_objects:
        rows = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": people})
        what = {"what": relation.related_model._meta.verbose_name_plural}
        for pk in rows.values_list(relation.field.attname, flat=True):
            found[pk] = _("There are more records of this person: %(what)s.") % what
    for person in people:
        if person.erased_at:
            found[person.pk] = _("This person was erased.")
        elif person.invited_at or person.user_id:
            found[person.pk] = _("This person was invited already.")
    return found


@transaction.atomic
def delete(pks):
    """Delete these people, their history and their names in the admin's log, permanently.

    Those with ``obstacles`` stay; they are returned as {person: why}.
    """
    people = list(Participant.objects.select_for_update().filter(pk__in=pks).order_by("pk"))
    why = obstacles(people)
    wrong = [person for person in people if person.pk not in why]
    for person in wrong:
        transaction.on_commit(partial(photos.delete, person.photo))
    keys = [person.pk for person in wrong]
    kind = ContentType.objects.get_for_model(Participant)
    log = LogEntry.objects.filter(content_type=kind, object_id__in=map(str, keys))
    log.update(object_repr=_("Deleted person"), change_message="")
    Participant.objects.filter(pk__in=keys).delete()
    Participant.history.filter(id__in=keys).delete()
    return {person: why[person.pk] for person in people if person.pk in why}
