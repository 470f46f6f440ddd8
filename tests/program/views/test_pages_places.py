"""Hosts, venues, and what is reported and what is illustrative."""

import pytest

from program.agenda.kinds import Kind
from tests.makers import make_group, make_item, make_organization, make_program, make_release, make_venue
from tests.reading import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def program():
    return make_program()


def test_hosts_stand_by_role_institutes_first_each_by_its_day(client, program):
    ministry = make_organization(program, "Ministry", role="organizer")
    make_organization(program, "Directorate", role="organizer", parent=ministry)
    late = make_organization(program, "Center for Paper")
    early = make_organization(program, "Center for Cloth", local_name="Balai Besar Tekstil")
    batik = make_organization(program, "Batik house", role="enterprise", description="Copper stamps.")
    make_item(program, day=25, organization=late)
    make_item(program, day=23, organization=early)
    make_item(program, day=24, organization=batik)
    make_item(program, day=26, organization=batik)
    make_release(program)

    page = Page(client.get("/ikm-2018/hosts/"))

    assert page.texts("h2", within=page.main) == ["Institutes", "Enterprises", "Organizers"]
    assert [page.texts("li", within=index) for index in page.all("ol", "index")] == [
        ["Center for Cloth Balai Besar Tekstil 23 July", "Center for Paper 25 July"],
        ["Batik house Copper stamps. 24 July 26 July"],
        ["Directorate", "Ministry"],
    ]


def test_host_page_tells_what_happens_there_and_in_whose_turn(client, program):
    ministry = make_organization(program, "Ministry", slug="ministry", role="organizer")
    cloth = make_organization(
        program,
        "Center for Cloth",
        slug="cloth",
        parent=ministry,
        local_name="Balai Besar Tekstil",
        description="It studies cloth.",
        website="https://example.org/",
        origin="reported",
    )
    place = make_venue(program, "Balai", address="Jl. Contoh 3", latitude=-6.9, longitude=107.6)
    a, b = make_group(program, "A"), make_group(program, "B")
    for group, start, end in ((a, "10:00", "11:00"), (b, "11:00", "12:00")):
        make_item(
            program,
            "Dyeing",
            start,
            end,
            kind=Kind.WORKSHOP,
            groups=[group],
            organization=cloth,
            venue=place,
        )
    make_item(program, "Elsewhere", "13:00", "14:00")
    make_release(program)

    page = Page(client.get("/ikm-2018/hosts/cloth/"))

    assert page.texts("h1") == ["Center for Cloth"]
    assert page.texts("h3", within=page.main) == ["Tuesday 24 July 2018"]
    assert page.texts("li", "stop") == [
        "10:00 Group A until 11:00 Dyeing Workshop Balai",
        "11:00 Group B until 12:00 Dyeing Workshop Balai",
    ]
    assert page.facts == {
        "Part of": "Ministry",
        "Place": "Balai Jl. Contoh 3 Open in a map app",
        "Website": "https://example.org/",
        "Source": "Reported: its part in the program. Illustrative: the description, days and times. "
        "About this data",
    }
    assert "It studies cloth." in page.main.text


def test_host_without_items_says_so_and_names_its_parts(client, program):
    ministry = make_organization(program, "Ministry", slug="ministry", role="organizer")
    make_organization(program, "Directorate", slug="directorate", role="organizer", parent=ministry)
    make_release(program)

    page = Page(client.get("/ikm-2018/hosts/ministry/"))

    assert "No item in the agenda is held by this organization itself." in page.main.text
    assert ("Directorate", "/ikm-2018/hosts/directorate/") in page.links(within=page.main)


def test_host_of_another_program_is_404(client, program):
    other = make_program("other-2019")
    make_organization(other, "Elsewhere", slug="elsewhere")
    make_release(other)
    make_release(program)

    assert client.get("/other-2019/hosts/elsewhere/").status_code == 200
    assert client.get("/ikm-2018/hosts/elsewhere/").status_code == 404


