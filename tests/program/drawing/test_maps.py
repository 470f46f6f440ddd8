import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from program.agenda.agenda import Venue
from program.drawing import maps

LETTER = maps.LETTER


def place(name, latitude, longitude, slug=None):
    return Venue(slug or name.lower(), name, "Bandung", "", latitude, longitude)


NORTH = place("North", -6.8, 107.60)
EAST = place("East", -6.9, 107.70)
SOUTH = place("South", -7.0, 107.61)


def test_north_is_up_and_east_is_right():
    drawn = maps.schematic([SOUTH, EAST, NORTH])

    assert drawn.names == ["North", "East", "South"]
    by_name = {knot.venues[0].name: knot for knot in drawn.knots}
    assert by_name["North"].y < by_name["East"].y < by_name["South"].y
    assert by_name["North"].x < by_name["South"].x < by_name["East"].x


@pytest.mark.parametrize("venues", [[], [NORTH], [NORTH, Venue("x", "Somewhere", "Bandung")]])
def test_fewer_than_two_known_places_make_no_map(venues):
    assert maps.schematic(venues) is None


def test_venues_of_one_building_are_one_knot_with_both_names():
    hall, room = place("Hall", -6.9, 107.6), place("Room", -6.9, 107.6001)

    drawn = maps.schematic([hall, room, NORTH])

    assert [[venue.name for venue in knot.venues] for knot in drawn.knots] == [["North"], ["Hall", "Room"]]
    assert [label.text for label in drawn.knots[1].labels] == ["Hall", "Room"]


def test_stops_are_numbered_by_the_order_they_are_first_reached():
    drawn = maps.schematic([NORTH, EAST, SOUTH], stops=[SOUTH, NORTH, SOUTH])

    assert [(knot.venues[0].name, knot.step) for knot in drawn.knots] == [
        ("North", "2"),
        ("East", ""),
        ("South", "1"),
    ]
    assert drawn.steps == ["South", "North"]
    assert len(re.findall("M", drawn.way)) == 1  # there and back is one line


def test_a_long_name_takes_two_lines_and_no_more():
    name = "Balai Besar Bahan dan Barang Teknik " * 3

    drawn = maps.schematic([NORTH, place(name, -6.9, 107.65), SOUTH])

    lines = [label.text for label in drawn.knots[1].labels]
    assert len(lines) == 2
    assert lines[0].startswith("Balai Besar")
    assert lines[1].endswith("…")


@st.composite
def venues(draw):
    points = draw(st.lists(st.tuples(st.floats(-11, 6), st.floats(95, 141)), min_size=2, max_size=25))
    names = st.text("abcdefgh ", min_size=1, max_size=60)
    return [place(draw(names), lat, lon, f"v{n}") for n, (lat, lon) in enumerate(points)]


@given(venues())
def test_names_stay_on_the_map_and_never_cover_each_other(found):
    drawn = maps.schematic(found, ways=[(found[0], other) for other in found], stops=found)
    if drawn is None:
        return
    bottom = 0
    for knot in drawn.knots:
        for label in knot.labels:
            wide = len(label.text) * LETTER
            left = label.x if label.anchor == "start" else label.x - wide
            assert left >= -1
            assert left + wide <= drawn.width + LETTER
        assert min(label.y for label in knot.labels) - 14 >= bottom - 1
        bottom = max(label.y for label in knot.labels) + 4
    assert bottom <= drawn.height


def test_links_write_numbers_alike_in_every_language():
    venue = place("Hall & (Garden)", -6.9, 107.6)

    assert maps.geo_link(venue) == ("geo:-6.90000,107.60000?q=-6.90000,107.60000(Hall%20%26%20%28Garden%29)")
    assert maps.web_link(venue) == (
        "https://www.openstreetmap.org/?mlat=-6.90000&mlon=107.60000#map=16/-6.90000/107.60000"
    )


def test_place_without_a_position_has_no_links():
    venue = Venue("x", "Somewhere", "Bandung")

    assert (maps.geo_link(venue), maps.web_link(venue)) == ("", "")
