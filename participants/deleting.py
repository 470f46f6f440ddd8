"""People who were entered by mistake: deleted for good, as long as nothing has begun with them."""

from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _

from . import photos
from .models import Participant
from .privacy import blank_log


def obstacles(people):
    """{pk: why not, in words} of those of ``people`` (a list) who cannot be deleted. One query a table."""
    found = {}
    for relation in Participant._meta.related_objects:
        rows = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": people})
        what = {"what": relation.related_model._meta.verbose_name_plural}
        for pk in rows.values_list(relation.field.attname, flat=True):
            found[pk] = _("There is more about this person: %(what)s.") % what
    for person in people:
        if person.erased_at:
            found[person.pk] = _("This person was erased.")
        elif person.invited_at or person.user_id:
            found[person.pk] = _("This person was invited already.")
    return found


@transaction.atomic
def delete(pks):
    """Delete these people with their history, but those with ``obstacles``; return those as {person: why}."""
    people = list(Participant.objects.select_for_update().filter(pk__in=pks).order_by("pk"))
    why = obstacles(people)
    wrong = [person for person in people if person.pk not in why]
    for person in wrong:
        blank_log(person, person.email)
        transaction.on_commit(partial(photos.delete, person.photo))
    keys = [person.pk for person in wrong]
    Participant.objects.filter(pk__in=keys).delete()
    Participant.history.filter(id__in=keys).delete()
    return {person: why[person.pk] for person in people if person.pk in why}
