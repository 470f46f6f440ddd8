"""People who came with another group than their own: they are marked at its item, and not expected there.

Nobody of another group is on the roll, the printed list or in the share of an item until staff record that
they came. At the item of their own group at that time they are not missed.
"""

from dataclasses import replace

from participants.models import Attendance, Participant

from . import marking


def split(program, item):
    """(guests, others): RollEntries of those of other groups who are marked at ``item``, and the people of
    other groups who are not, both by name. Two queries; none where everybody is expected.
    """
    if not item.group_ids:
        return [], []
    people = Participant.objects.expected().filter(program=program).exclude(group__in=item.group_ids)
    people = sorted(people.select_related("group"), key=lambda person: person.called.casefold())
    records = marking.records_of(item, [person.pk for person in people])
    guests = [marking.RollEntry(0, p, records[p.pk], guest=True) for p in people if p.pk in records]
    return guests, [person for person in people if person.pk not in records]


def were_elsewhere(agenda, item):
    """{participant pk: the item of another group} of those who were there with it while ``item`` was on.

    One query at most.
    """
    beside = {one.id: one for one in agenda.items if one.group_ids and _overlap(one, item)}
    if not beside:
        return {}
    there = Attendance.objects.filter(item__in=list(beside), state__in=Attendance.THERE)
    there = there.select_related("participant").only("item_id", "participant__group_id")
    return {
        record.participant_id: beside[record.item_id]
        for record in there
        if not beside[record.item_id].expects(record.participant.group_id)
    }


def with_elsewhere(rows, agenda, item):
    """``rows`` (RollEntries of ``item``), those who are not marked with the item where they were instead."""
    found = were_elsewhere(agenda, item)
    return [replace(row, elsewhere=None if row.record else found.get(row.person.pk)) for row in rows]


def _overlap(one, other):
    return one.id != other.id and one.starts_at < other.ends_at and other.starts_at < one.ends_at
