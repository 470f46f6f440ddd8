"""The last day of a program west of UTC: the date there is not the date in UTC any more."""

from datetime import date

import pytest

from program.drafting.drafts import default_program
from program.models import Program
from tests.makers import at, make_organizer, make_program, make_user
from tests.participants.people.makers import make_participant
from tests.reading import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def running(set_clock):
    """A program in Suriname; it is 22:00 on its last day there, and the next day in UTC."""
    program = make_program(timezone="America/Paramaribo", short_title="Paramaribo")
    set_clock(at(30, "22:00", program.tz))
    return program


@pytest.fixture
def later():
    return make_program(
        "later", short_title="Later", starts_on=date(2018, 9, 1), ends_on=date(2018, 9, 9), published=False
    )


def test_organizers_still_work_on_it(running, later):
    assert default_program(Program.objects.all()) == running


def test_start_page_of_the_admin_still_names_it(client, running, later):
    client.force_login(make_organizer())

    assert "Paramaribo" in Page(client.get("/admin/")).main.text


def test_participant_who_signs_in_is_led_to_it(client, running):
    over = make_program("over", starts_on=date(2017, 7, 1), ends_on=date(2017, 7, 9))
    user = make_user("amal@example.org")
    for program in (running, over):
        make_participant(program, user=user, email=user.username)
    client.force_login(user)

    assert client.get("/account/welcome/")["Location"] == "/ikm-2018/me/"


def test_staff_are_led_to_it(client, running):
    make_program("east", starts_on=date(2018, 7, 1), ends_on=date(2018, 7, 31), timezone="Pacific/Kiritimati")
    client.force_login(make_user(role="Staff"))

    assert "Paramaribo" in Page(client.get("/account/welcome/")).main.text


def test_visitors_find_it_among_the_current_programs(client, running):
    assert client.get("/")["Location"] == "/ikm-2018/"
    assert "Current and upcoming" in Page(client.get("/programs/")).main.text
