"""A program gets another address: what was printed under the old one goes on working."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from icalendar import Calendar

from program.drafting.copying import copy_program
from program.models import FormerAddress, Program
from program.models.operation import new_token
from tests.forms import save
from tests.makers import make_item, make_organizer, make_program, make_release
from tests.reading import Page

pytestmark = pytest.mark.django_db
DAY = date(2019, 7, 17)


@pytest.fixture
def program():
    program = make_program()
    make_item(program, "Factory")
    make_release(program)
    return program


@pytest.fixture
def moved(client, program):
    """The program after an organizer gave it the address industry-2018."""
    client.force_login(make_organizer())
    said = save(client, program, slug="industry-2018")
    assert "/ikm-2018/ leads to /industry-2018/ from now on" in Page(said).main.text
    client.logout()
    program.refresh_from_db()
    assert program.slug == "industry-2018"
    return program


@pytest.mark.parametrize(
    "page",
    [
        *("/", "/agenda/", "/agenda/2018-07-24/", "/venues/"),
        *("/agenda.ics", "/agenda.json", "/me.ics", "/sitemap.xml"),
    ],
)
def test_page_and_feed_of_before_lead_to_those_of_now(client, moved, page):
    answer = client.get(f"/ikm-2018{page}", {"token": "x"})

    assert (answer.status_code, answer.url) == (301, f"/industry-2018{page}?token=x")


def test_address_in_indonesian_leads_to_the_indonesian_page(client, moved):
    assert client.get("/id/ikm-2018/agenda/").url == "/id/industry-2018/agenda/"


def test_page_at_the_end_of_the_way_is_there(client, moved):
    answer = client.get("/ikm-2018/agenda/", follow=True)

    assert answer.status_code == 200
    assert "Factory" in Page(answer).main.text


def test_form_on_a_page_that_is_still_open_is_sent_on(client, moved):
    client.force_login(make_organizer())

    answer = client.post("/ikm-2018/attendance/1/mark/", {"person": 1})

    assert (answer.status_code, answer.url) == (308, "/industry-2018/attendance/1/mark/")


def test_every_address_it_ever_had_leads_to_the_newest(client, moved):
    client.force_login(make_organizer())
    save(client, moved, slug="sme-2018")

    assert client.get("/ikm-2018/agenda/").url == "/sme-2018/agenda/"
    assert client.get("/industry-2018/agenda/").url == "/sme-2018/agenda/"


def test_going_back_to_an_earlier_address_makes_no_circle(client, moved):
    client.force_login(make_organizer())
    save(client, moved, slug="ikm-2018")

    assert client.get("/ikm-2018/agenda/").status_code == 200
    assert client.get("/industry-2018/agenda/").url == "/ikm-2018/agenda/"


def test_calendar_knows_its_entries_again_after_the_next_release(client, moved, program):
    item = program.items.get()

    make_release(moved)

    feed = Calendar.from_ical(client.get("/industry-2018/agenda.ics").content)
    assert [str(event["uid"]) for event in feed.walk("VEVENT")] == [f"item-{item.pk}@ikm-2018.portal"]


def test_another_program_cannot_take_an_address_that_was_used(client, moved):
    client.force_login(make_organizer())
    other = make_program("other")

    answer = save(client, other, slug="ikm-2018")

    assert "Another program had this address" in Page(answer).main.text
    other.refresh_from_db()
    assert other.slug == "other"
    with pytest.raises(ValidationError, match="Another program had this address"):
        Program(slug="ikm-2018", title="N", short_title="N", starts_on=DAY, ends_on=DAY).full_clean()


def test_of_a_program_that_nobody_may_see_the_old_address_tells_nothing(client, moved):
    Program.objects.update(published=False)

    assert client.get("/ikm-2018/agenda/").status_code == 404


def test_an_address_that_nobody_ever_had_is_not_found(client, moved):
    assert client.get("/ikm-2017/agenda/").status_code == 404


def test_saving_without_another_address_keeps_none(client, program):
    client.force_login(make_organizer())

    save(client, program, theme="Textile")

    assert not FormerAddress.objects.exists()


def test_a_copy_has_no_address_of_its_original(program):
    FormerAddress.objects.keep(program, "before")

    new = copy_program(program, slug="n", title="N", short_title="N", starts_on=DAY, token=new_token())

    assert not new.former_addresses.exists()
