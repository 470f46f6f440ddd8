import re
from xml.etree import ElementTree

import pytest

from program.drawing import cloth
from tests.program.agenda.release_data import agenda, item


def program_of(days, per_day=1):
    items = [
        item(f"{day}-{n}", f"{8 + n:02}:00", f"{9 + n:02}:00", day, venue="hall")
        for day in range(1, days + 1)
        for n in range(per_day)
    ]
    return agenda(*items, program={"starts_on": "2018-07-01", "ends_on": f"2018-07-{days:02}"})


@pytest.mark.parametrize("days", [1, 2, 5, 13, 31])
def test_cloth_has_a_tie_for_every_day_inside_its_edges(days):
    drawn = cloth.draw(program_of(days))

    ElementTree.fromstring(drawn)
    ties = re.findall(r"translate\((\d+) (\d+)\)", drawn)
    assert len(ties) == days
    assert all(560 < int(x) < cloth.WIDTH and 0 < int(y) < cloth.HEIGHT for x, y in ties)


@pytest.mark.parametrize("days", [1, 2, 5, 13, 31])
def test_tall_cloth_has_a_tie_for_every_day_inside_its_edges(days):
    drawn = cloth.draw(program_of(days), cloth.TALL)

    assert ElementTree.fromstring(drawn).get("viewBox") == "0 0 486 1320"
    ties = re.findall(r"translate\((\d+) (\d+)\)", drawn)
    assert len(ties) == days
    assert all(0 < int(x) < 486 and 0 < int(y) < 1320 for x, y in ties)


def test_cloth_is_the_same_for_the_same_agenda_and_another_for_another():
    assert cloth.draw(program_of(5)) == cloth.draw(program_of(5))
    assert cloth.draw(program_of(5)) != cloth.draw(program_of(5, per_day=2))


def test_days_away_from_the_first_city_are_dyed_twice():
    home, away = item("a", day=1, venue="ministry"), item("b", day=2, venue="hall")

    drawn = cloth.draw(agenda(home, away, program={"starts_on": "2018-07-01", "ends_on": "2018-07-02"}))

    plain, dyed = re.findall(r'href="#t(\d)"', drawn)
    assert (plain, dyed) == ("0", "3")
    (core,) = re.findall(r'<symbol id="t3".*?</symbol>', drawn)
    assert cloth.MADDER in core
