"""The agenda list of the admin: its filters, and its rows by day."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.contrib import admin
from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from program.agenda.agenda import Day, Item
from program.agenda.kinds import Kind, Status
from program.models import AgendaItem, Program
from program.team.rights import path_to_program

from .current import CHOICES, chosen_program, url_of
from .frame import number


class ProgramFilter(admin.SimpleListFilter):
    """One program at a time: the one asked for, else the default."""

    title = _("program")
    parameter_name = "program"

    def lookups(self, request, model_admin):
        self.chosen = chosen_program(request)
        offered = Program.objects.where_allowed(request.user, model_admin.right_to("view"))
        programs = list(offered[:CHOICES])
        if self.chosen and self.chosen not in programs:
            programs.append(self.chosen)
        return [(str(program.pk), str(program)) for program in programs]

    def value(self):
        return str(self.chosen.pk) if self.chosen else None

    def choices(self, changelist):
        return list(super().choices(changelist))[1:]  # without "All"

    def queryset(self, request, queryset):
        return queryset.filter(**{path_to_program(queryset.model): self.chosen})


class DayFilter(admin.SimpleListFilter):
    """The dates of the program, in its own zone."""

    title = _("day")
    parameter_name = "day"

    def lookups(self, request, model_admin):
        program = chosen_program(request)
        return [(day.isoformat(), day) for day in program.dates] if program else []

    def queryset(self, request, queryset):
        try:
            day = date.fromisoformat(self.value() or "")
        except ValueError:
            return queryset
        program = chosen_program(request)
        return queryset.filter(pk__in=AgendaItem.objects.on_day(day, program.tz).values("pk"))


class KindFilter(admin.SimpleListFilter):
    title = _("kind")
    parameter_name = "kind"

    def lookups(self, request, model_admin):
        return Kind.choices

    def queryset(self, request, queryset):
        return queryset.filter(kind=self.value()) if self.value() else queryset


class StatusFilter(admin.SimpleListFilter):
    title = _("status")
    parameter_name = "status"

    def lookups(self, request, model_admin):
        return Status.choices

    def queryset(self, request, queryset):
        return queryset.filter(status=self.value()) if self.value() else queryset


class GroupFilter(admin.SimpleListFilter):
    """What a group takes part in: its own items, and those for everybody."""

    title = _("group")
    parameter_name = "group"

    def lookups(self, request, model_admin):
        program = chosen_program(request)
        return [(str(pk), name) for pk, name in program.groups.values_list("pk", "name")] if program else []

    def queryset(self, request, queryset):
        pk = number(self.value())
        return queryset.for_group(pk) if pk else queryset


class CityFilter(admin.SimpleListFilter):
    title = _("city")
    parameter_name = "city"

    def lookups(self, request, model_admin):
        program = chosen_program(request)
        cities = program.venues.order_by("city").values_list("city", flat=True).distinct() if program else []
        return [(city, city) for city in cities]

    def queryset(self, request, queryset):
        return queryset.filter(venue__city=self.value()) if self.value() else queryset


FILTERS = [ProgramFilter, DayFilter, KindFilter, StatusFilter, GroupFilter, CityFilter]


@dataclass(frozen=True)
class ListedItem:
    """One item in the list: ``saved`` the model's instance (of its own class), ``item`` the same as value."""

    saved: AgendaItem
    item: Item
    findings: list
    is_unpublished: bool

    @property
    def address(self):
        return url_of(self.saved)


def days_of(cl, state):
    """[(Day of the draft, its ListedItems)] for the items on the page of the ChangeList ``cl``. No query."""
    unpublished = {change.item.id for change in state.changes if change.item}
    rows = []
    for saved in cl.result_list:
        item = state.agenda.item(saved.pk)
        if item:  # else it was deleted between two queries
            findings = [finding for finding in state.about(item.id) if not finding.is_hint]
            rows.append(ListedItem(saved, item, findings, item.id in unpublished))
    found = groupby(rows, key=lambda row: row.item.day)
    return [(state.agenda.day(day) or Day(day), list(same)) for day, same in found]


def unplaced_of(cl):
    """[(item, its Kind, its address)] of those on the page of the ChangeList ``cl`` that are not placed yet.

    Two queries where there are any.
    """
    items = [saved for saved in cl.result_list if not saved.is_placed]
    prefetch_related_objects(items, "venue", "groups")
    return [(saved, Kind(saved.kind), url_of(saved)) for saved in items]
