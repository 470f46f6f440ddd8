"""Moving and settling many items at once: the bus is late, a day changes places, all is confirmed.

Such an operation leaves a token at the end of the reason in the history of every item it changes. By it
the operation is found again, and taken back: exactly those items that nobody has changed since.
"""

import re
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from hashlib import blake2b

from django.apps import apps
from django.db import transaction
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .changes import groups_text
from .conflicts import find_conflicts
from .kinds import Status
from .models import AgendaItem, Program

REASON_LENGTH = 100  # of simple_history's history_change_reason
TOKEN = re.compile(r"[0-9a-f]{10}")


class ChangedMeanwhile(Exception):
    """``items`` are no longer what was decided on: somebody else saved them."""

    def __init__(self, items):
        super().__init__(f"{len(items)} items")
        self.items = items


class OutsideProgram(Exception):
    """Items would leave the program's dates."""


def new_token():
    return secrets.token_hex(5)


def is_token(text):
    return TOKEN.fullmatch(text) is not None


def marked(text, token):
    """``text`` as a reason for the history, cut to fit, with ``token`` at its end."""
    mark = f" #{token}"
    return Truncator(text).chars(REASON_LENGTH - len(mark)) + mark


def unmarked(reason):
    """The words of a reason without the token that ``marked`` put at its end."""
    return re.sub(rf" #{TOKEN.pattern}$", "", reason or "")


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
    summary: str
    moves: tuple[Move, ...]
    stays: tuple[Stay, ...]

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
        if item.starts_at >= first and (group is None or _concerns(item, group))
    ]
    return _plan(
        program,
        _shift_summary(first_item, minutes, group),
        items,
        lambda item: (item.starts_at + step, item.ends_at + step),
        group,
        keep,
    )


