"""Placing items in the agenda: moving, stretching, taking off and adding them, each step one operation.

Who moves an item says which version of it they saw; when somebody saved another since, nothing is moved.
"""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from program.agenda.changes import group_names_text
from program.models import AgendaItem, Group

from . import history
from .operations import ItemUndoer, Kind, begin, locked, register
from .reschedule import ChangedMeanwhile


@dataclass(frozen=True)
class Placement:
    """Where the item ``pk``, seen in ``version``, shall be; both moments None: not placed.

    ``groups`` are ids, () for everybody; None leaves them as they are.
    """

    pk: int
    version: int
    starts_at: datetime | None
    ends_at: datetime | None
    groups: tuple | None = None


@transaction.atomic
def place(program, placements, by=None, token=""):
    """Save ``placements`` of items of ``program`` as one Operation and return (it, {pk: version now}).

    The Operation is None when all are there already. Raises ChangedMeanwhile with the items that have
    another version by now (not those that are gone), ValidationError when a place is not possible; then
    nothing is saved. The number of queries grows only with the items that move.
    """
    items = {
        pk: item
        for pk, item in locked([placement.pk for placement in placements]).items()
        if item.program_id == program.pk
    }
    changed = [p.pk for p in placements if p.pk not in items or items[p.pk].version != p.version]
    if changed:
        raise ChangedMeanwhile([items[pk] for pk in changed if pk in items])
    groups = {group.pk: group for group in program.groups.all()}
    before = _groups_of(items)
    moves = [(p, items[p.pk]) for p in placements if _differs(p, items[p.pk], before[p.pk])]
    old_times = [(item.starts_at, item.ends_at) for _placement, item in moves]
    for placement, item in moves:
        _set_times(placement, item)
        if not groups.keys() >= set(placement.groups or ()):
            raise ValidationError(_("This group was deleted meanwhile."))
    if not moves:
        return None, {pk: item.version for pk, item in items.items()}
    summary = _summary(moves, old_times, before, groups, program.tz)
    operation = begin(Kind.PLACE, program, by, token, **summary)
    for placement, item in moves:
        item.save_as(operation=operation)
        if placement.groups is not None and set(placement.groups) != before[item.pk]:
            item.set_groups([groups[pk] for pk in placement.groups])
    return operation, {pk: item.version for pk, item in items.items()}


@transaction.atomic
def add(item, groups=(), by=None, token=""):
    """Save ``item``, new and not saved yet, for ``groups``; return the Operation, undone by deleting it.

    Raises ValidationError when it is not possible.
    """
    item.full_clean()
    operation = begin(Kind.PLACE, item.program, by, token, title=item.title, added=True)
    item._operation = operation
    item.save()
    item.set_groups(groups)
    return operation


def versions_after(operation):
    """{pk: version} of the items that ``operation`` saved, as it left them. A query for each class."""
    return {
        pk: version
        for model in history.item_classes()
        for pk, version in model.history.filter(operation=operation)
        .order_by("history_id")
        .values_list("id", "version")
    }


def _groups_of(items):
    """{pk of an item: the ids of its groups}. One query."""
    found = {pk: set() for pk in items}
    for pk, group in AgendaItem.groups.through.objects.filter(item__in=items).values_list("item", "group"):
        found[pk].add(group)
    return found


def _differs(placement, item, groups):
    return (placement.starts_at, placement.ends_at) != (item.starts_at, item.ends_at) or (
        placement.groups is not None and set(placement.groups) != groups
    )


def _set_times(placement, item):
    if placement.starts_at is None:
        item.take_off()
        return
    item.starts_at, item.ends_at = placement.starts_at, placement.ends_at
    if placement.ends_at <= placement.starts_at:
        raise ValidationError(_("The end must come after the start."))
    item.check_dates()


def _summary(moves, old_times, before, groups, tz):
    """What the operation's sentence says, and the groups as they were and are, for undoing."""
    regrouped = {
        str(item.pk): [sorted(before[item.pk]), sorted(placement.groups)]
        for placement, item in moves
        if placement.groups is not None and set(placement.groups) != before[item.pk]
    }
    more = {"groups": regrouped} if regrouped else {}
    if len(moves) > 1:
        return {"count": len(moves)} | more
    _placement, item = moves[0]
    if regrouped:
        more["names"] = [
            sorted(groups[pk].name for pk in pks if pk in groups) for pks in regrouped[str(item.pk)]
        ]
    times = {"old": _times(old_times[0], tz), "new": _times((item.starts_at, item.ends_at), tz)}
    return {"title": item.title} | times | more


def _times(times, tz):
    """Local times as the summary keeps them, or None."""
    if times[0] is None:
        return None
    return [moment.astimezone(tz).replace(tzinfo=None).isoformat(timespec="minutes") for moment in times]


class PlaceUndoer(ItemUndoer):
    """Items go back to where they were, and to the groups they were for; an added one is deleted.

    An item whose groups somebody changed since is left alone, as one that was moved again.
    """

    def obstacles(self, steps):
        found = super().obstacles(steps)
        now = _groups_of([step.after.id for step in steps])
        for step in steps:
            if step.is_deleted:  # the list of deleted items restores it
                found[step] = ""
                continue
            changed = self._regrouped(step.after.operation).get(str(step.after.id))
            if changed and now[step.after.id] != set(changed[1]):
                found[step] = _("Its groups were changed since.")
        return found

    def take_back(self, steps, undoing):
        super().take_back(steps, undoing)
        regrouped = self._regrouped(undoing)
        items = locked([step.after.id for step in steps if str(step.after.id) in regrouped])
        for pk, item in items.items():
            item.set_groups(Group.objects.filter(pk__in=regrouped[str(pk)][1], program=item.program_id))

    def words(self, steps, tz):
        regrouped = self._regrouped(steps[0].after.operation) if steps else {}
        wanted = {pk for pair in regrouped.values() for pks in pair for pk in pks}
        names = dict(Group.objects.filter(pk__in=wanted).values_list("pk", "name"))
        return [
            (when, [*(c for c in changes if c[1] != c[2]), *_group_words(regrouped, step.after.id, names)])
            for step, (when, changes) in zip(steps, super().words(steps, tz), strict=True)
        ]

    @staticmethod
    def _regrouped(operation):
        """{id of an item, as text: (ids of its groups before, after)} of what ``operation`` did to groups.

        Undoing goes the other way, undoing that the first way again.
        """
        summary, back = operation.summary, False
        while "of" in summary:
            summary, back = summary["of"]["summary"], not back
        found = summary.get("groups", {})
        return {pk: pair[::-1] for pk, pair in found.items()} if back else found


def _group_words(regrouped, pk, names):
    if str(pk) not in regrouped:
        return []
    old, new = (
        group_names_text(sorted(names[pk] for pk in pks if pk in names)) for pks in regrouped[str(pk)]
    )
    return [(capfirst(_("groups")), old, new)]


register(PlaceUndoer(), Kind.PLACE)
