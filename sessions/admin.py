"""Sessions in the admin: who teaches them, and what participants may read."""

from pathlib import PurePath

from django import forms
from django.contrib import admin
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from program.admin.forms import NamedRows, limit_to_program
from program.admin.items import ItemAdmin
from program.admin.places import OfProgram
from program.admin.rights import InProgramInline

from .models import ClassroomSession, Material, SessionSpeaker, Speaker


class RowFormSet(NamedRows):
    """Rows of a session that someone else may have changed since the form was opened.

    What was typed is laid over the rows that there are now: one that was removed becomes a new one, one
    that was added is shown too. The session's own form says what happened, and is refused then; files
    have to be chosen again.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.is_bound and self.instance.pk:
            rows = {str(row.pk): row for row in self.get_queryset()}
            typed = [self._typed(n) for n in range(self.total_form_count())]
            if rows.keys() != {values["id"] for values in typed if values.get("id")}:
                self._lay_over(rows, typed)

    def _typed(self, number):
        prefix = f"{self.add_prefix(number)}-"
        return {key.removeprefix(prefix): self.data[key] for key in self.data if key.startswith(prefix)}

    def _lay_over(self, rows, typed):
        kept = [values for values in typed if values.get("id") in rows]
        added = [
            {"id": pk, self.fk.name: str(self.instance.pk), **self.form(instance=row).initial}
            for pk, row in rows.items()
            if pk not in {values["id"] for values in kept}
        ]
        new = [values | {"id": ""} for values in typed if values not in kept and "DELETE" not in values]
        data = self.data.copy()
        for key in [key for key in data if key.startswith(f"{self.prefix}-")]:
            if key.removeprefix(f"{self.prefix}-").split("-")[0].isdecimal():
                del data[key]
        for number, values in enumerate([*kept, *added, *new]):
            data.update({f"{self.add_prefix(number)}-{name}": value for name, value in values.items()})
        data[f"{self.prefix}-INITIAL_FORMS"] = str(len(kept) + len(added))
        data[f"{self.prefix}-TOTAL_FORMS"] = str(len(kept) + len(added) + len(new))
        self.data = data
        del self.management_form


class SpeakerRows(RowFormSet):
    def add_fields(self, form, index):
        super().add_fields(form, index)
        limit_to_program(form.fields["speaker"], self.instance.program)
        if not hasattr(self, "_choices"):
            self._choices = list(form.fields["speaker"].choices)
        form.fields["speaker"].choices = self._choices


class SpeakerInline(InProgramInline, admin.TabularInline):
    model = SessionSpeaker
    formset = SpeakerRows
    extra = 1

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("speaker")


class MaterialForm(forms.ModelForm):
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
