"""My schedule on one sheet of paper: all days, as short as it can be told. No database here."""

from typing import NamedTuple

from program.agenda.agenda import Day
from program.agenda.kinds import Kind

from .needs import Thing, things
from .schedule import Stop


class PaperDay(NamedTuple):
    """A day with what to take along and to wear on it, each thing once. ``rows`` are (Stop, whether to name
    its place: it is another than that of the row before). Coffee breaks are left out."""

    day: Day
    rows: tuple[tuple[Stop, bool], ...]
    bring: tuple[Thing, ...]
    dress: tuple[Thing, ...]


def days_of(schedule):
    """The PaperDays of a MySchedule: those with items, also past ones."""
    return [_paper_day(day, schedule) for day in schedule.agenda.days if day.items]


def _paper_day(day, schedule):
    rows, place = [], None
    for stop in schedule.stops_of(day):
        item = stop.item
        if item.kind == Kind.BREAK:
            continue
        rows.append((stop, item.kind != Kind.TRAVEL and item.venue != place))
        place = item.arrives_at
    return PaperDay(day, tuple(rows), things("bring", day.items), things("dress", day.items))
