"""The demo's sample people, and that looking around as one of them exists in the demo only."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.test import Client

from participants import demo
from participants.models import Participant, TravelRecord
from tests.demo import load_demo, load_people
from tests.makers import make_program

from .makers import make_participant

pytestmark = pytest.mark.django_db
LOOK_AROUND = "/account/look-around/"


@pytest.fixture
def loaded():
    """The demo's program with its people."""
    program = load_demo()
    load_people(program)
    return program


@pytest.fixture
def in_demo(settings):
    settings.DEMO = True


def test_people_are_two_of_each_country_one_in_each_group(loaded):
    people = list(Participant.objects.select_related("group"))

    assert len(people) == loaded.seats == 20
    assert sorted((person.country, person.group.name) for person in people) == sorted(
        (country, group) for country in loaded.countries.split() for group in "AB"
    )
    assert {person.status for person in people} == {"confirmed"}
    assert all(person.name.startswith("Sample Participant ") for person in people)
    assert not any(person.photo for person in people)
    assert TravelRecord.objects.count() == 20


def test_the_office_works_on_the_program(loaded):
    team = loaded.memberships.values_list("user__email", "role", "user__is_staff")

    assert sorted(team) == [
        ("organizer@example.org", "organizer", True),
        ("staff@example.org", "staff", True),
    ]


def test_people_can_be_loaded_again_and_keep_what_was_edited(loaded):
    Participant.objects.filter(email="participant-05@example.org").update(bio="Edited")

    demo.load_people(loaded)

    assert Participant.objects.count() == 20
    assert Participant.objects.get(email="participant-05@example.org").bio == "Edited"


@pytest.mark.parametrize(
    ("role", "address", "place"),
    [
        ("participant-a", "participant-05@example.org", "/ikm-2018/me/"),
        ("participant-b", "participant-06@example.org", "/ikm-2018/me/"),
        ("staff", "staff@example.org", "/ikm-2018/attendance/"),
        ("organizer", "organizer@example.org", "/admin/"),
    ],
)
def test_demo_lets_one_look_around(in_demo, loaded, client, role, address, place):
    response = client.post(LOOK_AROUND, {"role": role})

    assert response.url == "/account/welcome/"
    assert client.get("/account/welcome/").url == place
    assert client.get("/account/sessions/").wsgi_request.user.email == address


def test_groups_of_the_two_participants_differ(loaded):
    groups = [demo.account_of(f"participant-{letter}").participations.get().group.name for letter in "ab"]

    assert groups == ["A", "B"]


def test_look_around_takes_no_other_person(in_demo, loaded, client):
    make_participant(make_program(slug="real"), email="real@example.org", user=True)

    for role in ("real@example.org", "participant-07@example.org", "", "boss"):
        assert client.post(LOOK_AROUND, {"role": role}).status_code == 404
    assert client.get(LOOK_AROUND, {"role": "staff"}).status_code == 404
    assert "_auth_user_id" not in client.session


def test_look_around_needs_the_token_of_the_page(in_demo, loaded):
    assert Client(enforce_csrf_checks=True).post(LOOK_AROUND, {"role": "staff"}).status_code == 403


def test_sign_in_page_of_the_demo_offers_to_look_around(in_demo, client):
    page = client.get("/account/login/").content.decode()

    assert [f'value="{role}"' in page for role, _text in demo.ROLES] == [True] * 4


def test_outside_the_demo_there_is_no_such_address_and_no_button(loaded, client):
    page = client.get("/account/login/").content.decode()

    assert "look-around" not in page
    assert "look around" not in page
    for role, _text in demo.ROLES:
        assert client.post(LOOK_AROUND, {"role": role}).status_code == 404
        assert client.get(LOOK_AROUND, {"role": role}).status_code == 404
    assert "_auth_user_id" not in client.session


def start(**environment):
    """What the portal says when it starts with these settings; nothing when all is well."""
    process = subprocess.run(
        [sys.executable, "-c", "import program.settings"],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "PORTAL_DATA_DIR": str(settings.DATA_DIR)} | environment,
        capture_output=True,
        text=True,
    )
    return process.stderr.strip().splitlines()[-1] if process.returncode else ""


def test_demo_cannot_be_on_where_the_portal_is_in_earnest():
    assert start(PORTAL_DEMO="True", PORTAL_HTTPS="False") == ""
    assert "PORTAL_DEMO lets everybody in as anybody" in start(PORTAL_DEMO="True", PORTAL_HTTPS="True")
    assert "PORTAL_DEMO lets everybody in as anybody" in start(PORTAL_DEMO="True")
    assert start() == ""
