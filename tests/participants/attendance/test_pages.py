"""The pages staff mark attendance on: with and without script, several phones at once."""

import pytest
from django.utils import timezone

from participants.models import Attendance
from tests.makers import at, make_group, make_item, make_program, make_release
from tests.participants.people.makers import make_participant
from tests.reading import Page

from .attending import DAY, JSON, address, published, rows_of, states, tap

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


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
    assert page.one("div", "on-now-b", within=on).text == "1 of 2 Mark attendance"
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

    with django_assert_num_queries(6):
        client.get(DAY)
    with django_assert_num_queries(9):  # one asks whether the item was deleted
        client.get(address(item))
    with django_assert_num_queries(7):
        client.get(address(item, "mark/"), **JSON)


def test_a_tap_costs_few_queries(client, program, staff, django_assert_max_num_queries):
    item = published(program)
    person = make_participant(program)
    client.get(address(item))

    with django_assert_max_num_queries(12):
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
    assert page.one("p", "tally-n").text == "0 of 2 present"


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
    assert page.one("p", "tally-n").text == "2 of 6 present"
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


@pytest.mark.parametrize("place", ["", "mark/", "signed-list/"])
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
        "This item is cancelled: attendance is not marked. Not marked: One.",
    )
    assert states(item) == {}


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
