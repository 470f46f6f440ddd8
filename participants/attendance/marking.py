"""Attendance marks: the latest counts, earlier ones stay in the history.

One record per participant and item.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import NamedTuple

from django.db import transaction
from django.db.models import Count, Exists

from participants.models import Attendance, Participant
from participants.people.numbers import numbered
from program import clock
from program.agenda.kinds import Kind
from program.models import AgendaItem

State, How = Attendance.State, Attendance.How
# Stored here, because each access to Attendance.history creates a new class.
HISTORY = Attendance.history
# What the history says about a step that undid another one.
UNDO = "undo"


class NotMarked(Exception):
    """Nobody can be marked at the item, and nothing was saved."""


class ItemCancelled(NotMarked):
    """The item does not take place."""


class ItemDeleted(NotMarked):
    """The published agenda still has the item, but an organizer deleted it since."""


def expected_at(program, item):
    """Confirmed participants of ``program`` whom ``item`` (of a release) expects, as a queryset."""
    return Participant.objects.expected_at(item).filter(program=program)


def days_of(item, tz):
    """(first midnight, last midnight) of the local days that ``item`` is on; the last is not included."""
    first, last = item.starts_at.astimezone(tz).date(), item.ends_at.astimezone(tz).date()
    begin, end = (datetime.combine(day, time.min, tzinfo=tz) for day in (first, last + timedelta(days=1)))
    return begin, end


def is_another_day(item, tz, *moments):
    """Whether none of ``moments`` is on a local day of ``item``, so that the wrong item may be marked."""
    begin, end = days_of(item, tz)
    return not any(begin <= moment < end for moment in moments)


# What a badge is scanned for

# From this long before its start, an item is what people are coming for.
SOON = timedelta(minutes=30)


def items_for(agenda, person, now):
    """(what a badge of ``person`` is scanned for, the other items of the day), without cancelled ones.

    The first are the items that are on, the last to begin first; if nothing is on, what starts within half an
    hour.
    """
    agenda = agenda.for_group(person.group_id)
    moment = agenda.at(now)
    soon = [item for item in moment.next if item.starts_at - now <= SOON]
    items = sorted(moment.on, key=lambda item: (item.starts_at, item.id), reverse=True) or soon
    day = agenda.day(now.astimezone(agenda.program.tz).date())
    others = [item for item in (day.items if day else ()) if not item.cancelled and item not in items]
    return items, others


def others_on(agenda, person, now):
    """What is on of other groups than ``person``'s: they may have come with one of these."""
    on = agenda.at(now).on
    return [item for item in on if item.group_ids and person.group_id and not item.concerns(person.group_id)]


# Who is present


@dataclass(frozen=True)
class Tally:
    """How many of those expected at an item are in each state."""

    expected: int
    states: Counter = field(default_factory=Counter)

    @property
    def there(self):
        return sum(self.states[state] for state in Attendance.THERE)

    @property
    def open(self):
        """Those who are not marked."""
        return self.expected - self.states.total()

    @property
    def others(self):
        """(state, its label, how many) of the states other than present, none of them empty."""
        return [(s, s.label, self.states[s]) for s in State if s != State.PRESENT and self.states[s]]


@dataclass(frozen=True)
class RollEntry:
    """Someone who is expected at an item, with their record; None while they are not marked.

    A ``guest`` is of another group and came all the same: they are not expected, and have number 0.
    ``elsewhere`` is the item of another group where someone who is not marked was at the same time.
    """

    number: int
    person: Participant
    record: Attendance | None
    guest: bool = False
    elsewhere: object = None

    @property
    def state(self):
        return self.record.state if self.record else ""

    @property
    def is_there(self):
        return self.state in Attendance.THERE

    @property
    def is_missing(self):
        """Whether a bus would have to wait: nobody knows where they are."""
        return self.state in ("", State.ABSENT) and not self.elsewhere


def roll_of(program, item):
    """The RollEntries of all who are expected at ``item``, in the order of their numbers. Two queries."""
    people = expected_at(program, item).select_related("group")
    people = numbered(people)
    records = records_of(item, [person.pk for _number, person in people])
    return [RollEntry(number, person, records.get(person.pk)) for number, person in people]


