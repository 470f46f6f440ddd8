"""What the admin's pages about people share."""

from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.urls import reverse

from participants.models import Participant
from program.admin.frame import admin_page
from program.admin.rights import found_or_404

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
    """An admin page about people of ``program``; ``template`` extends admin/participants/page.html."""
    context = {"opts": Participant._meta} | context
    return admin_page(request, f"participants/{template}", program, title, **context)


def list_url(program):
    """The address of the list of ``program``'s participants."""
    return f"{reverse(LIST)}?program={program.pk}"


def person_or_404(request, pk, right):
    """The Participant of a page: 404 unless the user works on the program, 403 without ``right`` in it."""
    return found_or_404(request, Participant.objects.select_related("program", "user"), pk, right)
