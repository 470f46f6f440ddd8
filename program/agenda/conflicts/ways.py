"""The way of each group from item to item: how long it takes, and whether something brings them there."""

from datetime import timedelta
from math import asin, cos, radians, sin, sqrt

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ..kinds import Kind
from .findings import Finding, Severity, group_keys, is_window, overlapping

EARTH_RADIUS_KM = 6371
# An estimate, and said to be one on the page: roads are longer than the straight line, and a bus in
# Jakarta or Bandung moves slowly; on a longer way it takes the toll road after the city's streets.
DETOUR = 1.4
STREETS_KM = 15
STREETS_KMH = 22
TOLL_ROAD_KMH = 55
# Venues closer than this are reached on foot.
ON_FOOT_KM = 0.4
# Travel without destination that lasts so long is no bus: people arrive one by one.
ARRIVALS = timedelta(hours=3)


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
    return one == other or bool(
        one.point and other.point and distance_km(one.point, other.point) <= ON_FOOT_KM
    )


def _ways(agenda):
    """(item, next item) with known places for each group's way through the program; a shared step comes once.

    Items that overlap are no way: they are an error of their own, or parallel transfers.
    """
    steps = {}
    for group in group_keys(agenda):
        last = None
        for item in agenda.items:
            if not item.concerns(group) or not item.arrives_at or is_window(item):
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
    if one == other:
        return
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
            _("Leave more time, or note it as known if you have tried the way."),
        )


def no_transfer(agenda):
    """Two items in a row at different places with no transfer that brings the group over.

    Between cities, and inside one where it is too far to walk. Where a position is missing nobody can say how
    far it is: then it is a hint.
    """
    for item, following in _ways(agenda):
        one, other = item.arrives_at, following.venue
        if _on_foot(one, other) or _starts_elsewhere(following, one, other):
            continue
        far = one.city != other.city
        yield Finding(
            Severity.WARNING if far or (one.point and other.point) else Severity.HINT,
            "no-transfer",
            _("No transfer from %(one)s to %(other)s between “%(item)s” and “%(next)s” on %(day)s.")
            % {
                "one": one.city if far else one.name,
                "other": other.city if far else other.name,
                "item": item.title,
                "next": following.title,
                "day": date_format(following.starts_at),
            },
            (item, following),
            _("Add a transfer, or confirm the one that is cancelled; on foot, note it as known."),
        )


def _starts_elsewhere(item, one, other):
    """Whether ``item`` is a transfer that starts elsewhere in the city: for transfer_from_elsewhere()."""
    return item.kind == Kind.TRAVEL and one.city == other.city


def transfer_from_elsewhere(agenda):
    """A transfer inside a city that starts where the group is not."""
    for item, following in _ways(agenda):
        one, other = item.arrives_at, following.venue
        if _starts_elsewhere(following, one, other) and not _on_foot(one, other):
            yield Finding(
                Severity.WARNING if one.point and other.point else Severity.HINT,
                "transfer-from-elsewhere",
                _("%(day)s: “%(title)s” starts at %(other)s, but the group is at %(one)s after “%(item)s”.")
                % {
                    "day": date_format(following.starts_at),
                    "title": following.title,
                    "one": one.name,
                    "other": other.name,
                    "item": item.title,
                },
                (item, following),
                _("Correct where it starts, or add the way there."),
            )


def transfer_doubled(agenda):
    """Two transfers with the same people on one way at one time, and no second vehicle named."""
    transfers = [item for item in agenda.items if item.kind == Kind.TRAVEL and item.destination]
    for item, other in overlapping(transfers):
        same = (item.venue, item.destination, item.vehicle) == (other.venue, other.destination, other.vehicle)
        if same and item.shares_people_with(other):
            yield Finding(
                Severity.WARNING,
                "transfer-doubled",
                _("%(day)s: “%(one)s” and “%(two)s” are the same transfer twice.")
                % {"day": date_format(other.starts_at), "one": item.title, "two": other.title},
                (item, other),
                _("Delete one, or name the two vehicles and who goes with which."),
            )


def transfer_nowhere(agenda):
    """A transfer that ends where it starts, or that says no destination."""
    for item in agenda.items:
        if item.kind != Kind.TRAVEL:
            continue
        if item.destination and item.destination == item.venue:
            text = _("%(day)s: “%(title)s” ends where it starts, at %(venue)s.")
        elif not item.destination and item.ends_at - item.starts_at < ARRIVALS:
            text = _("%(day)s: “%(title)s” has no destination.")
        else:
            continue
        yield Finding(
            Severity.WARNING,
            "transfer-nowhere",
            text
            % {
                "day": date_format(item.starts_at),
                "title": item.title,
                "venue": item.venue.name if item.venue else "",
            },
            (item,),
            _("Open it and choose its destination."),
        )
