"""Two things that cannot both be true: from an agenda (a draft's) to a list of findings.

No database here. Each finder takes the Agenda and yields Findings; cancelled items are never looked at.
An error is refused by the publish page unless the organizer gives a reason; a warning is only shown.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from math import asin, cos, radians, sin, sqrt

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .agenda import Item
from .changes import groups_text
from .kinds import Kind

EARTH_RADIUS_KM = 6371
# An estimate, and said to be one on the page: roads are longer than the straight line, and a bus in
# Jakarta or Bandung moves slowly; on a longer way it takes the toll road after the city's streets.
DETOUR = 1.4
STREETS_KM = 15
STREETS_KMH = 22
TOLL_ROAD_KMH = 55
# Venues closer than this are reached on foot.
ON_FOOT_KM = 0.4

FRIDAY = 4
# The Friday prayer around noon and the way to it; local time.
FRIDAY_PRAYER = (time(11, 45), time(12, 45))
LUNCH = (time(11, 0), time(14, 30))


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True)
class Finding:
    """One conflict: what it is (``code``), in words, and the items it is about."""

    severity: Severity
    code: str
    message: str
    items: tuple[Item, ...]

    @property
    def is_error(self):
        return self.severity == Severity.ERROR


def find_conflicts(agenda):
    """All findings of ``agenda``, errors first, each in order of time."""
    active = agenda.replace_items(item for item in agenda.items if not item.cancelled)
    findings = [finding for find in FINDERS for finding in find(active)]
    return sorted(findings, key=lambda f: (not f.is_error, f.items[0].starts_at))


def errors_of(findings):
    return [finding for finding in findings if finding.is_error]


def about(findings, item_id):
    """The findings in which the item with that id takes part."""
    return [f for f in findings if any(item.id == item_id for item in f.items)]


def _clock(moment):
    return f"{time_format(moment)} {moment.tzname()}"


def _overlapping(agenda):
    """Pairs of items that share time. Sorted by start, so each looks only at those near it."""
    for place, item in enumerate(agenda.items):
        for other in agenda.items[place + 1 :]:
            if other.starts_at >= item.ends_at:
                break
            yield item, other


def _is_window(item):
    """Whether people come and go during ``item``, each at their own time: registration, or travel that
    brings nobody to a named place, such as arrivals."""
    return item.kind == Kind.REGISTRATION or (item.kind == Kind.TRAVEL and not item.destination)


def _same_way(item, other):
    """Whether both are transfers on one way: participants are divided between the two."""
    ends = [(i.venue, i.destination) for i in (item, other) if i.kind == Kind.TRAVEL]
    return len(ends) == 2 and ends[0] == ends[1]


def group_twice(agenda):
    """A group in two places at once."""
    for item, other in _overlapping(agenda):
        if not item.shares_people_with(other) or _is_window(item) or _is_window(other):
            continue
        if _same_way(item, other):
            continue
        yield Finding(
            Severity.ERROR,
            "group-twice",
            _("%(day)s: “%(one)s” (until %(end)s) and “%(two)s” (from %(start)s) overlap for %(whom)s.")
            % {
                "day": date_format(other.starts_at),
                "one": item.title,
                "end": _clock(item.ends_at),
                "two": other.title,
                "start": _clock(other.starts_at),
                "whom": groups_text(_shared_groups(item, other)),
            },
            (item, other),
        )


def _shared_groups(item, other):
    if item.groups and other.groups:
        return tuple(group for group in item.groups if group.id in other.group_ids)
    return item.groups or other.groups


def speaker_twice(agenda):
    """A speaker who teaches two sessions at once."""
    for item, other in _overlapping(agenda):
        taken = {speaker.id for speaker in other.speakers}
        for speaker in item.speakers:
            if speaker.id in taken:
                yield Finding(
                    Severity.ERROR,
                    "speaker-twice",
                    _("%(day)s, %(start)s: %(speaker)s is booked for “%(one)s” and “%(two)s”.")
                    % {
                        "day": date_format(other.starts_at),
                        "start": _clock(other.starts_at),
                        "speaker": speaker.name,
                        "one": item.title,
                        "two": other.title,
                    },
                    (item, other),
                )


def room_twice(agenda):
    """A classroom that two sessions use at once: the same venue and, where named, the same room."""
    for item, other in _overlapping(agenda):
        both_sessions = item.kind == other.kind == Kind.SESSION
        if both_sessions and item.venue and _room(item) == _room(other):
            yield Finding(
                Severity.ERROR,
                "room-twice",
                _("%(day)s, %(start)s: “%(one)s” and “%(two)s” use the same room, %(room)s.")
                % {
                    "day": date_format(other.starts_at),
                    "start": _clock(other.starts_at),
                    "one": item.title,
                    "two": other.title,
                    "room": item.room or item.venue.name,
                },
                (item, other),
            )


def _room(item):
    return item.venue, item.room.strip().casefold()


def outside_program(agenda):
    """An item that starts before the program's first day or after its last."""
    for item in agenda.items:
        if not agenda.program.starts_on <= item.day <= agenda.program.ends_on:
            yield Finding(
                Severity.ERROR,
                "outside-program",
                _("“%(title)s” on %(day)s is outside the program's dates.")
                % {"title": item.title, "day": date_format(item.starts_at)},
                (item,),
            )


def distance_km(one, other):
    """Great-circle distance of two (latitude, longitude) points in kilometres."""
    lat1, lon1, lat2, lon2 = (radians(value) for value in (*one, *other))
    h = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(h))


def way_minutes(one, other):
    """How long it takes between two Venues by road, estimated; 0 on foot, or where a position is missing."""
    if not one.point or not other.point or _on_foot(one, other):
        return 0
    road = distance_km(one.point, other.point) * DETOUR
    streets = min(road, STREETS_KM)
    return round(60 * (streets / STREETS_KMH + (road - streets) / TOLL_ROAD_KMH))


