"""One's own flights, pick-ups, room and room-mate on My schedule: on the days that need them."""

import pytest
from django.core.cache import caches

from program.agenda.kinds import Kind
from tests.makers import at, make_item, make_release, make_venue
from tests.participants.people.makers import make_participant
from tests.participants.travel.makers import make_travel_record
from tests.reading import Page

from .makers import make_announcement
from .my_schedule import ME, cards

pytestmark = pytest.mark.django_db


@pytest.fixture
def flying(me, program, visit_day):
    """The participant of ``me`` flies in on the 18th and home on the 30th, during "Departures"; their
    room-mate is in no directory, has no flights, and somebody else's room begins with the same digits."""
    hotel = make_venue(program, "Airport hotel")
    airport = make_venue(program, "Airport")
    make_item(
        *(program, "Departures", "12:00", "20:00"), day=30, kind=Kind.TRAVEL, venue=hotel, destination=airport
    )
    make_release(program)
    make_travel_record(
        me,
        arrival_flight="XX 101",
        arrives_at=at(18, "06:00", program.tz),
        arrival_pickup="Driver with a sign",
        departure_flight="XX 202",
        departs_at=at(30, "19:10", program.tz),
        pickup_at=at(30, "15:10", program.tz),
        departure_pickup="Minibus, lobby",
    )
    type(me).objects.filter(pk=me.pk).update(room="7a")
    make_participant(program, name="Room Mate", room=" 7A ")
    make_participant(program, name="Next Door", room="7")
    return me


def test_own_flight_and_minibus_come_first_on_the_day_one_leaves(flying, open_me_at):
    first, now, *_rest = cards(open_me_at("13:40", on=30))

    assert "Your flight XX 202 leaves at 19:10 WIB" in first
    assert "15:10 WIB in 1 h 30 min" in first
    assert "Your pick-up 15:10 WIB, Minibus, lobby" in first
    assert "Departures" in now
    assert "left" not in now  # not the hours that others still have

    page = open_me_at("13:40", on=30).content.decode()
    assert "Room Mate" not in page
    first, *_rest = cards(open_me_at("15:11", on=30))
    assert "in 3 h 59 min" in first


def test_departures_are_no_bus_to_somebody_whose_own_way_is_known(flying, open_me_at):
    texts = cards(open_me_at("11:40", on=30))

    assert "Your flight XX 202" in texts[0]
    assert not any("your bus" in text.casefold() for text in texts)


def test_on_the_first_day_who_waits_the_room_and_who_shares_it(flying, open_me_at):
    first, *_rest = cards(open_me_at("05:00", on=18))

    assert "Your flight XX 101 lands at 06:00 WIB" in first
    assert "You are met by Driver with a sign" in first
    assert "Your room 7a" in first
    assert "You share it with Room Mate" in first
    assert "Next Door" not in first

    first, *_rest = cards(open_me_at("19:00", on=18))
    assert "XX 101" not in first  # it landed long ago
    assert "Your room: 7a" in first


def test_nobody_else_reads_ones_travel(flying, client, program, open_me_at):
    open_me_at("13:40", on=30)
    other = make_participant(program, user=True, group=flying.group, seen_release=1)
    client.force_login(other.user)

    page = open_me_at("13:40", on=30).content.decode()

    assert "XX 202" not in page
    assert "Minibus, lobby" not in page


def test_on_other_days_a_whole_group_shares_its_page(
    flying, client, program, set_clock, open_me_at, django_assert_num_queries
):
    open_me_at("10:52")
    caches["pages"].clear()
    client.get(ME)
    other = make_participant(
        program, user=True, group=flying.group, seen_release=1, opened_release=9, room="9"
    )
    client.force_login(other.user)

    with django_assert_num_queries(3):  # session, user, standing: the page is kept
        response = client.get(ME)

    assert "XX 202" not in response.content.decode()


def test_without_a_network_the_pick_up_comes_with_the_day_before(flying, open_me_at):
    response = open_me_at("21:00", on=29)

    text = response.content.decode()
    later = text[text.index('data-part="later"') :]
    assert "Your flight XX 202 leaves at 19:10" in later
    assert "Minibus, lobby" in later


def test_sheet_to_keep_has_name_flights_and_what_to_bring(flying, program, client, set_clock):
    make_announcement(program, text="Bus at the back gate", start="09:00", day=24)
    set_clock(at(24, "09:30", program.tz))

    response = client.get(f"{ME}print/")
    sheet = Page(response).one("div", "paper-sheet").text

    assert sheet.startswith(f"{flying.name} , group B")
    assert "Your flight XX 202 leaves at 19:10 WIB , Monday 30 July" in sheet
    assert "Your pick-up: 15:10 WIB, Minibus, lobby" in sheet
    assert "Your room: 7a · You share it with Room Mate" in sheet
    assert "Announcement: Bus at the back gate" in sheet
    assert "Bring: Your badge" in sheet
    assert "Workshop" not in sheet  # of the other group
    assert response.content.count(b'aria-label="QR code of My schedule"') == 1
