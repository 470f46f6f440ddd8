"""What the admin's pages about people share."""

from datetime import datetime, time

from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone

from program.team.rights import perms_in

from ..models import Participant

LIST = "admin:participants_participant_changelist"
MAY_VIEW, MAY_CHANGE = "participants.view_participant", "participants.change_participant"
MAY_READ_TRAVEL, MAY_MARK = "participants.view_travelrecord", "participants.mark_attendance"


class PlainChoices:
    """Of an admin whose choices have no small pictures beside them: on a phone one leads away too easily."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
            field.widget.choices = field.choices
        return field


def page(request, template, program, title, **context):
    """An admin page about people of ``program``, written in the program's time zone."""
    frame = {"title": title, "program": program, "zone": zone_of(program), "opts": Participant._meta}
    frame["perms"] = perms_in(request.user, program)
    response = TemplateResponse(
        request,
        f"admin/participants/{template}",
        admin.site.each_context(request) | frame | context,
    )
    with timezone.override(program.tz):
        return response.render()


def zone_of(program):
    """The short name of the time zone of ``program`` on its first day: "WIB"."""
    return datetime.combine(program.starts_on, time(), program.tz).tzname()


def list_url(program):
    """The address of the list of ``program``'s participants."""
    return f"{reverse(LIST)}?program={program.pk}"
