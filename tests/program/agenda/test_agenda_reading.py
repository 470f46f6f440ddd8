import json
from datetime import date
from pathlib import Path

import pytest

from program.agenda.agenda import Agenda

from .release_data import agenda, item, moment, names, release

FIRST_RELEASE = Path(__file__).parent / "agenda-1.json"


@pytest.mark.parametrize("format", ["agenda/2", "", None])
def test_read_refuses_an_unknown_format(format):
    data = release() | {"format": format}

    with pytest.raises(ValueError, match="This is not agenda/1"):
        Agenda.read(data)


def test_read_refuses_what_is_no_release():
    with pytest.raises(ValueError, match="This is not agenda/1: None"):
        Agenda.read({})


def test_an_old_release_stays_readable():
    """The file is agenda/1 as it was at first: it stays as it is, whatever the format is given later."""
    whole = Agenda.read(json.loads(FIRST_RELEASE.read_text(encoding="utf-8")))

    program = whole.program
    assert (program.slug, program.title, program.short_title) == ("ikm-2018", "Small industry", "IKM")
    assert (program.starts_on, program.ends_on) == (date(2018, 7, 23), date(2018, 7, 25))
    assert (program.timezone, program.seats, program.countries) == ("Asia/Jakarta", 20, ("NP", "LK"))
    assert program.sources == "A report."
    assert [(group.name, group.size) for group in whole.groups] == [("A", 12), ("B", 8)]
    ministry, textile = whole.organizations
    assert (textile.name, textile.parent, textile.description) == (
        "Center for Textile",
        ministry.slug,
        "Research.",
    )
    hall, lab = whole.venues
    assert (hall.point, hall.capacity, lab.point) == ((-6.9, 107.6), 40, None)
    day = whole.day(date(2018, 7, 24))
    assert (day.title, day.note) == ("Cloth", "Bring water.")
    bus, session, workshop, night = day.items
    assert (bus.vehicle, bus.meeting_point, bus.destination) == ("Bus 1", "Lobby", lab)
    assert (session.room, session.objectives, session.lesson_hours) == ("R 1", ("Why", "How"), 2.0)
    (ani,) = session.speakers
    assert (ani.name, ani.position, ani.organization) == ("Ani", "Lecturer", ministry)
    assert (workshop.organization, [g.name for g in workshop.groups], workshop.capacity) == (
        textile,
        ["A"],
        15,
    )
    assert (workshop.activity, workshop.bring, workshop.dress) == ("Dye cloth.", ("Water",), ("Old clothes",))
    assert (workshop.safety, workshop.notes, workshop.reported) == (("Gloves",), "Wet floor.", True)
    assert (workshop.attendance_counts, workshop.status) == (True, "planned")
    assert night.ends_another_day
    assert night.starts_at == moment("22:30")
    assert night.starts_at.tzname() == "WIB"


def test_read_leaves_aside_what_a_later_writer_adds():
    data = json.loads(FIRST_RELEASE.read_text(encoding="utf-8"))
    plain = Agenda.read(data)
    for rows in ("days", "groups", "organizations", "venues", "items"):
        for row in data[rows]:
            row |= {"added_later": "x", "name_of_it": {"deep": [1]}}
    for row in data["items"]:
        for one in row.get("speakers", ()):
            one["added_later"] = "x"
    data["program"]["added_later"] = "x"
    data["added_later"] = ["x"]

    richer = Agenda.read(data)

    assert (richer.program, richer.items) == (plain.program, plain.items)
    assert (richer.groups, richer.organizations, richer.venues) == (
        plain.groups,
        plain.organizations,
        plain.venues,
    )
    assert richer.days == plain.days


def test_items_are_read_in_order_of_start_then_end():
    whole = agenda(
        item("late", "11:00", "12:00"), item("early", "09:00", "12:00"), item("short", "09:00", "10:00")
    )

    assert names(whole.items) == ["short", "early", "late"]


def test_moments_are_told_in_the_programs_zone():
    whole = agenda(item("Early", "00:30", "01:00"), program={"timezone": "Asia/Kathmandu"})

    (early,) = whole.items
    assert early.starts_at.isoformat() == "2018-07-23T23:15:00+05:45"
    assert early.day == date(2018, 7, 23)


def test_place_that_is_not_in_the_release_is_no_place():
    (gone,) = agenda(item(venue="gone", organization="gone")).items

    assert (gone.venue, gone.organization, gone.city, gone.arrives_at) == (None, None, "", None)
