"""Flights against the agenda: counted, and nobody is named."""

import pytest

from participants.models import Participant
from program.publishing.releases import draft
from tests.makers import at, make_group, make_item, make_program, make_venue
from tests.participants.people.makers import make_participant
from tests.participants.travel.makers import make_travel_record

pytestmark = pytest.mark.django_db


@pytest.fixture
def program():
    program = make_program()
    hall = make_venue(program)
    make_item(program, "Opening", "09:00", "10:00", day=18, venue=hall)
    make_item(program, "Closing", "11:00", "12:00", day=30, venue=hall)
    return program


def fly(program, lands=None, takes_off=None, **fields):
    moments = {
        "arrives_at": lands and at(*lands, program.tz),
        "departs_at": takes_off and at(*takes_off, program.tz),
    }
    return make_travel_record(make_participant(program, **fields), arrival_flight="XX 101", **moments)


def told(program):
    return [finding.message for finding in draft(program).conflicts]


def test_landing_too_late_for_the_first_item(program):
    fly(program, lands=(18, "07:01"))
    fly(program, lands=(19, "06:00"))
    fly(program, lands=(18, "07:00"))

    assert told(program) == [
        "Wednesday 18 July 2018: 2 participants land too late for “Opening” (09:00 WIB)."
    ]


def test_leaving_before_the_last_item_ends(program):
    fly(program, takes_off=(30, "14:59"))
    fly(program, takes_off=(30, "15:00"))

    assert told(program) == [
        "Monday 30 July 2018: 1 participant has to leave before “Closing” ends (12:00 WIB)."
    ]


def test_first_item_is_that_of_the_group(program):
    a, b = make_group(program, "A"), make_group(program, "B")
    make_item(program, "Walk", "06:00", "07:00", day=18, groups=[b], venue=program.venues.get())
    fly(program, lands=(18, "06:30"), group=a)
    fly(program, lands=(18, "06:30"), group=b)

    assert told(program) == ["Wednesday 18 July 2018: 1 participant lands too late for “Walk” (06:00 WIB)."]


def test_those_who_do_not_come_are_not_counted(program):
    fly(program, lands=(20, "06:30"), status=Participant.Status.WITHDRAWN)
    fly(make_program("other"), lands=(20, "06:30"))

    assert told(program) == []


def test_nobody_and_no_flight_is_named(program):
    fly(program, lands=(20, "06:30"), name="Sample Late Person")

    (finding,) = draft(program).conflicts

    assert "Sample" not in finding.text
    assert "XX" not in finding.text
    assert "06:30" not in finding.text
