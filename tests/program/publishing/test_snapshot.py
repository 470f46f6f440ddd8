"""What of a draft is published, and when there is something to publish."""

import json
from decimal import Decimal

import pytest

from program.agenda.agenda import Agenda
from program.agenda.kinds import Kind, Status
from program.models import ProgramDay
from program.publishing.releases import draft, snapshot
from tests.makers import (
    make_group,
    make_item,
    make_organization,
    make_program,
    make_release,
    make_speaker,
    make_venue,
)

pytestmark = pytest.mark.django_db


def test_snapshot_is_the_whole_draft_in_the_format_of_releases():
    program = make_program(countries="NP LK", local_title="Industri kecil", seats=18)
    ProgramDay.objects.create(program=program, date="2018-07-24", title="Metal", note="Bring water.")
    a, b = make_group(program, "A", size=12), make_group(program, "B", size=8)
    ministry = make_organization(program, "Ministry", slug="ministry", role="organizer")
    host = make_organization(program, "Textile", slug="bbt", parent=ministry, local_name="Tekstil")
    hall = make_venue(program, "Hall", slug="hall", latitude=-6.9, longitude=107.6, capacity=40)
    lab = make_venue(program, "Lab", slug="lab")
    bus = make_item(
        program, "Bus", "08:00", "08:30", kind=Kind.TRAVEL, venue=hall, destination=lab, vehicle="Bus 1"
    )
    session = make_item(
        program,
        "Export",
        "09:00",
        "10:00",
        kind=Kind.SESSION,
        venue=lab,
        room="R 1",
        objectives="Why\n\n How ",
        lesson_hours=Decimal("1.5"),
        speakers=[make_speaker(program, "Budi", organization=host), make_speaker(program, "Ani")],
    )
    workshop = make_item(
        program,
        "Dyeing",
        "10:00",
        "12:00",
        kind=Kind.WORKSHOP,
        organization=host,
        groups=[b, a],
        contact_name="Sample Contact",
        contact_phone="+62 000",
        bring="Water\nHat",
        capacity=20,
        status=Status.PLANNED,
        origin="reported",
    )
    lunch = make_item(program, "Lunch", "12:00", "13:00", kind=Kind.MEAL, notes="No pork.")
    make_item(make_program("other"), "Another program's")

    data = snapshot(program)

    assert data["format"] == "agenda/1"
    assert data["program"]["countries"] == ["NP", "LK"]
    assert (data["program"]["starts_on"], data["program"]["seats"]) == ("2018-07-18", 18)
    assert data["days"] == [
        {
            "date": "2018-07-24",
            "title": "Metal",
            "local_title": "",
            "note": "Bring water.",
            "local_note": "",
        }
    ]
    assert data["groups"] == [
        {"id": a.pk, "name": "A", "size": 12},
        {"id": b.pk, "name": "B", "size": 8},
    ]
    assert [(o["slug"], o["parent"]) for o in data["organizations"]] == [
        ("ministry", None),
        ("bbt", "ministry"),
    ]
    assert [(v["slug"], v["latitude"], v["capacity"]) for v in data["venues"]] == [
        ("hall", -6.9, 40),
        ("lab", None, None),
    ]
    common = {
        "local_title": "",
        "venue": None,
        "organization": None,
        "groups": [],
        "group_ids": [],
        "status": "confirmed",
        "attendance_counts": False,
        "notes": "",
        "origin": "illustrative",
    }
    assert data["items"] == [
        common
        | {
            "id": bus.pk,
            "kind": "travel",
            "title": "Bus",
            "starts_at": "2018-07-24T08:00:00+07:00",
            "ends_at": "2018-07-24T08:30:00+07:00",
            "venue": "hall",
            "destination": "lab",
            "vehicle": "Bus 1",
            "meeting_point": "",
        },
        common
        | {
            "id": session.pk,
            "kind": "session",
            "title": "Export",
            "starts_at": "2018-07-24T09:00:00+07:00",
            "ends_at": "2018-07-24T10:00:00+07:00",
            "venue": "lab",
            "room": "R 1",
            "objectives": ["Why", "How"],
            "lesson_hours": 1.5,
            "speakers": [
                {
                    "id": session.sessionspeaker_set.first().speaker_id,
                    "name": "Budi",
                    "position": "",
                    "organization": "bbt",
                },
                {
                    "id": session.sessionspeaker_set.last().speaker_id,
                    "name": "Ani",
                    "position": "",
                    "organization": None,
                },
            ],
        },
        common
        | {
            "id": workshop.pk,
            "kind": "workshop",
            "title": "Dyeing",
            "starts_at": "2018-07-24T10:00:00+07:00",
            "ends_at": "2018-07-24T12:00:00+07:00",
            "organization": "bbt",
            "groups": ["A", "B"],
            "group_ids": [a.pk, b.pk],
            "status": "planned",
            "origin": "reported",
            "activity": "",
            "bring": ["Water", "Hat"],
            "dress": [],
            "safety": [],
            "capacity": 20,
        },
        common
        | {
            "id": lunch.pk,
            "kind": "meal",
            "title": "Lunch",
            "starts_at": "2018-07-24T12:00:00+07:00",
            "ends_at": "2018-07-24T13:00:00+07:00",
            "notes": "No pork.",
        },
    ]


def test_snapshot_never_holds_a_contact():
    program = make_program()
    make_item(program, contact_name="Sample Contact", contact_phone="+62 000")

    assert "Sample Contact" not in json.dumps(snapshot(program))
    assert "+62" not in json.dumps(snapshot(program))


def test_snapshot_of_an_empty_program_can_be_read():
    agenda = Agenda.read(snapshot(make_program()))

    assert agenda.items == ()
    assert len(agenda.days) == 13


def fill(program, count):
    """``count`` items of each kind of class, with groups, speakers and places of their own."""
    for number in range(count):
        group = make_group(program, f"G{number}")
        venue, host = make_venue(program), make_organization(program)
        speakers = [make_speaker(program, organization=host), make_speaker(program, organization=host)]
        common = {"groups": [group], "venue": venue, "organization": host}
        make_item(program, kind=Kind.SESSION, speakers=speakers, **common)
        make_item(program, kind=Kind.VISIT, **common)
        make_item(program, kind=Kind.TRAVEL, destination=venue, **common)
        make_item(program, kind=Kind.MEAL, **common)


@pytest.mark.parametrize("count", [1, 3, 30])
def test_snapshot_takes_as_many_queries_however_many_items(count, django_assert_num_queries):
    program = make_program()
    fill(program, count)

    # Venues, organizations, items, their groups, speakers of sessions (two), days, groups.
    with django_assert_num_queries(8):
        data = snapshot(program)

    assert len(data["items"]) == 4 * count
    sessions = [item for item in data["items"] if item["kind"] == "session"]
    assert {len(item["speakers"]) for item in sessions} == {2}


def test_draft_without_changes_has_none():
    program = make_program()
    fill(program, 1)
    make_release(program)

    assert draft(program).changes == []
    assert draft(program).is_published


def test_draft_of_a_program_never_published_is_all_new():
    program = make_program()
    make_item(program, "Foundry")

    assert [(change.title, change.sort) for change in draft(program).changes] == [("Foundry", "new")]
    assert not draft(program).is_published
