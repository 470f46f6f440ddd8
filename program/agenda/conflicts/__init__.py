"""Two things that cannot both be true: from an agenda (a draft's) to a list of findings.

No database here. Each finder takes the Agenda and yields Findings; cancelled items are never looked at. There
is a module for each theme. What a finder needs to know beyond the agenda, such as flights, is bound to it
from outside: see program/publishing/finders.py.
An error is refused by the publish page unless the organizer gives a reason; a warning is only shown; a hint
stands only in the list and on the item's own page.
"""

from collections.abc import Callable

from .at_once import group_twice, room_twice, speaker_twice, vehicle_twice
from .findings import Finding, Severity
from .hours import at_night, friday_prayer, long_day, meal_late, no_lunch, ramadan_meal, short_rest
from .places import no_speaker, no_venue, outside_program, too_many_at_once, too_many_people
from .ways import (
    distance_km,
    gap_too_short,
    no_transfer,
    transfer_doubled,
    transfer_from_elsewhere,
    transfer_nowhere,
    way_minutes,
)

__all__ = ["Finding", "Severity", "about", "distance_km", "errors_of", "find_conflicts", "way_minutes"]

FINDERS: tuple[Callable, ...] = (
    group_twice,
    speaker_twice,
    room_twice,
    vehicle_twice,
    outside_program,
    no_venue,
    no_speaker,
    too_many_people,
    too_many_at_once,
    gap_too_short,
    no_transfer,
    transfer_from_elsewhere,
    transfer_doubled,
    transfer_nowhere,
    friday_prayer,
    no_lunch,
    meal_late,
    at_night,
    long_day,
    short_rest,
    ramadan_meal,
)
ORDER = list(Severity)


def find_conflicts(agenda, finders=()):
    """All findings of ``agenda``, errors first, hints last, each in order of time.

    ``finders`` are further ones, with what they know beyond the agenda.
    """
    active = agenda.replace_items(item for item in agenda.items if not item.cancelled)
    findings = [finding for find in (*FINDERS, *finders) for finding in find(active)]
    return sorted(findings, key=lambda f: (ORDER.index(f.severity), f.items[0].starts_at))


def errors_of(findings):
    return [finding for finding in findings if finding.is_error]


def about(findings, item_id):
    """The findings in which the item with that id takes part."""
    return [f for f in findings if any(item.id == item_id for item in f.items)]


def only_in(findings, others):
    """Those of ``findings`` that are not among ``others``.

    A conflict of the same items, or of some of them, that only changes its times is no other one.
    """
    had = {}
    for finding in others:
        had.setdefault(finding.code, []).append({item.id for item in finding.items})
    return [
        finding
        for finding in findings
        if not any({item.id for item in finding.items} <= items for items in had.get(finding.code, ()))
    ]
