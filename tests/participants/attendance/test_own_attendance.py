"""A participant's own page about attendance, and what of it the download of one's data holds."""

import pytest

from participants.models import Attendance, LetterheadSettings
from tests.makers import make_group, make_item, make_program, make_release
from tests.participants.certificates.certifying import after_the_end, attend, make_course
from tests.participants.people.makers import make_participant
from tests.participants.privacy.data_file import FILE, data_in
from tests.reading import Page

pytestmark = pytest.mark.django_db
OWN = "/ikm-2018/me/attendance/"


@pytest.fixture
def person(client, program):
    person = make_participant(program, user=True, group=make_group(program, "A"))
    client.force_login(person.user)
    return person


def test_it_says_where_one_was_and_how_far_that_is_to_the_certificate(client, person, set_clock):
    course = make_course(person.program)
    other = make_participant(person.program)
    attend(person, course["Small industry"])
    attend(person, course["Exports"], state=Attendance.State.LATE)
    attend(person, course["Evaluation"], state=Attendance.State.SICK)
    attend(other, course["A factory"])
    set_clock(after_the_end(person.program.tz))
    LetterheadSettings.objects.create(program=person.program, threshold=75)

    page = Page(client.get(OWN))

    assert page.texts("p", "lede", within=page.main) == [
        "You were at 2 of 5 items that count: 40 percent. 2 of them are not marked yet."
    ]
    assert "The certificate asks for 75 percent" in page.main.text
    rows = page.texts("li", within=page.one("ol", "rows"))
    assert [row.split("WIB ")[1] for row in rows] == [
        *("✓ Present", "✓ Late", "Sick", "Not marked", "Not marked")
    ]


def test_items_of_the_other_group_and_those_to_come_are_not_there(client, person, set_clock):
    b = make_group(person.program, "B")
    make_item(person.program, "Other turn", day=19, groups=[b], attendance_counts=True)
    mine = make_item(person.program, "Own turn", day=19, attendance_counts=True)
    make_item(person.program, "To come", day=25, attendance_counts=True)
    make_release(person.program)
    set_clock(mine.ends_at)

    page = Page(client.get(OWN))

    assert page.texts("b", within=page.one("ol", "rows")) == ["Own turn"]


def test_before_anything_counts_it_says_so(client, person, set_clock):
    item = make_item(person.program, attendance_counts=True)
    make_release(person.program)
    set_clock(item.starts_at)

    assert "No item that counts is over yet." in Page(client.get(OWN)).main.text


def test_who_is_not_confirmed_is_told_so(client, program):
    person = make_participant(program, user=True, status="accepted")
    make_release(program)
    client.force_login(person.user)

    assert "Attendance is recorded for confirmed participants." in Page(client.get(OWN)).main.text


def test_who_takes_part_elsewhere_finds_nothing(client, program):
    make_release(program)
    client.force_login(make_participant(make_program(slug="other"), user=True).user)

    assert client.get(OWN).status_code == 404


def test_download_of_ones_data_holds_ones_attendance(client, person):
    course = make_course(person.program)
    attend(person, course["Exports"], state=Attendance.State.LATE)
    attend(make_participant(person.program), course["Exports"])

    (record,) = data_in(client.get(FILE))["attendance"]

    assert (record["item"], record["state"], record["how"]) == ("Exports", "late", "tap")
