"""The agenda in the admin: one list of all kinds, and a form for each kind."""

from urllib.parse import quote

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db import transaction
from django.db.models import F, prefetch_related_objects
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.formats import date_format, time_format
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from program import clock
from program.agenda.kinds import Kind, Status
from program.drafting import history
from program.drafting.drafts import DraftState
from program.drafting.operations import set_status
from program.models import AgendaItem

from .agenda_head import add_links
from .agenda_import import agenda_export, agenda_import
from .agenda_list import FILTERS, AgendaChangeList, days_of, unplaced_of
from .board import board
from .current import agenda_url, chosen_program, url_of
from .forms import LINES, ItemForm
from .history import HistoryViews
from .operations import with_undo
from .rights import InProgram
from .saving import SafeSaving
from .table import table

AGENDA = "admin:program_agendaitem_changelist"
# Of a program, what the filters of the list, its draft and the conflicts all ask for.
READ_ONCE = ("groups", "venues", "organizations")


class ItemAdmin(HistoryViews, SafeSaving, InProgram, admin.ModelAdmin):
    """The form of one class of items. The list of all classes is AgendaItemAdmin's.

    A subclass names its ``kinds`` and its own fields: ``details`` is a fieldset of them,
    ``local_details`` their texts in Bahasa Indonesia, ``places`` what it has beside the venue.
    """

    form = ItemForm
    kinds = ()
    details = ()
    local_details = ()
    places = ()
    add_label = gettext_lazy("Add another item")
    change_form_template = "admin/program/item_form.html"
    delete_confirmation_template = "admin/program/item_delete.html"
    view_on_site = False  # the draft may have no page: the template links to those that have
    formfield_overrides = LINES

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.kinds = self.kinds
        return form

    def get_fieldsets(self, request, obj=None):
        can_write = self.has_change_permission(request, obj) if obj else True
        name = capfirst(self.opts.verbose_name)
        own = [(name, {"fields": self.details, "classes": ["details"]})] if self.details else []
        return [
            (None, {"fields": ["kind", "title", *(["program"] if can_write else ())]}),
            (
                _("When"),
                {
                    "fields": ["day", ("start", "end"), "next_day", "minutes"],
                    "description": _(
                        "Leave the day and both times empty while it has none: it waits in the draft, under "
                        "“Not placed yet”."
                    ),
                },
            ),
            (_("Where and for whom"), {"fields": ["venue", *self.places, "organization", "taking_part"]}),
            *own,
            (
                _("For participants"),
                {
                    "fields": ["status", "bring", "dress", "notes", "attendance_counts"],
                    "description": _("A cancelled item stays in the agenda, crossed out."),
                },
            ),
            (
                _("Bahasa Indonesia"),
                {
                    "fields": [
                        "local_title",
                        "local_bring",
                        "local_dress",
                        "local_notes",
                        *self.local_details,
                    ],
                    "description": _("If this is empty, the Indonesian pages show the English text."),
                },
            ),
            (_("Source"), {"fields": ["origin"]}),
        ]

    # Shown to users who may not change it, in place of the form's fields.

    @admin.display(description=gettext_lazy("Day"))
    def day(self, obj):
        return date_format(obj.starts_at.astimezone(obj.program.tz)) if obj.is_placed else _("Not placed yet")

    @admin.display(description=gettext_lazy("Start"))
    def start(self, obj):
        return self._clock(obj.starts_at, obj.program.tz)

    @admin.display(description=gettext_lazy("End"))
    def end(self, obj):
        return self._clock(obj.ends_at, obj.program.tz)

    @admin.display(description=gettext_lazy("It ends the next day"), boolean=True)
    def next_day(self, obj):
        tz = obj.program.tz
        return obj.is_placed and obj.ends_at.astimezone(tz).date() > obj.starts_at.astimezone(tz).date()

    @admin.display(description=gettext_lazy("Groups"))
    def taking_part(self, obj):
        return ", ".join(group.name for group in obj.groups.all()) or _("Everybody")

    def _clock(self, moment, tz):
        if moment is None:
            return ""
        local = moment.astimezone(tz)
        return f"{time_format(local)} {local.tzname()}"

    # Reading and writing

    def save_model(self, request, obj, form, change):
        if not change:
            super().save_model(request, obj, form, change)
        elif form.has_changed():
            obj.save_as()

    def save_related(self, request, form, formsets, change):
        obj = form.instance
        if change and not form.has_changed() and any(formset.has_changed() for formset in formsets):
            obj.save_as()  # before its rows: see program/drafting/history.py
        super().save_related(request, form, formsets, change)
        obj.set_groups(form.cleaned_data["taking_part"])

    def delete_model(self, request, obj):
        history.delete(obj)

    def delete_view(self, request, object_id, extra_context=None):
        """The question, with the conflicts that deleting would make: the bus that nobody else brings."""
        context = {}
        obj = self.get_object(request, unquote(object_id)) if request.method == "GET" else None
        if obj:
            context = {"made": DraftState.of(obj.program).made_by_deleting(obj.pk)}
        return super().delete_view(request, object_id, context | (extra_context or {}))

    # Pages and where they lead

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        program = context["adminform"].form.owner
        if program:
            state = DraftState.of(program)
            context |= {"state": state, "program": program}
            if obj:
                context |= {
                    "item": state.agenda.item(obj.pk),
                    "findings": state.about(obj.pk),
                    "is_public": state.is_public(obj.pk),
                    "is_unpublished": state.is_unpublished(obj.pk),
                }
        context |= {"show_save_and_add_another": add, "show_delete": False}  # deleting is offered on top
        return super().render_change_form(request, context, add, change, form_url, obj)

    def response_add(self, request, obj, post_url_continue=None):
        response = super().response_add(request, obj, post_url_continue)
        if "_addanother" in request.POST:
            response = redirect(self._next_form(request, obj))
        self._tell_about_draft(request, obj)
        return response

    def response_change(self, request, obj):
        response = super().response_change(request, obj)
        self._tell_about_draft(request, obj)
        return response

    def _next_form(self, request, obj):
        """The address of the empty form, from where and when ``obj`` ends."""
        given = {"program": obj.program_id, "kind": obj.kind}
        if obj.is_placed:
            ends = obj.ends_at.astimezone(obj.program.tz)
            given |= {"day": ends.date().isoformat(), "start": f"{ends:%H:%M}"}
        if place := getattr(obj, "destination_id", None) or obj.venue_id:
            given["venue"] = place
        if "_changelist_filters" in request.GET:
            given["_changelist_filters"] = request.GET["_changelist_filters"]
        return f"{request.path}?{urlencode(given)}"

    def _tell_about_draft(self, request, obj):
        """Say that nobody else sees it yet, and which conflicts the item is in."""
        state = DraftState.of(obj.program)
        if not obj.is_placed:
            messages.info(
                request, _("It has no day yet: it waits under “Not placed yet”, and is not published.")
            )
        if state.is_unpublished(obj.pk):
            text = _("It is saved as a draft. Participants see it after you publish.")
            link = format_html('<a href="{}">{}</a>', publish_url(obj.program), _("Look at it and publish"))
            messages.info(request, format_html("{} {}", text, link))
        if obj.status == Status.CANCELLED:  # it is in no conflict itself any more, but may leave a gap
            tell_conflicts(request, state.made_by_cancelling(obj.pk))
        elif "_continue" not in request.POST:  # the item's own page shows them beside it
            tell_conflicts(request, state.about(obj.pk))

    def response_post_save_add(self, request, obj):
        return self._to_agenda(request, obj)

    def response_post_save_change(self, request, obj):
        return self._to_agenda(request, obj)

    def _to_agenda(self, request, obj):
        """Back to the list as it was left, at the item's row."""
        filters = request.GET.get("_changelist_filters")
        if filters is None:
            return redirect(agenda_url(obj.program, obj))
        return redirect(f"{reverse(AGENDA)}?{filters}#item-{obj.pk}")

    def response_delete(self, request, obj_display, obj_id):
        super().response_delete(request, obj_display, obj_id)
        return redirect(agenda_url(chosen_program(request)))

    def has_module_permission(self, request):
        """The start page names the agenda once; it leads to every class of items."""
        return False

    def changelist_view(self, request, extra_context=None):
        """The list of all classes, with the filters that were left there."""
        query = request.GET.get("_changelist_filters", request.GET.urlencode())
        return redirect(f"{reverse(AGENDA)}?{query}" if query else AGENDA)


