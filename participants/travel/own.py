"""What a participant is told of their own travel: their flights, pick-ups, room and room-mates."""

from datetime import timedelta

from participants.models import Participant
from participants.people.rooms import key

from .flights import Flight, OwnTravel

# They are read on the days around the program's first and last one only: on all others My schedule is
# the same page for a whole group.
DAYS_BEFORE, DAYS_AFTER = timedelta(days=3), timedelta(days=2)


def own_travel(user, program_pk, program, now):
    """The OwnTravel of ``user`` in ``program``, the facts of a release; None on days that need none of it.

    One query, or two with a room; none on the other days. ``now`` is aware.
    """
    today = now.astimezone(program.tz).date()
    arriving = program.starts_on - DAYS_BEFORE <= today <= program.starts_on
    leaving = program.ends_on - DAYS_BEFORE <= today <= program.ends_on + DAYS_AFTER
    if not (arriving or leaving):
        return None
    own = Participant.objects.for_account(user).filter(program=program_pk)
    return travel_of(own.select_related("travel_record").get(), program)


def travel_of(person, program):
    """The OwnTravel of ``person``, on whatever day. One query, or two with a room; less one when the record
    is loaded."""
    record = getattr(person, "travel_record", None)
    flights = _flights(record, program) if record else (None, None)
    return OwnTravel(*flights, person.room.strip(), _mates_of(person))


def _flights(record, program):
    """(arrival, departure), each a Flight or None."""
    arrival = record.arrival_flight, record.arrives_at, record.arrival_pickup, None
    departure = record.departure_flight, record.departs_at, record.departure_pickup, record.pickup_at
    return (
        _flight(program, program.starts_on, True, *arrival),
        _flight(program, program.ends_on, False, *departure),
    )


def _flight(program, usual_day, is_arrival, name, at, pickup, pickup_at):
    if not (name or at or pickup or pickup_at):
        return None
    at, pickup_at = (moment and moment.astimezone(program.tz) for moment in (at, pickup_at))
    known = at or pickup_at
    return Flight(is_arrival, name, known.date() if known else usual_day, at, pickup, pickup_at)


def _mates_of(person):
    """The names of the others in the room of ``person``, in order: no more of them than they share a door."""
    if not person.room.strip():
        return ()
    room = key(person.room)
    others = Participant.objects.filter(program=person.program_id).taking_seats().exclude(pk=person.pk)
    return tuple(sorted(other.called for other in others.exclude(room="") if key(other.room) == room))