def plan_move_day(program, from_day, to_day, keep=()):
    """A Plan that moves all items of one local date to another, at the same clock times. Two queries."""
    days = (to_day - from_day).days
    summary = _("Moved from %(from)s to %(to)s") % {"from": date_format(from_day), "to": date_format(to_day)}
    return _plan(
        program,
        summary,
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


def _concerns(item, group):
    groups = item.groups.all()
    return not groups or group in groups


def _plan(program, summary, items, moved_to, group, keep):
    moves, stays = [], []
    for item in items:
        stay = _why_it_stays(item, group, keep)
        if stay:
            stays.append(stay)
        else:
            moves.append(Move(item, *moved_to(item)))
    return Plan(program, summary, tuple(moves), tuple(stays))


def _why_it_stays(item, group, keep):
    """The Stay of ``item``, or None when it moves."""
    if item.status == Status.CANCELLED:
        return Stay(item, _("It is cancelled."))
    groups = list(item.groups.all())
    if group and groups != [group]:
        names = tuple(sorted(g.name for g in groups))
        return Stay(
            item, _("It is not for this group alone, but for %(whom)s.") % {"whom": groups_text(names)}
        )
    if item.pk in keep:
        return Stay(item, _("You chose that it stays."), chosen=True)
    return None


def _shift_summary(first_item, minutes, group):
    words = {
        "minutes": abs(minutes),
        "title": Truncator(first_item.title).chars(40),
        "whom": groups_text((group.name,) if group else ()),
    }
    if minutes > 0:
        text = ngettext(
            "%(minutes)d minute later from “%(title)s” on, for %(whom)s",
            "%(minutes)d minutes later from “%(title)s” on, for %(whom)s",
            words["minutes"],
        )
    else:
        text = ngettext(
            "%(minutes)d minute earlier from “%(title)s” on, for %(whom)s",
            "%(minutes)d minutes earlier from “%(title)s” on, for %(whom)s",
            words["minutes"],
        )
    return text % words


def effect(agenda, plan):
    """(conflicts the plan would make, conflicts it would solve): two lists of Findings.

    ``agenda`` is the draft's as it is now. A conflict of the same items that only changes its times is
    neither.
    """
    before, after = find_conflicts(agenda), find_conflicts(_with_moves(agenda, plan))
    had, has = ({_about(finding) for finding in findings} for findings in (before, after))
    return (
        [finding for finding in after if _about(finding) not in had],
        [finding for finding in before if _about(finding) not in has],
    )


def _about(finding):
    return finding.code, frozenset(item.id for item in finding.items)


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
def apply(plan, token):
    """Save what ``plan`` says under ``token`` (of ``new_token``).

    Raises ChangedMeanwhile when an item is no longer the one of the plan, OutsideProgram when one would leave
    the program's dates; then nothing is saved.
    """
    if plan.outside:
        raise OutsideProgram
    items = _locked([move.item.pk for move in plan.moves])
    changed = [
        move.item
        for move in plan.moves
        if move.item.pk not in items or items[move.item.pk].version != move.item.version
    ]
    if changed:
        raise ChangedMeanwhile(changed)
    for move in plan.moves:
        item = items[move.item.pk]
        item.starts_at, item.ends_at = move.starts_at, move.ends_at
        item.save_as(marked(plan.summary, token))


@transaction.atomic
def set_status(items, status):
    """Give ``items`` (a list or queryset of AgendaItems of any class) the Status ``status``.

    Each is saved as what it is, so that its history has it. Returns the operation's token, to be shown and
    taken back at ``admin:program_agendaitem_operation``; "" when all had that status already.
    """
    items = [i for i in _locked([item.pk for item in items]).values() if i.status != status]
    if not items:
        return ""
    token = new_token()
    for item in items:
        item.status = status
        item.save_as(marked(Status(status).label, token))
    return token


def _locked(pks):
    """The items as they are now by primary key, each of its own class, locked until the transaction ends.

    Locked first and read after: PostgreSQL cannot lock the joins that find an item's class, and what is read
    while waiting for a lock may be old.
    """
    list(AgendaItem.objects.select_for_update().filter(pk__in=pks).order_by("pk").values_list("pk"))
    return {
        item.pk: item for item in AgendaItem.objects.filter(pk__in=pks).select_related("program").concrete()
    }


@dataclass(frozen=True)
class Step:
    """What an operation did to one item: three entries of its history.

    ``before`` is None when the history begins with the operation; ``newest`` may be that it was deleted.
    """

    before: object
    after: object
    newest: object

    @property
    def stands(self):
        """Whether nobody has changed the item since, so that it can be taken back."""
        return self.before is not None and self.newest.pk == self.after.pk

    @property
    def title(self):
        return self.after.title

    @property
    def is_deleted(self):
        return self.newest.history_type == "-"

    @property
    def newest_reason(self):
        return unmarked(self.newest.history_change_reason)


@dataclass(frozen=True)
class Operation:
    """An operation as the history knows it; ``steps`` in order of time, never empty."""

    token: str
    steps: tuple[Step, ...]

    @property
    def _entry(self):
        return self.steps[0].after

    @property
    def summary(self):
        return unmarked(self._entry.history_change_reason)

    @property
    def by(self):
        return self._entry.history_user

    @property
    def at(self):
        return self._entry.history_date

    @property
    def program_ids(self):
        return sorted({step.after.program_id for step in self.steps})

    @property
    def standing(self):
        return [step for step in self.steps if step.stands]

    @property
    def overtaken(self):
        return [step for step in self.steps if not step.stands]


def item_classes():
    """AgendaItem and every class of items that an app adds to it."""
    return [model for model in apps.get_models() if issubclass(model, AgendaItem)]


def find_operation(token):
    """The Operation with that token, or None. One query per class of items."""
    if not is_token(token):
        return None
    steps = []
    for model in item_classes():
        touched = model.history.filter(history_change_reason__endswith=f" #{token}").values("id")
        entries = model.history.filter(id__in=touched).select_related("history_user")
        timelines = {}
        for entry in entries.order_by("history_date", "history_id"):
            timelines.setdefault(entry.id, []).append(entry)
        steps.extend(_step(timeline, token) for timeline in timelines.values())
    steps.sort(key=lambda step: (step.after.starts_at, step.after.id))
    return Operation(token, tuple(steps)) if steps else None


def _step(timeline, token):
    place = next(n for n, e in enumerate(timeline) if (e.history_change_reason or "").endswith(f" #{token}"))
    return Step(timeline[place - 1] if place else None, timeline[place], timeline[-1])


@transaction.atomic
def undo(token):
    """Take the operation back where nobody has changed an item since: its times and status of before.

    Returns (the token of the undoing, the Operation as it was found): ``standing`` steps were taken back,
    ``overtaken`` ones left alone. The token is "" when nothing could be taken back, the whole None when
    there is no such operation.
    """
    operation = find_operation(token)
    if operation is None:
        return None
    items = _locked([step.after.id for step in operation.steps])
    operation = find_operation(token)  # again, now that nobody can write in between
    if not operation.standing:
        return "", operation
    new = new_token()
    reason = marked(_("Taken back: %(what)s") % {"what": operation.summary}, new)
    for step in operation.standing:
        item = items[step.after.id]
        item.starts_at, item.ends_at = step.before.starts_at, step.before.ends_at
        item.status = step.before.status
        item.save_as(reason)
    return new, operation
