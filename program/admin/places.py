"""Organizations, venues and groups in the admin: what belongs to one program."""

from django import forms
from django.contrib import admin
from django.db import models
from django.utils.dates import WEEKDAYS as WEEKDAY_NAMES
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from program.agenda.conflicts.closed import WEEKDAYS
from program.models import Group, Organization, Venue

from .agenda_list import ProgramFilter
from .forms import LINES, ProgramForm
from .history import TimelineView
from .rights import InProgram
from .saving import SafeSaving


class OfProgram(SafeSaving, InProgram, admin.ModelAdmin):
    """For what belongs to one program: lists show one program, forms keep it."""

    form = ProgramForm
    list_per_page = 100
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    sortable_by = ()
    change_form_template = "admin/program/program_form.html"
    formfield_overrides = LINES | {models.URLField: {"assume_scheme": "https"}}

    def get_list_filter(self, request):
        return [ProgramFilter, *self.list_filter]


class WeekdaysField(forms.MultipleChoiceField):
    """Weekdays as Organization keeps them, "sat sun", ticked one by one; named in the page's language."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, max_length=None, **kwargs):
        super().__init__(choices=self._days, **kwargs)

    def _days(self):
        return [(day, capfirst(WEEKDAY_NAMES[place])) for place, day in enumerate(WEEKDAYS)]

    def prepare_value(self, value):
        return value.split() if isinstance(value, str) else value

    def clean(self, value):
        return " ".join(super().clean(value))

    def has_changed(self, initial, data):
        return super().has_changed((initial or "").split(), data)


class OrganizationForm(ProgramForm):
    class Meta(ProgramForm.Meta):
        field_classes = ProgramForm.Meta.field_classes | {"closed_weekdays": WeekdaysField}
        widgets = {"closed_weekdays": forms.CheckboxSelectMultiple}


@admin.register(Organization)
class OrganizationAdmin(TimelineView, OfProgram):
    form = OrganizationForm
    list_display = ["name", "local_name", "role", "parent", "origin"]
    list_filter = ["role", "origin"]
    list_select_related = ["parent"]
    search_fields = ["name", "local_name", "slug"]
    prepopulated_fields = {"slug": ["name"]}
    fieldsets = [
        (None, {"fields": ["program", "name", "slug", "role", "parent"]}),
        (_("What participants read about it"), {"fields": ["description", "website"]}),
        (_("When it is closed"), {"fields": ["closed_weekdays", "closed_dates"]}),
        (
            _("Bahasa Indonesia"),
            {
                "fields": ["local_name", "local_description"],
                "description": _("If this is empty, the Indonesian pages show the English text."),
            },
        ),
        (_("Source"), {"fields": ["origin"]}),
    ]


class VenueForm(ProgramForm):
    def clean(self):
        """Say at the empty one of the two that it is missing; the model would say it on top."""
        data = super().clean()
        for name, other in (("latitude", "longitude"), ("longitude", "latitude")):
            if name not in self.errors and data.get(name) is None and data.get(other) is not None:
                self.add_error(name, gettext("Give latitude and longitude, or neither."))
        return data


@admin.register(Venue)
class VenueAdmin(TimelineView, OfProgram):
    form = VenueForm
    list_display = ["name", "city", "address", "capacity", "is_on_map", "origin"]
    list_filter = ["city", "origin"]
    search_fields = ["name", "local_name", "city", "address", "slug"]
    prepopulated_fields = {"slug": ["name"]}
    fieldsets = [
        (None, {"fields": ["program", "name", "slug", "city", "address", "capacity"]}),
        (
            _("On the map"),
            {
                "fields": [("latitude", "longitude"), "approximate"],
                "description": _("In degrees, as a map shows them: -6.9 and 107.6 are in Bandung."),
            },
        ),
        (
            _("Bahasa Indonesia"),
            {
                "fields": ["local_name"],
                "description": _("If this is empty, the Indonesian pages show the English text."),
            },
        ),
        (_("Source"), {"fields": ["origin"]}),
    ]

    @admin.display(description=_("on the map"), boolean=True)
    def is_on_map(self, venue):
        return venue.latitude is not None


@admin.register(Group)
class GroupAdmin(OfProgram):
    list_display = ["name", "size"]
    fields = ["program", "name", "size"]

    def changelist_view(self, request, extra_context=None):
        context = {"program": self.list_program(request)}
        return super().changelist_view(request, context | (extra_context or {}))
