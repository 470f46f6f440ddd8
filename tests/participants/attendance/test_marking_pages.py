"""Marking on the pages: one tap, two phones at once, everybody, and taking back."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from participants.models import Attendance
from tests.forms import fill
from tests.makers import at, make_group, make_program
from tests.participants.people.makers import make_participant
from tests.reading import Page

from .attending import JSON, address, history, make_staff, phone_of, published, states, tap

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


# One tap


def test_a_tap_is_answered_with_the_row_as_it_is_now(client, program, staff):
    item = published(program)
    person = make_participant(program, name="One")

    told = tap(client, item, person, "late").json()

    assert told["rows"] == {
        str(person.pk): {"state": "late", "word": "Late", "said": "10:05 WIB, Sample Staff"}
    }
    assert states(item) == {"One": "late"}


def test_a_tap_without_script_leads_back_to_the_row(client, program, staff):
    item = published(program)
    person = make_participant(program, name="One")

    response = client.post(address(item, "mark/"), {"participant": person.pk, "state": "present"})

    assert response.url == f"{address(item)}#p{person.pk}"
    assert states(item) == {"One": "present"}


@pytest.mark.parametrize("who", ["withdrawn", "other group", "other program"])
def test_a_tap_for_one_who_is_not_expected_is_refused_in_words(client, program, staff, who):
    first, second = make_group(program, "A"), make_group(program, "B")
    item = published(program, groups=[first])
    person = {
        "withdrawn": lambda: make_participant(program, name="Amal", group=first, status="withdrawn"),
        "other group": lambda: make_participant(program, name="Amal", group=second),
        "other program": lambda: make_participant(make_program(slug="other"), name="Amal"),
    }[who]()
    named = "This person" if who == "other program" else "Amal"

    answer = tap(client, item, person)
    page = client.post(address(item, "mark/"), {"participant": person.pk, "state": "late"}, follow=True)

    assert answer.status_code == 409
    assert answer.json()["error"].startswith(f"{named} is not expected here")
    assert f"{named} is not expected here" in Page(page).main.text
    assert not Attendance.objects.exists()


@pytest.mark.parametrize(
    "fields", [{"participant": "x"}, {"state": "asleep"}, {"participant": ""}, {"ago": "-5"}, {"badge": "no"}]
)
def test_a_tap_that_makes_no_sense_is_refused(client, program, staff, fields):
    item = published(program)
    person = make_participant(program)

    answer = client.post(
        address(item, "mark/"), {"participant": person.pk, "state": "late", **fields}, **JSON
    )

    assert answer.status_code == 400
    assert not Attendance.objects.exists()


def test_a_tap_that_waited_for_the_network_counts_from_when_it_was_made(client, program, staff, set_clock):
    item = published(program)
    one, two = make_participant(program, name="One"), make_participant(program, name="Two")
    now = at(24, "10:30", program.tz)
    set_clock(now - timedelta(minutes=5))
    tap(phone_of(make_staff("Second Staff")), item, one, "sick")
    set_clock(now)

    told = tap(client, item, one, "present", ago=10 * 60 * 1000).json()
    tap(client, item, two, "present", ago=10 * 60 * 1000)

    assert told["rows"][str(one.pk)] == {
        "state": "sick",
        "word": "Sick",
        "said": "10:25 WIB, Second Staff",
    }
    assert states(item) == {"One": "sick", "Two": "present"}
    assert Attendance.objects.get(participant=two).marked_at == now - timedelta(minutes=10)


def test_a_tap_is_never_believed_to_be_older_than_two_weeks(client, program, staff, set_clock):
    item = published(program)
    person = make_participant(program)
    now = at(24, "20:00", program.tz)
    set_clock(now)

    tap(client, item, person, ago=10**15)

    assert Attendance.objects.get().marked_at == now - timedelta(days=14)


def test_a_tap_kept_over_night_loses_to_what_was_marked_after_it(client, program, staff, set_clock):
    item = published(program)
    one, two = make_participant(program, name="One"), make_participant(program, name="Two")
    set_clock(at(24, "12:00", program.tz))
    tap(phone_of(make_staff("Second Staff")), item, one, "sick")
    now = at(25, "09:00", program.tz)
    set_clock(now)
    ago = (now - at(24, "10:30", program.tz)) // timedelta(milliseconds=1)

    told = tap(client, item, one, "present", ago=ago).json()
    tap(client, item, two, "present", ago=ago)

    assert told["later"] == "One: someone else marked later. That mark counts."
    assert states(item) == {"One": "sick", "Two": "present"}
    assert Attendance.objects.get(participant=two).marked_at == at(24, "10:30", program.tz)


@pytest.mark.parametrize("place", ["mark/", "everybody/", "undo/"])
def test_who_had_to_sign_in_before_a_mark_counts_is_told_and_brought_back(client, program, place):
    item = published(program)
    person = make_participant(program)
    sent = client.post(address(item, place), {"participant": person.pk, "state": "present"})
    back = parse_qs(urlsplit(sent.url).query)["next"][0]
    client.force_login(make_staff())

    response = client.get(back, follow=True)

    assert response.request["PATH_INFO"] == address(item)
    assert "Nothing was saved: you were signed out. Please try again." in Page(response).main.text
    assert states(item) == {}


# Two phones


def test_both_phones_see_the_last_word_and_who_said_it(client, program, staff):
    item = published(program)
    person = make_participant(program, name="One")
    other = phone_of(make_staff("Second Staff"))

    tap(client, item, person, "present")
    tap(other, item, person, "absent")

    seen = [phone.get(address(item, "mark/"), **JSON).json()["rows"] for phone in (client, other)]
    row = {"state": "absent", "word": "Absent", "said": "10:05 WIB, Second Staff"}
    assert seen == [{str(person.pk): row}] * 2


def test_a_phone_that_asks_again_is_told_briefly_that_nothing_is_new(client, program, staff):
    item = published(program)
    person = make_participant(program)
    first = client.get(address(item, "mark/"), **JSON)

    again = client.get(address(item, "mark/"), HTTP_IF_NONE_MATCH=first["ETag"], **JSON)
    tap(client, item, person)
    after = client.get(address(item, "mark/"), HTTP_IF_NONE_MATCH=first["ETag"], **JSON)

    assert (again.status_code, after.status_code) == (304, 200)


def test_a_page_saved_whole_leaves_what_another_one_marked_meanwhile(client, program, staff):
    item = published(program)
    people = {name: make_participant(program, name=name) for name in ("Mine", "Theirs", "Ours", "Nobody's")}
    opened = client.get(address(item))
    other = phone_of(make_staff("Second Staff"))
    tap(other, item, people["Theirs"], "sick")
    tap(other, item, people["Ours"], "absent")

    sent = fill(opened, "roll", **{f"p{people['Mine'].pk}": "late", f"p{people['Ours'].pk}": "present"})
    page = client.post(address(item), sent, follow=True)

    assert states(item) == {"Mine": "late", "Theirs": "sick", "Ours": "present"}
    assert "Saved: 2 marks." in Page(page).main.text
    assert [name for name, *_rest in history(item)] == ["Theirs", "Ours", "Mine", "Ours"]


def test_a_page_saved_whole_takes_back_a_mark_that_was_shown(client, program, staff):
    item = published(program)
    person = make_participant(program, name="One")
    tap(client, item, person)

    sent = fill(client.get(address(item)), "roll", **{f"p{person.pk}": ""})
    client.post(address(item), sent)

    assert states(item) == {}
    assert history(item) == [("One", "present", "+"), ("One", "present", "-")]


def test_a_page_saved_without_a_change_writes_nothing_and_says_so(client, program, staff):
    item = published(program)
    tap(client, item, make_participant(program, name="One"))

    page = client.post(address(item), fill(client.get(address(item)), "roll"), follow=True)

    assert "Nothing was changed." in Page(page).main.text
    assert len(history(item)) == 1


def test_a_page_saved_whole_says_who_left_meanwhile(client, program, staff):
    item = published(program)
    person = make_participant(program, name="One")
    opened = client.get(address(item))
    program.participants.update(status="withdrawn")

    page = client.post(address(item), fill(opened, "roll", **{f"p{person.pk}": "late"}), follow=True)

    assert "One is not expected here" in Page(page).main.text
    assert states(item) == {}


@pytest.mark.parametrize("seen", ["nonsense", "1:present,", "1:<b>"])
def test_a_page_that_is_not_in_order_saves_nothing(client, program, staff, seen):
    item = published(program)
    person = make_participant(program)

    page = client.post(address(item), {f"p{person.pk}": "late", "seen": seen}, follow=True)
    client.post(address(item), {f"p{person.pk}": "asleep", "seen": ""})

    assert "This page is out of date. Please reload it." in Page(page).main.text
    assert states(item) == {}


# Everybody, and taking back


def test_everybody_present_without_script_saves_the_exceptions_too(client, program, staff):
    item = published(program)
    people = {name: make_participant(program, name=name) for name in ("One", "Two", "Three")}

    sent = fill(client.get(address(item)), "roll", **{f"p{people['Two'].pk}": "sick"})
    page = client.post(address(item, "everybody/"), sent, follow=True)

    assert states(item) == {"One": "present", "Two": "sick", "Three": "present"}
    assert "Marked present: 2 people." in Page(page).main.text
    assert "Undo: 2 people" in Page(page).main.text


def test_undo_without_script_takes_back_the_last_step(client, program, staff):
    item = published(program)
    people = [make_participant(program, name=name) for name in ("One", "Two")]
    tap(client, item, people[0])
    client.post(address(item, "everybody/"), {"seen": f"{people[0].pk}:present"})
    opened = client.get(address(item))
    assert "Undo: Two" in Page(opened).main.text

    page = client.post(address(item, "undo/"), fill(opened, "undo"), follow=True)

    assert states(item) == {"One": "present"}
    assert "Undone." in Page(page).main.text
    assert "Undo: " not in Page(page).main.text


def test_undo_of_what_was_marked_again_since_says_so(client, program, staff):
    item = published(program)
    person = make_participant(program, name="One")
    tap(client, item, person)
    opened = client.get(address(item))
    tap(phone_of(make_staff("Second Staff")), item, person, "late")

    page = client.post(address(item, "undo/"), fill(opened, "undo"), follow=True)

    assert "it was marked again since" in Page(page).main.text
    assert states(item) == {"One": "late"}


def test_a_script_is_told_the_moment_that_takes_its_tap_back(client, program, staff):
    item = published(program)
    person = make_participant(program, name="One")
    tap(client, item, person, "late")
    moment = tap(client, item, person, "absent").json()["undo"]

    told = client.post(address(item, "undo/"), {"moment": moment}, **JSON).json()

    assert told["rows"][str(person.pk)]["state"] == "late"
    assert states(item) == {"One": "late"}


@pytest.mark.parametrize("moment", ["", "yesterday", "2018-07-24T10:00:00", "2018-99-99T10:00:00Z"])
def test_undo_of_no_moment_is_refused(client, program, staff, moment):
    item = published(program)
    tap(client, item, make_participant(program, name="One"))

    assert client.post(address(item, "undo/"), {"moment": moment}, **JSON).status_code == 400
    assert states(item) == {"One": "present"}
