"""The pages staff mark attendance on: with and without script, several phones at once."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from participants.models import Attendance
from program import clock
from tests.forms import fill
from tests.makers import at, make_group, make_item, make_program, make_release
from tests.reading import Page

from .attending import Clock, history, make_staff, published, states
from .makers import make_participant

pytestmark = pytest.mark.django_db
DAY = "/ikm-2018/attendance/"
JSON = {"HTTP_ACCEPT": "application/json"}


@pytest.fixture(autouse=True)
def morning(monkeypatch, program):
    running = Clock(at(24, "10:05", program.tz))
    monkeypatch.setattr(clock, "now", running)
    return running


@pytest.fixture
def staff(client):
    user = make_staff()
    client.force_login(user)
    return user


def address(item, page=""):
    return f"{DAY}{item.id}/{page}"


def tap(client, item, person, state="present", **fields):
    data = {"participant": person.pk, "state": state, **fields}
    return client.post(address(item, "mark/"), data, **JSON)


def phone_of(user):
    client = Client()
    client.force_login(user)
    return client


def rows_of(response):
    """[(name, word)] of the rows of the page, in their order."""
    page = Page(response)
    rows = page.all("li", "one")
    return [(page.one("legend", within=r).text, page.one("span", "state", within=r).text) for r in rows]


# The day


def test_the_day_shows_its_items_with_how_many_are_there_and_what_is_on_first(client, program, staff):
    group = make_group(program, "A")
    make_item(program, "Breakfast", "07:00", "08:00", kind="meal")
    workshop = make_item(program, "Workshop", "10:00", "11:00", groups=[group], kind="workshop")
    make_item(program, "Visit", "14:00", "15:00", status="cancelled")
    make_item(program, "Tomorrow", day=25)
    make_release(program)
    person = make_participant(program, name="One", group=group)
    make_participant(program, name="Two", group=group)
    make_participant(program, name="Three")
    client.post(f"{DAY}{workshop.pk}/mark/", {"participant": person.pk, "state": "present"})

    page = Page(client.get(DAY))

    on = page.one("section", "on-now")
    assert page.one("h2", within=on).text == "Workshop"
    assert page.one("div", "on-now-b", within=on).text == "1 of 2 Mark who is there"
    assert [row.text for row in page.all("a", "day-item")] == [
        "07:00 Breakfast Meal 0 of 3",
        "14:00 Visit Visit · Cancelled",
    ]


@pytest.mark.parametrize(
    ("today", "query", "shown"),
    [
        (24, "", "Tuesday 24 July, today"),
        (24, "?day=2018-07-26", "Thursday 26 July"),
        (24, "?day=nonsense", "Tuesday 24 July, today"),
        (24, "?day=2019-01-01", "Tuesday 24 July, today"),
        (25, "", "Tuesday 24 July"),  # nothing is on the 25th
        (1, "", "Tuesday 24 July"),
        (31, "", "Thursday 26 July"),
    ],
)
def test_the_day_is_today_or_the_nearest_or_the_one_asked_for(
    client, program, staff, set_clock, today, query, shown
):
    make_item(program, "First", day=24)
    published(program, "Second", day=26)
    set_clock(at(today, "10:05", program.tz))

    assert Page(client.get(DAY + query)).one("p", "lede").text == shown


def test_a_program_without_a_release_has_no_attendance(client, program, staff):
    assert client.get(DAY).status_code == 404


@pytest.mark.parametrize("count", [1, 3, 20])
def test_pages_cost_the_same_queries_for_any_number_of_people_and_items(
    client, program, staff, count, django_assert_num_queries
):
    for n in range(count):
        make_item(program, f"Visit {n}", "10:00", "11:00", venue=None)
        make_participant(program)
    item = published(program, "Workshop", "12:00", "13:00")
    client.post(address(item, "everybody/"))
    client.get(DAY)  # the release is read once by each process

    with django_assert_num_queries(7):
        client.get(DAY)
    with django_assert_num_queries(9):
        client.get(address(item))
    with django_assert_num_queries(7):
        client.get(address(item, "mark/"))


def test_a_tap_costs_few_queries(client, program, staff, django_assert_max_num_queries):
    item = published(program)
    person = make_participant(program)
    client.get(address(item))

    with django_assert_max_num_queries(13):
        assert tap(client, item, person).status_code == 200


# The page of an item


def test_the_page_names_those_expected_only_in_the_order_of_the_list(client, program, staff):
    first, second = make_group(program, "A"), make_group(program, "B")
    item = published(program, groups=[first])
    make_participant(program, name="Second", country="NP", group=first)
    make_participant(program, name="First", country="BT", group=first, own_script_name="དཔེ་ཚད་")
    make_participant(program, name="Other group", group=second)
    make_participant(program, name="Withdrawn", group=first, status="withdrawn")

    page = Page(client.get(address(item)))

    assert page.texts("legend") == ["First", "Second"]
    row = page.all("li", "one")[0]
    assert "Bhutan · Group A" in row.text
    assert page.one("small", "own-script", within=row).attributes["lang"] == "dz"
    assert page.one("p", "tally-n").text == "0 of 2 there"


def test_words_say_the_state_and_each_row_says_who_marked_how_and_when(client, program, staff):
    item = published(program)
    people = {name: make_participant(program, name=name) for name in ("A", "B", "C", "D", "E", "F")}
    for name, state in zip("ABCDE", Attendance.State.values, strict=True):
        tap(client, item, people[name], state)

    page = Page(client.get(address(item)))

    assert rows_of(client.get(address(item))) == [
        *(("A", "Present"), ("B", "Late"), ("C", "Excused")),
        *(("D", "Sick"), ("E", "Absent"), ("F", "")),
    ]
    said = page.texts("small", "said")
    assert said[0] == "10:05 WIB, Sample Staff"
    assert said[-1] == ""
    assert page.one("p", "tally-n").text == "2 of 6 there"
    assert page.texts("li", within=page.one("ul", "tally-s")) == ["Late 1", "Excused 1", "Sick 1", "Absent 1"]


def test_a_few_letters_find_people_without_script(client, program, staff):
    item = published(program)
    for name, country in (("Zoë Ñandú", "NP"), ("Ram Thapa", "NP"), ("Somchai", "TH")):
        make_participant(program, name=name, country=country)

    assert [name for name, _word in rows_of(client.get(address(item), {"q": "zoe nan"}))] == ["Zoë Ñandú"]
    assert [name for name, _word in rows_of(client.get(address(item), {"q": "nepal"}))] == [
        "Ram Thapa",
        "Zoë Ñandú",
    ]
    assert rows_of(client.get(address(item), {"q": "xyz"})) == []


def test_only_those_not_marked_can_be_shown(client, program, staff):
    item = published(program)
    marked = make_participant(program, name="Marked")
    make_participant(program, name="Open")
    tap(client, item, marked, "absent")

    assert rows_of(client.get(address(item), {"show": "open"})) == [("Open", "")]


@pytest.mark.parametrize("place", ["", "mark/", "paper/"])
def test_items_of_another_program_and_of_the_draft_are_not_there(client, program, staff, place):
    other = published(make_program(slug="other"))
    published(program)
    draft = make_item(program, "Not published")

    assert client.get(f"{DAY}{other.id}/{place}").status_code == 404
    assert client.get(f"{DAY}{draft.pk}/{place}").status_code == 404
    person = make_participant(program)
    assert (
        client.post(f"{DAY}{draft.pk}/mark/", {"participant": person.pk, "state": "late"}).status_code == 404
    )


def test_a_cancelled_item_says_so_and_takes_no_marks(client, program, staff):
    item = published(program, status="cancelled")
    person = make_participant(program, name="One")

    page = Page(client.get(address(item)))
    answer = tap(client, item, person)
    client.post(address(item), {f"p{person.pk}": "present", "seen": ""})
    client.post(address(item, "everybody/"), {"seen": ""})

    assert "This item is cancelled." in page.main.text
    assert page.all("form", id="roll") == []
    assert (answer.status_code, answer.json()["error"]) == (
        409,
        "This item is cancelled: nobody is marked.",
    )
    assert states(item) == {}


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
        "withdrawn": lambda: make_participant(program, group=first, status="withdrawn"),
        "other group": lambda: make_participant(program, group=second),
        "other program": lambda: make_participant(make_program(slug="other")),
    }[who]()

    answer = tap(client, item, person)
    page = client.post(address(item, "mark/"), {"participant": person.pk, "state": "late"}, follow=True)

    assert answer.status_code == 409
    assert answer.json()["error"].startswith("This person is not expected here")
    assert "This person is not expected here" in Page(page).main.text
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


def test_a_tap_is_never_believed_to_be_older_than_half_a_day(client, program, staff, set_clock):
    item = published(program)
    person = make_participant(program)
    now = at(24, "20:00", program.tz)
    set_clock(now)

    tap(client, item, person, ago=10**15)

    assert Attendance.objects.get().marked_at == now - timedelta(hours=12)


# Two phones


def test_both_phones_see_the_last_word_and_who_said_it(client, program, staff):
    item = published(program)
    person = make_participant(program, name="One")
    other = phone_of(make_staff("Second Staff"))

    tap(client, item, person, "present")
    tap(other, item, person, "absent")

    seen = [phone.get(address(item, "mark/")).json()["rows"] for phone in (client, other)]
    row = {"state": "absent", "word": "Absent", "said": "10:05 WIB, Second Staff"}
    assert seen == [{str(person.pk): row}] * 2


def test_a_phone_that_asks_again_is_told_briefly_that_nothing_is_new(client, program, staff):
    item = published(program)
    person = make_participant(program)
    first = client.get(address(item, "mark/"))

    again = client.get(address(item, "mark/"), HTTP_IF_NONE_MATCH=first["ETag"])
    tap(client, item, person)
    after = client.get(address(item, "mark/"), HTTP_IF_NONE_MATCH=first["ETag"])

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

    assert "This person is not expected here" in Page(page).main.text
    assert states(item) == {}


@pytest.mark.parametrize("seen", ["nonsense", "1:present,", "1:<b>"])
def test_a_page_that_is_not_in_order_saves_nothing(client, program, staff, seen):
    item = published(program)
    person = make_participant(program)

    page = client.post(address(item), {f"p{person.pk}": "late", "seen": seen}, follow=True)
    client.post(address(item), {f"p{person.pk}": "asleep", "seen": ""})

    assert "This page is not in order. Open it again." in Page(page).main.text
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
    assert "Taken back." in Page(page).main.text
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


# The bus


def test_on_a_bus_the_missing_are_on_top_with_their_telephone(client, program, staff):
    item = published(program, "Bus", kind="travel")
    people = {
        name: make_participant(program, name=name, phone=phone)
        for name, phone in (("A", "+62 1"), ("B", "+62 2"), ("C", ""), ("D", "+62 4"))
    }
    tap(client, item, people["A"])
    tap(client, item, people["D"], "excused")

    response = client.get(address(item))
    page = Page(response)

    assert rows_of(response) == [("B", ""), ("C", ""), ("D", "Excused"), ("A", "Present")]
    assert page.one("p", "tally-n").text == "1 of 4 on the bus"
    assert ("Call B +62 2", "tel:+622") in page.links()


def test_telephones_stand_on_no_other_list(client, program, staff):
    item = published(program, "Visit")
    make_participant(program, phone="+62 12345")

    assert "12345" not in client.get(address(item)).content.decode()


# Where staff start


def test_staff_land_on_the_attendance_after_signing_in(client, program, staff):
    published(program)

    assert client.get("/account/welcome/").url == DAY


def test_the_directory_leads_staff_back_to_the_attendance(client, program, staff):
    make_release(program)

    page = Page(client.get("/ikm-2018/participants/"))

    assert ("Attendance", DAY) in page.links(page.one("nav", "nav"))


def test_times_are_the_programs(client, program, staff):
    item = published(program)
    tap(client, item, make_participant(program))

    with timezone.override("Asia/Tokyo"):
        page = Page(client.get(address(item)))

    assert page.texts("small", "said") == ["10:05 WIB, Sample Staff"]
