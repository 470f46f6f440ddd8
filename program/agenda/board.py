"""A day as a board: a column for each group, a row for five minutes, and where each card stands.

Places are counted in minutes from the day's midnight, by the clock on the wall; what runs past midnight goes
on counting. Items at the same time in one column stand side by side, in lanes. No database here.
"""

from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from itertools import groupby

from .agenda import Item

STEP = 5  # minutes of a row
EARLIEST_END, LATEST_START = 18 * 60, 7 * 60  # the axis shows these hours, and one more than is taken
LATEST = 36 * 60  # what ends later is cut off at the edge
USUAL = 30  # minutes of a new item
SHORTEST = 15  # a card is never drawn shorter, or nobody could press it
MOST_COLUMNS, MOST_LANES = 24, 8  # as the stylesheet has places for


@dataclass(frozen=True)
class Piece:
    """A card, or one of the pieces of an item that does not stand in one: the others name it again.

    ``column`` counts from 1, as ``lane`` does; ``width`` is in columns.
    """

    item: Item
    begins: int
    ends: int
    column: int
    width: int
    lane: int = 1
    lanes: int = 1
    again: bool = False

    @property
    def shown_ends(self):
        return min(max(self.ends, self.begins + SHORTEST), LATEST)

    @property
    def is_short(self):
        """Whether there is room for one line only."""
        return self.ends - self.begins < 25

    @property
    def is_cut(self):
        return self.ends > LATEST

    @property
    def places(self):
        """The classes of the stylesheet that put it there."""
        return f"{span_places(self)} l{self.lane} of{self.lanes}"


@dataclass(frozen=True)
class Slot:
    """Time that is free in columns beside each other; ``groups`` are theirs, () where it is all of them."""

    begins: int
    ends: int
    column: int
    width: int
    groups: tuple = ()

    @property
    def shown_ends(self):
        return self.ends

    @property
    def starts(self):
        """The time on the clock."""
        return _clock(self.begins)

    @property
    def group_ids(self):
        return ",".join(str(group.id) for group in self.groups)

    @property
    def query(self):
        """What an address says about a new item in it."""
        group = f"&group={self.group_ids}" if self.groups else ""
        return f"add={self.starts:%H:%M}&end={self.usual_end:%H:%M}{group}"

    @property
    def group_names(self):
        return ", ".join(group.name for group in self.groups)

    @property
    def usual_end(self):
        """When a new item in it would end, unless it is asked otherwise."""
        return _clock(min(self.begins + USUAL, self.ends))

    @property
    def places(self):
        return span_places(self)


@dataclass(frozen=True)
class Board:
    """One day. ``first`` and ``last`` are the hours at which its axis begins and ends; ``columns`` are
    groups, or (None,) where everybody goes together."""

    day: date
    first: int
    last: int
    columns: tuple
    pieces: tuple[Piece, ...]
    slots: tuple[Slot, ...]

    @property
    def hours(self):
        """[(hour since midnight, the time on the clock)] of the axis; its end is no hour of it."""
        return [(hour, _clock(hour * 60)) for hour in range(self.first, self.last)]

    def row_of(self, moment):
        """The classes of a line at a moment, aware in the zone of the day; "" where the axis has no place."""
        minutes = minutes_on(self.day, moment)
        return place(minutes) if self.first * 60 <= minutes <= self.last * 60 else ""


