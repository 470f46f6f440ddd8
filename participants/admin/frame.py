"""What the admin's pages about people share."""

from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.contrib.auth.decorators import permission_required
from django.shortcuts import get_object_or_404
from django.urls import reverse

from program.admin.frame import admin_page
from program.models import Program

from ..models import Participant

LIST = "admin:participants_participant_changelist"
# 403 for a member of staff who lacks the right; who is not staff does not get this far.
may_view = permission_required("participants.view_participant", raise_exception=True)
may_change = permission_required("participants.change_participant", raise_exception=True)
may_read_travel = permission_required("participants.view_travelrecord", raise_exception=True)


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


def program_or_404(pk):
    return get_object_or_404(Program, pk=pk)


def list_url(program):
    """The address of the list of ``program``'s participants."""
    return f"{reverse(LIST)}?program={program.pk}"
