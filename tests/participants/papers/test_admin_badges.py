"""The pages of the admin that print, reissue and revoke badges."""

import pytest
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext

from participants.models import Badge, Participant
from participants.papers import badges
from program import clock
from tests import codes
from tests.makers import at, make_program
from tests.participants.admin import LIST, act
from tests.participants.people.makers import make_participant
from tests.reading import Page

from .badging import make_days
from .documents import Document

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon(set_clock, program):
    """It is noon of 24 July."""
    set_clock(at(24, "12:00", program.tz))


@pytest.fixture
def agenda(program):
    return make_days(program)


def address(thing, page=""):
    place = f"badges/{thing.pk}/" if not isinstance(thing, Participant) else f"{thing.pk}/badge/{page}"
    return LIST + place


def test_staff_print_the_badges_that_are_missing(client, program, agenda, staff):
    has, misses = (make_participant(program, name=name) for name in ("Has one", "Has none"))
    make_participant(program, name="Not confirmed", status="accepted")
    badges.issue([has])
    page = client.get(address(program))

    assert "2 people are confirmed. 1 has no badge yet." in Page(page).one("div", id="content").text
    response = client.post(address(program), {"who": "new", "sides": "front"})

    assert response["Content-Type"] == "application/pdf"
    assert "no-store" in response["Cache-Control"]
    document = Document(response.content)
    assert (len(document.pages), "Has none" in document.text) == (1, True)
    assert "Has one" not in document.text
    assert "Not confirmed" not in document.text
    assert badges.find(misses.badges.get().code)


def test_the_form_asks_for_both_sides_and_for_all_once_everybody_has_one(client, program, agenda, staff):
    badges.issue([make_participant(program), make_participant(program)])
    page = client.get(address(program))
    sent = {"who": ["all"], "sides": ["both"]}
    asked = {
        field.attributes["name"]: [field.attributes["value"]]
        for field in Page(page).all("input", type="radio")
        if "checked" in field.attributes
    }

    assert asked == sent
    assert len(Document(client.post(address(program), sent).content).pages) == 2


def test_a_group_is_printed_alone(client, program, agenda, staff):
    make_participant(program, name="Amal", group=agenda[0])
    make_participant(program, name="Bina", group=agenda[1])

    response = client.post(address(program), {"who": str(agenda[1].pk), "sides": "front"})

    assert Document(response.content).found("Amal|Bina") == [["Bina"]]


def test_the_code_on_paper_has_the_address_of_the_portal(client, program, agenda, staff):
    person = make_participant(program)
    assert "The QR codes lead to http://testserver/b/…/ " in client.get(address(program)).content.decode()

    response = client.post(
        "/id" + address(program), {"who": "all", "sides": "front"}, headers={"host": "testserver"}
    )

    code = person.badges.get().code
    assert codes.on_page(response.content) == [f"http://testserver/b/{code}/"]
    assert client.get(f"/b/{code}/").status_code == 200


def test_those_ticked_in_the_list_are_printed(client, program, agenda, staff):
    people = [make_participant(program, name=name) for name in ("Amal", "Bina", "Cita")]
    away = make_participant(program, name="Dewi", status="withdrawn")

    asked = act(client, "print_action", [people[0], people[2], away])
    form = Page(asked).all("form", action=address(program))[0]
    data = {
        "sides": "front",
        "person": [f.attributes["value"] for f in Page(asked).all("input", name="person")],
    }
    response = client.post(form.attributes["action"], data)

    assert "The badges of 2 people" in Page(asked).main.text
    assert Document(response.content).found("Amal|Bina|Cita|Dewi") == [["Amal", "Cita"]]


def test_nobody_to_print_is_said(client, program, agenda, staff):
    make_participant(program, status="accepted")

    response = client.post(address(program), {"who": "all", "sides": "front"})

    assert "There is no badge to print" in response.content.decode()


def test_before_the_first_release_there_is_no_badge(client, program, staff):
    make_participant(program)

    assert "publish the agenda first" in client.get(address(program)).content.decode()
    client.post(address(program), {"who": "all", "sides": "front"})

    assert Badge.objects.count() == 0


def test_an_organizer_reissues_a_lost_badge_after_a_question(client, program, agenda, organizer):
    person = make_participant(program)
    old = badges.issue([person])[person.pk].code
    page = Page(client.get(address(person)))
    asked = client.get(dict(page.links())["New badge…"])

    assert badges.find(old)
    assert "stops working at once" in asked.content.decode()
    client.post(address(person, "new/"))

    assert badges.find(old) is None
    new = person.badges.get(revoked_at=None).code
    assert badges.find(new)
    assert client.get(f"/b/{old}/").status_code == 404
    assert client.get(f"/b/{new}/").status_code == 200
    shown = Page(client.get(address(person))).texts("ul", "names")
    assert "valid" in shown[0] and "revoked on Tuesday 24 July 2018, 12:00 WIB" in shown[0]
    assert LogEntry.objects.get().get_change_message() == "Badge reissued."


def test_an_organizer_revokes_a_badge(client, program, agenda, organizer):
    person = make_participant(program)
    code = badges.issue([person])[person.pk].code
    client.get(address(person, "revoke/"))
    assert badges.find(code)

    client.post(address(person, "revoke/"))

    assert badges.find(code) is None
    assert "Has no valid badge." in client.get(address(person)).content.decode()


def test_staff_print_one_badge_but_take_none_back(client, program, agenda, staff):
    person = make_participant(program)
    badges.issue([person])
    page = client.get(address(person))

    assert "New badge…" not in dict(Page(page).links())
    assert client.post(address(person, "new/")).status_code == 403
    assert client.post(address(person, "revoke/")).status_code == 403
    assert badges.find(person.badges.get().code)
    data = {"sides": "front", "person": [person.pk]}
    assert len(codes.on_page(client.post(address(program), data).content)) == 1


def test_who_withdrew_gets_no_new_badge(client, program, agenda, organizer):
    person = make_participant(program, status="withdrawn")

    client.post(address(person, "new/"))

    assert "Only confirmed people get a new badge" in client.get(address(person)).content.decode()
    assert Badge.objects.count() == 0


def test_who_is_erased_has_no_badge(client, program, agenda, organizer):
    person = make_participant(program, name="Erased person", erased_at=clock.now())
    make_participant(program, name="Amal")

    response = client.post(address(program), {"who": "all", "sides": "front", "person": []})

    assert Document(response.content).found("Amal|Erased") == [["Amal"]]
    assert client.get(address(person)).status_code == 404
    assert client.post(address(person, "new/")).status_code == 404
    assert not person.badges.exists()


def test_the_list_and_the_person_lead_to_the_badges(client, program, agenda, organizer):
    person = make_participant(program)

    assert address(program) in [link for _text, link in Page(client.get(LIST)).links()]
    assert address(person) in [link for _text, link in Page(client.get(f"{LIST}{person.pk}/change/")).links()]


def test_a_badge_of_another_program_is_not_printed(client, program, agenda, staff):
    other = make_participant(make_program(slug="other"), name="Elsewhere")
    make_participant(program, name="Here")

    response = client.post(address(program), {"sides": "front", "who": "all", "person": [other.pk]})

    assert response["Content-Type"].startswith("text/html")
    assert Badge.objects.count() == 0


def test_the_number_of_queries_does_not_grow(client, program, agenda, staff):
    counts = []
    client.get(address(program))  # reads the release
    for _number in range(3):
        make_participant(program, group=agenda[0])
        with CaptureQueriesContext(connection) as found:
            client.post(address(program), {"who": "all", "sides": "both"})
        counts.append(len(found))

    assert counts[0] == counts[2]
