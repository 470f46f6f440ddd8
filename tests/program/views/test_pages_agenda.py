"""The whole agenda and one day of it, as visitors read them."""

from datetime import timedelta

import pytest

from program.agenda.kinds import Kind, Status
from tests.makers import at, make_group, make_item, make_program, make_release, make_venue
from tests.reading import Page

pytestmark = pytest.mark.django_db

AGENDA = "/ikm-2018/agenda/"
DAY = "/ikm-2018/agenda/2018-07-24/"


@pytest.fixture
def program():
    return make_program(starts_on=at(23, "00:00", None).date(), ends_on=at(25, "00:00", None).date())


@pytest.fixture
def week(program):
    """Three days in two cities, all kinds of rows; 24 July is today at 10:30."""
    hall = make_venue(program, "Hall", city="Jakarta")
    institute = make_venue(program, "Balai Besar", city="Bandung")
    groups = [make_group(program, name) for name in "AB"]
    items = {
        "opening": make_item(program, "Opening", "08:00", "09:00", 23, kind=Kind.CEREMONY, venue=hall),
        "coach": make_item(
            program, "Coach", "13:00", "16:00", 23, kind=Kind.TRAVEL, venue=hall, destination=institute
        ),
        "visit": make_item(program, "The looms", "08:30", "09:30", venue=institute, origin="reported"),
        "workshop": make_item(
            program, "Dyeing", "10:00", "11:00", kind=Kind.WORKSHOP, venue=institute, groups=groups[:1]
        ),
        "laboratory": make_item(program, "Laboratory", "10:00", "11:00", venue=institute, groups=groups[1:]),
        "lunch": make_item(program, "Lunch", "12:00", "13:00", kind=Kind.MEAL, status=Status.PLANNED),
        "walk": make_item(program, "Walk", "14:00", "15:00", kind=Kind.CULTURE, status=Status.CANCELLED),
    }
    make_release(program)
    return items


def rows(page):
    """The rows of the rail: their texts from top to bottom."""
    return page.texts("li", "stop")


def test_agenda_shows_each_day_with_its_items_in_order(client, week, set_clock, program):
    set_clock(at(24, "10:30", program.tz))

    page = Page(client.get(AGENDA))

    assert page.texts("h1") == ["Agenda"]
    assert "23–25 July 2018. All times are WIB (UTC+7)." in page.main.text
    days = ["Monday 23 July", "Tuesday 24 July", "Wednesday 25 July"]
    assert page.texts("h2", within=page.main) == [*days, "Take it with you"]
    assert rows(page) == [
        "08:00–09:00 Opening Ceremony Hall",
        "13:00–16:00 Coach Travel to Balai Besar",
        "08:30–09:30 The looms Visit Balai Besar reported",
        "10:00 Group A until 11:00 Now Dyeing Workshop Balai Besar "
        "Group B until 11:00 Now Laboratory Visit Balai Besar",
        "12:00–13:00 Lunch Meal not yet confirmed",
        "14:00–15:00 Walk Culture Cancelled",
    ]
    assert "Nothing is planned for this day." in page.main.text


def test_agenda_marks_what_is_past_on_and_cancelled(client, week, set_clock, program):
    set_clock(at(24, "10:30", program.tz))

    page = Page(client.get(AGENDA))

    def state_of(name):
        (row,) = page.all("li", id=f"item-{week[name].pk}")
        return {word for word in row.classes if word.startswith("is-")}

    assert {name: state_of(name) for name in week} == {
        "opening": {"is-past"},
        "coach": {"is-past"},
        "visit": {"is-past"},
        "workshop": {"is-now"},
        "laboratory": {"is-now"},
        "lunch": set(),
        "walk": {"is-cancelled"},
    }
    assert page.texts("del") == ["Walk"]


def test_agenda_marks_move_with_the_clock_from_one_request_to_the_next(client, week, set_clock, program):
    set_clock(at(24, "10:30", program.tz))
    before = Page(client.get(AGENDA)).texts("li", "is-now")
    set_clock(at(24, "12:30", program.tz))

    after = Page(client.get(AGENDA)).texts("li", "is-now")

    assert [text.split()[4] for text in before] == ["Now", "Now"]
    assert after == ["12:00–13:00 Now Lunch Meal not yet confirmed"]


def test_today_is_marked_from_midnight_on(client, week, set_clock, program):
    set_clock(at(24, "23:59", program.tz))
    evening = Page(client.get(AGENDA)).texts("a", "is-today")
    set_clock(at(25, "00:00", program.tz))

    midnight = Page(client.get(AGENDA)).texts("a", "is-today")

    assert evening == ["Tue 24 Today"]
    assert midnight == ["Wed 25 Today"]


def test_agenda_filters_keep_each_others_choice_and_count(client, week):
    page = Page(client.get(AGENDA, {"kind": "visit", "city": "Bandung"}))

    (filters,) = page.all("nav", "filters")
    assert page.links(within=filters) == [
        ("All kinds", "/ikm-2018/agenda/?city=Bandung"),
        ("Ceremony 0", "/ikm-2018/agenda/?kind=ceremony&city=Bandung"),
        ("Workshop 1", "/ikm-2018/agenda/?kind=workshop&city=Bandung"),
        ("Visit 2", "/ikm-2018/agenda/?kind=visit&city=Bandung"),
        ("Culture 0", "/ikm-2018/agenda/?kind=culture&city=Bandung"),
        ("Travel 1", "/ikm-2018/agenda/?kind=travel&city=Bandung"),
        ("Meal 0", "/ikm-2018/agenda/?kind=meal&city=Bandung"),
        ("All cities", "/ikm-2018/agenda/?kind=visit"),
        ("Jakarta 0", "/ikm-2018/agenda/?kind=visit&city=Jakarta"),
        ("Bandung 2", "/ikm-2018/agenda/?kind=visit&city=Bandung"),
    ]
    assert page.texts("a", within=filters, aria_current="true") == ["Visit 2", "Bandung 2"]
    assert page.texts("h2", within=page.main) == ["Tuesday 24 July", "Take it with you"]
    assert rows(page) == [
        "08:30–09:30 The looms Visit Balai Besar reported",
        "10:00 Group B until 11:00 Laboratory Visit Balai Besar",
    ]


