"""The calendar of one's own items, and the address it is read at."""

from urllib.parse import parse_qs, urlsplit

import pytest

from participants.me import calendars
from participants.models import Participant
from tests.makers import make_program, make_release
from tests.reading import Page

from .my_schedule import ME

pytestmark = pytest.mark.django_db


def test_calendar_holds_own_items_and_says_what_is_cancelled(client, me, program, visit_day):
    visit_day["back"].status = "cancelled"
    visit_day["back"].save()
    make_release(program)
    link = Page(client.get(f"{ME}calendar/")).one("input", id="address").attributes["value"]
    client.logout()

    response = client.get(link)

    text = response.content.decode()
    assert response["Content-Type"].startswith("text/calendar")
    assert text.count("BEGIN:VEVENT") == 4
    assert "SUMMARY:Laboratory" in text and "SUMMARY:Workshop" not in text
    assert (text.count("SEQUENCE:1"), text.count("SEQUENCE:2")) == (3, 1)
    assert "STATUS:CANCELLED" in text
    assert "VALARM" not in text


def test_calendar_page_offers_the_three_calendars_people_use(client, me):
    page = Page(client.get(f"{ME}calendar/"))

    links = dict(page.links(page.main))
    address = page.one("input", id="address").attributes["value"]
    webcal = address.replace("http://", "webcal://")
    assert webcal.startswith("webcal://testserver/ikm-2018/me.ics?token=")
    assert links["Apple Calendar"] == webcal
    google, outlook = urlsplit(links["Google Calendar"]), urlsplit(links["Outlook"])
    assert (google.netloc, google.path) == ("calendar.google.com", "/calendar/r")
    assert parse_qs(google.query) == {"cid": [webcal]}
    assert (outlook.netloc, outlook.path) == ("outlook.office.com", "/calendar/0/addfromweb")
    assert parse_qs(outlook.query) == {"url": [address], "name": [me.program.short_title]}
    assert links["Download once (.ics)"] == address


def test_new_address_makes_the_old_one_void(client, me):
    old = calendars.token_of(me)

    client.post(f"{ME}calendar/new/")

    me.refresh_from_db()
    assert client.get("/ikm-2018/me.ics", {"token": old}).status_code == 404
    assert client.get("/ikm-2018/me.ics", {"token": calendars.token_of(me)}).status_code == 200


@pytest.mark.parametrize("token", ["", "x", "1-0", "1-0.x", "1-0.", "a.b.c", "\x00"])
def test_wrong_token_is_404(client, me, token):
    assert client.get("/ikm-2018/me.ics", {"token": token}).status_code == 404


def test_token_opens_no_other_program_and_nothing_of_who_withdrew(client, me, program):
    token = calendars.token_of(me)
    make_release(make_program(slug="other"))

    assert client.get("/other/me.ics", {"token": token}).status_code == 404
    Participant.objects.update(status="withdrawn")
    assert client.get("/ikm-2018/me.ics", {"token": token}).status_code == 404


def test_token_is_in_no_log(client, me, caplog):
    token = calendars.token_of(me) + "x"

    client.get("/ikm-2018/me.ics", {"token": token})

    assert "Not Found" in caplog.text
    assert token not in caplog.text