def _clock(minutes):
    return time(minutes // 60 % 24, minutes % 60)


def place(minutes, hour="h", minute="m"):
    return f"{hour}{minutes // 60} {minute}{minutes % 60 // STEP * STEP:02}"


def span_places(span):
    end = place(span.shown_ends, "e", "f")
    return f"{place(span.begins)} {end} c{span.column} w{span.width}"


def minutes_on(day, moment):
    """Minutes from the midnight of ``day`` to ``moment`` by the clock of the moment's zone."""
    return (moment.date() - day).days * 24 * 60 + moment.hour * 60 + moment.minute


def lay_out(day, items, groups):
    """The Board of the date ``day`` with ``items`` (those that begin on it) for ``groups`` of the agenda."""
    columns = tuple(groups[:MOST_COLUMNS]) or (None,)
    spans = sorted(
        (minutes_on(day, item.starts_at), minutes_on(day, item.ends_at), item.id, item) for item in items
    )
    pieces = [
        Piece(item, begins, ends, column, 1)
        for begins, ends, _pk, item in spans
        for column in _columns_of(item, columns)
    ]
    first = max(min([LATEST_START, *(piece.begins - 60 for piece in pieces)]), 0) // 60
    last = -(-min(max([EARLIEST_END, *(piece.shown_ends + 60 for piece in pieces)]), LATEST) // 60)
    by_column = [[piece for piece in pieces if piece.column == n + 1] for n in range(len(columns))]
    return Board(
        day=day,
        first=first,
        last=last,
        columns=columns,
        pieces=tuple(_joined(by_column)),
        slots=tuple(_free(by_column, columns, first * 60, min(last * 60, 24 * 60 - 1))),
    )


def _columns_of(item, columns):
    """In which columns the item stands; in all of them also when none is its own."""
    own = [place for place, group in enumerate(columns, 1) if group and group.id in item.group_ids]
    return own or range(1, len(columns) + 1)


def _clusters(pieces):
    """Lists of ``pieces`` of one column, in order, that touch each other's time."""
    cluster, until = [], 0
    for piece in pieces:
        if cluster and piece.begins >= until:
            yield cluster
            cluster = []
        cluster.append(piece)
        until = max(until, piece.shown_ends) if len(cluster) > 1 else piece.shown_ends
    if cluster:
        yield cluster


def _in_lanes(cluster):
    """The pieces of a cluster, each in the first lane that is free when it begins."""
    ends, placed = [], []
    for piece in cluster:
        lane = next((n for n, end in enumerate(ends) if end <= piece.begins), len(ends))
        ends[lane : lane + 1] = [piece.shown_ends]
        placed.append((piece, lane))
    lanes = min(len(ends), MOST_LANES)
    return [replace(piece, lane=min(lane + 1, lanes), lanes=lanes) for piece, lane in placed]


def _joined(by_column):
    """The pieces of all columns; those of one item in columns beside each other are one where the same items
    are beside it."""
    joined, open_pieces = [], {}
    for pieces in by_column:
        here = {}
        for cluster in _clusters(pieces):
            company = frozenset(piece.item.id for piece in cluster)
            for piece in _in_lanes(cluster):
                key = (piece.item.id, company)
                place = open_pieces.get(key)
                if place is None:
                    joined.append(piece)
                    place = len(joined) - 1
                else:
                    joined[place] = replace(joined[place], width=joined[place].width + 1)
                here[key] = place
        open_pieces = here
    found, seen = [], set()
    for piece in sorted(joined, key=lambda p: (p.begins, p.column, p.lane)):
        found.append(replace(piece, again=piece.item.id in seen))
        seen.add(piece.item.id)
    return found


def _free(by_column, columns, first, last):
    """The Slots: time of SHORTEST or more in which a column has nothing, in order of time."""
    gaps = []
    for column, pieces in enumerate(by_column, 1):
        until = first
        for piece in [p for p in pieces if not p.item.cancelled]:
            if piece.begins - until >= SHORTEST:
                gaps.append((until, piece.begins, column))
            until = max(until, piece.shown_ends)
        if last - until >= SHORTEST:
            gaps.append((until, last, column))
    slots = []
    for (begins, ends), same in groupby(sorted(gaps), key=lambda gap: gap[:2]):
        for _run, beside in groupby(enumerate(same), key=lambda pair: pair[1][2] - pair[0]):
            places = [gap[2] for _number, gap in beside]
            whole = len(places) == len(columns)
            groups = () if whole else tuple(columns[place - 1] for place in places)
            slots.append(Slot(_up(begins), ends, places[0], len(places), groups))
    return slots


def _up(minutes):
    """The next full five minutes."""
    return -(-minutes // STEP) * STEP


# What follows when one item moves: places of items, as ``(begins, ends)`` of aware moments by id.


def close_gap(items, pk):
    """{id: (begins, ends)} of those that move when the item ``pk`` and what follows it close up to what is
    before it; {} when there is no gap.

    ``items`` are of one day, in order. What follows is what begins no earlier and shares people with it.
    """
    chosen = next(item for item in items if item.id == pk)
    others = [i for i in items if i.id != pk and not i.cancelled and i.shares_people_with(chosen)]
    before = [item.ends_at for item in others if item.starts_at < chosen.starts_at]
    gap = chosen.starts_at - max(before, default=chosen.starts_at)
    if gap.total_seconds() <= 0:
        return {}
    following = [item for item in others if item.starts_at >= chosen.starts_at]
    return {item.id: (item.starts_at - gap, item.ends_at - gap) for item in (chosen, *following)}


def make_room(items, pk):
    """{id: (begins, ends)} of those that are pushed later because they lie on the item ``pk``, or on one that
    is pushed; each just so far that it begins when the other ends.

    ``items`` are of one day, in order; only items that share people push each other.
    """
    chosen = next(item for item in items if item.id == pk)
    standing, pushed = [chosen], {}
    for item in items:
        if item.id == pk or item.cancelled or item.starts_at < chosen.starts_at:
            continue
        begins = max(
            [item.starts_at, *(other.ends_at for other in standing if item.shares_people_with(other))]
        )
        if begins > item.starts_at:
            moved = replace(item, starts_at=begins, ends_at=begins + (item.ends_at - item.starts_at))
            pushed[item.id] = (moved.starts_at, moved.ends_at)
            standing.append(moved)
    return pushed


def busy_text(day):
    """When a Day is taken and for whom, for a script: "480-520 600-660:3,4" in minutes and ids of groups."""
    return " ".join(
        f"{minutes_on(day.date, item.starts_at)}-{minutes_on(day.date, item.ends_at)}"
        f"{':' if item.groups else ''}{','.join(str(group.id) for group in item.groups)}"
        for item in day.items
        if not item.cancelled
    )


def next_step(moment, by):
    """``moment`` moved ``by`` minutes and on to the grid: from 10:02 five minutes later is 10:05."""
    if not by:
        return moment
    minutes = moment.minute + by
    return moment + timedelta(
        minutes=(minutes // STEP if by > 0 else _up(minutes) // STEP) * STEP - moment.minute
    )


def first_free(day, items, group_ids, length):
    """Minutes from midnight of the first place on ``day`` where an item for ``group_ids`` (a set, empty for
    everybody) of this ``length`` (a timedelta) fits between ``items``: from 08:00 on, at the latest after all
    of them."""
    minutes = length // timedelta(minutes=1)
    begins = 8 * 60
    for item in items:
        meets = not group_ids or not item.group_ids or not group_ids.isdisjoint(item.group_ids)
        if item.cancelled or not meets:
            continue
        if minutes_on(day, item.starts_at) - begins >= minutes:
            break
        begins = max(begins, _up(minutes_on(day, item.ends_at)))
    return min(begins, 24 * 60 - STEP)