def test_venues_stand_by_city_with_map_days_and_links(client, program):
    hotel = make_venue(program, "Hotel", city="Bandung", latitude=-6.92, longitude=107.61, address="Jl. Satu")
    balai = make_venue(program, "Balai", city="Bandung", latitude=-6.88, longitude=107.64)
    hall = make_venue(program, "Hall", city="Jakarta")
    make_item(program, "Opening", day=19, kind=Kind.CEREMONY, venue=hall)
    make_item(program, "Bus", "08:00", "09:00", kind=Kind.TRAVEL, venue=hotel, destination=balai)
    make_release(program)

    page = Page(client.get("/ikm-2018/venues/"))

    assert page.texts("h2", within=page.main) == ["Jakarta", "Bandung"]
    assert [page.texts("li", within=venues) for venues in page.all("ul", "venues")] == [
        ["Hall 19 July"],
        [
            "Balai 24 July Open in a map app OpenStreetMap",
            "Hotel Jl. Satu 24 July Open in a map app OpenStreetMap",
        ],
    ]
    (drawing,) = page.all("svg", "map")
    assert drawing.attributes["role"] == "img"
    assert page.one("title", within=drawing).text == "Schematic map of the venues in Bandung"
    assert page.one("desc", within=drawing).text == "From north to south: Balai; Hotel"


def test_day_map_numbers_the_stops_in_the_order_they_are_reached(client, program):
    hotel = make_venue(program, "Hotel", latitude=-6.92, longitude=107.61)
    balai = make_venue(program, "Balai", latitude=-6.88, longitude=107.64)
    make_item(program, "Bus", "08:00", "09:00", kind=Kind.TRAVEL, venue=hotel, destination=balai)
    make_item(program, "Bus back", "15:00", "16:00", kind=Kind.TRAVEL, venue=balai, destination=hotel)
    make_release(program)

    page = Page(client.get("/ikm-2018/agenda/2018-07-24/"))

    assert page.one("desc").text == "In the order they are reached: 1, Hotel; 2, Balai"


def test_about_lists_reported_and_illustrative_apart(client, program):
    program.sources = "Stated by a newspaper."
    program.save()
    make_organization(program, "Center for Cloth", origin="reported")
    make_organization(program, "Sample firm", role="enterprise")
    make_venue(program, "Sample hotel")
    make_item(program, "The looms", origin="reported")
    make_item(program, "Lunch", "12:00", "13:00", kind=Kind.MEAL)
    make_release(program)

    page = Page(client.get("/ikm-2018/about/"))

    parts = {
        section.attributes["aria-labelledby"]: [
            page.texts("li", within=rows) for rows in page.all("ul", "rows", within=section)
        ]
        for section in page.all("section")
    }
    assert parts == {
        "o-reported": [["The looms Visit, 24 July, 10:00–11:00 WIB"], ["Center for Cloth"]],
        "o-illustrative": [
            ["Lunch Meal, 24 July, 12:00–13:00 WIB"],
            ["Sample firm"],
            ["Sample hotel"],
        ],
    }
    assert "Stated by a newspaper." in page.main.text


@pytest.mark.parametrize("origin, told", [("illustrative", True), ("reported", False)])
def test_foot_tells_of_illustrative_items_only_when_there_are_some(client, program, origin, told):
    make_item(program, origin=origin)
    make_release(program)

    foot = Page(client.get("/ikm-2018/agenda/")).one("footer").text

    assert ("Everything else, all times and places included, is illustrative." in foot) is told


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("address", ["hosts/", "hosts/first/", "venues/", "about/"])
def test_query_count_does_not_grow(client, django_assert_num_queries, program, address, count):
    first = make_organization(program, slug="first")
    for n in range(count):
        make_organization(program, f"Host {n}")
        make_item(program, f"Visit {n}", organization=first, venue=make_venue(program, f"Place {n}"))
    make_release(program)

    with django_assert_num_queries(2):
        page = client.get(f"/ikm-2018/{address}")
    with django_assert_num_queries(1):
        again = client.get(f"/ikm-2018/{address}")

    assert page.status_code == 200
    assert page.content == again.content
