"""The jumputan cloth of a program, drawn from its agenda: one tie per day, along a thread.

The same agenda always gives the same cloth: every random choice is seeded. The size of a tie and the
number of its outer dots follow the number of that day's items; a day away from the first city is dyed
twice, in madder.
"""

import math
import random
from typing import NamedTuple

INDIGO, UNDYED, MADDER = "#1d2560", "#f6efe0", "#9c2f1d"
TAU = 2 * math.pi
WIDTH, HEIGHT = 1300, 600
MOST_DOTS = 14


class Shape(NamedTuple):
    """A piece of cloth: its size, where the ties may be, and x, y and scale of thirteen, placed by hand."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    thirteen: tuple
    seed: int
    fades: bool  # the lattice, towards the left


# Of the home page: the left third stays free for the title.
WIDE = Shape(
    WIDTH,
    HEIGHT,
    *(640, 1260, 80, 520),
    thirteen=(
        *((668, 452, 0.74), (690, 300, 0.74), (694, 138, 0.72), (838, 112, 0.72), (836, 238, 0.72)),
        *((836, 380, 0.74), (988, 448, 0.74), (985, 288, 0.74), (976, 140, 0.72), (1112, 112, 0.72)),
        *((1240, 196, 0.76), (1152, 318, 0.74), (1206, 462, 0.86)),
    ),
    seed=5,
    fades=True,
)
# Of certificates.
TALL = Shape(
    *(486, 1320),
    *(30, 456, 40, 1280),
    thirteen=(
        *((120, 110, 0.84), (340, 120, 0.78), (372, 320, 0.8), (150, 330, 0.84), (262, 470, 0.72)),
        *((384, 600, 0.86), (140, 640, 1.0), (346, 800, 0.86), (118, 880, 0.82), (262, 990, 0.8)),
        *((396, 1100, 0.8), (140, 1130, 0.84), (272, 1240, 0.78)),
    ),
    seed=9,
    fades=False,
)


def draw(agenda, shape=WIDE):
    """The cloth as the text of an SVG file."""
    home = next((day.cities[0] for day in agenda.days if day.cities), None)
    days = [(len(day.items), any(city != home for city in day.cities)) for day in agenda.days]
    return _cloth(days, shape, shape.thirteen if len(days) == 13 else _places(len(days), shape))


def _places(count, shape):
    """x, y and scale of ``count`` ties, up and down in columns where they may be."""
    left, right, top, bottom = shape.left, shape.right, shape.top, shape.bottom
    rows = max(1, round(math.sqrt(count * (bottom - top) / (right - left))))
    columns = math.ceil(count / rows)
    cell = min((right - left) / columns, (bottom - top) / rows)
    rnd = random.Random(count)
    places = []
    for i in range(count):
        column, row = divmod(i, rows)
        if column % 2 == 0:
            row = rows - 1 - row
        x = left + (column + 0.5) * (right - left) / columns + rnd.uniform(-0.08, 0.08) * cell
        y = top + (row + 0.5) * (bottom - top) / rows + rnd.uniform(-0.08, 0.08) * cell
        places.append((round(x), round(y), min(1.4, cell / 195)))
    return places


def _cloth(days, shape, places):
    rnd = random.Random(shape.seed)
    body = thread = ""
    previous = None
    for i, ((count, twice), (x, y, scale)) in enumerate(zip(days, places, strict=True)):
        dots = min(count, MOST_DOTS)
        radius = scale * (50 + 5.2 * dots)
        body += (
            f'<circle fill="{INDIGO}" cx="{x}" cy="{y}" r="{radius * 1.14:.0f}"/>'
            f'<g transform="translate({x} {y}) rotate({rnd.randrange(360)}) scale({radius / 100:.2f})">'
            f'<use href="#t{2 * twice + i % 2}" x="-100" y="-100" width="200" height="200"/>'
            f"{_dots(rnd, dots, 103, 5.5)}</g>"
        )
        if previous:
            thread += _stitch(previous, (x, y, radius))
        previous = x, y, radius
    symbols = "".join(
        f'<symbol id="t{i}" viewBox="-100 -100 200 200" overflow="visible">{_tie(40 + i, i > 1)}</symbol>'
        for i in range(4)
    )
    sheet = f"M0 0h{shape.width}v{shape.height}H0Z"
    fading = mask = ""
    if shape.fades:  # keeps the lattice away from the title
        fading = (
            '<linearGradient id="e"><stop offset=".3" stop-color="#fff" stop-opacity="0"/>'
            '<stop offset=".55" stop-color="#fff"/></linearGradient>'
            f'<mask id="k"><path fill="url(#e)" d="{sheet}"/></mask>'
        )
        mask = 'mask="url(#k)" '
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {shape.width} {shape.height}"><defs>{symbols}'
        '<pattern id="n" width="26" height="26" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<path fill="{UNDYED}" fill-opacity=".3" d="m5 3 3 1.6L6.6 8 3 6.4ZM18 16l3 1.4-1 3.4-3.6-1Z"/>'
        f"</pattern>{fading}</defs>"
        f'<path fill="{INDIGO}" d="{sheet}"/><path {mask}fill="url(#n)" d="{sheet}"/>'
        f'<g fill="{UNDYED}"><path fill="none" stroke="{UNDYED}" stroke-width="3" stroke-linecap="round" '
        f'stroke-dasharray=".1 13" opacity=".7" d="{thread}"/>{body}</g></svg>\n'
    )


def _stitch(start, end):
    """The thread from tie to tie, from edge to edge; nothing where they nearly touch."""
    (x0, y0, r0), (x1, y1, r1) = start, end
    gap = math.hypot(x1 - x0, y1 - y0)
    near, far = r0 * 1.22, gap - r1 * 1.22
    if far <= near:
        return ""
    ux, uy = (x1 - x0) / gap, (y1 - y0) / gap
    return f"M{x0 + ux * near:.0f} {y0 + uy * near:.0f}L{x0 + ux * far:.0f} {y0 + uy * far:.0f}"


def _tie(seed, core):
    """One tied point of radius 100; ``core`` is dyed in madder."""
    rnd = random.Random(seed)
    dyed = f'<path fill="{MADDER}" d="{_blob(rnd, 56, 0.03)}"/>' if core else ""
    return (
        f"{dyed}"
        f'<path fill-rule="evenodd" d="{_blob(rnd, 86, 0.022, 16)}{_teeth(rnd, 78, 30, 0.19)}"/>'
        f'<g fill="none" stroke="{UNDYED}"><path stroke-width="2.4" stroke-linecap="round" opacity=".6" '
        f'd="{_streaks(rnd, 26, 50, 21)}"/>'
        f'<path stroke-width="4.5" d="{_blob(rnd, 57, 0.035)}{_blob(rnd, 22, 0.05, 9)}"/></g>'
        '<path d="M0-8 7 1 1 8-8-1Z"/>'
    )


def _polar(radius, angle):
    return f"{radius * math.cos(angle):.0f} {radius * math.sin(angle):.0f}"


def _blob(rnd, radius, swing, corners=14):
    """A closed curve near a circle."""
    phase = [rnd.random() * TAU for _ in range(4)]
    points = []
    for i in range(corners):
        angle = i / corners * TAU
        waves = ((2, 0.5), (3, 0.6), (5, 0.5), (7, 0.35))
        bend = 1 + swing * sum(a * math.sin(n * angle + p) for (n, a), p in zip(waves, phase, strict=True))
        points.append((radius * bend * math.cos(angle), radius * bend * math.sin(angle)))
    turned = points[1:] + points[:1]
    middles = [((ax + bx) / 2, (ay + by) / 2) for (ax, ay), (bx, by) in zip(points, turned, strict=True)]
    curve = "".join(
        f"Q{px:.0f} {py:.0f} {mx:.0f} {my:.0f}" for (px, py), (mx, my) in zip(points, middles, strict=True)
    )
    return f"M{middles[-1][0]:.0f} {middles[-1][1]:.0f}{curve}Z"


def _teeth(rnd, radius, count, deep):
    """The inner edge of the ring that stayed undyed: the folds of the bound cloth."""
    points = []
    for i in range(count):
        points.append(
            _polar(radius * rnd.uniform(0.985, 1.015), (i + rnd.uniform(-0.25, 0.25)) / count * TAU)
        )
        inner = radius * (1 - deep * rnd.uniform(0.35, 1))
        points.append(_polar(inner, (i + 0.5 + rnd.uniform(-0.15, 0.15)) / count * TAU))
    return "M" + "L".join(points) + "Z"


def _streaks(rnd, inner, outer, count):
    path = ""
    for i in range(count):
        angle = (i + rnd.uniform(-0.3, 0.3)) / count * TAU
        path += f"M{_polar(inner * rnd.uniform(0.94, 1.1), angle)}"
        path += f"L{_polar(outer * rnd.uniform(0.85, 1), angle)}"
    return path


def _dots(rnd, count, radius, size):
    circles = ""
    for i in range(count):
        x, y = _polar(radius, i / count * TAU - TAU / 4 + rnd.uniform(-0.04, 0.04)).split()
        circles += f'<circle cx="{x}" cy="{y}" r="{size * rnd.uniform(0.8, 1.15):.1f}"/>'
    return circles
