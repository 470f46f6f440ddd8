"""Announcements in the admin: short to write, in the program's time, over when one says so."""

from datetime import timedelta

import pytest
from django.utils import timezone

from participants.models import Announcement
from tests.forms import save
from tests.makers import at, make_group, make_organizer, make_program, make_release, make_user
from tests.participants.people.makers import make_participant
from tests.reading import Page

from .makers import make_announcement

pytestmark = pytest.mark.django_db
LIST = "/admin/participants/announcement/"
ADD = f"{LIST}add/"


@pytest.fixture
def program(set_clock):
    program = make_program()
    set_clock(at(24, "10:52", program.tz))
    return program


@pytest.fixture
def organizer(client, program):
    user = make_organizer(first_name="Sample", last_name="Organizer")
    client.force_login(user)
    return user


def write(client, address=ADD, **fields):
    data = {"text": "The bus leaves from the back gate.", "expires_at": "2018-07-24T23:59"}
    return client.post(address, data | fields, follow=True)


def errors(response):
    return Page(response).texts("ul", "errorlist")


def test_form_is_short_and_offers_the_end_of_today(client, organizer):
    page = Page(client.get(ADD))

    until = page.one("input", name="expires_at")
    assert until.attributes["value"] == "2018-07-24T23:59"
    assert until.attributes["type"] == "datetime-local"
    assert "In WIB, the time of the program." in page.main.text
    named = [
        node.attributes["name"]
        for node in page.all("input") + page.all("select")
        if "name" in node.attributes
    ]
    assert {
        name for name in named if not name.startswith(("csrf", "_", "next", "theme", "language", "form_"))
    } == {*("program", "text", "local_text", "group", "expires_at")}


@pytest.mark.parametrize("model", ["announcement", "retentionpolicy", "letterheadsettings", "signatory"])
def test_nothing_beside_a_choice_leads_away_from_the_form(client, organizer, model):
    page = client.get(f"/admin/participants/{model}/add/").content.decode()

    assert "<select" in page or 'name="program"' in page
    assert "related-widget-wrapper" not in page


def test_in_the_last_hour_of_a_day_it_offers_the_next(client, organizer, program, set_clock):
    set_clock(at(24, "23:10", program.tz))

    until = Page(client.get(ADD)).one("input", name="expires_at")

    assert until.attributes["value"] == "2018-07-25T23:59"


def test_it_is_read_at_once_until_the_end_of_the_day(client, organizer, program, set_clock):
    make_release(program)
    reader = make_participant(program, user=True, seen_release=1)

    write(client)

    announcement = Announcement.objects.get()
    assert announcement.starts_at == at(24, "10:52", program.tz)
    assert announcement.expires_at == at(24, "23:59", program.tz)
    assert announcement.author == organizer
    client.force_login(reader.user)
    set_clock(at(24, "10:53", program.tz))
    assert "The bus leaves from the back gate." in client.get("/ikm-2018/me/").content.decode()


def test_only_groups_of_the_program_are_offered(client, organizer, program):
    mine = make_group(program, "A")
    theirs = make_group(make_program(slug="other"), "Elsewhere")

    options = Page(client.get(ADD)).texts("option")
    response = write(client, group=theirs.pk)

    assert options == ["Everybody", "A"]
    assert "Select a valid choice. That choice is not one of the available choices." in errors(response)
    write(client, group=mine.pk)
    assert Announcement.objects.get().group == mine


def test_it_must_not_be_over_already(client, organizer):
    response = write(client, expires_at="2018-07-24T10:52")

    assert errors(response) == ["Choose a later time: this one has passed."]
    assert not Announcement.objects.exists()


def test_the_same_words_sent_twice_are_shown_once(client, organizer):
    write(client)

    response = write(client)

    assert errors(response) == ["This announcement is already shown."]
    assert Announcement.objects.count() == 1


def test_form_and_list_name_the_program_where_there_are_several(client, organizer, program):
    other = make_program(slug="other", short_title="Other industry")
    make_announcement(program)

    assert "Other industry" in Page(client.get(f"{ADD}?program={other.pk}")).main.text
    assert "Small industry" in Page(client.get(LIST)).main.text


def test_it_is_of_the_program_of_the_address(client, organizer, program):
    other = make_program(slug="other", timezone="Asia/Kathmandu")

    write(client, f"{ADD}?program={other.pk}", program=other.pk)

    announcement = Announcement.objects.get()
    assert announcement.program == other
    assert announcement.expires_at == at(24, "23:59", other.tz)


def test_edited_text_is_shown_and_the_start_stays(client, organizer, program):
    announcement = make_announcement(program, author=organizer)

    page = Page(client.get(f"{LIST}{announcement.pk}/change/"))
    save(client, announcement, text="The front gate after all.", expires_at="2018-07-24T13:00")

    assert page.one("input", name="expires_at").attributes["value"] == "2018-07-24T12:00"
    announcement.refresh_from_db()
    assert announcement.text == "The front gate after all."
    assert announcement.starts_at == at(24, "10:00", program.tz)
    assert announcement.expires_at == at(24, "13:00", program.tz)


def test_it_stops_at_once(client, organizer, program):
    shown = make_announcement(program)
    over = make_announcement(program, end="10:30")

    data = {"action": "stop", "_selected_action": [shown.pk, over.pk]}
    response = client.post(LIST, data, follow=True)

    assert "1 announcement is over now." in Page(response).one("ul", "messagelist").text
    assert not Announcement.objects.current(program, None, at(24, "10:52", program.tz)).exists()
    over.refresh_from_db()
    assert over.expires_at == at(24, "10:30", program.tz)


def test_list_says_what_is_shown_and_to_whom(client, organizer, program):
    make_announcement(program, group=make_group(program, "B"), author=organizer)
    make_announcement(program, end="10:30")

    rows = Page(client.get(LIST)).texts("tr")

    assert any("Group B" in row and "Now, until 24 Jul 2018, 12:00 WIB" in row for row in rows)
    assert any("Everybody" in row and "Until 24 Jul 2018, 10:30 WIB: ended" in row for row in rows)


def test_staff_may_write_and_participants_may_not(client, program):
    client.force_login(make_user(role="Staff"))
    assert client.get(ADD).status_code == 200
    client.force_login(make_participant(program, user=True).user)
    assert client.get(ADD).status_code in (302, 403)


def test_without_a_program_nothing_can_be_announced(client, set_clock):
    set_clock(timezone.now() + timedelta(days=1))
    client.force_login(make_user(is_staff=True, is_superuser=True))  # nobody else gets here then

    page = client.get(ADD, follow=True)

    assert page.redirect_chain == [("/admin/program/program/", 302)]
    assert "There is no program yet: add it first." in page.content.decode()
    assert client.get(LIST).status_code == 200
