"""A participant's own way through the agenda at one moment. No database here."""

from dataclasses import dataclass, fields, replace
from datetime import datetime, time, timedelta
from enum import StrEnum
from functools import cached_property

from participants.travel.flights import Flight, OwnTravel
from program.agenda.agenda import Agenda, Item
from program.agenda.changes import Change, compare, for_group, renamed
from program.agenda.conflicts.findings import is_window
from program.agenda.facts import Group
from program.agenda.kinds import Kind

from .needs import Thing, things

WEEK = timedelta(days=7)
WAY_HOME = timedelta(days=2)  # after the last day


class Phase(StrEnum):
    BEFORE = "before"  # until the program's first day begins
    DURING = "during"
    AFTER = "after"  # once nothing is left on the last day


@dataclass(frozen=True)
class Stop:
    """An item as its participant reads it at one moment.

    ``change`` is what the participant has not seen yet. ``bring`` and ``dress`` are the item's own; of a
    transfer, also those of all the items that it leads to.
    """

    item: Item
    state: str = ""  # "now" or "past"; a cancelled item is never "now"
    change: Change | None = None
    bring: tuple[Thing, ...] = ()
    dress: tuple[Thing, ...] = ()
    flight: Flight | None = None  # one's own, of an item during which people come or leave

    @property
    def is_bus(self):
        """Whether it is a transfer; not "Departures" to somebody whose own flight is told."""
        return self.item.kind == Kind.TRAVEL and not self.flight

    @property
    def old_start(self):
        """When it was to start, if that changed within the day; else None."""
        old = self.change.old if self.change and self.change.new else None
        moved = old and old.starts_at != self.item.starts_at and old.day == self.item.day
        return old.starts_at if moved else None


