"""Finds for each row of a sheet the item of the agenda that it is about. Pure."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from program.agenda.kinds import Kind

from .words import key

ALIKE = 0.6  # of 1: how alike two titles at one time are
COMMON = frozenset({Kind.MEAL, Kind.BREAK, Kind.TRAVEL, Kind.REGISTRATION})  # many have the same title


@dataclass(frozen=True)
class Entry:
    """An item as it is compared: local date and minutes since midnight, None while it is not placed."""

    pk: int
    titles: frozenset
    kind: str = ""
    day: date | None = None
    start: int | None = None
    end: int | None = None
    groups: frozenset = frozenset()
    venue: int | None = None

    def has_title(self, titles):
        return bool(self.titles & titles)


@dataclass(frozen=True)
class Asked:
    """A row as it is compared; ``groups`` and ``venue`` are None when it does not say them."""

    number: int
    titles: frozenset
    pk: int | None = None
    day: date | None = None
    start: int | None = None
    end: int | None = None
    groups: frozenset | None = None
    venue: int | None = None

    def of_groups(self, entry):
        return self.groups is None or self.groups == entry.groups


def folded(titles):
    """``titles`` as they are compared."""
    return frozenset(key(title) for title in titles if title)


def match(rows, entries):
    """{row number: (pk, whether it is guessed)} of ``rows`` [Asked] among ``entries`` [Entry].

    Each item is taken once.

    By primary key where the row has one; else by day, start, title and groups, and then by ever fewer of
    them, on the days of the sheet only.
    """
    days = {row.day for row in rows}
    found, free = {}, {entry.pk: entry for entry in entries}

    def take(row, entry, guessed=False):
        found[row.number] = entry.pk, guessed
        del free[entry.pk]

    for row in rows:
        if row.pk in free:
            take(row, free[row.pk])
    for fits in (_exact, _at_its_time, _same_title, _same_time):
        for row in rows:
            if row.number in found or row.day is None:
                continue
            same = [entry for entry in free.values() if fits(row, entry)]
            if same:
                nearest = min(same, key=lambda entry: (_distance(row, entry), entry.pk))
                take(row, nearest, guessed=fits is _same_time)
    left = [entry for entry in free.values() if entry.day is None or entry.day in days]
    for row, entry in _moved([row for row in rows if row.number not in found], left):
        take(row, entry, guessed=True)
    return found


def _distance(row, entry):
    return abs((row.start or 0) - (entry.start or 0))


def _exact(row, entry):
    return _at_its_time(row, entry) and row.of_groups(entry)


def _at_its_time(row, entry):
    return (
        row.start is not None
        and (row.day, row.start) == (entry.day, entry.start)
        and entry.has_title(row.titles)
    )


def _same_title(row, entry):
    return row.day == entry.day and entry.has_title(row.titles) and row.of_groups(entry)


def _same_time(row, entry):
    """At the same time and for the same groups there can be one item: its title was changed a little."""
    if row.end is None or (row.day, row.start, row.end) != (entry.day, entry.start, entry.end):
        return False
    alike = max(
        (SequenceMatcher(None, one, other).ratio() for one in row.titles for other in entry.titles), default=0
    )
    return row.of_groups(entry) and (alike >= ALIKE or (row.venue is not None and row.venue == entry.venue))


def _moved(rows, entries):
    """(row, entry) of titles that are in the rest of the sheet once and in the rest of the agenda once."""
    asked = Counter(title for row in rows for title in row.titles)
    there = Counter(title for entry in entries for title in entry.titles)
    for row in rows:
        title = next((title for title in row.titles if asked[title] == there[title] == 1), None)
        entry = next((entry for entry in entries if title in entry.titles), None)
        if title and entry and (entry.day is None or entry.kind not in COMMON):
            entries.remove(entry)
            yield row, entry
