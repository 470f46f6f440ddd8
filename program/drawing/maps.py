"""Schematic maps of venues, and links that open a phone's own map. No tiles, no other host.

A schematic keeps what matters on the way (what lies north, what lies east) and ignores distances: each
knot has a row of its own, from north to south, so that names never cover each other.
"""

from dataclasses import dataclass
from itertools import pairwise
from math import cos, hypot, radians
from urllib.parse import quote

from program.agenda.agenda import Venue

WIDTH = 400
LINE = 18
SHIFT = 14  # how far a name may move up or down from its knot, out of the way of lines
MARGIN = 8
LEAST_ROOM = 120  # for a name beside a knot
SAME_PLACE_KM = 0.05
KM_PER_DEGREE = 111.2
# A letter of 14 units is about half as wide on average; a line that is cut ends with an ellipsis.
LETTER = 7.4
LINES = 2


def geo_link(venue):
    """The address that opens the phone's map app at ``venue``; "" when its position is not known."""
    if not venue.point:
        return ""
    point = f"{venue.latitude:.5f},{venue.longitude:.5f}"
    return f"geo:{point}?q={point}({quote(venue.name)})"


def web_link(venue):
    """A map in the browser at ``venue``, for devices without a map app; "" when it is not known where."""
    if not venue.point:
        return ""
    latitude, longitude = f"{venue.latitude:.5f}", f"{venue.longitude:.5f}"
    return f"https://www.openstreetmap.org/?mlat={latitude}&mlon={longitude}#map=16/{latitude}/{longitude}"


@dataclass(frozen=True)
class Label:
    x: int
    y: int
    anchor: str
    text: str


@dataclass(frozen=True)
class Knot:
    """A place on the map: one or more venues that stand together. ``step`` is its number on the way."""

    x: int
    y: int
    venues: tuple[Venue, ...]
    step: str = ""
    labels: tuple[Label, ...] = ()


@dataclass(frozen=True)
class Schematic:
    """What the template draws, in units of a box WIDTH wide. ``hub`` and ``way`` are SVG paths."""

    knots: tuple[Knot, ...]
    height: int
    hub: str = ""
    way: str = ""
    width: int = WIDTH

    @property
    def names(self):
        """The names from north to south, as the description of the picture."""
        return [venue.name for knot in self.knots for venue in knot.venues]

    @property
    def steps(self):
        """The names of the numbered knots, in the order of their numbers."""
        numbered = sorted((knot for knot in self.knots if knot.step), key=lambda knot: int(knot.step))
        return [knot.venues[0].name for knot in numbered]


