"""Programs in the admin: the edition itself and its days, and links to operations on all of it."""

from django import forms
from django.contrib import admin, messages
from django.db import models
from django.db.models import Max
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from program.agenda.dates import dates_text
from program.drafting.drafts import DraftState
from program.drafting.filling import to_fill
from program.drafting.working_on import remember
from program.merging import MergingModelForm
from program.models import FormerAddress, Program, ProgramDay
from program.team.members import add_founder, keep_in_step

from . import conflicts, contacts, copying, first_hour, history, presence, publishing, rescheduling
from .forms import LINES
from .new_program import NewProgramForm
from .rights import InProgram, InProgramInline
from .rows import RowFormSet
from .saving import SafeSaving

# A browser's own calendar: Django's offers "today" of the visitor, not of the program.
DATES = {models.DateField: {"widget": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})}}


class ProgramDayInline(InProgramInline, admin.StackedInline):
    model = ProgramDay
    form = MergingModelForm
    formset = RowFormSet
    extra = 0
    classes = ["collapse"]
    fields = [("date", "title", "local_title"), ("note", "local_note")]
    formfield_overrides = DATES


@admin.register(Program)
class ProgramAdmin(SafeSaving, InProgram, admin.ModelAdmin):
    form = MergingModelForm
    list_display = ["short_title", "dates", "last_release", "visible"]
    list_per_page = 50
    sortable_by = ()
    search_fields = ["slug", "title", "short_title", "local_title"]
    inlines = [ProgramDayInline]
    formfield_overrides = DATES | LINES
    view_on_site = False  # one that is not published has no page: the template links to those that have
    fieldsets = [
        (None, {"fields": ["slug", "published", "short_title", "local_short_title", "title", "local_title"]}),
        (gettext_lazy("When"), {"fields": [("starts_on", "ends_on"), "timezone", "host_country"]}),
        (
            gettext_lazy("Home page"),
            {
                "fields": [
                    *("theme", "local_theme", "framework", "local_framework"),
                    *("headline", "local_headline", "summary", "local_summary", "countries", "seats"),
                ]
            },
        ),
        (gettext_lazy("Sources"), {"fields": ["sources", "local_sources"]}),
    ]

    new_fieldsets = [
        (None, {"fields": ["title", ("starts_on", "ends_on"), "frame", ("venue", "city")]}),
    ]

    def _is_new(self, request, obj):
        """Whether the short form is meant; what was typed into the whole one, of a program that somebody
        deleted meanwhile, is kept there.
        """
        return obj is None and "slug" not in request.POST

    def get_form(self, request, obj=None, change=False, **kwargs):
        if self._is_new(request, obj):
            kwargs["form"] = NewProgramForm
        return super().get_form(request, obj, change=change, **kwargs)

    def get_fieldsets(self, request, obj=None):
        return self.new_fieldsets if self._is_new(request, obj) else super().get_fieldsets(request, obj)

    def get_inlines(self, request, obj):
        return [] if self._is_new(request, obj) else self.inlines

    def get_queryset(self, request):
        return super().get_queryset(request).annotate(last_number=Max("releases__number"))

    @admin.display(description=gettext_lazy("dates"), ordering="starts_on")
    def dates(self, program):
        return dates_text(program.starts_on, program.ends_on, year=True)

    @admin.display(description=gettext_lazy("release"), ordering="last_number")
    def last_release(self, program):
        number = program.last_number
        return _("Release %(number)d") % {"number": number} if number else _("No release yet")

    @admin.display(description=gettext_lazy("visible"), ordering="published")
    def visible(self, program):
        return _("Everybody may see it") if program.published else _("Only organizers see it")

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {"title": _("Programs")} | (extra_context or {}))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj:
            # As it is saved: ``obj`` may hold what was typed, a time zone that does not exist included.
            context["contacts_url"] = contacts.address_of(obj)
            state = DraftState.of(Program.objects.get(pk=obj.pk))
            context |= {"state": state, "blanks": to_fill(state.program)}
            if context["blanks"] and state.number is None:  # a copy, whose dates fall on other days
                context["findings"] = state.draft.conflicts
        else:
            programs = Program.objects.where_allowed(request.user, "program.add_program")
            context["title"] = _("A new program")
            context["to_copy"] = programs.order_by("-ends_on", "-pk")[: copying.OFFERED]
            context["show_save_and_add_another"] = context["show_save_and_continue"] = False
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_model(self, request, obj, form, change):
        before = Program.objects.get(pk=obj.pk).slug if change else obj.slug
        super().save_model(request, obj, form, change)
        if before != obj.slug:
            FormerAddress.objects.keep(obj, before)
            text = _("/%(before)s/ leads to /%(now)s/ from now on: what is printed goes on working.")
            messages.info(request, text % {"before": before, "now": obj.slug})
        if not change:
            add_founder(obj, request.user)
            if isinstance(form, NewProgramForm):
                form.furnish()

    def response_add(self, request, obj, post_url_continue=None):
        """On to the first hour of it, which is on the start page."""
        text = _("%(program)s is there, at the address /%(slug)s/. Only its organizers see it.")
        messages.success(request, text % {"program": obj, "slug": obj.slug})
        remember(request, obj)
        return redirect("admin:index")

    def delete_model(self, request, obj):
        team = [membership.user for membership in obj.memberships.select_related("user")]
        super().delete_model(request, obj)
        for user in team:
            keep_in_step(user)

    def delete_queryset(self, request, queryset):
        for program in queryset:
            self.delete_model(request, program)

    def get_urls(self):
        pages = [
            ("<int:pk>/publish/", publishing.publish, "program_program_publish"),
            ("<int:pk>/conflicts/accept/", conflicts.accept, "program_acceptedconflict_add"),
            ("<int:pk>/conflicts/reopen/", conflicts.reopen, "program_acceptedconflict_delete"),
            ("<int:pk>/groups/", first_hour.make_groups, "program_group_pair"),
            ("<int:pk>/copy/", copying.copy_program_page, "program_program_copy"),
            ("copy-item/<int:pk>/", copying.copy_item_page, "program_agendaitem_copy"),
            ("<int:pk>/presence/", presence.present, "program_presence"),
            ("<int:program_pk>/deleted/", history.deleted_items, "program_agendaitem_deleted"),
            ("shift/", rescheduling.shift, "program_agendaitem_shift"),
            ("move-day/", rescheduling.move_day, "program_agendaitem_move_day"),
            ("swap-days/", rescheduling.swap_days, "program_agendaitem_swap_days"),
            ("postpone/", rescheduling.postpone, "program_program_postpone"),
        ]
        own = [path(route, self.admin_site.admin_view(view), name=name) for route, view, name in pages]
        return own + super().get_urls()
