"""Shifting, cancelling and deleting say what they would break: a full machine, a bus nobody replaces."""

import pytest

from program.agenda.kinds import Kind, Status
from tests.forms import save, url
from tests.makers import make_group, make_item, make_organizer, make_program, make_venue
from tests.reading import Page

pytestmark = pytest.mark.django_db
LIST = "/admin/program/agendaitem/"
SHIFT = "/admin/program/program/shift/"
NO_BUS = "No transfer from Hotel to Foundry between “Breakfast” and “Visit of the foundry”"


@pytest.fixture
def program():
    return make_program()


@pytest.fixture(autouse=True)
def organizer(client):
    user = make_organizer()
    client.force_login(user)
    return user


@pytest.fixture
def bus(program):
    """Between two places of one city, 2.2 km apart."""
    hotel = make_venue(program, "Hotel", latitude=-6.90, longitude=107.60)
    foundry = make_venue(program, "Foundry", latitude=-6.92, longitude=107.60)
    make_item(program, "Breakfast", "07:00", "08:00", kind=Kind.MEAL, venue=hotel)
    make_item(program, "Visit of the foundry", "09:00", "10:00", venue=foundry)
    return make_item(
        program, "Bus", "08:00", "08:40", kind=Kind.TRAVEL, venue=hotel, destination=foundry, vehicle="Bus 1"
    )


def said(response):
    return [str(message) for message in response.context["messages"]]


def test_shifting_one_group_tells_that_both_then_stand_at_one_machine(client, program):
    hall = make_venue(program, "Hall")
    a, b = make_group(program, "A"), make_group(program, "B")
    machine = {"kind": Kind.WORKSHOP, "venue": hall, "capacity": 12}
    first = make_item(program, "Trying the CNC machine", "10:00", "11:00", groups=[a], **machine)
    make_item(program, "Trying the CNC machine", "11:00", "12:00", groups=[b], **machine)

    page = client.get(SHIFT, {"item": first.pk, "group": a.pk, "minutes": "30"})

    (made,) = page.context["made"]
    assert (made.code, made.counts) == ("too-many-at-once", (12, 20))
    text = Page(page).root.text
    assert "This would cause 1 new conflict" in text
    assert "20 people are at “Trying the CNC machine” at once, which has space for 12 people" in text
    assert "Let them come one after the other, or choose another place." in text


def test_cancelling_a_bus_inside_a_city_in_the_list_warns(client, bus):
    data = {"action": "cancel", "_selected_action": [bus.pk], "index": 0}

    messages = said(client.post(LIST, data, follow=True))

    assert [NO_BUS in message for message in messages] == [False, True]
    assert "Add a transfer, or confirm the one that is cancelled" in messages[1]


def test_cancelling_a_bus_in_its_form_warns(client, bus):
    response = save(client, bus, status=Status.CANCELLED)

    assert [message for message in said(response) if NO_BUS in message] != []


def test_cancelling_what_nobody_misses_warns_of_nothing(client, program):
    visit = make_item(program, "Visit", venue=make_venue(program))
    data = {"action": "cancel", "_selected_action": [visit.pk], "index": 0}

    assert len(said(client.post(LIST, data, follow=True))) == 1


def test_the_question_before_deleting_a_bus_warns(client, bus):
    page = client.get(url(bus, "delete"))

    assert NO_BUS in Page(page).one("section", "findings").text
    client.post(url(bus, "delete"), {"post": "yes"})
    assert not type(bus).objects.exists()
