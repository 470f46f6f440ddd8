"""The agenda as a calendar and as JSON."""

import json
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from program.agenda.kinds import Kind, Status
from tests.makers import (
    at,
    make_group,
    make_item,
    make_organization,
    make_program,
    make_release,
    make_venue,
)

pytestmark = pytest.mark.django_db

FEED = "/ikm-2018/agenda.ics"


@pytest.fixture
def program():
    return make_program()


def events(response):
    return Calendar.from_ical(response.content).walk("VEVENT")


def titles(response):
    return [str(event["summary"]) for event in events(response)]


def test_feed_tells_all_of_an_item(client, program, set_clock):
    set_clock(at(20, "09:00", program.tz))
    place = make_venue(program, "Balai", address="Jl. Contoh 3", latitude=-6.9, longitude=107.6)
    item = make_item(
        program,
        "Dyeing, in pairs; wet",
        kind=Kind.WORKSHOP,
        venue=place,
        organization=make_organization(program, "Center for Cloth"),
        groups=[make_group(program, "A")],
        activity="You dye.",
        bring="Pen\nPassport",
        dress="Old clothes",
        notes="Bring time.",
    )
    make_release(program)
    make_release(program)

    response = client.get(FEED)
    (event,) = events(response)

    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert {
        "uid": str(event["uid"]),
        "sequence": event["sequence"],
        "organizer": str(event["organizer"]),
        "summary": str(event["summary"]),
        "status": str(event["status"]),
        "start": event["dtstart"].dt,
        "zone": event["dtstart"].params["TZID"],
        "end": event["dtend"].dt,
        "location": str(event["location"]),
        "geo": event["geo"].to_ical(),
        "url": str(event["url"]),
        "description": str(event["description"]).splitlines(),
    } == {
        "uid": f"item-{item.pk}@ikm-2018.portal",
        "sequence": 1,
        "organizer": "mailto:portal@localhost",
        "summary": "Dyeing, in pairs; wet",
        "status": "CONFIRMED",
        "start": datetime(2018, 7, 24, 10, tzinfo=ZoneInfo("Asia/Jakarta")),
        "zone": "Asia/Jakarta",
        "end": datetime(2018, 7, 24, 11, tzinfo=ZoneInfo("Asia/Jakarta")),
        "location": "Balai, Jl. Contoh 3",
        "geo": "-6.9;107.6",
        "url": f"http://testserver/ikm-2018/agenda/{item.pk}/",
        "description": [
            "Only for group A",
            "Host: Center for Cloth",
            "What you will do: You dye.",
            "Bring: Pen; Passport",
            "Dress: Old clothes",
            "Notes: Bring time.",
            f"http://testserver/ikm-2018/agenda/{item.pk}/",
        ],
    }


def test_feed_names_its_zone_and_itself(client, program):
    make_item(program)
    make_release(program)

    calendar = Calendar.from_ical(client.get(FEED).content)

    assert str(calendar["x-wr-calname"]) == "Small industry"
    assert [str(zone["tzid"]) for zone in calendar.walk("VTIMEZONE")] == ["Asia/Jakarta"]


def test_feed_keeps_an_item_and_says_when_it_is_cancelled(client, program):
    item = make_item(program, status=Status.PLANNED)
    make_release(program)
    (before,) = events(client.get(FEED))
    item.status = Status.CANCELLED
    item.save_as()
    make_release(program)

    (after,) = events(client.get(FEED))

    assert before["uid"] == after["uid"]
    assert [str(event["status"]) for event in (before, after)] == ["TENTATIVE", "CANCELLED"]
    assert [event["sequence"] for event in (before, after)] == [1, 2]


