"""Entering a signed list: who signed it, and where it differs from the marks made on the page."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from participants.models import Participant, SignedListEntry
from participants.people import numbers
from program import digits

from . import marking as attendance
from .marking import Attendance, RollEntry

State, How = Attendance.State, Attendance.How
MOST = 1000  # numbers in one entry
PRINTED_BEFORE = timedelta(days=1)  # a list may have been printed this long before its item


@dataclass(frozen=True)
class Line:
    """A line of the signed list as it was entered (``entry``, or None) beside what was marked (``row``)."""

    row: RollEntry
    entry: SignedListEntry | None

    @property
    def word(self):
        """The state according to the signed list."""
        return State.PRESENT if self.entry.signed else State.ABSENT

    @property
    def differs(self):
        """Whether entry and mark cannot both be right, and nobody has decided between the two yet."""
        if self.entry is None or (self.row.record and self.row.record.how == How.SIGNED_LIST):
            return False
        return self.row.record is None or self.entry.signed != self.row.is_there


def lines_of(program, item):
    """The Lines of the signed list of ``item``, by their numbers. Three queries."""
    entered = {entry.participant_id: entry for entry in SignedListEntry.objects.filter(item_id=item.id)}
    return [Line(row, entered.get(row.person.pk)) for row in attendance.roll_of(program, item)]


@dataclass(frozen=True)
class Shift:
    """The numbers of a list have changed since ``since``: the names of those who were added and removed."""

    since: datetime
    came: list
    left: list


def shift_of(program, item, lines):
    """The Shift of the numbers on ``lines`` since a list of ``item`` may have been printed, or None where
    such a list has the same numbers. One query."""
    since = item.starts_at - PRINTED_BEFORE
    people = Participant.history.as_of(since).filter(program=program, status=Participant.Status.CONFIRMED)
    people = [Participant(**values) for values in people.values("id", "name", "country", "group_id")]
    found = [person for person in people if item.expects(person.group_id)]
    before = {person.pk: (number, person) for number, person in numbers.numbered(found)}
    now = {line.row.person.pk: line.row for line in lines}
    if all(pk in before and before[pk][0] == row.number for pk, row in now.items()) or not before:
        return None
    came = [row.person.called for pk, row in now.items() if pk not in before]
    left = [person.name for pk, (_number, person) in before.items() if pk not in now]
    return Shift(since, came, left)


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
    Marks made on the page stay: they are shown as a difference.
    """
    expected = attendance.lock(program, item, pks)
    records = attendance.records_of(item, expected)
    word = State.PRESENT if signed else State.ABSENT
    free = [pk for pk in expected if pk not in records or records[pk].how == How.SIGNED_LIST]
    step = attendance.mark(program, item, dict.fromkeys(free, word), by=by, how=How.SIGNED_LIST)
    SignedListEntry.objects.bulk_create(
        [
            SignedListEntry(
                participant_id=pk, item_id=item.id, signed=signed, entered_by=by, entered_at=step.moment
            )
            for pk in expected
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
