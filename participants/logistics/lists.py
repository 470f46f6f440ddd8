"""What organizers and staff print: diets per meal, arrivals and departures, rooms, countries.

A list holds those who take a seat, accepted or confirmed; nominated and withdrawn people are in none.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from participants.models import Participant, TravelReading, TravelRecord
from participants.people.names import sort_key
from participants.people.rooms import key as room_key
from program.agenda.agenda import Item
from program.agenda.kinds import Kind

Diet = Participant.Diet


def people(program):
    """The Participants of ``program``'s lists with their groups, by name. One query."""
    return sorted(program.participants.taking_seats().select_related("group"), key=sort_key)


def diets(everybody):
    """[(diet, number of people)] in the order of ``Diet``, including those that nobody follows."""
    numbers = Counter(person.diet for person in everybody)
    return tuple((diet, numbers[diet]) for diet in Diet)


@dataclass(frozen=True)
class Plates:
    """How many of whom eat at one meal: ``counts`` is [(diet, number)] in the order of ``Diet``."""

    item: Item
    counts: tuple
    total: int


def plates(agenda, everybody):
    """The Plates of each meal in ``agenda`` (a release's) that is not cancelled, in order.

    Everyone whom ``item.expects()`` is counted.
    """
    found = []
    for item in agenda.items:
        if item.kind == Kind.MEAL and not item.cancelled:
            eating = [p for p in everybody if item.expects(p.group_id)]
            found.append(Plates(item, diets(eating), len(eating)))
    return found


@dataclass(frozen=True)
class Way:
    """One person's arrival or departure: an aware moment in the program's zone, a flight, and how they are
    fetched, from when on."""

    person: Participant
    at: datetime | None
    flight: str
    pickup: str
    pickup_at: datetime | None = None

    @property
    def day(self):
        """The local date, or None."""
        return self.at and self.at.date()


@dataclass(frozen=True)
class Travels:
    """Arrivals and departures by time, and the people who have not entered theirs."""

    arrivals: list
    departures: list
    untold_arrival: list
    untold_departure: list


def travels(program, reader):
    """The Travels of ``program``; it is recorded that ``reader`` (a user with the permission) saw them."""
    records = list(
        TravelRecord.objects.filter(participant__in=program.participants.taking_seats()).select_related(
            "participant__group"
        )
    )
    told = [r for r in records if r.arrives_at or r.departs_at or r.arrival_flight or r.departure_flight]
    TravelReading.objects.note(told, reader, TravelReading.Where.LIST)
    arrivals = _ways(program, told, "arrives_at", "arrival_flight", "arrival_pickup")
    departures = _ways(program, told, "departs_at", "departure_flight", "departure_pickup", "pickup_at")
    everybody = people(program)
    return Travels(
        arrivals=arrivals,
        departures=departures,
        untold_arrival=_missing(everybody, arrivals),
        untold_departure=_missing(everybody, departures),
    )


def _ways(program, records, moment, flight, pickup, pickup_at=""):
    def local(record, name):
        found = getattr(record, name) if name else None
        return found and found.astimezone(program.tz)

    ways = [
        Way(r.participant, local(r, moment), getattr(r, flight), getattr(r, pickup), local(r, pickup_at))
        for r in records
        if getattr(r, moment) or getattr(r, flight)
    ]
    # A flight without a time comes last: someone still has to ask.
    return sorted(ways, key=lambda way: (way.at is None, way.at and way.at.timestamp(), sort_key(way.person)))


def _missing(everybody, ways):
    there = {way.person.pk for way in ways}
    return [person for person in everybody if person.pk not in there]


def rooms(everybody):
    """[(room, its people)] by room, 9 before 10, and the people who have none."""
    housed = [person for person in everybody if person.room.strip()]
    by_room = groupby(sorted(housed, key=_room_key), key=_room_key)
    shared = [list(same) for _key, same in by_room]
    return [(same[0].room.strip(), same) for same in shared], [p for p in everybody if not p.room.strip()]


def _room_key(person):
    return room_key(person.room)
