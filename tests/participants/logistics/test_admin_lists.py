import pytest

from participants.models import Participant, TravelReading
from program.agenda.kinds import Kind
from tests.makers import at, make_group, make_item, make_release
from tests.participants.admin import LIST, sign_in_staff, text_of
from tests.participants.people.makers import make_participant
from tests.participants.travel.makers import make_travel_record

pytestmark = pytest.mark.django_db
Status = Participant.Status


def test_lists_are_there_for_staff_and_leave_out_who_withdrew(client, program):
    group = make_group(program, "A")
    make_participant(program, name="Comes", diet="vegan", diet_note="No nuts", room="7", group=group)
    make_participant(program, name="Gone", diet_note="SENTINEL", room="7", status=Status.WITHDRAWN)
    make_item(program, "Lunch", "12:00", "13:00", kind=Kind.MEAL)
    make_release(program)
    sign_in_staff(client)

    pages = {
        name: text_of(client.get(f"{LIST}lists/{program.pk}/{name}/"))
        for name in ("meals", "rooms", "countries")
    }

    assert "Comes A Vegan No nuts" in pages["meals"]
    assert "Tuesday 24 July 2018 12:00–13:00 WIB Lunch 0 0 0 1 0 0 1" in pages["meals"]
    assert "7 Comes Nepal A" in pages["rooms"]
    assert "Comes" in pages["countries"]
    assert all("Gone" not in text and "SENTINEL" not in text for text in pages.values())
    assert all("WIB" in text for text in pages.values())
    index = text_of(client.get(f"{LIST}lists/{program.pk}/"))
    assert "Rooms" in index
    assert "Arrivals" not in index


def test_meals_before_the_first_release(client, program, organizer):
    make_participant(program)

    assert "not published yet" in text_of(client.get(f"{LIST}lists/{program.pk}/meals/"))


def test_arrivals_are_opened_by_a_post_and_written_down(client, program, organizer):
    told = make_participant(program, name="Told", phone="+62 1")
    make_travel_record(told, arrives_at=at(18, "14:05", program.tz), arrival_flight="XY 1")
    make_participant(program, name="Untold")

    assert client.get(f"{LIST}lists/{program.pk}/travel/").status_code == 405
    response = client.post(f"{LIST}lists/{program.pk}/travel/")
    text = text_of(response)

    assert 'href="tel:+621"' in response.content.decode()
    assert "Wednesday 18 July 2018 14:05 WIB XY 1 Told Nepal +62 1" in text
    assert "1 person has not entered it: Untold" in text
    assert TravelReading.objects.get().where == "list"
