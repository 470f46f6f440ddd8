"""The agenda as rows to type in: which items stand in a table, and saving several of them as one step."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import F, prefetch_related_objects
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from program.agenda.changes import group_names_text
from program.agenda.kinds import Kind as AllKinds
from program.models import AgendaItem, Group

from . import history
from .operations import CopyUndoer, Kind, begin, locked, register


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


class RowsUndoer(CopyUndoer):
    """Items get back what was typed over, their groups included; an added one is deleted.

    An item whose groups somebody changed since is left alone.
    """

    def obstacles(self, steps):
        found = super().obstacles(steps)
        now = _groups_of([step.after.id for step in steps])
        for step in steps:
            changed = _regrouped(step).get(str(step.after.id))
            if changed and step not in found and now[step.after.id] != set(changed[1]):
                found[step] = _("Its groups were changed since.")
        return found

    def take_back(self, steps, undoing):
        super().take_back(steps, undoing)
        changed = {pk: ids for step in steps for pk, ids in _regrouped(step).items()}
        items = locked([step.after.id for step in steps if str(step.after.id) in changed])
        for pk, item in items.items():
            item.set_groups(Group.objects.filter(pk__in=changed[str(pk)][0], program=item.program_id))

    def words(self, steps, tz):
        changed = {pk: ids for step in steps for pk, ids in _regrouped(step).items()}
        names = dict(Group.objects.filter(pk__in=_ids_in(changed)).values_list("pk", "name"))
        lines = history.lines_of_steps([(step.before, step.after) for step in steps], tz)
        told = super().words(steps, tz)
        return [
            (
                when,
                [*(found if step.before else words), *_group_words(changed.get(str(step.after.id)), names)],
            )
            for step, found, (when, words) in zip(steps, lines, told, strict=True)
        ]


def _regrouped(step):
    """{pk as text: [ids of groups before, after]} of the whole operation."""
    return step.after.operation.summary.get("groups", {})


def _ids_in(changed):
    return {pk for both in changed.values() for ids in both for pk in ids}


def _group_words(both, names):
    if not both:
        return []
    old, new = (group_names_text(sorted(names[pk] for pk in ids if pk in names)) for ids in both)
    return [(capfirst(Group._meta.verbose_name_plural), old, new)]


def _groups_of(pks):
    """{pk of an item: the ids of its groups}. One query."""
    found = defaultdict(set)
    for pk, group in AgendaItem.groups.through.objects.filter(item__in=pks).values_list("item", "group"):
        found[pk].add(group)
    return found


register(RowsUndoer(), Kind.ROWS)
