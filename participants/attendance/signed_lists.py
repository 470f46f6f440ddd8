"""Entering a signed list: who signed it, and where it differs from the marks made on the page."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from participants.models import Participant, SignedListEntry
from program import digits

from . import marking as attendance
from .marking import Attendance, RollEntry

State, How = Attendance.State, Attendance.How
MOST = 1000  # numbers in one entry
PRINTED_BEFORE = timedelta(days=1)  # a list may have been printed this long before its item


@dataclass(frozen=True)
class Line:
    """A line of the signed list as it was entered (``entry``, or None) beside what was marked (``row``).

    ``expected``: the item expects the person now. ``printed``: they are on the sheet in hand.
    """

    row: RollEntry
    entry: SignedListEntry | None
    expected: bool = True
    printed: bool = True

    @property
    def word(self):
        """The state according to the signed list."""
        return State.PRESENT if self.entry.signed else State.ABSENT

    @property
    def differs(self):
        """Whether entry and mark cannot both be right, and nobody has decided between the two yet."""
        if self.entry is None or not self.expected:
            return False
        if self.row.record and self.row.record.how == How.SIGNED_LIST:
            return False
        return self.row.record is None or self.entry.signed != self.row.is_there


def lines_of(program, item, sheet=None):
    """The Lines of the signed list of ``item``, by their numbers.

    Those expected now, those who were entered, and those who stand on ``sheet`` (a Sheet, or None where the
    paper in hand is not known). Five queries.
    """
    entered = {entry.participant_id: entry for entry in SignedListEntry.objects.filter(item_id=item.id)}
    on_sheet = sheet.numbers if sheet else frozenset()
    roll = attendance.roll_of(program, item)
    known = [row.person.pk for row in roll]
    others = program.participants.filter(Q(pk__in=entered) | Q(list_number__in=on_sheet), erased_at=None)
    others = list(others.exclude(pk__in=known).select_related("group"))
    records = attendance.records_of(item, [person.pk for person in others])
    rows = [(row, True) for row in roll]
    rows += [(RollEntry(person.list_number, person, records.get(person.pk)), False) for person in others]
    lines = [
        Line(row, entered.get(row.person.pk), expected, sheet is None or row.number in on_sheet)
        for row, expected in rows
    ]
    return sorted(lines, key=lambda line: (line.row.number is None, line.row.number or 0))


@dataclass(frozen=True)
class Shift:
    """Who is on the list now and was not when it was printed (``came``), and the other way round (``left``):
    "number name", or "number" of a person whose data was deleted since.

    ``since`` is when it was printed, or with ``guessed`` when it may have been.
    """

    since: datetime
    came: list
    left: list
    guessed: bool = False


def shift_of(program, item, lines, sheet=None):
    """The Shift of ``lines`` since ``sheet``, or since a list of ``item`` may have been printed; None where
    such a list names the same people. At most one query."""
    expected = {line.row.person.pk: line for line in lines if line.expected}
    if sheet:
        since, known = sheet.printed_at, {line.row.number: line for line in lines}
        came = [_named(line) for line in expected.values() if not line.printed]
        left = [
            number for number in sorted(sheet.numbers) if not (line := known.get(number)) or not line.expected
        ]
        left = [_named(known[number]) if number in known else str(number) for number in left]
    else:
        since = item.starts_at - PRINTED_BEFORE
        people = Participant.history.as_of(since).filter(program=program, status=Participant.Status.CONFIRMED)
        before = {
            pk: name for pk, group, name in people.values_list("id", "group", "name") if item.expects(group)
        }
        if not before:
            return None
        came = [_named(line) for pk, line in expected.items() if pk not in before]
        left = [name for pk, name in before.items() if pk not in expected]
    return Shift(since, came, left, guessed=sheet is None) if came or left else None


def _named(line):
    return f"{line.row.number} {line.row.person.called}"


def read_numbers(text):
    """The numbers in "1 2, 5-9" in their order, each once; the digits of any keyboard are taken.

    Raises ValueError for anything else.
    """
    numbers = []
    for part in re.split(r"[\s,;،，；、]+", re.sub(r"\s*-\s*", "-", digits.plain(text).strip())):
        first, dash, last = part.partition("-")
        if not (first + last).isdecimal():  # int() would take 1_2 and +3 too
            raise ValueError(part)
        first, last = int(first), int(last if dash else first)
        if not 0 < first <= last <= MOST:
            raise ValueError(part)
        numbers.extend(range(first, last + 1))
    return list(dict.fromkeys(numbers))


@transaction.atomic
def enter(program, item, pks, signed, *, by):
    """Record that the participants ``pks`` signed the list of ``item``, or did not; return the Step.

    For those who are not marked, or only from a signed list, this is their attendance too: present or absent.
    Marks made on the page stay: they are shown as a difference. Of people who are not expected any more only
    the signature is recorded: it is on the paper.
    """
    expected = attendance.lock(program, item, pks)
    there = set(program.participants.filter(pk__in=pks, erased_at=None).values_list("pk", flat=True))
    records = attendance.records_of(item, expected)
    word = State.PRESENT if signed else State.ABSENT
    free = [pk for pk in expected if pk not in records or records[pk].how == How.SIGNED_LIST]
    step = attendance.mark(program, item, dict.fromkeys(free, word), by=by, how=How.SIGNED_LIST)
    SignedListEntry.objects.bulk_create(
        [
            SignedListEntry(
                participant_id=pk, item_id=item.id, signed=signed, entered_by=by, entered_at=step.moment
            )
            for pk in sorted(there)
        ],
        update_conflicts=True,
        unique_fields=["participant", "item"],
        update_fields=["signed", "entered_by", "entered_at"],
    )
    return step


def settle(program, item, pk, state, *, by):
    """Settle on ``state`` for the participant ``pk``, after comparing with the signed list."""
    return attendance.mark(program, item, {pk: state}, by=by, how=How.SIGNED_LIST)


def settle_all(program, item, lines, *, by):
    """Use the signed list for all of ``lines`` that differ; return the Step."""
    words = {line.row.person.pk: line.word for line in lines if line.differs}
    return attendance.mark(program, item, words, by=by, how=How.SIGNED_LIST)


def last_entry(item, by):
    """(moment, how many) of what ``by`` entered last from the list of ``item``; None when nothing is left."""
    mine = SignedListEntry.objects.filter(item_id=item.id, entered_by=by)
    moment = mine.order_by("-entered_at").values_list("entered_at", flat=True).first()
    return moment and (moment, mine.filter(entered_at=moment).count())


@transaction.atomic
def undo(program, item, moment, *, by):
    """Undo what ``by`` entered at ``moment``, with the attendance that came from it."""
    attendance.undo(program, item, moment, by=by)
    SignedListEntry.objects.filter(item_id=item.id, entered_by=by, entered_at=moment).delete()
