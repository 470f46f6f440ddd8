"""The program at a glance: a ring for each item that counts, in a column for each day, filled by attendance.

Geometry only; templates/participants/attendance/summary_picture.svg draws it.
"""

from dataclasses import dataclass
from itertools import groupby

from program.agenda.agenda import Item

from .summary import Share

# Units of the picture. Longer programs continue below, so that days stay legible.
COLUMN, PITCH, HEAD, DAYS_IN_A_ROW = 80, 72, 64, 14


@dataclass(frozen=True)
class Ring:
    """``share`` is None for an item that is not over."""

    x: int
    y: int
    item: Item
    share: Share | None

    @property
    def unmarked(self):
        """Whether it is over and nobody is marked."""
        return self.share is not None and self.share.open == self.share.counted


@dataclass(frozen=True)
class Column:
    x: int
    y: int
    date: object
    rings: tuple

    @property
    def end(self):
        """Where its thread ends."""
        return self.rings[-1].y


@dataclass(frozen=True)
class Picture:
    width: int
    height: int
    columns: tuple


def draw(summary):
    """The Picture of ``summary``; None when nothing counts."""
    items = sorted(
        [*summary.by_item, *((item, None) for item in summary.later)],
        key=lambda pair: (pair[0].starts_at, pair[0].ends_at, pair[0].id),
    )
    days = [(day, list(same)) for day, same in groupby(items, key=lambda pair: pair[0].day)]
    if not days:
        return None
    columns, top = [], 0
    for start in range(0, len(days), DAYS_IN_A_ROW):
        together = days[start : start + DAYS_IN_A_ROW]
        for place, (day, same) in enumerate(together):
            x = place * COLUMN + COLUMN // 2
            rings = tuple(
                Ring(x, top + HEAD + PITCH * row + PITCH // 2, item, share)
                for row, (item, share) in enumerate(same)
            )
            columns.append(Column(x, top, day, rings))
        top += HEAD + PITCH * max(len(same) for _day, same in together)
    return Picture(min(len(days), DAYS_IN_A_ROW) * COLUMN, top, tuple(columns))
