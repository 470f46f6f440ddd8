"""The seats of a program, and the way of a participant from nominated to confirmed, or out."""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count
from simple_history.utils import bulk_update_with_history

from participants.models import Participant
from program.drafting.operations import Kind, begin

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
def set_status(program, people, status, by):
    """Accept, confirm or withdraw those ``people`` (a queryset, all of ``program``) who have another status.

    An erased person stays as they are. Returns the Operation of ``by``, which can be undone; None when nobody
    changes.
    """
    pks = list(people.values_list("pk", flat=True))
    rows = Participant.objects.select_for_update().filter(pk__in=pks, erased_at=None).order_by("pk")
    changed = list(rows.exclude(status=status))
    if not changed:
        return None
    operation = begin(Kind.PEOPLE, program, by, status=status, count=len(changed))
    for person in changed:
        person.status = status
    in_operation = {"operation": operation}
    bulk_update_with_history(
        changed, Participant, ["status"], default_user=by, custom_historical_attrs=in_operation
    )
    numbers.give(program)
    return operation
