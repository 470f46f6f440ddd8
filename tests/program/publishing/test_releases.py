import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from program.agenda.agenda import Agenda
from program.agenda.kinds import Kind, Status
from program.models import ProgramDay, Release
from program.publishing import releases
from program.publishing.releases import PublishingBlocked, current, draft, load, publish, snapshot
from tests.makers import (
    make_group,
    make_item,
    make_organization,
    make_organizer,
    make_program,
    make_release,
    make_speaker,
    make_venue,
)

pytestmark = pytest.mark.django_db


def make_clash(program):
    return make_item(program, "One"), make_item(program, "Two", "10:30", "11:30")


# What of a draft is published


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


# Publishing


def test_publish_makes_the_next_number_of_the_program(set_clock):
    set_clock(datetime(2018, 7, 1, 8, tzinfo=UTC))
    first, second = make_program("first"), make_program("second")
    organizer = make_organizer()

    numbers = [publish(program, organizer).number for program in (first, first, second, first)]

    assert numbers == [1, 2, 1, 3]
    assert {release.published_by for release in Release.objects.all()} == {organizer}
    assert {release.published_at for release in Release.objects.all()} == {
        datetime(2018, 7, 1, 8, tzinfo=UTC)
    }


def test_publish_keeps_the_note():
    release = publish(make_program(), make_organizer(), note="The bus leaves earlier")

    release.refresh_from_db()
    assert (release.note, release.reason) == ("The bus leaves earlier", "")


def test_publish_is_blocked_by_errors_and_leaves_nothing():
    program = make_program()
    make_clash(program)

    with pytest.raises(PublishingBlocked) as blocked:
        publish(program, make_organizer(), note="x")

    assert [finding.code for finding in blocked.value.findings] == ["group-twice"]
    assert not Release.objects.exists()
    assert current(program) is None


@pytest.mark.parametrize("reason", ["", " ", "\n\t"])
def test_publish_takes_no_blank_for_a_reason(reason):
    program = make_program()
    make_clash(program)

    with pytest.raises(PublishingBlocked):
        publish(program, make_organizer(), reason=reason)

    assert not Release.objects.exists()


def test_publish_anyway_keeps_the_reason():
    program = make_program()
    make_clash(program)

    publish(program, make_organizer(), reason=" Both halls are one ")

    assert Release.objects.get().reason == "Both halls are one"


def test_publish_keeps_no_reason_where_none_was_needed():
    publish(make_program(), make_organizer(), reason="Just in case")

    assert Release.objects.get().reason == ""


def test_publish_is_not_blocked_by_warnings():
    program = make_program()
    make_item(program, "Long visit", "09:00", "16:00", venue=make_venue(program))  # without lunch

    release = publish(program, make_organizer())

    assert [finding.code for finding in draft(program).conflicts] == ["no-lunch"]
    assert release.number == 1


# What everybody sees


def test_there_is_no_current_release_before_the_first():
    assert current(make_program()) is None


def test_current_is_the_newest_of_its_program():
    first, second = make_program("first"), make_program("second")
    make_release(first, note="one")
    make_release(first, note="two")
    make_release(second, note="other")

    assert (current(first).number, current(first).note) == (2, "two")
    assert (current(second).number, current(second).note) == (1, "other")


def test_draft_never_leaks_into_the_current_release():
    program = make_program()
    venue = make_venue(program, "Hall")
    item = make_item(program, "Foundry", venue=venue)
    make_release(program)

    item.title = "Secret"
    item.save_as()
    venue.name = "Secret hall"
    venue.save()
    program.title = "Secret program"
    program.save()
    make_item(program, "Secret addition", "12:00", "13:00")
    releases.load.cache_clear()

    seen = current(program)
    assert [one.title for one in seen.agenda.items] == ["Foundry"]
    assert seen.agenda.items[0].venue.name == "Hall"
    assert "Secret" not in json.dumps(seen.data)
    assert [change.title for change in draft(program).changes] == [
        "Secret",
        "Secret addition",
        "Program",
        "Secret hall",
    ]


def test_deleting_an_item_changes_no_release():
    program = make_program()
    item = make_item(program, "Foundry")
    make_release(program)

    item.delete()
    releases.load.cache_clear()

    assert [one.title for one in current(program).agenda.items] == ["Foundry"]


def test_load_reads_a_release_once_in_a_process(django_assert_num_queries):
    program = make_program()
    release = make_release(program)

    with django_assert_num_queries(1):
        once, again = load(*release.key), load(*release.key)

    assert once is again
    assert once.agenda is again.agenda


def test_current_costs_one_query_once_it_is_loaded(django_assert_num_queries):
    program = make_program()
    make_release(program)

    with django_assert_num_queries(2):
        current(program)
    with django_assert_num_queries(1):
        current(program)


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


def test_agenda_and_database_agree_on_what_a_group_sees():
    program = make_program()
    a, b = make_group(program, "A"), make_group(program, "B")
    for number, groups in enumerate([[], [a], [b], [a, b]]):
        make_item(program, start=f"{10 + number}:00", end=f"{10 + number}:30", groups=groups)
    make_item(program, kind=Kind.SESSION, start="23:30", end="23:45", day=23, groups=[b])

    agenda = draft(program).agenda

    for group in (a, b):
        own = program.items.for_group(group)
        assert [item.id for item in agenda.for_group(group.pk).items] == [item.pk for item in own]
    for day in agenda.days:
        on_day = program.items.on_day(day.date, program.tz)
        assert [item.id for item in day.items] == [item.pk for item in on_day]
