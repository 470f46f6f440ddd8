"""The bus is late, or a day moves: what would move, what it would cause, and moving it."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from hashlib import blake2b

from django.db import transaction
from django.utils.translation import gettext as _

from program.agenda.changes import groups_text
from program.agenda.conflicts import find_conflicts, only_in
from program.agenda.kinds import Status
from program.agenda.operation_words import sentence
from program.models import AgendaItem, Program

from .operations import Kind, begin, locked


class ChangedMeanwhile(Exception):
    """``items`` are no longer what was decided on: someone else saved them."""

    def __init__(self, items):
        super().__init__(f"{len(items)} items")
        self.items = items


class OutsideProgram(Exception):
    """Items would leave the program's dates."""


@dataclass(frozen=True)
class Move:
    """``item`` as it is now, of its own class, and where it would be."""

    item: AgendaItem
    starts_at: datetime
    ends_at: datetime

    @property
    def outside(self):
        program = self.item.program
        return not program.starts_on <= self.starts_at.astimezone(program.tz).date() <= program.ends_on

    @property
    def changes_day(self):
        tz = self.item.program.tz
        return self.item.starts_at.astimezone(tz).date() != self.starts_at.astimezone(tz).date()


@dataclass(frozen=True)
class Stay:
    """``item`` keeps its time, and why; ``chosen`` when the organizer said so."""

    item: AgendaItem
    reason: str
    chosen: bool = False


@dataclass(frozen=True)
class Plan:
    """What an operation would do, in order of time; nothing is saved before ``apply``."""

    program: Program
    kind: str
    data: dict
    moves: tuple[Move, ...]
    stays: tuple[Stay, ...]

    @property
    def summary(self):
        """What it does in one sentence; the operation has the same."""
        return sentence(self.kind, self.data)

    @property
    def outside(self):
        """The moves that would leave the program's dates: with any, the plan cannot be applied."""
        return [move for move in self.moves if move.outside]

    @cached_property
    def fingerprint(self):
        """The same for the same moves of the same versions of items, and only then."""
        rows = [
            (m.item.pk, m.item.version, m.starts_at.timestamp(), m.ends_at.timestamp()) for m in self.moves
        ]
        return blake2b(repr(rows).encode(), digest_size=12).hexdigest()


def plan_shift(program, first_item, minutes, group=None, keep=()):
    """A Plan that moves ``first_item`` and all that starts later on its day by ``minutes``.

    What starts at the same time moves too. With a ``group`` only what is for that group alone moves; what it
    shares with others stays. ``keep`` are primary keys of items that stay. Two queries.
    """
    first = first_item.starts_at
    day = first.astimezone(program.tz).date()
    step = timedelta(minutes=minutes)
    items = [
        item
        for item in _items_on(program, day)
        if item.starts_at >= first and item.concerns(group and group.pk)
    ]
    return _plan(
        program,
        Kind.DELAY,
        {"minutes": minutes, "title": first_item.title, "group": group.name if group else ""},
        items,
        lambda item: (item.starts_at + step, item.ends_at + step),
        group,
        keep,
    )


def plan_move_day(program, from_day, to_day, keep=()):
    """A Plan that moves all items of one local date to another, at the same clock times. Two queries."""
    days = (to_day - from_day).days
    return _plan(
        program,
        Kind.MOVE_DAY,
        {"day": from_day.isoformat(), "to": to_day.isoformat()},
        _items_on(program, from_day),
        lambda item: days_later(item, days, program.tz),
        None,
        keep,
    )


def days_later(item, days, tz):
    """(start, end) of ``item`` at the same clock times in ``tz`` some days later (or earlier)."""
    start, end = (
        datetime.combine(local.date() + timedelta(days=days), local.time(), tz)
        for local in (item.starts_at.astimezone(tz), item.ends_at.astimezone(tz))
    )
    # Where the clocks are put forward in between, a short item could end before it starts.
    if end.timestamp() <= start.timestamp():
        end = (start.astimezone(item.starts_at.tzinfo) + (item.ends_at - item.starts_at)).astimezone(tz)
    return start, end


def _items_on(program, day):
    items = list(program.items.on_day(day, program.tz).concrete().prefetch_related("groups"))
    for item in items:
        item.program = program
    return items


def _plan(program, kind, data, items, moved_to, group, keep):
    moves, stays = [], []
    for item in items:
        stay = _why_it_stays(item, group, keep)
        if stay:
            stays.append(stay)
        else:
            moves.append(Move(item, *moved_to(item)))
    return Plan(program, kind, data, tuple(moves), tuple(stays))


def _why_it_stays(item, group, keep):
    """The Stay of ``item``, or None when it moves."""
    if item.status == Status.CANCELLED:
        return Stay(item, _("It is cancelled."))
    groups = list(item.groups.all())
    if group and groups != [group]:
        text = _("It is not for this group alone, but for %(whom)s.")
        return Stay(item, text % {"whom": groups_text(groups)})
    if item.pk in keep:
        return Stay(item, _("You chose to leave it out."), chosen=True)
    return None


def effect(agenda, plan, finders=()):
    """(conflicts the plan would make, conflicts it would solve): two lists of Findings.

    ``agenda`` is the draft's as it is now, ``finders`` its further ones. A conflict of the same items that
    only changes its times is neither.
    """
    before, after = (find_conflicts(a, finders) for a in (agenda, _with_moves(agenda, plan)))
    return only_in(after, before), only_in(before, after)


def _with_moves(agenda, plan):
    tz = plan.program.tz
    moves = {move.item.pk: move for move in plan.moves}
    items = [
        replace(
            item,
            starts_at=moves[item.id].starts_at.astimezone(tz),
            ends_at=moves[item.id].ends_at.astimezone(tz),
        )
        if item.id in moves
        else item
        for item in agenda.items
    ]
    return agenda.replace_items(sorted(items, key=lambda item: (item.starts_at, item.ends_at, item.id)))


@transaction.atomic
def apply(plan, token="", by=None):
    """Save what ``plan`` says and return the Operation, of ``by`` and with ``token`` (of ``new_token``).

    Raises ChangedMeanwhile when an item is no longer the one of the plan, OutsideProgram when one would leave
    the program's dates; then nothing is saved.
    """
    if plan.outside:
        raise OutsideProgram
    items = locked([move.item.pk for move in plan.moves])
    changed = [
        move.item
        for move in plan.moves
        if move.item.pk not in items or items[move.item.pk].version != move.item.version
    ]
    if changed:
        raise ChangedMeanwhile(changed)
    operation = begin(plan.kind, plan.program, by, token, **plan.data)
    for move in plan.moves:
        item = items[move.item.pk]
        item.starts_at, item.ends_at = move.starts_at, move.ends_at
        item.save_as(operation=operation)
    return operation