def _on_foot(one, other):
    return bool(one.point and other.point) and distance_km(one.point, other.point) <= ON_FOOT_KM


def _ways(agenda):
    """(item, next item) with known places for each group's way through the program; a shared step comes once.

    Items that overlap are no way: they are an error of their own, or parallel transfers.
    """
    steps = {}
    for group in [group.id for group in agenda.groups] or [None]:
        last = None
        for item in agenda.items:
            if not item.concerns(group) or not item.arrives_at or _is_window(item):
                continue
            if last and item.venue and item.starts_at >= last.ends_at:
                steps[last.id, item.id] = last, item
            if not last or item.ends_at >= last.ends_at:
                last = item
    return steps.values()


def gap_too_short(agenda):
    """The way to the next venue takes longer than the time in between, or than the transfer plans."""
    for item in agenda.items:
        if item.kind == Kind.TRAVEL and item.venue and item.destination:
            planned = round((item.ends_at - item.starts_at) / timedelta(minutes=1))
            yield from _too_short(item, item.venue, item.destination, planned, (item,))
    for item, following in _ways(agenda):
        gap = round((following.starts_at - item.ends_at) / timedelta(minutes=1))
        yield from _too_short(following, item.arrives_at, following.venue, gap, (item, following))


def _too_short(item, one, other, minutes, items):
    needed = way_minutes(one, other)
    if needed > minutes:
        yield Finding(
            Severity.WARNING,
            "gap-too-short",
            _(
                "%(day)s, “%(title)s”: the way from %(one)s to %(other)s takes about %(needed)d minutes"
                " by road (an estimate), but only %(minutes)d are planned."
            )
            % {
                "day": date_format(item.starts_at),
                "title": item.title,
                "one": one.name,
                "other": other.name,
                "needed": needed,
                "minutes": minutes,
            },
            items,
        )


def no_transfer(agenda):
    """Two items in a row in different cities with no transfer that brings the group over."""
    for item, following in _ways(agenda):
        one, other = item.arrives_at, following.venue
        if one.city != other.city and not _on_foot(one, other):
            yield Finding(
                Severity.WARNING,
                "no-transfer",
                _("No transfer from %(one)s to %(other)s between “%(item)s” and “%(next)s” on %(day)s.")
                % {
                    "one": one.city,
                    "other": other.city,
                    "item": item.title,
                    "next": following.title,
                    "day": date_format(following.starts_at),
                },
                (item, following),
            )


def friday_prayer(agenda):
    """Something is planned during the Friday prayer. Meals and breaks leave it free."""
    for item in agenda.items:
        if item.day.weekday() != FRIDAY or item.kind in (Kind.MEAL, Kind.BREAK) or _is_window(item):
            continue
        begin, end = (datetime.combine(item.day, t, agenda.program.tz) for t in FRIDAY_PRAYER)
        if item.starts_at < end and begin < item.ends_at:
            yield Finding(
                Severity.WARNING,
                "friday-prayer",
                _("%(day)s: “%(title)s” overlaps the Friday prayer (%(begin)s to %(end)s).")
                % {
                    "day": date_format(item.starts_at),
                    "title": item.title,
                    "begin": time_format(begin),
                    "end": _clock(end),
                },
                (item,),
            )


def too_many_people(agenda):
    """More people than the venue holds or the host can take. A bus only stops in front of its venue."""
    for item in agenda.items:
        if item.kind == Kind.TRAVEL:
            continue
        people = sum(group.size for group in item.groups) if item.groups else agenda.program.seats
        places = [n for n in (item.capacity, item.venue and item.venue.capacity) if n]
        if places and people > min(places):
            yield Finding(
                Severity.WARNING,
                "too-many-people",
                ngettext(
                    "%(day)s: “%(title)s” has space for %(places)d person, but %(people)d will come.",
                    "%(day)s: “%(title)s” has space for %(places)d people, but %(people)d will come.",
                    min(places),
                )
                % {
                    "day": date_format(item.starts_at),
                    "title": item.title,
                    "places": min(places),
                    "people": people,
                },
                (item,),
            )


def no_lunch(agenda):
    """A day with work in the morning and in the afternoon, and for someone no meal in the middle."""
    groups = agenda.groups or (None,)
    for day in agenda.days:
        begin, noon, end = (
            datetime.combine(day.date, t, agenda.program.tz) for t in (LUNCH[0], time(12), LUNCH[1])
        )
        without = tuple(group for group in groups if _works_without_lunch(day, group, begin, noon, end))
        if without:
            yield Finding(
                Severity.WARNING,
                "no-lunch",
                _("%(day)s: no lunch for %(whom)s between %(begin)s and %(end)s.")
                % {
                    "day": date_format(day.date),
                    "whom": groups_text(() if without == groups else without),
                    "begin": time_format(begin),
                    "end": _clock(end),
                },
                (next(item for item in day.main_items if _concerns(item, without[0])),),
            )


def _concerns(item, group):
    return item.concerns(group and group.id)


def _works_without_lunch(day, group, begin, noon, end):
    main = [item for item in day.main_items if _concerns(item, group)]
    works = any(item.starts_at < noon for item in main) and any(item.ends_at > end for item in main)
    meals = (item for item in day.items if item.kind == Kind.MEAL and _concerns(item, group))
    return works and not any(meal.starts_at < end and meal.ends_at > begin for meal in meals)


FINDERS: tuple[Callable, ...] = (
    group_twice,
    speaker_twice,
    room_twice,
    outside_program,
    gap_too_short,
    no_transfer,
    friday_prayer,
    too_many_people,
    no_lunch,
)
