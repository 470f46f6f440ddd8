"""What no page of attendance sends, but somebody or a broken phone may: refused in words, never an error."""

import pytest

from participants.models import Attendance
from tests.makers import at
from tests.participants.people.makers import make_participant
from tests.reading import Page

from .attending import make_staff, published

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]
HUGE = "9" * 30


@pytest.fixture
def send(client, program):
    """Call with a page of the item and what is sent to it: the page that comes."""
    client.force_login(make_staff())
    item = published(program, "Workshop", "10:00", "11:00")
    return lambda page, data: client.post(
        f"/ikm-2018/attendance/{item.id}/{page}", data, follow=True, HTTP_ACCEPT="text/html"
    )


@pytest.mark.parametrize(
    ("page", "data"),
    [
        ("", {f"p{HUGE}": "present"}),
        ("", {"p²": "present"}),
        ("", {"": "present"}),
        ("everybody/", {f"p{HUGE}": "present"}),
        ("mark/", {"participant": HUGE, "state": "present"}),
        ("undo/", {"moment": "0001-01-01T00:00:00+14:00"}),
        ("undo/", {"moment": "9999-12-31T23:00:00-14:00"}),
        ("signed-list/", {"undo": "0001-01-01T00:00:00+14:00"}),
        ("signed-list/", {"remove": "²"}),
        ("signed-list/", {"remove": HUGE}),
    ],
)
def test_nonsense_marks_nobody_and_the_page_still_stands(send, page, data):
    response = send(page, data)

    assert Page(response).one("h1").text in ("Workshop", "The signed list")
    assert not Attendance.objects.exists()


def test_tap_is_kept_from_a_phone_whose_clock_jumped(send, program):
    person = make_participant(program, name="Amal")

    send("mark/", {"participant": person.pk, "state": "present", "ago": HUGE})

    record = Attendance.objects.get()
    assert (record.state, record.marked_at < at(24, "10:00", program.tz)) == ("present", True)
