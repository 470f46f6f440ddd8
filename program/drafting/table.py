"""The agenda as rows to type in: which items stand in a table, and saving several of them as one step."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F, prefetch_related_objects

from program.agenda.kinds import Kind as AllKinds
from program.models import AgendaItem

from . import history
from .operations import Kind, begin, locked, register
from .placing import PlaceUndoer


def items_in(program, day: date | None = None):
    """The items of a local ``day``, or of the whole program with those not placed yet last.

    Each is of its own class and has its groups. Two queries.
    """
    items = program.items.concrete().select_related("program").prefetch_related("groups")
    if day:
        items = items.on_day(day, program.tz)
    return list(items.order_by(F("starts_at").asc(nulls_last=True), "ends_at", "pk"))


def items_with(program, pks):
    """{pk: item} of those of ``program`` that are still there, as ``items_in`` has them."""
    items = program.items.filter(pk__in=pks).concrete().select_related("program").prefetch_related("groups")
    return {item.pk: item for item in items}


def locked_in(program, pks):
    """{pk: item} of those of ``program`` that are still there, as they are now, with their groups; locked
    until the transaction ends."""
    items = [item for item in locked(pks).values() if item.program_id == program.pk] if pks else []
    prefetch_related_objects(items, "groups")
    return {item.pk: item for item in items}


def class_of(kind):
    """The class that items of ``kind`` are of."""
    return next((model for model in history.item_classes() if kind in model.KINDS), AgendaItem)


def kinds_beside(item):
    """The kinds that ``item`` may become: those of its own class."""
    return [kind for kind in AllKinds if class_of(kind) is type(item)]


@dataclass(frozen=True)
class Typed:
    """An item as it was typed in a row, valid and not saved yet; ``groups`` are its Groups from now on."""

    item: AgendaItem
    groups: tuple


@transaction.atomic
def save_rows(program, rows, by=None):
    """Save the Typed ``rows``; several are one Operation with undo, which is returned, else None.

    Lock the items before (``locked_in``).
    """
    operation = begin(Kind.ROWS, program, by, **_summary(rows)) if len(rows) > 1 else None
    for row in rows:
        if row.item.pk:
            row.item.save_as(operation=operation)
        else:
            row.item._operation = operation
            row.item.save()
        row.item.set_groups(row.groups)
    return operation


def _summary(rows):
    """``groups`` {pk: (ids before, ids after)} of the items whose groups change, for undoing."""
    changed = {
        str(row.item.pk): [sorted(row.item.group_ids), sorted(group.pk for group in row.groups)]
        for row in rows
        if row.item.pk
    }
    changed = {pk: ids for pk, ids in changed.items() if ids[0] != ids[1]}
    return {"count": len(rows)} | ({"groups": changed} if changed else {})


class RowsUndoer(PlaceUndoer):
    """Items get back what was typed over, their groups included; an added one is deleted."""

    def words(self, steps, tz):
        lines = history.lines_of_steps([(step.before, step.after) for step in steps], tz)
        return [
            (when, [*found, *(change for change in changes if change[0] or not found)])
            for found, (when, changes) in zip(lines, super().words(steps, tz), strict=True)
        ]


register(RowsUndoer(), Kind.ROWS)