def tell_conflicts(request, findings):
    """What each says, and what to do; hints are left to the list of conflicts."""
    for finding in findings:
        if not finding.is_hint:
            messages.warning(request, finding.text)


def publish_url(program):
    return reverse("admin:program_program_publish", args=[program.pk])


@admin.register(AgendaItem)
class AgendaItemAdmin(ItemAdmin):
    """The agenda: all items of one program in order, whatever their class."""

    kinds = (Kind.CEREMONY, Kind.MEAL, Kind.BREAK, Kind.BRIEFING, Kind.REGISTRATION)
    often = (
        (Kind.MEAL, gettext_lazy("Add a meal")),
        (Kind.BREAK, gettext_lazy("Add a break")),
        (Kind.CEREMONY, gettext_lazy("Add a ceremony")),
    )
    change_list_template = "admin/program/agenda_list.html"
    list_filter = FILTERS
    list_per_page = 500
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    ordering = [F("starts_at").asc(nulls_last=True), "ends_at", "pk"]
    search_fields = ["title", "local_title", "venue__name", "organization__name"]
    search_help_text = gettext_lazy("Title, venue or organization")
    # Operations on several items: confirm and cancel here, others in modules of their own.
    actions = ["confirm", "cancel"]

    def has_module_permission(self, request):
        return admin.ModelAdmin.has_module_permission(self, request)

    def get_actions(self, request):
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)  # cancelling is better; one item can be deleted on its page
        return actions

    def changelist_view(self, request, extra_context=None):
        program = self.list_program(request)
        today = clock.now().astimezone(program.tz).date() if program else None
        prefetch_related_objects([program] if program else [], *READ_ONCE)
        if program and today in program.dates and request.method == "GET" and not request.GET:
            return redirect(agenda_url(program, day=today.isoformat()))  # what is edited is mostly today's
        extra = {"program": program, "title": _("Agenda")} | (extra_context or {})
        response = InProgram.changelist_view(self, request, extra)
        context = getattr(response, "context_data", None)
        if program and context and "cl" in context:
            state = DraftState.of(program)
            context |= {
                "state": state,
                "days": days_of(
                    context["cl"],
                    state,
                    can_select=bool(context["action_form"]),
                    filters=quote(request.GET.urlencode(), safe=""),
                ),
                "unplaced": unplaced_of(context["cl"], state),
                "is_filtered": any(
                    request.GET.get(name) for name in ("q", "kind", "status", "group", "city")
                ),
                "today": today,
                "add_links": add_links(request, program, request.GET.get("day", "")),
            }
        return response

    def get_urls(self):
        pages = [
            ("board/", board, "program_agendaitem_board"),
            ("table/", table, "program_agendaitem_table"),
            ("import/", agenda_import, "program_agendaitem_import"),
            ("export/", agenda_export, "program_agendaitem_export"),
        ]
        own = [path(route, self.admin_site.admin_view(view), name=name) for route, view, name in pages]
        return own + super().get_urls()

    def get_queryset(self, request):
        queryset = super().get_queryset(request)
        if request.resolver_match.view_name == AGENDA:
            return queryset.concrete()
        return queryset

    def get_changelist(self, request, **kwargs):
        return AgendaChangeList

    def change_view(self, request, object_id, *args, **kwargs):
        return self._elsewhere(request, object_id, "change") or super().change_view(
            request, object_id, *args, **kwargs
        )

    def delete_view(self, request, object_id, *args, **kwargs):
        return self._elsewhere(request, object_id, "delete") or super().delete_view(
            request, object_id, *args, **kwargs
        )

    def history_view(self, request, object_id, *args, **kwargs):
        return self._elsewhere(request, object_id, "history") or super().history_view(
            request, object_id, *args, **kwargs
        )

    def _elsewhere(self, request, object_id, name):
        """A redirect to the page of an item that has a class of its own, or None."""
        pk = unquote(object_id)
        items = AgendaItem.objects.visible_to(request.user).concrete()
        item = items.filter(pk=pk).first() if pk.isdecimal() else None
        if item is None or type(item) is AgendaItem:
            return None
        query = request.GET.urlencode()
        return redirect(url_of(item, name) + (f"?{query}" if query else ""))

    @admin.action(description=gettext_lazy("Confirm"), permissions=["change"])
    def confirm(self, request, queryset):
        self._settle(request, queryset, Status.CONFIRMED)

    @admin.action(
        description=gettext_lazy("Cancel (participants see it crossed out)"), permissions=["change"]
    )
    def cancel(self, request, queryset):
        self._settle(request, queryset, Status.CANCELLED)

    def _settle(self, request, queryset, status):
        with transaction.atomic():
            pending = list(queryset.exclude(status=status))
            operation = set_status(pending, status, by=request.user)
        if not operation:
            messages.info(request, _("Nothing to do: all of them had that status already."))
            return
        if status == Status.CONFIRMED:
            text = ngettext("%(count)d item is confirmed.", "%(count)d items are confirmed.", len(pending))
        else:
            text = ngettext("%(count)d item is cancelled.", "%(count)d items are cancelled.", len(pending))
        messages.success(request, with_undo(text % {"count": len(pending)}, operation))
        if status == Status.CANCELLED:
            state = DraftState.of(operation.program)
            tell_conflicts(request, state.made_by_cancelling(*(item.pk for item in pending)))