def records_of(item, pks):
    """{participant pk: the record at ``item``} of those among ``pks`` who have one."""
    found = Attendance.objects.filter(item_id=item.id, participant__in=list(pks))
    return {record.participant_id: record for record in found.select_related("marked_by")}


def words_on(person, items):
    """{item id: the record of ``person``} at those of ``items`` where there is one. One query."""
    found = Attendance.objects.filter(participant=person, item_id__in=[item.id for item in items])
    return {record.item_id: record for record in found.select_related("marked_by")}


def tally_of(rows):
    return Tally(len(rows), Counter(row.state for row in rows if row.state))


def tallies(program, items):
    """{item id: Tally} of ``items``. Two queries, however many there are."""
    expected = Participant.objects.expected().filter(program=program).order_by()
    by_group = list(expected.values_list("group").annotate(Count("pk")))
    said = (
        Attendance.objects.filter(item__in=[item.id for item in items], participant__in=expected)
        .values_list("item", "participant__group", "state")
        .annotate(Count("pk"))
    )
    by_item = {}
    for pk, *counted in said:
        by_item.setdefault(pk, []).append(counted)

    def tally(item):
        states = Counter()
        for group, state, count in by_item.get(item.id, ()):
            if item.expects(group):
                states[state] += count
        return Tally(sum(n for group, n in by_group if item.expects(group)), states)

    return {item.id: tally(item) for item in items}


def is_bus(item):
    """Whether the item is a transfer: its page asks whether everyone is on the bus."""
    return item.kind == Kind.TRAVEL


# Marking


@dataclass(frozen=True)
class Step:
    """What one step of marking did: ``changed`` and ``refused`` are primary keys of participants.

    ``refused`` are not expected at the item; ``outdated`` were marked differently, and later, by someone.
    ``moment`` names the step for undo(). ``records`` are those of all others, as they are after it.
    """

    moment: datetime
    changed: frozenset = frozenset()
    refused: frozenset = frozenset()
    outdated: frozenset = frozenset()
    records: dict = field(default_factory=dict, compare=False)


class _Word(NamedTuple):
    state: str
    how: str
    marked_by: object
    marked_at: datetime


def is_deleted(item):
    """Whether an organizer deleted ``item`` since the release it is of. One query."""
    return not AgendaItem.objects.filter(pk=item.id).exists()


def lock(program, item, pks=None, people=None):
    """The primary keys of those expected (or of ``people``), among ``pks`` when given; until the end of the
    transaction nobody else marks them. Always in the same order, so that two who lock several people never
    wait for each other.

    Raises NotMarked.
    """
    if item.cancelled:
        raise ItemCancelled
    people = expected_at(program, item) if people is None else people
    if pks is not None:
        people = people.filter(pk__in=list(pks))
    people = people.only("pk").annotate(has_item=Exists(AgendaItem.objects.filter(pk=item.id)))
    found = list(people.order_by("pk").select_for_update(of=("self",)))
    if not all(person.has_item for person in found):
        raise ItemDeleted
    return {person.pk for person in found}


@transaction.atomic
def mark(program, item, words, *, by, how=How.TAP, said_at=None, guests=False):
    """Write down ``words``, {participant pk: state, or "" to take the record away}, and return the Step.

    The rows of the participants are locked, so that two who mark at once do it one after the other: no mark
    is lost or doubled. The same state again changes nothing, unless it now comes from comparing with the
    signed list. ``said_at`` is when it was said, if it arrives late: then a mark made after it wins. With
    ``guests`` people of other groups may be marked too; those who have a mark here already always may. Raises
    NotMarked.
    """
    everyone = Participant.objects.expected().filter(program=program)
    expected = lock(program, item, words, everyone if guests else _markable_at(program, item))
    moment = said_at or clock.now()
    records = records_of(item, expected)
    differs = {pk for pk in expected if words[pk] != (records[pk].state if pk in records else "")}
    outdated = differs & _said_after(moment, item, expected) if said_at else set()
    if how == How.SIGNED_LIST:
        differs |= {pk for pk, record in records.items() if record.how != How.SIGNED_LIST}
    new = {pk: _Word(words[pk], how, by, moment) if words[pk] else None for pk in differs - outdated}
    _write(item, records, new, by, moment)
    return Step(moment, frozenset(new), frozenset(set(words) - expected), frozenset(outdated), records)


