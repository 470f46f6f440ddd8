"""The program an organizer works in stays chosen from page to page; editions of one name are told apart."""

from datetime import date

import pytest

from tests.forms import fill, url
from tests.makers import at, make_item, make_organizer, make_program, make_user, make_venue
from tests.participants.people.makers import make_participant
from tests.reading import Page

pytestmark = pytest.mark.django_db
LISTS = [
    *("program/agendaitem/?day=", "program/venue/", "program/organization/", "program/group/"),
    *("classroom/speaker/", "participants/participant/", "program/release/", "program/operation/"),
    *("team/membership/", "participants/announcement/"),
]


@pytest.fixture
def ended(set_clock):
    program = make_program("ikm-2018")
    set_clock(at(24, "10:00", program.tz).replace(year=2019))
    return program


@pytest.fixture
def coming(ended):
    return make_program("ikm-2019", starts_on=date(2019, 7, 20), ends_on=date(2019, 7, 30))


@pytest.fixture(autouse=True)
def organizer(client, ended, coming):
    user = make_organizer()
    client.force_login(user)
    return user


def head(client, address):
    return Page(client.get(f"/admin/{address}", follow=True)).one("p", "works-on").text


@pytest.mark.parametrize("address", ["", *LISTS])
def test_program_that_was_chosen_stays_chosen_also_after_it_ended(client, ended, address):
    assert head(client, address) == "Small industry 20–30 July 2019"

    client.get(f"/admin/program/venue/?program={ended.pk}")

    assert head(client, address) == "Small industry 18–30 July 2018"


@pytest.mark.parametrize("kind", ["item", "venue", "program"])
def test_page_of_one_thing_chooses_its_program(client, ended, kind):
    thing = {"item": make_item, "venue": make_venue, "program": lambda program: program}[kind](ended)

    page = Page(client.get(url(thing)))

    assert page.one("p", "works-on").text == "Small industry 18–30 July 2018"
    assert head(client, "program/venue/") == "Small industry 18–30 July 2018"


@pytest.mark.parametrize(
    ("address", "form"),
    [
        ("program/venue/add/", "venue_form"),
        ("visits/visit/add/", "visit_form"),
        ("classroom/speaker/add/", "speaker_form"),
        ("participants/participant/add/", "participant_form"),
        ("participants/announcement/add/", "announcement_form"),
    ],
)
def test_what_is_added_belongs_to_the_chosen_program(client, ended, address, form):
    client.get(f"/admin/program/venue/?program={ended.pk}")

    assert fill(client.get(f"/admin/{address}"), form)["program"] == [str(ended.pk)]


def test_list_without_a_program_in_its_address_shows_the_chosen_one(client, ended, coming):
    make_venue(ended, "Old hall")
    make_venue(coming, "New hall")
    client.get(f"/admin/program/group/?program={ended.pk}")

    text = Page(client.get("/admin/program/venue/")).one("table", id="result_list").text

    assert "Old hall" in text and "New hall" not in text


def test_who_lost_the_program_gets_the_default_one(client, ended, coming, organizer):
    client.get(f"/admin/program/venue/?program={ended.pk}")
    ended.memberships.filter(user=organizer).delete()

    assert head(client, "program/venue/") == "Small industry 20–30 July 2019"


def test_start_page_shows_the_chosen_program_though_it_has_ended(client, ended):
    client.get(f"/admin/program/venue/?program={ended.pk}")

    assert "Small industry 2018" in Page(client.get("/admin/")).main.text


def test_editions_of_one_name_are_told_apart_where_one_is_chosen(client, ended, coming):
    page = Page(client.get("/admin/program/agendaitem/?day="))

    offered = page.texts("option", within=page.one("select", name="program"))
    assert offered == ["Small industry 2019", "Small industry 2018"]


def test_year_is_said_once():
    assert str(make_program("x", short_title="IKM 2018")) == "IKM 2018"


def test_places_after_signing_in_are_told_apart(client, ended, coming, set_clock):
    set_clock(at(24, "10:00", ended.tz).replace(year=2020))
    user = make_user()
    for program in (ended, coming):
        make_participant(program, user=user)
    client.force_login(user)

    text = Page(client.get("/account/welcome/")).main.text

    assert "Small industry 2018" in text and "Small industry 2019" in text
