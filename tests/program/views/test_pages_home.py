"""The home of a program, the start page and the list of programs."""

from datetime import date

import pytest

from program.agenda.kinds import Kind
from tests.makers import at, make_group, make_item, make_organization, make_program, make_release, make_venue
from tests.reading import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def program():
    return make_program(
        title="Program on small industry",
        headline="One question",
        summary="First paragraph.\n\nSecond paragraph.",
        theme="Faster through research",
        framework="Cooperation",
        countries="NP MM LK",
        starts_on=date(2018, 7, 18),
        ends_on=date(2018, 7, 20),
    )


@pytest.fixture
def agenda(program):
    jakarta, bandung = (
        make_venue(program, "Hall", city="Jakarta"),
        make_venue(program, "Balai", city="Bandung"),
    )
    ministry = make_organization(
        program, "Ministry", slug="ministry", role="organizer", local_name="Kementerian"
    )
    office = make_organization(program, "Trade office", slug="office", role="resource")
    cloth = make_organization(program, "Center for Cloth", slug="cloth", description="Looms.")
    batik = make_organization(program, "Batik house", slug="batik", role="enterprise")
    museum = make_organization(program, "Museum", slug="museum", role="culture")
    a, b = make_group(program, "A"), make_group(program, "B")
    program.days.create(date=date(2018, 7, 19), title="To the looms", local_title="Ke alat tenun")
    coach = {"kind": Kind.TRAVEL, "venue": jakarta, "destination": bandung}
    items = [
        make_item(
            program, "Exports", "09:00", "10:00", 18, kind=Kind.SESSION, venue=jakarta, organization=office
        ),
        make_item(
            program, "Industry", "11:00", "12:00", 18, kind=Kind.SESSION, venue=jakarta, organization=ministry
        ),
        make_item(program, "Coach", "07:00", "09:00", 19, **coach),
        make_item(program, "Looms", "10:00", "11:00", 19, venue=bandung, organization=cloth),
        make_item(program, "Dyeing", "11:00", "12:00", 19, kind=Kind.WORKSHOP, venue=bandung, groups=[a]),
        make_item(program, "Dyeing", "13:00", "14:00", 19, kind=Kind.WORKSHOP, venue=bandung, groups=[b]),
        make_item(program, "Batik", "15:00", "16:00", 19, venue=bandung, organization=batik),
        make_item(
            program, "Old photos", "09:00", "10:00", 20, kind=Kind.CULTURE, venue=bandung, organization=museum
        ),
    ]
    make_release(program)
    return items


def test_home_tells_the_journey_the_days_and_what_participants_do(client, agenda, program):
    page = Page(client.get("/ikm-2018/"))

    assert page.texts("h1") == ["Program on small industry"]
    assert page.texts("li", within=page.one("ol", "thread")) == ["Jakarta 18–19 July", "Bandung 19–20 July"]
    assert page.texts("a", within=page.one("ol", "days")) == [
        "18 Wed · Jakarta",
        "19 Thu · Jakarta to Bandung To the looms",
        "20 Fri · Bandung",
    ]
    assert page.texts("li", within=page.one("ul", "legend")) == [
        *("Session", "Workshop", "Visit", "Culture", "Travel"),
    ]
    (does,) = [section for section in page.all("section") if "What participants do" in section.text]
    assert [
        (heading.text, page.texts("li", within=column))
        for column in page.all("div", within=does)
        for heading in page.all("h3", within=column)
        if next(column.nodes) is heading
    ] == [
        ("Listen and compare", ["Trade office", "Ministry"]),
        ("Work with their hands", ["Dyeing"]),
        ("Go and see", ["Batik house"]),
        ("Get to know the area", ["Museum"]),
    ]
    assert page.texts("li", within=page.one("ol", "index")) == ["Center for Cloth Looms. 19 July"]
    assert "Participants come from Myanmar, Nepal, and Sri Lanka, among others." in page.main.text
    assert page.texts("p", within=page.one("div", "prose"))[:2] == ["First paragraph.", "Second paragraph."]


def test_home_marks_the_main_items_of_a_day_by_kind(client, agenda):
    page = Page(client.get("/ikm-2018/"))

    marks = [
        [svg.classes[1] for svg in page.all("svg", "mark", within=day)]
        for day in page.all("li", within=page.one("ol", "days"))
    ]
    assert marks == [
        ["k-session", "k-session"],
        ["k-visit", "k-workshop", "k-workshop", "k-visit"],
        ["k-culture"],
    ]


