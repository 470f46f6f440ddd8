"""Kinds of program as frames to start from: plain data in program/frames, placed at a program's own dates.

A file is a frame:

    {"name", "local_name", "about", "local_about",
     "free": [day of the week that stays free, such as "sun"],
     "items": [{"days": [number], "start": "08:00", "end": "09:45", "kind", "title", "local_title",
                "anywhere": true where it is not at the main venue}]}

Day 1 is the first day of the program, and every further number the next day that is not free. Its items have
taken place nowhere: they are planned, and illustrative.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path

from django.utils.translation import get_language

from program.agenda.conflicts.closed import WEEKDAYS
from program.models import AgendaItem

from .history import item_classes

FOLDER = Path(__file__).parent.parent / "frames"
LONGEST = 366  # days after which no further day of a frame is looked for


@dataclass(frozen=True)
class Frame:
    key: str
    data: dict

    @property
    def name(self):
        return self._in_readers_language("name")

    @property
    def about(self):
        return self._in_readers_language("about")

    def _in_readers_language(self, key):
        return self.data[f"local_{key}" if get_language() == "id" else key]

    @property
    def length(self):
        """How many of its own days it has."""
        return max(day for item in self.data["items"] for day in item["days"])

    def dates(self, starts_on):
        """The local date of each of its days, the first being ``starts_on`` on whatever day of the week."""
        following = (starts_on + timedelta(days=n) for n in range(1, LONGEST))
        worked = (day for day in following if WEEKDAYS[day.weekday()] not in self.data["free"])
        return [starts_on, *(next(worked) for _n in range(self.length - 1))]

    def place(self, program, venue=None):
        """Make its items in ``program``, most at ``venue``; what comes after the last day is not placed yet.

        Some queries an item.
        """
        dates = self.dates(program.starts_on)
        for row in self.data["items"]:
            for number in row["days"]:
                _make(program, row, dates[number - 1], None if row.get("anywhere") else venue)


def _make(program, row, day: date, venue):
    starts_at, ends_at = (
        datetime.combine(day, time.fromisoformat(row[key]), program.tz) for key in ("start", "end")
    )
    item = _class_of(row["kind"])(
        program=program,
        kind=row["kind"],
        title=row["title"],
        local_title=row["local_title"],
        starts_at=starts_at,
        ends_at=ends_at,
        venue=venue,
    )
    if day > program.ends_on:
        item.take_off()
    item.save()


def _class_of(kind):
    return next((model for model in item_classes() if kind in getattr(model, "KINDS", ())), AgendaItem)


@cache
def frames():
    """{key: Frame}, the longest first."""
    found = [Frame(path.stem, json.loads(path.read_text(encoding="utf-8"))) for path in FOLDER.glob("*.json")]
    return {frame.key: frame for frame in sorted(found, key=lambda frame: -frame.length)}
