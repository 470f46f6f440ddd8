"""The page of one item, by its kind."""

import pytest

from program.agenda.kinds import Kind, Status
from sessions.models import Material
from tests.makers import (
    at,
    make_group,
    make_item,
    make_organization,
    make_program,
    make_release,
    make_speaker,
    make_venue,
)
from tests.reading import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def program():
    return make_program()


def read(client, item, prefix=""):
    return Page(client.get(f"{prefix}/ikm-2018/agenda/{item.pk}/"))


def lists(page):
    """{heading: lines} of the lists below the page's headings."""
    found = {}
    for node in page.main.nodes:
        if node.tag == "h2":
            heading = node.text
        elif node.tag == "ul" and not node.classes:
            found[heading] = page.texts("li", within=node)
    return found


def test_session_page_names_who_teaches_where_and_what(client, program):
    ministry = make_organization(
        program, "Ministry", slug="ministry", role="resource", local_name="Kementerian"
    )
    hall = make_venue(program, "Main hall", address="Jl. Contoh 1")
    session = make_item(
        program,
        "How industry grows",
        "08:30",
        "10:00",
        day=20,
        kind=Kind.SESSION,
        venue=hall,
        room="Room 2",
        organization=ministry,
        objectives="First point\nSecond point",
        lesson_hours=2,
        attendance_counts=True,
        speakers=[make_speaker(program, "Sample Person", position="Lecturer", organization=ministry)],
    )
    make_release(program)

    page = read(client, session)

    assert page.texts("h1") == ["How industry grows"]
    assert page.texts("p", "big-t") == ["08:30 to 10:00 WIB"]
    assert page.facts == {
        "Day": "Friday 20 July 2018",
        "Speakers": "Sample Person Lecturer, Ministry",
        "Held by": "Ministry Kementerian",
        "Room": "Room 2",
        "Place": "Main hall Jl. Contoh 1",
        "Lesson hours": "2 JP, of 45 minutes each",
        "Attendance": "It counts for the certificate.",
        "Source": "Illustrative: all of it was filled in as an example. About this data",
    }
    assert lists(page) == {"What it covers": ["First point", "Second point"]}
    assert page.texts("span", lang="id") == ["Kementerian"]


def test_visit_page_tells_what_to_do_bring_and_how_to_get_there(client, program):
    hotel, institute = make_venue(program, "Hotel"), make_venue(program, "Balai", address="Jl. Contoh 2")
    host = make_organization(program, "Center for Cloth", slug="cloth")
    bus = make_item(
        program,
        "Bus to the center",
        "08:00",
        "08:40",
        kind=Kind.TRAVEL,
        venue=hotel,
        destination=institute,
        vehicle="Bus 1",
        meeting_point="Lobby",
    )
    visit = make_item(
        program,
        "The looms",
        "08:45",
        "10:00",
        venue=institute,
        organization=host,
        activity="You weave.",
        bring="Passport\nPen",
        dress="Closed shoes",
        safety="Do not touch",
        capacity=12,
        notes="Ask before you take pictures.",
        origin="reported",
    )
    make_release(program)

    page = read(client, visit)

    assert lists(page) == {
        "Bring": ["Passport", "Pen"],
        "Dress": ["Closed shoes"],
        "Safety": ["Do not touch"],
    }
    assert page.facts["Host"] == "Center for Cloth"
    assert page.facts["Capacity"] == "12 visitors at a time"
    assert page.facts["Source"].startswith(
        "Reported: that it took place, and with whom. Illustrative: its day"
    )
    assert "You weave." in page.main.text
    assert "Ask before you take pictures." in page.main.text
    assert ("Bus to the center", f"/ikm-2018/agenda/{bus.pk}/") in page.links(within=page.main)
    assert "Leaves 08:00 WIB, Hotel Be there by 07:50 WIB Meeting point Lobby" in page.main.text
    assert "Vehicle Bus 1 Arrives 08:40 WIB" in page.main.text


def test_transfer_page_tells_from_where_to_where(client, program):
    bus = make_item(
        program,
        "Bus",
        "08:00",
        "08:40",
        kind=Kind.TRAVEL,
        venue=make_venue(program, "Hotel"),
        destination=make_venue(program, "Balai"),
        vehicle="Bus 2",
        meeting_point="Front gate",
    )
    make_release(program)

    facts = read(client, bus).facts

    del facts["Source"]
    assert facts == {
        "Day": "Tuesday 24 July 2018",
        "From": "Hotel",
        "Be there by": "07:50 WIB",
        "Meeting point": "Front gate",
        "Vehicle": "Bus 2",
        "To": "Balai",
        "Arrives": "08:40 WIB",
    }


def test_group_sees_its_turn_and_the_others(client, program):
    a, b = make_group(program, "A"), make_group(program, "B")
    mine = make_item(program, "Dyeing", "10:00", "11:00", kind=Kind.WORKSHOP, groups=[a])
    other = make_item(program, "Dyeing", "11:00", "12:00", kind=Kind.WORKSHOP, groups=[b])
    make_item(program, "Dyeing", "13:00", "14:00", kind=Kind.WORKSHOP, groups=[b], status=Status.CANCELLED)
    make_item(program, "Weaving", "13:00", "14:00", kind=Kind.WORKSHOP, groups=[b])
    make_release(program)

    page = read(client, mine)

    assert page.facts["Group"] == "Group A only Group B: 11:00–12:00 WIB"
    assert ("Group B: 11:00–12:00 WIB", f"/ikm-2018/agenda/{other.pk}/") in page.links()


