"""Marking who is there. One record per participant and item; the last word wins and every word is kept."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import translation

from program import clock
from program.agenda import Item
from program.kinds import Kind

from .countries import country_name
from .models import Attendance, Participant
from .names import fold, sort_key


class NotExpected(Exception):
    """The participant is not expected at the item: withdrawn, not confirmed, or of another group."""


def expected_at(program, item):
    """Confirmed participants of ``program`` whom ``item`` (of a release) concerns, as a queryset."""
    people = Participant.objects.expected().filter(program=program)
    return people.filter(group__name__in=item.groups) if item.groups else people


def numbered(people):
    """[(number, participant)] of those expected at one item, as the list of it is printed and entered again.

    Counted from 1 by country and name, in whatever order a list then stands. Countries go by their English
    names in every language, so that a list printed in Bahasa Indonesia has the numbers of the page.
    """
    with translation.override("en"):
        key = lambda person: (fold(country_name(person.country)), person.country, sort_key(person))  # noqa: E731
        return list(enumerate(sorted(people, key=key), start=1))


@transaction.atomic
def mark(participant, item_id, state, *, by, how):
    """Write down ``state`` for ``participant`` at that item; return (record, earlier state or "").

    The row of the participant is locked, so that two who mark at once come one after the other: none is
    lost, none is doubled. Marking the same state again changes nothing.
    """
    Participant.objects.select_for_update().only("pk").get(pk=participant.pk)
    record = Attendance.objects.filter(participant=participant, item_id=item_id).first()
    earlier = record.state if record else ""
    if earlier == state:
        return record, earlier
    record = record or Attendance(participant=participant, item_id=item_id)
    record.state, record.how = state, how
    record.marked_by, record.marked_at = by, clock.now()
    record._history_user = by
    record.save()
    return record, earlier


@transaction.atomic
def unmark(participant, item_id, *, by):
    """Take the record of ``participant`` at that item away, if there is one; its history keeps it."""
    Participant.objects.select_for_update().only("pk").get(pk=participant.pk)
    record = Attendance.objects.filter(participant=participant, item_id=item_id).first()
    if record:
        record._history_user = by
        record.delete()


@dataclass(frozen=True)
class Tally:
    """How many of those expected at an item are in each state."""

    expected: int
    present: int = 0
    late: int = 0
    excused: int = 0
    sick: int = 0
    absent: int = 0

    @property
    def there(self):
        return self.present + self.late

    @property
    def open(self):
        """Those nobody has said anything about."""
        return self.expected - self.present - self.late - self.excused - self.sick - self.absent


def is_bus(item: Item):
    """Whether the item is a transfer: its page asks whether everyone is on the bus."""
    return item.kind == Kind.TRAVEL
