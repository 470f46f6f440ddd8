"""The seats of a program, and the way of a participant from nominated to confirmed, or out."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count
from simple_history.utils import bulk_update_with_history

from participants.models import Participant

from . import numbers

Status = Participant.Status


@dataclass(frozen=True)
class Seats:
    used: int
    total: int

    @property
    def over(self):
        """By how many the accepted and confirmed are more than the seats."""
        return max(self.used - self.total, 0)


def seats(program):
    """The Seats of ``program``. One query."""
    return Seats(program.participants.taking_seats().count(), program.seats)


def status_counts(program):
    """{status: number of people} of ``program``, every status named. One query."""
    found = program.participants.order_by().values_list("status").annotate(Count("pk"))
    return dict.fromkeys(Status.values, 0) | dict(found)


@transaction.atomic
def set_status(people, status, by):
    """Give ``people`` (a queryset of one program) that status, with a history of who did it.

    People who have it already are left out. An erased person stays as they are. Returns those who changed.
    """
    changed = list(people.filter(erased_at=None).exclude(status=status))
    for person in changed:
        person.status = status
    bulk_update_with_history(changed, Participant, ["status"], default_user=by)
    if changed:
        numbers.give(changed[0].program)
    return changed
