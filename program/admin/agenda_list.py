"""The agenda list of the admin: its filters, and its rows by day."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import groupby

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import InvalidPage
from django.db.models import prefetch_related_objects
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from program.agenda.agenda import Day, Item
from program.agenda.kinds import Kind, Status
from program.drafting.history import item_classes
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
        return [(str(group.pk), group.name) for group in program.groups.all()] if program else []

    def queryset(self, request, queryset):
        pk = number(self.value())
        return queryset.for_group(pk) if pk else queryset


class CityFilter(admin.SimpleListFilter):
    title = _("city")
    parameter_name = "city"

    def lookups(self, request, model_admin):
        program = chosen_program(request)
        cities = {venue.city for venue in program.venues.all()} if program else ()
        return [(city, city) for city in sorted(cities)]

    def queryset(self, request, queryset):
        return queryset.filter(venue__city=self.value()) if self.value() else queryset


FILTERS = [ProgramFilter, DayFilter, KindFilter, StatusFilter, GroupFilter, CityFilter]


class AgendaChangeList(ChangeList):
    """Which items the filters leave: ``result_list`` is [(primary key, class)]. What the rows say of them is
    in the draft, which the page reads anyway.
    """

    def get_results(self, request):
        classes = {model._meta.model_name: model for model in item_classes()[1:]}
        found = [
            (pk, next((model for model, own in zip(classes.values(), keys, strict=True) if own), AgendaItem))
            for pk, *keys in self.queryset.values_list("pk", *classes)
        ]
        self.paginator = self.model_admin.get_paginator(request, found, self.list_per_page)
        self.result_count = self.full_result_count = len(found)
        self.show_full_result_count = self.can_show_all = False
        self.show_admin_actions = bool(found)
        self.multi_page = self.paginator.num_pages > 1
        try:
            self.result_list = self.paginator.page(self.page_num).object_list
        except InvalidPage as error:
            raise IncorrectLookupParameters from error


@dataclass(frozen=True)
class ListedItem:
    """One item in the list: ``address`` is its page in the admin."""

    item: Item
    address: str
    findings: tuple
    is_unpublished: bool


def days_of(cl, state, **shown):
    """[(Day of the draft, its rows)] for the items on the page of the ChangeList ``cl``. No query.

    ``shown`` is what the rows' template takes beside the row.
    """
    findings = defaultdict(list)
    for finding in state.draft.conflicts:
        for key in {item.id for item in finding.items} if not finding.is_hint else ():
            findings[key].append(finding)
    unpublished = {change.item.id for change in state.changes if change.item}
    lists = {
        model: reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_changelist")
        for model in item_classes()
    }
    rows = []
    for pk, model in cl.result_list:
        item = state.agenda.item(pk)
        if item:  # else it is not placed yet, or was deleted between two queries
            address = f"{lists[model]}{pk}/change/"
            rows.append(ListedItem(item, address, tuple(findings[pk]), pk in unpublished))
    found = groupby(rows, key=lambda row: row.item.day)
    zone, language = state.program.timezone, get_language()
    return [
        (
            state.agenda.day(day) or Day(day),
            [_row(row, zone, language, tuple(shown.items())) for row in same],
        )
        for day, same in found
    ]


@lru_cache(maxsize=2000)
def _row(row, zone, language, shown):
    """The HTML of a ListedItem. Most stay the same; writing them was most of the page."""
    with timezone.override(zone):
        return render_to_string("admin/program/_agenda_row.html", {"row": row, **dict(shown)})


def unplaced_of(cl, state):
    """[(item, its Kind, its address)] of those on the page of the ChangeList ``cl`` that are not placed yet.

    Three queries where there are any, none else.
    """
    keys = [pk for pk, _model in cl.result_list if not state.agenda.item(pk)]
    items = [saved for saved in cl.queryset.filter(pk__in=keys) if not saved.is_placed] if keys else []
    prefetch_related_objects(items, "venue", "groups")
    return [(saved, Kind(saved.kind), url_of(saved)) for saved in items]
