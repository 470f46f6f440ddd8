"""A printed sheet comes back: its code opens its own page, which knows who stands on it."""

from datetime import UTC, datetime
from unittest import mock

import pytest

from participants.models import SignedListEntry
from participants.papers import sheets
from participants.people import numbers, seats
from program import clock
from tests.forms import fill
from tests.makers import at, make_group, make_release
from tests.participants.people.makers import make_participant
from tests.reading import Page

from .attending import Clock, published, states

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def evening(monkeypatch, program):
    monkeypatch.setattr(clock, "now", Clock(at(24, "18:00", program.tz)))


@pytest.fixture
def item(program):
    return published(program, "Workshop", "10:00", "11:00")


@pytest.fixture
def people(program):
    """Their numbers on the list are 1, 2 and 3."""
    return {name: make_participant(program, name=name) for name in ("Amal", "Bina", "Chen")}


def signed(item):
    return dict(SignedListEntry.objects.filter(item_id=item.id).values_list("participant__name", "signed"))


def sheet_address(client, item, query=""):
    """Where the code on the list that is printed now leads."""
    with mock.patch("program.printing.qr.svg", return_value="<svg/>") as svg:
        client.get(f"/ikm-2018/attendance/{item.id}/list/{query}")
    (address,) = svg.call_args.args
    return address


def scan_sheet(client, address):
    """The page that opens, and its own address."""
    answer = client.get(address.removeprefix("http://testserver"), follow=True)
    return Page(answer), answer.redirect_chain[-1][0]


def test_a_sheet_opens_its_own_page_which_knows_when_it_was_printed(client, program, item, people, staff):
    numbers.give(program)

    page, place = scan_sheet(client, sheet_address(client, item))

    assert place.startswith(f"/ikm-2018/attendance/{item.id}/signed-list/?sheet=")
    assert "The sheet in your hand: 3 people, printed 24 July, 18:00 WIB, release 1." in page.main.text
    assert not page.all("div", "alert")


def test_a_sheet_printed_before_people_came_and_left_is_entered_by_person(
    client, program, item, people, staff, organizer
):
    numbers.give(program)
    address = sheet_address(client, item)
    make_participant(program, name="Aaron")
    numbers.give(program)
    seats.set_status(program, program.participants.filter(name="Bina"), "withdrawn", by=organizer)
    make_release(program)

    page, place = scan_sheet(client, address)
    warning = page.one("div", "alert").text

    assert "The list has changed since this sheet was printed." in warning
    assert "Not on this sheet: 4 Aaron. On this sheet, but not expected any more: 2 Bina." in warning
    assert "The agenda was published again since." in page.main.text
    assert "0 of 3 entered" in page.main.text

    sent = fill(client.get(place), "entry", numbers="2 3")
    page = Page(client.post(place, sent, follow=True))

    assert "Signed: 2 Bina, 3 Chen" in page.main.text
    assert "no attendance is marked, since they are not expected: Bina" in page.main.text
    assert signed(item) == {"Bina": True, "Chen": True}
    assert states(item) == {"Chen": "present"}

    client.post(place, {"rest": ""})

    assert signed(item) == {"Amal": False, "Bina": True, "Chen": True}  # Aaron was not asked to sign
    assert states(item) == {"Amal": "absent", "Chen": "present"}


def test_a_number_that_is_not_on_the_sheet_is_refused(client, program, item, people, staff):
    numbers.give(program)
    address = sheet_address(client, item)
    make_participant(program, name="Aaron")
    numbers.give(program)
    _page, place = scan_sheet(client, address)

    page = Page(client.post(place, fill(client.get(place), "entry", numbers="4"), follow=True))

    assert "Not on this list: 4. Nothing was entered." in page.main.text


def test_a_sheet_of_one_group_knows_only_its_people(client, program, item, people, staff):
    group = make_group(program, "A")
    program.participants.filter(name="Bina").update(group=group)
    make_release(program)
    numbers.give(program)

    page, place = scan_sheet(client, sheet_address(client, item, "?group=A"))
    client.post(place, {"rest": ""})

    assert "The sheet in your hand: 1 person" in page.main.text
    assert "Group A only." in page.main.text
    assert signed(item) == {"Bina": False}


@pytest.mark.parametrize("code", ["x", "1.2.3.", "1.2.3.B=", "9999999999.1.1.Bw", "1.9999999999.0.Bw"])
def test_a_code_that_is_torn_says_so(client, item, people, staff, code):
    page, _place = scan_sheet(client, f"/s/{item.id}/{code}/")

    assert "The code of this sheet could not be read whole" in page.main.text


@pytest.mark.parametrize("on_it", [(), (1,), (7, 8), (1, 20, 69), range(1, 201)])
def test_a_sheet_is_read_as_it_was_printed(on_it):
    sheet = sheets.Sheet(12, datetime(2018, 7, 24, 11, 5, tzinfo=UTC), 3, frozenset(on_it))

    assert sheets.read(sheet.code) == sheet
    assert len(sheet.code) < 60


def test_a_number_means_the_same_person_whoever_joins_meanwhile(client, program, item, people, staff):
    page = f"/ikm-2018/attendance/{item.id}/signed-list/"
    numbers.give(program)
    sent = fill(client.get(page), "entry", numbers="2")
    make_participant(program, name="Aaron")
    numbers.give(program)

    shown = Page(client.post(page, sent, follow=True))

    assert "Signed: 2 Bina" in shown.main.text
    assert signed(item) == {"Bina": True}
