"""Participants in the admin: the list of one program by country, and the form of one person."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.urls import path
from django.utils.translation import gettext_lazy as _

from participants.models import Participant
from participants.people import directory, numbers
from participants.people.directory import by_country
from participants.people.forms import PRINTED, not_printed
from participants.people.seats import seats, status_counts
from program.admin.frame import zone_of
from program.admin.rights import InProgram
from program.admin.saving import SafeSaving

from . import actions, group_pages, history, import_pages
from .filters import FILTERS
from .forms import ParticipantForm

FILTERED = ("q", "country", "status", "group", "invited")
SOUGHT = (*directory.SHOWN, "email", "phone", "room")


class PeopleAdmin(SafeSaving, InProgram, admin.ModelAdmin):
    """Of what only people/ knows; participants/admin.py adds what the other slices do with people."""

    form = ParticipantForm
    list_filter = FILTERS
    list_per_page = 200
    list_select_related = ["group"]
    show_full_result_count = False
    search_fields = ["name"]  # the searched fields are in get_search_results
    search_help_text = _("Name, country, institution, e-mail, telephone or room")
    change_list_template = "admin/participants/people/people.html"
    change_form_template = "admin/participants/people/person.html"
    pages = [*group_pages.URLS, *import_pages.URLS]
    view_on_site = False
    readonly_fields = ["invited_at", "erased_at"]
    # Who marks attendance prints what is needed for it.
    action_rights = {"mark": "participants.mark_attendance"}
    fieldsets = [
        (None, {"fields": ["program", "name", "preferred_name", "own_script_name", "country"]}),
        (_("In the program"), {"fields": ["status", "group", "room"]}),
        (_("Work and contact"), {"fields": ["institution", "position", "email", "phone"]}),
        (_("Meals"), {"fields": ["diet", "diet_note"]}),
        (
            _("For the other participants"),
            {
                "fields": ["bio", "shown_in_directory", "contact_shown"],
                "description": _(
                    "What the person agreed to. You can withdraw an agreement here, but not give one."
                ),
            },
        ),
    ]

    # Who may do what

    def has_delete_permission(self, request, obj=None):
        """Nobody is deleted here: people who do not come are withdrawn, and erased when they ask for it."""
        return False

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and not (obj and obj.erased_at)

    def has_mark_permission(self, request):
        return request.user.has_perm(self.right_to("mark"))

    # The list

    def get_search_results(self, request, queryset, search_term):
        if search_term.strip():
            found = directory.search(queryset, search_term, SOUGHT)
            queryset = queryset.filter(pk__in=[person.pk for person in found])
        return queryset, False

    def changelist_view(self, request, extra_context=None):
        program = self.list_program(request)
        extra = {"program": program, "title": _("Participants")} | (extra_context or {})
        response = super().changelist_view(request, extra)
        context = getattr(response, "context_data", None)
        if program and context and "cl" in context:
            context |= {
                "seats": seats(program),
                "is_filtered": any(request.GET.get(name) for name in FILTERED),
                "statuses": _statuses(program),
                "countries": by_country(context["cl"].result_list),
            }
        return response

    # The form

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if obj and not self.has_change_permission(request, obj):
            return [(name, options | {"fields": _to_read(options)}) for name, options in fieldsets]
        return fieldsets

    @admin.display(description=_("country"))
    def country_in_words(self, person):
        return person.country_name

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj:
            context |= {"program": obj.program, "zone": zone_of(obj.program)}
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        for name in PRINTED:
            if name in form.changed_data and (told := not_printed(name, getattr(obj, name))):
                messages.warning(request, f"{obj.called}: {told}")
        if "status" in form.changed_data:
            numbers.give(obj.program)
            actions.warn_about_seats(request, obj.program)

    def history_view(self, request, object_id, extra_context=None):
        person = self.get_object(request, object_id)
        if not self.has_view_or_change_permission(request, person):
            raise PermissionDenied
        return history.history(request, person)

    def get_urls(self):
        own = [
            path(route, self.admin_site.admin_view(view), name=f"participants_participant_{name}")
            for route, view, name in self.pages
        ]
        return own + super().get_urls()


def _statuses(program):
    """[(status, label, number of people)], the list of all but the withdrawn first."""
    counts = status_counts(program)
    all_but_withdrawn = sum(counts.values()) - counts[Participant.Status.WITHDRAWN]
    return [
        ("", _("All except withdrawn"), all_but_withdrawn),
        *((value, label, counts[value]) for value, label in Participant.Status.choices),
    ]


def _to_read(options):
    """The fields for those who only read: the program is shown above, and a country is more than its code."""
    words = {"country": "country_in_words"}
    return [words.get(name, name) for name in options["fields"] if name != "program"]
