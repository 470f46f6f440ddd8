"""What tests of certificates need: who was there, a course, and certificates that are issued."""

from datetime import datetime
from decimal import Decimal

from participants.certificates import issuing as certificates
from participants.models import Attendance
from program.agenda.kinds import Kind, Role
from tests.makers import make_item, make_organization, make_release, make_speaker, make_venue
from tests.participants.attendance.makers import make_attendance
from tests.participants.people.makers import make_participant

HOST = "https://portal.example.org"


def address_of(code):
    return f"{HOST}/verify/{code}/"


def make_course(program):
    """Five items that count, on five days, and their organizer, released: {title: item}."""
    make_organization(program, "Sample Ministry", role=Role.ORGANIZER)
    hall, center = make_venue(program, "Hall", city="Jakarta"), make_venue(program, "Center", city="Bandung")
    teacher = make_speaker(program, "Sample Teacher", position="Researcher")
    session = {"kind": Kind.SESSION, "attendance_counts": True, "venue": hall, "speakers": [teacher]}
    items = [
        make_item(program, "Small industry", day=19, lesson_hours=Decimal("2"), **session),
        make_item(program, "Exports", day=20, lesson_hours=Decimal("1.5"), **session),
        make_item(program, "Evaluation", day=21, **session),
        make_item(
            program,
            "Dyeing cloth",
            "10:00",
            "11:30",
            23,
            kind=Kind.WORKSHOP,
            attendance_counts=True,
            venue=center,
        ),
        make_item(program, "A factory", day=24, attendance_counts=True, venue=center),
    ]
    make_release(program)
    return {item.title: item for item in items}


def attend(person, *items, state=Attendance.State.PRESENT):
    for item in items:
        make_attendance(person, item, state)


def make_attender(program, course, times, **fields):
    """A confirmed participant who was at the first ``times`` of the items."""
    person = make_participant(program, **fields)
    attend(person, *list(course.values())[:times])
    return person


def issue(program, *people, by=None):
    return certificates.issue(program, people, by=by, address_of=address_of)


def decide(program, *people, speakers=(), reason="Ill for two days", by=None):
    return certificates.issue_by_decision(
        program, people, speakers, reason=reason, by=by, address_of=address_of
    )


def after_the_end(tz):
    return datetime(2018, 7, 30, 17, 0, tzinfo=tz)
