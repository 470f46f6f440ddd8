"""The bus is late, a day or the whole program moves: what would move, what it would cause, and moving it."""

from copy import copy
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
from .postponing import move_dates


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
        return _day_of(self.item) != self.starts_at.astimezone(self.item.program.tz).date()


@dataclass(frozen=True)
class Stay:
    """``item`` keeps its time, and why; ``chosen`` when the organizer said so."""

    item: AgendaItem
    reason: str
    chosen: bool = False


@dataclass(frozen=True)
class Plan:
    """What an operation would do, in order of time; nothing is saved before ``apply``.

    ``days``: by so many the program's own dates move with its items.
    """

    program: Program
    kind: str
    data: dict
    moves: tuple[Move, ...]
    stays: tuple[Stay, ...]
    days: int = 0

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
        text = repr((rows, self.program.starts_on) if self.days else rows)
        return blake2b(text.encode(), digest_size=12).hexdigest()


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


def plan_swap_days(program, one, other, keep=()):
    """A Plan in which all items of two local dates change places, at the same clock times. Four queries."""
    days = (other - one).days
    return _plan(
        program,
        Kind.SWAP_DAYS,
        {"day": one.isoformat(), "other": other.isoformat()},
        [*_items_on(program, one), *_items_on(program, other)],
        lambda item: days_later(item, days if _day_of(item) == one else -days, program.tz),
        None,
        keep,
    )


def plan_postpone(program, days):
    """A Plan that moves the whole program by ``days`` (earlier below zero): its dates, the titles of its days
    and all items, cancelled ones too, at the same clock times. Two queries.
    """
    later = copy(program)
    later.starts_on += timedelta(days=days)
    later.ends_on += timedelta(days=days)
    items = program.items.placed().concrete().prefetch_related("groups")
    return Plan(
        program,
        Kind.POSTPONE,
        {"days": days},
        tuple(Move(item, *days_later(item, days, program.tz)) for item in _in(later, items)),
        (),
        days,
    )


def _day_of(item):
    return item.starts_at.astimezone(item.program.tz).date()


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
    return _in(program, program.items.on_day(day, program.tz).concrete().prefetch_related("groups"))


def _in(program, items):
    """``items`` as a list, each knowing ``program``."""
    items = list(items)
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
    moved = agenda.replace_items(sorted(items, key=lambda item: (item.starts_at, item.ends_at, item.id)))
    if not plan.days:
        return moved
    step, facts = timedelta(days=plan.days), agenda.program
    return replace(
        moved,
        program=replace(facts, starts_on=facts.starts_on + step, ends_on=facts.ends_on + step),
        day_texts={day + step: text for day, text in agenda.day_texts.items()},
    )


@transaction.atomic
def apply(plan, token="", by=None):
    """Save what ``plan`` says and return the Operation, of ``by`` and with ``token`` (of ``new_token``).

    Raises ChangedMeanwhile when an item is no longer the one of the plan, OutsideProgram when one would leave
    the program's dates; then nothing is saved.
    """
    if plan.outside:
        raise OutsideProgram
    program = _locked(plan.program) if plan.days else plan.program
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
    if plan.days:
        move_dates(program, plan.days, operation)
    return operation


def _locked(program):
    """``program`` as it is now, locked until the transaction ends. ChangedMeanwhile with other dates."""
    now = Program.objects.select_for_update().get(pk=program.pk)
    if (now.starts_on, now.ends_on) != (program.starts_on, program.ends_on):
        raise ChangedMeanwhile([])
    return now