@dataclass(frozen=True)
class MySchedule:
    """What My schedule says at ``now`` (aware, in the program's zone).

    ``agenda`` holds only what concerns the participant, ``group`` is their group in it; a person without one
    is shown the items of all groups. ``changes`` are those they have not seen, ``travel`` is their own, on
    days that need it.
    """

    agenda: Agenda
    group: Group | None
    now: datetime
    changes: tuple[Change, ...] = ()
    travel: OwnTravel | None = None

    @classmethod
    def of(cls, agenda, group, now, seen=None, travel=None):
        """From the whole ``agenda`` of a release; ``group`` is the id of the person's group, or None.

        ``seen`` is the agenda the person saw last, if another.
        """
        now = now.astimezone(agenda.program.tz)
        changes = own_changes(seen, agenda, group, now) if seen else ()
        return cls(agenda.for_group(group), agenda.group(group), now, tuple(changes), travel)

    @property
    def program(self):
        return self.agenda.program

    @property
    def today(self):
        return self.now.date()

    @cached_property
    def _moment(self):
        return self.agenda.at(self.now)

    @cached_property
    def phase(self):
        days = self.agenda.days
        if self.today < days[0].date:
            return Phase.BEFORE
        if any(item.ends_at > self.now for item in self.agenda.items):
            return Phase.DURING
        is_over = self.today > self.program.ends_on or (self.is_last_date and self.agenda.items)
        return Phase.AFTER if is_over else Phase.DURING

    @property
    def is_over(self):
        return self.phase == Phase.AFTER

    @property
    def all_are_home(self):
        """Whether the program is over, and nobody is on the way home any more."""
        return self.is_over and self.today > self.program.ends_on + WAY_HOME

    @property
    def has_turns(self):
        """Whether something to come is for some groups only."""
        return any(item.groups and item.ends_at > self.now for item in self.agenda.items)

    @property
    def days_to_go(self):
        return (self.agenda.days[0].date - self.today).days

    # Now and next

    @cached_property
    def on(self):
        """The Stops that are on; what began last, and so is nearest, comes first."""
        items = sorted(self._moment.on, key=lambda item: (item.starts_at, -item.id), reverse=True)
        return self._stops(items)

    @cached_property
    def cancelled(self):
        """The cancelled items that would be on."""
        return tuple(
            item for item in self.agenda.items if item.cancelled and item.starts_at <= self.now < item.ends_at
        )

    @cached_property
    def next(self):
        """The Stops that start next: several only when they start at one time."""
        return self._stops(self._moment.next)

    @cached_property
    def buses(self):
        """The next transfer, if it leaves today or on the day of what is next; one for each group
        when the participant has none."""
        days = {self.today, *(stop.item.day for stop in self.next)}
        travels = [item for item in self._ahead if item.kind == Kind.TRAVEL and item.day in days]
        leaving = [stop for stop in self._stops(travels) if stop.is_bus]
        return tuple(stop for stop in leaving if stop.item.starts_at == leaving[0].item.starts_at)

    @cached_property
    def after_next(self):
        """When the next thing is the bus itself: what starts after it on the same day."""
        if not self.next or not any(stop.is_bus for stop in self.next):
            return ()
        following = self.agenda.at(self.next[0].item.starts_at).next
        return self._stops(item for item in following if item.day == self.next[0].item.day)

    @property
    def bus_is_next(self):
        """Whether the next thing to do today is to be at a transfer: it is then told first and loudest.

        Once nothing, cancelled or not, is on before it, or it leaves within GET_READY.
        """
        buses = [s.item for s in self.next if s.is_bus and s.item.day == self.today]
        is_near = any(bus.get_ready_at <= self.now for bus in buses)
        is_free = not self.on and not self.cancelled
        return self.phase == Phase.DURING and bool(buses) and (is_near or is_free)

    @property
    def next_is_here(self):
        """Whether what is next is where the last thing that began today is, or led to: nobody has to go.

        People who are still on the way do have to go: their bus or coach takes them there.
        """
        begun = [i for i in self.agenda.items if i.starts_at <= self.now and not i.cancelled]
        last = begun[-1] if begun and begun[-1].day == self.today else None
        on_the_way = last and last.kind == Kind.TRAVEL and last.ends_at > self.now
        here = last.arrives_at if last and not on_the_way else None
        coming = [stop.item for stop in self.next if stop.item.day == self.today]
        return bool(here and coming) and all(item.venue == here for item in coming)

    @cached_property
    def _ahead(self):
        return [item for item in self.agenda.items if item.starts_at > self.now and not item.cancelled]

    @property
    def flight(self):
        """One's own Flight that is told before everything else, or None."""
        return self.travel and self.travel.flight_at(self.now)

    @property
    def leaves_today(self):
        """Whether one's own flight home is today: what the others still have until theirs is told quietly."""
        flight = self.flight
        return bool(flight) and not flight.is_arrival and flight.day == self.today

    @property
    def room(self):
        """One's own hotel room, until the end of the first day, or ""."""
        return self.travel.room if self.travel and self.today <= self.program.starts_on else ""

    # Later, for a phone without a network

    @cached_property
    def later(self):
        """This schedule at each next moment at which it says something else, in order.

        Up to the end of the second day with items from now on, or of a week from now; the first moment
        after the program is the last.
        """
        told = []
        if self.phase != Phase.AFTER:
            for moment in self._next_moments:
                told.append(replace(self, now=moment))
                if told[-1].phase == Phase.AFTER:
                    break
        return tuple(told)

    @property
    def later_ends(self):
        """The moment from which on ``later`` says nothing; None when it tells the program to its end."""
        return None if (self.later or [self])[-1].phase == Phase.AFTER else self._later_ends

    @cached_property
    def _later_ends(self):
        days = [self.today, *dict.fromkeys(item.day for item in self._ahead)]
        return self._midnight_after(min(days[:3][-1], self.today + WEEK))

    @property
    def _next_moments(self):
        midnights = {self._midnight_after(self.today + timedelta(days=n)) for n in range(WEEK.days)}
        flights = self.travel.flights if self.travel else ()
        moments = midnights.union(self.agenda.boundaries, (f.over_at for f in flights if f.at))
        return sorted(moment for moment in moments if self.now < moment < self._later_ends)

    def _midnight_after(self, date_):
        return datetime.combine(date_ + timedelta(days=1), time.min, tzinfo=self.program.tz)

    # Days

    @cached_property
    def day(self):
        """The Day that is told in full: today; the next one with items once today has nothing more."""
        if self.phase == Phase.AFTER:
            return None
        today = self.agenda.day(self.today)
        if self.phase == Phase.DURING and (self._open(today) or not self._moment.next):
            return today
        return self.agenda.day(self._moment.next[0].day) if self._moment.next else self.agenda.days[0]

    @property
    def day_is_today(self):
        return bool(self.day) and self.day.date == self.today

    @property
    def day_is_tomorrow(self):
        return bool(self.day) and self.day.date == self.today + timedelta(days=1)

    @property
    def day_number(self):
        """The number of ``day`` in the program, counted from 1."""
        return self.agenda.days.index(self.day) + 1

    @property
    def day_is_last(self):
        return self.day.date == self.program.ends_on

    @property
    def is_last_date(self):
        return self.today == self.program.ends_on

    @cached_property
    def stops(self):
        """The Stops of ``day`` that are not past; what began yesterday and is still on comes first."""
        before = [i for i in self._moment.on if i.day < self.today] if self.day_is_today else []
        return self._stops([*before, *self._open(self.day)])

    @cached_property
    def earlier(self):
        """The Stops of today that are past."""
        if not self.day_is_today:
            return ()
        return self._stops(item for item in self.day.items if item.ends_at <= self.now)

    @property
    def bring(self):
        """What to take along for all that is left of ``day``, each thing once."""
        return things("bring", [stop.item for stop in self.stops])

    @property
    def dress(self):
        return things("dress", [stop.item for stop in self.stops])

    @cached_property
    def packing(self):
        """What all that is to come asks to bring or to wear, each thing once."""
        return (*things("bring", self._ahead), *things("dress", self._ahead))

    @cached_property
    def other_days(self):
        """(Day, its Stops) of all days after ``day`` that have items."""
        shown = self.day.date if self.day else self.today
        return [(day, self._stops(day.items)) for day in self.agenda.days if day.items and day.date > shown]

    @cached_property
    def past_days(self):
        """(Day, its Stops) of the days with items before today."""
        return [
            (day, self._stops(day.items)) for day in self.agenda.days if day.items and day.date < self.today
        ]

    def stops_of(self, day):
        return self._stops(day.items)

    def _open(self, day):
        return [item for item in day.items if item.ends_at > self.now] if day else []

    # Stops

    @cached_property
    def _changes_by_id(self):
        return {change.new.id: change for change in self.changes if change.new}

    @cached_property
    def changed_days(self):
        """The dates on which something is different from what the participant saw: those it left too."""
        items = [item for change in self.changes for item in (change.old, change.new) if item]
        return frozenset(item.day for item in items)

    def _stops(self, items):
        return tuple(self._stop(item) for item in items)

    def _stop(self, item):
        needs = [item, *self._led_to_by(item)] if item.kind == Kind.TRAVEL else [item]
        return Stop(
            item=item,
            state="now" if item.is_on(self.now) else "past" if item.ends_at <= self.now else "",
            change=self._changes_by_id.get(item.id),
            bring=things("bring", needs),
            dress=things("dress", needs),
            flight=self._flight_during(item),
        )

    def _flight_during(self, item):
        """One's own Flight, if ``item`` is the travel in which one comes for it or leaves by it."""
        if not self.travel or item.kind != Kind.TRAVEL or item.cancelled:
            return None
        flights = (flight for flight in self.travel.flights if flight.day == item.day)
        return next((flight for flight in flights if is_window(item) or flight.is_within(item)), None)

    def _led_to_by(self, transfer):
        """The items of the day between ``transfer`` and the next one."""
        led_to = []
        for item in self.agenda.day(transfer.day).items:
            if item.starts_at >= transfer.ends_at and item.kind == Kind.TRAVEL and not item.cancelled:
                break
            if item.starts_at >= transfer.ends_at and not item.cancelled:
                led_to.append(item)
        return led_to


# What organizers keep about an item that changes nothing for who goes there.
LOCAL = [field.name for field in fields(Item) if field.name.startswith("local_")]
UNTOLD = {"attendance_counts": False, "capacity": None, "lesson_hours": None, "origin": ""}


def own_changes(old, new, group, now):
    """The Changes from the Agenda ``old`` to ``new`` that matter to people in ``group`` (an id, or None).

    That their group has another name comes first. Items that are over at ``now``, and all other facts
    outside the items, are left out.
    """
    mine = new.group(group) or old.group(group)
    changes = for_group(compare(_told(old, new), _told(new, new)), mine)
    ahead = [change for change in changes if change.item and _is_ahead(change, now)]
    name = renamed(old, new, group)
    return [name, *ahead] if name else ahead


def _is_ahead(change, now):
    return any(item.ends_at > now for item in (change.old, change.new) if item)


def _told(agenda, names):
    def told(item):
        newer = names.item(item.id) or item
        # Nor that somebody wrote what it says in Bahasa Indonesia too.
        translated = {name: getattr(newer, name) for name in LOCAL}
        return replace(item, **translated, **UNTOLD)

    return agenda.replace_items(told(item) for item in agenda.items)