def test_home_says_what_is_on_now(client, agenda, program, set_clock):
    set_clock(at(19, "11:30", program.tz))

    today = Page(client.get("/ikm-2018/")).one("section", "today")

    assert today.text == (
        "Today: Thursday 19 July, day 2 of 3 "
        "Now Group A Dyeing, until 12:00 WIB Next Group B Dyeing, at 13:00 WIB"
    )
    assert today.attributes["data-until"] == f"{at(19, '12:00', program.tz).timestamp():.0f}"


@pytest.mark.parametrize(
    "day, clock, sections", [(17, "23:59", 0), (18, "00:00", 1), (20, "23:59", 1), (21, "00:00", 0)]
)
def test_home_has_a_today_only_during_the_program(client, agenda, program, set_clock, day, clock, sections):
    set_clock(at(day, clock, program.tz))

    assert len(Page(client.get("/ikm-2018/")).all("section", "today")) == sections


def test_home_after_the_last_item_of_a_day(client, agenda, program, set_clock):
    set_clock(at(18, "20:00", program.tz))

    assert Page(client.get("/ikm-2018/")).one("section", "today").text == (
        "Today: Wednesday 18 July, day 1 of 3 Nothing more is planned for today."
    )


def test_home_in_indonesian_uses_the_local_words(client, agenda, program):
    program.local_title = "Program industri kecil"
    program.save()
    make_release(program)

    page = Page(client.get("/id/ikm-2018/"))

    assert page.texts("h1") == ["Program industri kecil"]
    assert page.texts("a", within=page.one("ol", "days"))[1].endswith("Ke alat tenun")
    assert "Nepal" in page.main.text


@pytest.mark.parametrize("count", [1, 3])
def test_home_query_count_does_not_grow(client, django_assert_num_queries, count):
    program = make_program()
    for n in range(count):
        make_item(program, f"Visit {n}", organization=make_organization(program), venue=make_venue(program))
    make_release(program)

    with django_assert_num_queries(2):
        first = client.get("/ikm-2018/")
    with django_assert_num_queries(1):
        second = client.get("/ikm-2018/")

    assert len(Page(first).all("li", within=Page(first).one("ol", "index"))) == count
    assert first.content == second.content


def test_start_page_leads_to_the_current_program(client, program, set_clock):
    make_program("other-2017", starts_on=date(2017, 7, 1), ends_on=date(2017, 7, 9))
    set_clock(at(19, "12:00", program.tz))

    assert client.get("/").headers["Location"] == "/ikm-2018/"
    assert client.get("/id/").headers["Location"] == "/id/ikm-2018/"


def test_start_page_leads_to_the_list_when_several_are_current(client, program, set_clock):
    make_program("other-2018")
    set_clock(at(19, "12:00", program.tz))

    assert client.get("/").headers["Location"] == "/programs/"


def test_list_shows_published_programs_by_time(client, django_assert_num_queries, set_clock, program):
    make_program("past-2017", title="Past", starts_on=date(2017, 7, 1), ends_on=date(2017, 8, 2))
    make_program("next-2019", title="Next", starts_on=date(2019, 7, 1), ends_on=date(2019, 7, 1))
    make_program("secret", title="Secret", published=False)
    set_clock(at(19, "12:00", program.tz))

    with django_assert_num_queries(1):
        page = Page(client.get("/programs/"))

    assert page.texts("h2", within=page.main) == ["Current and upcoming", "Past"]
    assert page.texts("li", within=page.main) == [
        "Program on small industry Faster through research 18–20 July 2018",
        "Next 1 July 2019",
        "Past 1 July – 2 August 2017",
    ]


def test_list_without_programs_says_so(client):
    assert "No program is published yet." in Page(client.get("/programs/")).main.text


def test_program_without_a_release_says_so_on_each_of_its_pages(client, program):
    item = make_item(program, "Draft only")

    for address in ("", "agenda/", f"agenda/{item.pk}/", "hosts/"):
        page = Page(client.get(f"/ikm-2018/{address}"))
        assert page.texts("h1") == ["Program on small industry"]
        assert "The agenda of this program is not published yet." in page.main.text
        assert "Draft only" not in page.html
