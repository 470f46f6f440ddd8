"""Somebody asked to be erased: organizers see it until it is done, also when the mail went unread."""

import pytest

from participants.privacy import asking
from participants.privacy.erasing import erase
from tests.makers import at
from tests.participants.admin import LIST
from tests.participants.people.makers import make_participant
from tests.reading import Page

pytestmark = pytest.mark.django_db


def test_request_stands_on_the_start_page_and_on_the_persons_page(client, program, organizer, set_clock):
    set_clock(at(30, "20:00", program.tz))
    person = make_participant(program, name="Sample Leaver", user=True)
    make_participant(program, name="Sample Stayer", user=True)
    assert "asks to be erased" not in Page(client.get("/admin/")).main.text

    asking.ask(person, "https://example.org", person.user)

    start = Page(client.get("/admin/")).main.text
    assert "Sample Leaver asks to be erased" in start
    assert "Stayer" not in start
    own = Page(client.get(f"{LIST}{person.pk}/change/")).main.text
    assert "Asked on Monday 30 July 2018 to be erased." in own

    set_clock(at(31, "20:00", program.tz))
    erase(person)
    assert "asks to be erased" not in Page(client.get("/admin/")).main.text
