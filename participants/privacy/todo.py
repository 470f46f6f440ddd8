"""Requests to be erased, on the start page of organizers until they are done."""

from django.urls import reverse
from django.utils.translation import gettext as _

from participants.models import Participant
from program.todo import Todo

from . import asking


def ask(program, user):
    """One query; one more when somebody asked."""
    if not user.has_perm("participants.change_participant", program):
        return
    asked = asking.all_who_asked(program)
    for person in Participant.objects.filter(pk__in=asked, erased_at=None) if asked else ():
        yield Todo(
            _("%(name)s asks to be erased") % {"name": person.called},
            reverse("admin:participants_participant_erase", args=[person.pk]),
        )
