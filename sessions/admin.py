"""Sessions in the admin: who teaches them, and what participants may read."""

from pathlib import PurePath

from django import forms
from django.contrib import admin
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from program.admin.forms import limit_to_program
from program.admin.items import ItemAdmin
from program.admin.places import OfProgram
from program.admin.rights import InProgramInline
from program.admin.rows import RowFormSet
from program.merging import MergingForm, MergingModelForm

from .models import ClassroomSession, Material, SessionSpeaker, Speaker


class SpeakerRows(RowFormSet):
    def add_fields(self, form, index):
        super().add_fields(form, index)
        limit_to_program(form.fields["speaker"], self.instance.program)
        if not hasattr(self, "_choices"):
            self._choices = list(form.fields["speaker"].choices)
        form.fields["speaker"].choices = self._choices


class SpeakerInline(InProgramInline, admin.TabularInline):
    model = SessionSpeaker
    form = MergingModelForm
    formset = SpeakerRows
    extra = 1

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("speaker", "session")


class MaterialForm(MergingForm, forms.ModelForm):
    """A file or a link; that it must be one of the two is said at the link."""

    class Meta:
        # Without a link to the present file: a view hands files out, not an address of their own.
        widgets = {"file": forms.FileInput}

    def _update_errors(self, errors):
        if NON_FIELD_ERRORS in getattr(errors, "error_dict", {}):
            if self.errors:
                return
            errors = ValidationError({"link": errors.error_dict[NON_FIELD_ERRORS]})
        super()._update_errors(errors)


class MaterialInline(InProgramInline, admin.StackedInline):
    model = Material
    form = MaterialForm
    formset = RowFormSet
    extra = 0
    fields = ["title", "current", "file", "link"]
    readonly_fields = ["current"]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}

    def get_fields(self, request, obj=None):
        fields = super().get_fields(request, obj)
        # To those who cannot change it Django would show the file with a link that leads nowhere.
        return fields if self.has_change_permission(request, obj) else [f for f in fields if f != "file"]

    @admin.display(description=_("present file"))
    def current(self, material):
        if not material.pk or not material.file:
            return ""
        if not material.session.program.published:
            return PurePath(material.file.name).name
        url = reverse("classroom:material", args=[material.session.program.slug, material.pk])
        return format_html('<a href="{}">{}</a>', url, PurePath(material.file.name).name)


@admin.register(ClassroomSession)
class SessionAdmin(ItemAdmin):
    kinds = ClassroomSession.KINDS
    details = ("room", "lesson_hours", "objectives")
    add_label = _("Add a session")
    inlines = [SpeakerInline, MaterialInline]


@admin.register(Speaker)
class SpeakerAdmin(OfProgram):
    list_display = ["name", "position", "organization"]
    list_select_related = ["organization"]
    search_fields = ["name", "position", "organization__name"]
    fields = ["program", "name", "position", "organization"]
