"""Programs in countries whose time has no letters of its own."""

from datetime import date

import pytest

from program.agenda.zones import Zone, zone_text
from tests.makers import at, make_item, make_program, make_release
from tests.reading import Page


@pytest.mark.parametrize(
    ("name", "short", "full"),
    [
        ("Asia/Jakarta", "WIB", "WIB (UTC+7)"),
        ("Asia/Kathmandu", "UTC+5:45", "UTC+5:45"),
        ("Asia/Dhaka", "UTC+6", "UTC+6"),
        ("America/Sao_Paulo", "UTC−3", "UTC−3"),
        ("UTC", "UTC", "UTC (UTC+0)"),
    ],
)
def test_a_zone_is_named_as_people_know_it(name, short, full):
    moment = at(24, "10:00", Zone(name))

    assert moment.tzname() == short
    assert zone_text(moment) == full


@pytest.mark.django_db
def test_pages_of_a_program_in_kathmandu_tell_its_distance_from_utc(client):
    program = make_program(timezone="Asia/Kathmandu")
    item = make_item(program, "Opening", "10:00", "11:00")
    make_release(program)

    day = Page(client.get(f"/ikm-2018/agenda/{date(2018, 7, 24)}/")).main.text
    page = Page(client.get(f"/ikm-2018/agenda/{item.pk}/")).main.text

    assert "All times are UTC+5:45." in day
    assert "10:00 to 11:00 UTC+5:45" in page
