"""The flights, pick-ups and room of one person, as My schedule tells them. No database here."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

ON_THE_GROUND = timedelta(hours=2)  # after landing: immigration, luggage, and finding who waits


class Flight(NamedTuple):
    """``day`` is the local date; ``at`` an aware moment in the program's zone, or None: not entered.

    ``pickup_at`` is when one is fetched from the hotel; on arrival somebody waits, so it is None.
    """

    is_arrival: bool
    name: str
    day: date
    at: datetime | None
    pickup: str = ""
    pickup_at: datetime | None = None

    @property
    def over_at(self):
        """From when on nobody needs it; None: at the end of its day."""
        return self.at and self.at + (ON_THE_GROUND if self.is_arrival else timedelta())

    def is_within(self, item):
        """Whether one is fetched, or else leaves the airport or flies, while ``item`` is on."""
        moment = self.pickup_at or self.over_at
        return bool(moment) and item.starts_at <= moment < item.ends_at

    def is_ahead(self, now):
        return now < self.over_at if self.at else now.date() <= self.day


class OwnTravel(NamedTuple):
    """``room`` "" and ``mates`` (names) empty when there is none; a flight that is not entered is None."""

    arrival: Flight | None = None
    departure: Flight | None = None
    room: str = ""
    mates: tuple[str, ...] = ()

    @property
    def flights(self):
        return tuple(flight for flight in (self.arrival, self.departure) if flight)

    def flight_at(self, now):
        """The Flight that is told first at ``now``: the arrival until it is over, the departure from the day
        before it; else None."""
        if self.arrival and self.arrival.is_ahead(now):
            return self.arrival
        leaves = self.departure
        soon = leaves and now.date() >= leaves.day - timedelta(days=1)
        return leaves if soon and leaves.is_ahead(now) else None
