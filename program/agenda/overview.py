"""What the home page tells of a whole agenda: the journey, what participants do, where they are now.

No database here; everything is read from an Agenda.
"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from .agenda import Day, Item
from .kinds import RECEIVING_ROLES, Kind, Role


@dataclass(frozen=True)
class Leg:
    """A stay in one city, from the day it is reached to the day it is left."""

    city: str
    first: date
    last: date


def journey(agenda):
    """The Legs of the program by where its days end; a trip that returns the same day is none."""
    nights = []
    for day in agenda.days:
        if day.cities:
            nights.append((day.cities[-1], day))
    stays = [
        (city, [day for _city, day in days]) for city, days in groupby(nights, key=lambda night: night[0])
    ]
    legs = []
    for place, (city, days) in enumerate(stays):
        following = stays[place + 1][1][0] if place + 1 < len(stays) else None
        leaves = following.date if following and following.cities[0] == city else days[-1].date
        legs.append(Leg(city, days[0].date, leaves))
    return legs


@dataclass(frozen=True)
class Activity:
    """One thing participants do, though it may be held several times: its items, first one first."""

    items: tuple[Item, ...]

    @property
    def first(self):
        return self.items[0]


def activities(agenda, *kinds):
    """The Activities of these kinds that are not cancelled: items of one name are one."""
    by_name = {}
    for item in agenda.items:
        if item.kind in kinds and not item.cancelled:
            by_name.setdefault(item.english_title, []).append(item)
    return [Activity(tuple(items)) for items in by_name.values()]


def teachers(agenda):
    """The organizations that hold sessions, in the order of their first."""
    sessions = [item for item in agenda.items if item.kind == Kind.SESSION and not item.cancelled]
    found = []
    for item in sessions:
        found += [item.organization, *(speaker.organization for speaker in item.speakers)]
    return [organization for organization in dict.fromkeys(found) if organization]


@dataclass(frozen=True)
class Host:
    """An organization, and the items it holds or teaches."""

    organization: object
    items: tuple[Item, ...]

    @property
    def role_label(self):
        return Role(self.organization.role).label

    @property
    def main_items(self):
        return [item for item in self.items if item.main and not item.cancelled]

    @property
    def days(self):
        return sorted({item.day for item in self.main_items})


def hosts(agenda, *roles):
    """The Hosts of these roles (in the order of the roles), each role by its first item."""
    found = [Host(o, tuple(agenda.held_by(o))) for o in agenda.organizations if o.role in roles]
    last = date.max

    def place(host):
        return (roles.index(host.organization.role), host.days[0] if host.days else last)

    return sorted(found, key=place)


# The order of the page of hosts.
HOST_ORDER = (*RECEIVING_ROLES, Role.ORGANIZER, Role.CO_ORGANIZER, Role.RESOURCE)


@dataclass(frozen=True)
class Today:
    """The program's day at one moment: its number counted from 1, and what is on and next.

    All of it holds ``until`` the moment at which something starts, ends, or the day is over.
    """

    day: Day
    number: int
    on: tuple[Item, ...]
    next: tuple[Item, ...]
    until: datetime


def today(agenda, now):
    """The Today at the aware moment ``now``, or None outside the program's days.

    Next is only what still starts on that day.
    """
    date_ = now.astimezone(agenda.program.tz).date()
    day = agenda.day(date_)
    if day is None:
        return None
    moment = agenda.at(now)
    following = tuple(item for item in moment.next if item.day == date_)
    until = agenda.boundaries[bisect_right(agenda.boundaries, now)]
    return Today(day, agenda.days.index(day) + 1, moment.on, following, until)


def other_turns(agenda, item):
    """The items of the same name and kind that other groups have, in order of time."""
    if not item.groups:
        return []
    return [
        other
        for other in agenda.items
        if other.id != item.id
        and (other.english_title, other.kind) == (item.english_title, item.kind)
        and not other.shares_people_with(item)
        and not other.cancelled
    ]
