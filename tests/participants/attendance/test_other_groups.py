"""Somebody comes with the other group: recorded there, not missed at the own item, shown in the summary."""

import pytest

from participants.attendance import marking, summary
from program.publishing import releases
from tests.makers import at, make_group, make_item, make_release
from tests.participants.people.makers import make_participant
from tests.reading import Page

from .attending import address, rows_of, states, tap

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


@pytest.fixture
def day(program, staff):
    """Two groups at two items at one time; Amal of A came to the item of B."""
    first, second = make_group(program, "A"), make_group(program, "B")
    mine = make_item(program, "Batik", "10:00", "11:00", groups=[first], attendance_counts=True)
    other = make_item(program, "Textile", "10:00", "11:00", groups=[second], attendance_counts=True)
    make_release(program)
    amal = make_participant(program, name="Amal", group=first)
    bhim = make_participant(program, name="Bhim", group=second)
    agenda = releases.current(program).agenda
    return agenda.item(mine.pk), agenda.item(other.pk), amal, bhim


def test_a_script_is_asked_before_somebody_of_another_group_is_recorded(client, day):
    _mine, other, amal, _bhim = day

    asked = tap(client, other, amal).json()
    told = tap(client, other, amal, guest="yes").json()

    assert (asked["ask"], asked["field"]) == (
        "Amal is of another group. Record that they came with Group B?",
        "guest",
    )
    assert told["rows"][str(amal.pk)]["word"] == "Present"
    assert states(other) == {"Amal": "present"}


def test_a_guest_is_on_the_list_and_not_missed_at_the_own_item(client, day):
    mine, other, amal, _bhim = day
    tap(client, other, amal, guest="yes")

    here = client.get(address(other))
    own = client.get(address(mine))

    assert rows_of(here) == [("Bhim", ""), ("Amal", "Present")]
    assert "Came with Group B" in Page(here).main.text
    assert Page(here).one("p", "tally-n").text == "0 of 1 present"
    assert "Came with Group B: Textile" in Page(own).main.text


def test_a_guest_is_changed_and_undone_like_anybody(client, program, staff, day):
    _mine, other, amal, _bhim = day
    tap(client, other, amal, guest="yes")

    moment = tap(client, other, amal, "late").json()["undo"]
    client.post(address(other, "undo/"), {"moment": moment}, HTTP_ACCEPT="application/json")
    assert states(other) == {"Amal": "present"}
    marking.mark_everybody(program, other, by=staff)

    assert states(other) == {"Amal": "present", "Bhim": "present"}


def test_the_summary_shows_it_and_leaves_the_share_to_the_organizers(client, program, day, set_clock):
    _mine, other, amal, bhim = day
    tap(client, other, amal, guest="yes")
    set_clock(at(24, "12:00", program.tz))

    shares = summary.shares(program)
    page = Page(client.get("/ikm-2018/attendance/summary/"))

    assert (shares[amal.pk].attended, shares[amal.pk].counted) == (0, 1)
    assert (shares[bhim.pk].attended, shares[bhim.pk].counted) == (0, 1)
    assert "Not marked; came with another group at that time" in page.main.text
    row = next(row for row in page.all("tr") if "Amal" in row.text)
    assert row.text.endswith("↷ +")


def test_who_withdrew_comes_with_no_group(client, program, day):
    _mine, other, amal, _bhim = day
    program.participants.filter(pk=amal.pk).update(status="withdrawn")

    answer = tap(client, other, amal, guest="yes")

    assert answer.status_code == 409
    assert "ask" not in answer.json()
    assert states(other) == {}