def _markable_at(program, item):
    """Those expected, and those of other groups who are marked there already."""
    marked = Attendance.objects.filter(item_id=item.id).values("participant")
    guests = Participant.objects.expected().filter(program=program, pk__in=marked)
    return expected_at(program, item) | guests


@transaction.atomic
def mark_everybody(program, item, *, by, pks=None, said_at=None):
    """Mark as present all (among ``pks`` when given) who are not marked yet; return the Step. ``said_at`` as
    in mark()."""
    expected = lock(program, item, pks)
    marked = records_of(item, expected)
    words = dict.fromkeys(expected - set(marked), State.PRESENT)
    return mark(program, item, words, by=by, how=How.EVERYBODY, said_at=said_at)


@transaction.atomic
def undo(program, item, moment, *, by):
    """Undo the step that ``by`` made at ``moment``: the earlier marks are restored, with who made them.

    People marked again since then stay as they are: they are the ``outdated`` of the Step returned.
    """
    mine = set(
        HISTORY.filter(item_id=item.id, history_user=by, history_date=moment).values_list(
            "participant_id", flat=True
        )
    )
    expected = lock(program, item, mine, Participant.objects.expected().filter(program=program))
    versions, found = {}, HISTORY.filter(item_id=item.id, participant_id__in=expected)
    for version in found.select_related("marked_by").order_by("history_id"):
        versions.setdefault(version.participant_id, []).append(version)
    new, outdated = {}, set()
    for pk, (*before, last) in versions.items():
        if (last.history_date, last.history_user_id) != (moment, by.pk):
            outdated.add(pk)
        else:
            earlier = before[-1] if before and before[-1].history_type != "-" else None
            new[pk] = earlier and _Word(earlier.state, earlier.how, earlier.marked_by, earlier.marked_at)
    now, records = clock.now(), records_of(item, expected)
    _write(item, records, new, by, now, UNDO)
    return Step(now, frozenset(new), frozenset(mine - expected), frozenset(outdated), records)


def last_step(item, by):
    """The last Step of ``by`` at ``item`` that can be undone, or None. One or two queries."""
    mine = HISTORY.filter(item_id=item.id, history_user=by)
    last = mine.order_by("-history_id").first()
    if last is None or last.history_change_reason == UNDO:
        return None
    people = mine.filter(history_date=last.history_date).values_list("participant_id", flat=True)
    return Step(last.history_date, frozenset(people))


def _said_after(moment, item, pks):
    later = HISTORY.filter(item_id=item.id, participant_id__in=pks, history_date__gt=moment)
    return set(later.values_list("participant_id", flat=True))


def _write(item, records, new, by, moment, reason=None):
    """Bring ``records``, {participant pk: Attendance}, to ``new``, {participant pk: _Word or None}."""
    added, changed = [], {}
    for pk, word in new.items():
        if word is None:
            if record := records.pop(pk, None):
                record._history_user, record._history_date, record._change_reason = by, moment, reason
                record.delete()
        elif record := records.get(pk):
            _set(record, word)
            changed.setdefault(word, []).append(record)
        else:
            records[pk] = _set(Attendance(participant_id=pk, item_id=item.id), word)
            added.append(records[pk])
    said = {"default_user": by, "default_date": moment, "default_change_reason": reason}
    if added:
        HISTORY.bulk_history_create(Attendance.objects.bulk_create(added), **said)
    for word, same in changed.items():
        Attendance.objects.filter(pk__in=[record.pk for record in same]).update(**word._asdict())
        HISTORY.bulk_history_create(same, update=True, **said)


def _set(record, word):
    for name, value in word._asdict().items():
        setattr(record, name, value)
    return record