def test_neighbours_are_those_of_the_same_people(client, program):
    a, b = make_group(program, "A"), make_group(program, "B")
    first = make_item(program, "Breakfast", "07:00", "08:00", kind=Kind.MEAL)
    mine = make_item(program, "Dyeing", "10:00", "11:00", groups=[a])
    make_item(program, "Weaving", "11:00", "12:00", groups=[b])
    last = make_item(program, "Lunch", "12:00", "13:00", kind=Kind.MEAL)
    make_release(program)

    page = read(client, mine)

    assert page.links(within=page.one("nav", "pager")) == [
        ("Before, 07:00 WIB Breakfast", f"/ikm-2018/agenda/{first.pk}/"),
        ("Afterwards, 12:00 WIB Lunch", f"/ikm-2018/agenda/{last.pk}/"),
    ]


def test_neighbour_of_another_day_is_told_with_its_day(client, program):
    make_item(program, "Dinner", "19:00", "20:00", day=23)
    item = make_item(program)
    make_release(program)

    page = read(client, item)

    assert page.texts("a", within=page.one("nav", "pager")) == ["Before, 23 July, 19:00 WIB Dinner"]


def test_pages_of_a_day_with_a_way_draw_it(client, program):
    hotel = make_venue(program, "Hotel", latitude=-6.92, longitude=107.61)
    balai = make_venue(program, "Balai", latitude=-6.88, longitude=107.64)
    far = make_venue(program, "Farm", latitude=-6.85, longitude=107.55)
    bus = make_item(program, "Bus", "08:00", "09:00", kind=Kind.TRAVEL, venue=hotel, destination=balai)
    visit = make_item(program, "Looms", "09:00", "10:00", venue=balai)
    make_item(program, "Bus on", "10:00", "11:00", kind=Kind.TRAVEL, venue=balai, destination=far)
    make_release(program)

    described = [read(client, item).one("desc").text for item in (bus, visit)]

    assert described == [
        "In the order they are reached: 1, Hotel; 2, Balai",
        "In the order they are reached: 1, Hotel; 2, Balai; 3, Farm",
    ]


def test_map_links_name_the_place_and_load_nothing(client, program):
    venue = make_venue(program, "Hall & (Garden)", latitude=-6.9, longitude=107.6)
    item = make_item(program, venue=venue)
    make_release(program)

    links = dict(read(client, item, "/id").links())

    assert "geo:-6.90000,107.60000?q=-6.90000,107.60000(Hall%20%26%20%28Garden%29)" in links.values()
    address = "https://www.openstreetmap.org/?mlat=-6.90000&mlon=107.60000#map=16/-6.90000/107.60000"
    assert address in links.values()


@pytest.mark.parametrize(
    "status, sentence",
    [
        (Status.PLANNED, "Not yet confirmed. The organizers may still move it."),
        (Status.CANCELLED, "Cancelled. This does not take place."),
    ],
)
def test_item_says_in_words_that_it_is_not_certain(client, program, status, sentence):
    item = make_item(program, "Walk", status=status)
    make_release(program)

    assert sentence in read(client, item).main.text


def test_item_that_ends_on_another_day_says_when(client, program):
    item = make_item(program, "Night market", "22:00", "23:00")
    item.ends_at = at(25, "02:00", program.tz)
    item.save()
    make_release(program)

    assert read(client, item).texts("p", "big-t") == ["22:00 to 25 July, 02:00 WIB"]


def test_item_of_another_program_is_404(client, program):
    other = make_item(make_program("other-2019"), "Elsewhere")
    make_release(other.program)
    make_item(program)
    make_release(program)

    assert client.get(f"/other-2019/agenda/{other.pk}/").status_code == 200
    assert client.get(f"/ikm-2018/agenda/{other.pk}/").status_code == 404


def test_session_page_lists_materials_at_once(client, program):
    session = make_item(program, "Exports", kind=Kind.SESSION)
    make_release(program)
    before = read(client, session).main.text
    material = Material.objects.create(session=session, title="Slides", file="materials/slides.pdf")
    Material.objects.create(session=session, title="Reading list", link="https://example.org/list")

    page = read(client, session)

    assert "No materials yet." in before
    assert page.texts("li", within=page.one("ul", "rows")) == ["Slides PDF", "Reading list link"]
    assert ("Slides", f"/ikm-2018/materials/{material.pk}/") in page.links()
    assert "https://example.org/list" not in page.html


@pytest.mark.parametrize("count", [1, 3])
def test_session_page_query_count_does_not_grow(client, django_assert_num_queries, program, count):
    speakers = [make_speaker(program, f"Speaker {n}") for n in range(count)]
    session = make_item(program, kind=Kind.SESSION, speakers=speakers)
    for n in range(count):
        Material.objects.create(session=session, title=f"Part {n}", link="https://example.org/")
    make_release(program)
    address = f"/ikm-2018/agenda/{session.pk}/"

    with django_assert_num_queries(3):  # which release is current; that release; materials
        client.get(address)
    with django_assert_num_queries(2):  # which release is current; materials
        page = Page(client.get(address))

    assert len(page.texts("li", within=page.one("ul", "rows"))) == count


def test_visit_page_asks_for_no_materials(client, django_assert_num_queries, program):
    visit = make_item(program)
    make_release(program)

    with django_assert_num_queries(2):
        page = read(client, visit)

    assert "Materials" not in page.main.text


@pytest.mark.parametrize(
    "clock, told",
    [("09:59", "10:00 to 11:00 WIB"), ("10:00", "10:00 to 11:00 WIB Now"), ("11:00", "10:00 to 11:00 WIB")],
)
def test_item_says_when_it_is_on(client, program, set_clock, clock, told):
    item = make_item(program)
    make_release(program)
    set_clock(at(24, clock, program.tz))

    assert read(client, item).texts("p", "big-t") == [told]