def schematic(venues, ways=(), stops=()):
    """The Schematic of ``venues``, or None when fewer than two places have a position.

    ``ways`` are pairs of venues with a way between them, drawn thin; ``stops`` the venues of one journey
    in order, drawn thick and numbered by the order in which they are first reached.
    """
    places = _gather(venue for venue in venues if venue.point)
    if len(places) < 2:
        return None
    steps = _number(places, stops)
    heights = [LINE * LINES * len(place) + 2 * SHIFT for place in places]
    ys = [MARGIN + sum(heights[:i]) + height // 2 for i, height in enumerate(heights)]
    points = list(zip(_columns(places), ys, strict=True))
    where = {venue.slug: point for place, point in zip(places, points, strict=True) for venue in place}
    hub, way = _lines(where, ways), _lines(where, pairwise(stops))
    knots = []
    for place, (x, y) in zip(places, points, strict=True):
        step = steps.get(place[0].slug, "")
        labels = _place_labels(place, x, y, 22 if step else 15, [*hub, *way])
        knots.append(Knot(x, y, tuple(place), step, labels))
    return Schematic(knots=tuple(knots), height=sum(heights) + 2 * MARGIN, hub=_path(hub), way=_path(way))


def transfers(items):
    """The pairs of venues that buses run between, each way once."""
    pairs = {}
    for item in items:
        if item.venue and item.destination and not item.cancelled:
            key = frozenset((item.venue.slug, item.destination.slug))
            pairs.setdefault(key, (item.venue, item.destination))
    return list(pairs.values())


def way(item):
    """The Schematic of a transfer's way; None for any other item."""
    stops = [item.venue, item.destination] if item.venue and item.destination else []
    return schematic(stops, stops=stops)


def way_of_day(day):
    """The Schematic of a day's venues, in the order they are reached; None when there is no way."""
    stops = []
    for item in day.items:
        if item.cancelled:
            continue
        for venue in (item.venue, item.destination):
            if venue and venue.point and (not stops or stops[-1] != venue):
                stops.append(venue)
    return schematic(stops, stops=stops)


def _gather(venues):
    """Venues that stand together as one place; places from north to south."""
    places = []
    for venue in sorted(set(venues), key=lambda venue: (-venue.latitude, venue.longitude, venue.name)):
        near = next((place for place in places if _km(place[0], venue) < SAME_PLACE_KM), None)
        if near:
            near.append(venue)
        else:
            places.append([venue])
    return places


def _km(one, other):
    east = (other.longitude - one.longitude) * cos(radians(one.latitude))
    return hypot(other.latitude - one.latitude, east) * KM_PER_DEGREE


def _columns(places):
    """x of each place: half by its longitude, half by its rank, so that near places do not pile up."""
    order = sorted(range(len(places)), key=lambda i: (places[i][0].longitude, i))
    rank = {place: number for number, place in enumerate(order)}
    longitudes = [place[0].longitude for place in places]
    west, span = min(longitudes), max(longitudes) - min(longitudes)
    left, right = 30, WIDTH - 30
    xs = []
    for i, longitude in enumerate(longitudes):
        by_rank = rank[i] / (len(places) - 1)
        by_place = (longitude - west) / span if span else by_rank
        xs.append(round(left + (by_rank + by_place) / 2 * (right - left)))
    return xs


def _number(places, stops):
    """The number of each place's first venue, in the order the stops reach them."""
    first_of = {venue.slug: place[0].slug for place in places for venue in place}
    reached = dict.fromkeys(first_of[venue.slug] for venue in stops if venue.slug in first_of)
    return {slug: str(number) for number, slug in enumerate(reached, start=1)}


def _lines(where, pairs):
    """The straight lines between the knots of ``pairs`` of venues: (x, y, x, y), each once."""
    lines = {}
    for start, end in pairs:
        a, b = where.get(start.slug), where.get(end.slug)
        if a and b and a != b:
            lines.setdefault(frozenset((a, b)), (*a, *b))
    return list(lines.values())


def _path(lines):
    return "".join(f"M{ax} {ay}L{bx} {by}" for ax, ay, bx, by in lines)


def _place_labels(place, x, y, gap, lines):
    """The names of a knot's venues, beside it, where the fewest lines run through them."""

    def labels(on_right, shift):
        names = [line for venue in place for line in _wrap(venue.name, int(room[on_right] / LETTER))]
        top = y + shift + 5 - LINE * (len(names) - 1) // 2
        left = x + gap if on_right else x - gap
        anchor = "start" if on_right else "end"
        return tuple(Label(left, top + LINE * i, anchor, name) for i, name in enumerate(names))

    def cost(where):
        crossed = sum(_crosses(line, labels(*where)) for line in lines)
        return room[where[0]] < LEAST_ROOM, crossed, where[1] != 0, -room[where[0]]

    room = {True: WIDTH - x - gap, False: x - gap}
    choices = [(on_right, shift) for on_right in (True, False) for shift in (0, -SHIFT, SHIFT)]
    return labels(*min(choices, key=cost))


def _crosses(line, labels):
    """Whether ``line`` runs through the box around ``labels``: looked at in steps, near enough."""
    ax, ay, bx, by = line
    edge = labels[0].x
    wide = max(len(label.text) for label in labels) * LETTER
    left, right = (edge, edge + wide) if labels[0].anchor == "start" else (edge - wide, edge)
    top, bottom = labels[0].y - 14, labels[-1].y + 4
    for i in range(41):
        x, y = ax + (bx - ax) * i / 40, ay + (by - ay) * i / 40
        if left <= x <= right and top <= y <= bottom:
            return True
    return False


def _wrap(name, most):
    """``name`` in at most LINES lines of ``most`` letters; what does not fit ends with an ellipsis."""
    most = max(most, 8)
    lines = [""]
    for word in name.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > most:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    if len(lines) > LINES:
        lines = [*lines[: LINES - 1], " ".join(lines[LINES - 1 :])]
    return [line if len(line) <= most else f"{line[: most - 1].rstrip()}…" for line in lines]
