"""A group, a speaker, a room or a vehicle in two places at once."""

import re
from datetime import timedelta
from itertools import pairwise

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..changes import groups_text
from ..kinds import Kind
from .findings import Finding, Severity, clock, is_window, overlapping, shared_groups
from .ways import way_minutes

# Kinds that fill a room, whether or not it is named.
IN_A_ROOM = (Kind.SESSION, Kind.CEREMONY, Kind.BRIEFING)


def same_way(item, other):
    """Whether both are transfers on one way: participants are divided between the two."""
    ends = [(i.venue, i.destination) for i in (item, other) if i.kind == Kind.TRAVEL]
    return len(ends) == 2 and ends[0] == ends[1]


def group_twice(agenda):
    """A group in two places at once."""
    for item, other in overlapping(agenda.items):
        if not item.shares_people_with(other) or is_window(item) or is_window(other):
            continue
        if same_way(item, other):
            continue
        yield Finding(
            Severity.ERROR,
            "group-twice",
            _("%(day)s: “%(one)s” (until %(end)s) and “%(two)s” (from %(start)s) overlap for %(whom)s.")
            % {
                "day": date_format(other.starts_at),
                "one": item.title,
                "end": clock(item.ends_at),
                "two": other.title,
                "start": clock(other.starts_at),
                "whom": groups_text(shared_groups(item, other)),
            },
            (item, other),
            _("Move one of them, or give each to another group."),
        )


def speaker_twice(agenda):
    """A speaker who teaches two sessions at once."""
    for item, other in overlapping([item for item in agenda.items if item.speakers]):
        taken = {speaker.id for speaker in other.speakers}
        for speaker in item.speakers:
            if speaker.id in taken:
                yield Finding(
                    Severity.ERROR,
                    "speaker-twice",
                    _("%(day)s, %(start)s: %(speaker)s is booked for “%(one)s” and “%(two)s”.")
                    % {
                        "day": date_format(other.starts_at),
                        "start": clock(other.starts_at),
                        "speaker": speaker.name,
                        "one": item.title,
                        "two": other.title,
                    },
                    (item, other),
                    _("Move one of them, or choose another speaker."),
                )


def room_twice(agenda):
    """A room or machine that two items use at once, whatever their kinds: the same venue and the same room.

    Sessions, ceremonies and briefings that name no room use the venue itself; other kinds without one are
    only somewhere in it.
    """
    for item, other in overlapping([item for item in agenda.items if _uses_room(item)]):
        if _room(item) == _room(other):
            yield Finding(
                Severity.ERROR,
                "room-twice",
                _("%(day)s, %(start)s: “%(one)s” and “%(two)s” use the same room, %(room)s.")
                % {
                    "day": date_format(other.starts_at),
                    "start": clock(other.starts_at),
                    "one": item.title,
                    "two": other.title,
                    "room": item.room or item.venue.name,
                },
                (item, other),
                _("Move one of them, or give it another room."),
            )


def _uses_room(item):
    return item.venue and (item.room or item.kind in IN_A_ROOM)


def _room(item):
    return item.venue, item.room.strip().casefold()


def vehicle_twice(agenda):
    """One vehicle on two ways at once, or where it cannot be by then.

    A name with a number in it, such as “Bus 1” or a plate, is one vehicle; “Minibus” may be several, so that
    it is only told of those with the same name.
    """
    by_name = {}
    for item in agenda.items:
        if item.kind == Kind.TRAVEL and item.vehicle.strip() and not is_window(item):
            by_name.setdefault(item.vehicle.strip().casefold(), []).append(item)
    for name, items in by_name.items():
        numbered = bool(re.search(r"\d", name))
        for item, other in overlapping(items):
            if not same_way(item, other):
                yield _vehicle(item, other, Severity.ERROR if numbered else Severity.HINT)
        if numbered:
            for item, other in pairwise(items):
                if _too_far(item, other):
                    yield _vehicle(item, other, Severity.WARNING)


def _too_far(item, other):
    """Whether a vehicle that brought ``item`` comes too late for ``other``, which starts after it."""
    if not other.venue or other.starts_at < item.ends_at:
        return False
    gap = (other.starts_at - item.ends_at) / timedelta(minutes=1)
    return way_minutes(item.destination, other.venue) > gap


def _vehicle(item, other, severity):
    return Finding(
        severity,
        "vehicle-twice",
        _("%(day)s, %(start)s: %(vehicle)s is needed for “%(two)s”, but “%(one)s” has it until %(end)s.")
        % {
            "day": date_format(other.starts_at),
            "start": clock(other.starts_at),
            "vehicle": other.vehicle.strip(),
            "one": item.title,
            "two": other.title,
            "end": clock(item.ends_at),
        },
        (item, other),
        _("If they are two vehicles, give them different names; otherwise order another or move one."),
    )