def test_sequence_and_last_modified_rise_only_on_items_that_changed(client, program, set_clock):
    place = make_venue(program, "Hall")
    there = make_item(program, "In the hall", venue=place)
    moved = make_item(program, "Looms")
    make_item(program, "Lunch")
    for day, change in ((20, None), (21, (moved, "title", "New looms")), (22, (place, "name", "Great hall"))):
        set_clock(at(day, "09:00", program.tz))
        if change:
            thing, name, value = change
            setattr(thing, name, value)
            thing.save()
        make_release(program)

    found = {str(e["summary"]): (e["sequence"], e["last-modified"].dt.day) for e in events(client.get(FEED))}

    assert found == {there.title: (3, 22), "New looms": (2, 21), "Lunch": (1, 20)}


def test_feed_tells_calendars_who_publishes_and_nothing_of_the_library(client, program):
    make_item(program)
    make_release(program)

    text = client.get(FEED).content.decode()
    (event,) = events(client.get(FEED))

    assert event["organizer"].params["CN"] == program.short_title
    assert "COMMENT" not in text


def test_feed_of_a_day_and_of_a_group(client, program):
    a, b = make_group(program, "A"), make_group(program, "B")
    make_item(program, "Monday", day=23)
    make_item(program, "For all", "08:00", "09:00")
    make_item(program, "For A", groups=[a])
    make_item(program, "For B", groups=[b])
    make_release(program)

    assert titles(client.get(FEED)) == ["Monday", "For all", "For A", "For B"]
    assert titles(client.get(FEED, {"day": "2018-07-23"})) == ["Monday"]
    assert titles(client.get(FEED, {"group": "B"})) == ["Monday", "For all", "For B"]
    assert titles(client.get(FEED, {"group": "A", "day": "2018-07-24"})) == ["For all", "For A"]


@pytest.mark.parametrize("query", [{"day": "yesterday"}, {"day": "2018-08-24"}, {"group": "C"}])
def test_feed_of_what_does_not_exist_is_404(client, program, query):
    make_item(program)
    make_release(program)

    assert client.get(FEED, query).status_code == 404


def test_feed_of_one_item(client, program):
    item = make_item(program, "Looms")
    make_item(program, "Lunch", "12:00", "13:00")
    other = make_item(make_program("other-2019"), "Elsewhere")
    make_release(program)
    make_release(other.program)

    assert titles(client.get(f"/ikm-2018/agenda/{item.pk}.ics")) == ["Looms"]
    assert client.get(f"/ikm-2018/agenda/{other.pk}.ics").status_code == 404


def test_feed_in_indonesian_uses_local_titles(client, program):
    item = make_item(program, "Looms", local_title="Alat tenun")
    make_release(program)

    (event,) = events(client.get("/id/ikm-2018/agenda.ics"))

    assert str(event["summary"]) == "Alat tenun"
    assert str(event["url"]) == f"http://testserver/id/ikm-2018/agenda/{item.pk}/"


def test_feed_keeps_hostile_text_inside_its_property(client, program):
    title = "X\r\nBEGIN:VEVENT\r\nSUMMARY:forged"
    make_item(program, title, notes="a;b,c\\d\r\nEND:VCALENDAR")
    make_release(program)

    (event,) = events(client.get(FEED))

    assert "forged" in str(event["summary"])


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("address", [FEED, "/ikm-2018/agenda.json", "/ikm-2018/cloth.svg"])
def test_feed_query_count_does_not_grow(client, django_assert_num_queries, program, address, count):
    for n in range(count):
        make_item(program, f"Visit {n}", organization=make_organization(program), venue=make_venue(program))
    make_release(program)

    with django_assert_num_queries(2):
        first = client.get(address)
    with django_assert_num_queries(1):
        second = client.get(address)

    assert first.content == second.content


def test_json_is_the_release_itself(client, program, set_clock):
    set_clock(at(20, "09:00", program.tz))
    make_item(program, "Looms")
    release = make_release(program, note="First")

    response = client.get("/ikm-2018/agenda.json")

    assert response["Content-Type"] == "application/json"
    assert json.loads(response.content) == {
        "number": 1,
        "published_at": "2018-07-20T02:00:00+00:00",
        "note": "First",
        "data": release.data,
    }