def test_agenda_filter_without_result_says_so(client, week):
    page = Page(client.get(AGENDA, {"kind": "ceremony", "city": "Bandung"}))

    assert rows(page) == []
    assert "There is nothing of this kind in this city." in page.main.text
    assert ("Show the whole agenda", AGENDA) in page.links()


@pytest.mark.parametrize("query", [{"kind": "party"}, {"city": "Paris"}, {"kind": "visit", "city": "x"}])
def test_agenda_filter_that_does_not_exist_is_404(client, week, query):
    assert client.get(AGENDA, query).status_code == 404


def test_agenda_says_which_release_it_is(client, program, set_clock):
    set_clock(at(20, "17:05", program.tz))
    make_release(program)
    make_release(program)

    foot = Page(client.get(AGENDA)).one("footer").text

    assert "Release 2 of the agenda, published Friday 20 July 2018, 17:05 WIB." in foot


def test_draft_is_not_seen_until_it_is_published(client, week, program):
    week["lunch"].title = "Picnic"
    week["lunch"].save_as()
    make_item(program, "Secret", "16:00", "17:00")
    before = client.get(AGENDA).content.decode()
    make_release(program)

    after = client.get(AGENDA).content.decode()

    assert ("Picnic" in before, "Secret" in before) == (False, False)
    assert ("Picnic" in after, "Secret" in after) == (True, True)


def test_day_shows_its_words_items_and_neighbours(client, week, program, set_clock):
    program.days.create(date=at(24, "00:00", None).date(), title="Cloth", note="Wear old clothes.")
    make_release(program)
    set_clock(at(24, "10:30", program.tz))

    page = Page(client.get(DAY))

    assert page.texts("h1") == ["Tuesday 24 July 2018: Cloth"]
    assert "Today · July 2018 · Bandung · day 2 of 3" in page.main.text
    assert "Wear old clothes." in page.main.text
    assert [text.split()[0] for text in rows(page)] == ["08:30–09:30", "10:00", "12:00–13:00", "14:00–15:00"]
    assert page.links(within=page.one("nav", "pager")) == [
        ("The day before Monday 23 July", "/ikm-2018/agenda/2018-07-23/"),
        ("The day after Wednesday 25 July", "/ikm-2018/agenda/2018-07-25/"),
    ]
    assert ("Add this day to your calendar", "/ikm-2018/agenda.ics?day=2018-07-24") in page.links()


def test_day_without_items_says_so(client, week):
    page = Page(client.get("/ikm-2018/agenda/2018-07-25/"))

    assert "Nothing is planned for this day." in page.main.text
    assert [text for text, _ in page.links(within=page.one("nav", "pager"))] == [
        "The day before Tuesday 24 July"
    ]


@pytest.mark.parametrize("day", ["2018-07-22", "2018-07-26", "2018-02-30", "2018-7-24", "today"])
def test_day_that_is_not_of_the_program_is_404(client, week, day):
    assert client.get(f"/ikm-2018/agenda/{day}/").status_code == 404


def test_item_past_midnight_stands_under_the_day_it_starts(client, program):
    night = make_item(program, "Night market", "22:00", "23:00", 24)
    night.ends_at = night.starts_at + timedelta(hours=4)
    night.save()
    make_release(program)

    assert rows(Page(client.get(DAY))) == ["22:00–02:00 Night market Visit"]
    assert rows(Page(client.get("/ikm-2018/agenda/2018-07-25/"))) == []


def test_agenda_in_indonesian_writes_times_and_dates_its_way(client, week, set_clock, program):
    set_clock(at(24, "10:30", program.tz))

    page = Page(client.get("/id/ikm-2018/agenda/2018-07-24/"))

    assert rows(page)[0].startswith("08.30–09.30 The looms")
    assert page.texts("h1") == ["Selasa 24 Juli 2018"]
    assert ("EN", "http://testserver/ikm-2018/agenda/2018-07-24/") in page.links()
    assert page.one("html").attributes["lang"] == "id"


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("address", [AGENDA, DAY])
def test_agenda_query_count_does_not_grow(client, django_assert_num_queries, program, address, count):
    for n in range(count):
        make_item(program, f"Visit {n}", f"1{n}:00", f"1{n}:30", venue=make_venue(program))
    make_release(program)

    with django_assert_num_queries(2):  # which release is current; that release
        first = client.get(address)
    with django_assert_num_queries(1):  # which release is current
        second = client.get(address)

    assert len(rows(Page(first))) == count
    assert first.content == second.content


def test_program_that_is_not_published_is_hidden(client):
    program = make_program("secret", published=False)
    item = make_item(program)
    make_release(program)

    addresses = ["", "agenda/", "agenda/2018-07-24/", f"agenda/{item.pk}/", "hosts/", "venues/", "agenda.ics"]

    assert [client.get(f"/secret/{address}").status_code for address in addresses] == [404] * len(addresses)
