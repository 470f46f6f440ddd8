"""An organizer copies an item to another time, and a whole program for its next edition."""

import re
from datetime import date

import pytest
from django.utils import timezone

from program.admin import copying
from program.agenda.kinds import Kind, Role, Status
from program.drafting.copying import find_program_copy
from program.models import AgendaItem, Program
from sessions.models import ClassroomSession
from tests.forms import fill
from tests.makers import (
    at,
    make_item,
    make_organization,
    make_organizer,
    make_program,
    make_speaker,
    make_user,
)
from tests.reading import Page
from visits.models import Visit

from .test_publishing import said, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def organizer(client):
    user = make_organizer()
    client.force_login(user)
    return user


def copy_url(thing):
    if isinstance(thing, Program):
        return f"/admin/program/program/{thing.pk}/copy/"
    return f"/admin/program/program/copy-item/{thing.pk}/"


def token_in(page):
    return re.search(r'name="token" value="(\w+)"', page.content.decode())[1]


def edition(page, **fields):
    """What an organizer fills in for the next edition."""
    return {
        "token": token_in(page),
        "slug": "ikm-2019",
        "title": "Next edition",
        "short_title": "Edition 2019",
        "starts_on": "2019-07-17",
    } | fields


def test_item_is_copied_to_the_day_and_time_of_the_program(client, organizer, program):
    session = make_item(
        program, "Talk", "10:00", "11:30", kind=Kind.SESSION, speakers=[make_speaker(program)]
    )
    page = client.get(copy_url(session))

    sent = {"token": token_in(page), "day": "2018-07-26", "time": "14:00"}
    answer = client.post(copy_url(session), sent, follow=True)

    copy = ClassroomSession.objects.exclude(pk=session.pk).get()
    assert copy.starts_at == at(26, "14:00", program.tz)
    assert copy.ends_at == at(26, "15:30", program.tz)
    assert copy.history.get().history_user == organizer
    assert answer.redirect_chain == [(f"/admin/classroom/classroomsession/{copy.pk}/change/", 302)]
    assert "“Talk” was copied to 26 Jul 2018, 14:00 WIB, with the status planned." in said(answer)[0]


def test_form_proposes_to_go_on_where_the_item_ends(client, program):
    visit = make_item(program, "Tour", "10:00", "11:00")

    page = client.get(copy_url(visit))

    assert 'value="11:00"' in page.content.decode()
    assert '<option value="2018-07-24" selected>' in page.content.decode()
    assert "It takes place 24 Jul 2018, 10:00 WIB." in text_of(page)


def test_a_second_press_leads_to_the_same_copy(client, program):
    visit = make_item(program)
    sent = {"token": token_in(client.get(copy_url(visit))), "day": "2018-07-26", "time": "14:00"}
    first = client.post(copy_url(visit), sent)

    second = client.post(copy_url(visit), sent)

    assert first.url == second.url
    assert AgendaItem.objects.count() == 2


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"day": "2018-08-24"}, "Select a valid choice."),
        ({"day": "abc"}, "Select a valid choice."),
        ({"day": ""}, "This field is required."),
        ({"time": "25:00"}, "Enter a valid time."),
        ({"time": ""}, "This field is required."),
    ],
)
def test_bad_day_or_time_gets_its_message(client, program, wrong, message):
    visit = make_item(program)
    sent = {"token": token_in(client.get(copy_url(visit))), "day": "2018-07-26", "time": "14:00"}

    page = client.post(copy_url(visit), sent | wrong)

    assert message in text_of(page)
    assert AgendaItem.objects.count() == 1


@pytest.mark.parametrize("token", ["", "abc", "%", "0123456789' OR 1=1"])
def test_a_form_without_its_token_copies_nothing(client, program, token):
    visit = make_item(program)

    client.post(copy_url(visit), {"token": token, "day": "2018-07-26", "time": "14:00"})
    client.post(copy_url(program), {"token": token})

    assert AgendaItem.objects.count() == 1
    assert Program.objects.count() == 1


def test_program_is_copied_as_a_frame_that_nobody_sees(client, organizer, program):
    make_item(program, "Tour", day=24)
    make_item(program, "Called off", day=25, status=Status.CANCELLED)
    page = client.get(copy_url(program))

    answer = client.post(copy_url(program), edition(page), follow=True)

    new = Program.objects.get(slug="ikm-2019")
    assert (new.title, new.short_title, new.published) == ("Next edition", "Edition 2019", False)
    assert (new.starts_on, new.ends_on) == (date(2019, 7, 17), date(2019, 7, 29))
    [item] = new.items.all()
    assert timezone.localtime(item.starts_at, new.tz).date() == date(2019, 7, 23)
    assert Visit.history.get(program=new).history_user == organizer
    assert answer.redirect_chain == [(f"/admin/program/program/{new.pk}/change/", 302)]
    assert "Nobody can see it yet" in said(answer)[0]
    assert client.get("/ikm-2019/").status_code == 404


def test_a_second_press_leads_to_the_same_program(client, program):
    make_item(program)
    sent = edition(client.get(copy_url(program)))
    first = client.post(copy_url(program), sent)

    second = client.post(copy_url(program), sent)

    assert first.url == second.url
    assert Program.objects.count() == 2
    assert AgendaItem.objects.count() == 2


def test_a_press_while_the_first_one_is_copying_shows_its_copy(client, program, monkeypatch):
    make_item(program)
    sent = edition(client.get(copy_url(program)))
    first = client.post(copy_url(program), sent)
    looks = []

    def late(token):
        """As the second press sees it: nothing yet when it begins."""
        looks.append(token)
        return find_program_copy(token) if len(looks) > 1 else None

    monkeypatch.setattr(copying, "find_program_copy", late)

    second = client.post(copy_url(program), sent)

    assert second.url == first.url
    assert Program.objects.count() == 2


@pytest.mark.parametrize(
    ("wrong", "field", "message"),
    [
        ({"slug": "ikm-2018"}, "slug", "Program with this Address already exists."),
        ({"slug": "admin"}, "slug", "This word is an address of the portal itself. Choose another."),
        ({"slug": "two words"}, "slug", "Enter a valid “slug”"),
        ({"slug": ""}, "slug", "This field is required."),
        ({"title": ""}, "title", "This field is required."),
        ({"short_title": "x" * 61}, "short_title", "at most 60 characters"),
        ({"starts_on": "2019-02-30"}, "starts_on", "Enter a valid date."),
        ({"starts_on": ""}, "starts_on", "This field is required."),
        ({"starts_on": "9999-12-31"}, "starts_on", "Choose a day in the years"),
    ],
)
def test_bad_input_for_a_program_gets_its_message_at_its_field(client, program, wrong, field, message):
    page = client.get(copy_url(program))

    answer = client.post(copy_url(program), edition(page, **wrong))

    assert message in str(answer.context["form"].errors[field])
    assert message.replace("“", "").replace("”", "") in text_of(answer).replace("“", "").replace("”", "")
    assert Program.objects.count() == 1


def test_copy_lists_what_to_fill_in_with_links(client, program):
    visit = make_item(program, "Tour", notes="Ask Mr. Sample")

    answer = client.post(copy_url(program), edition(client.get(copy_url(program))), follow=True)

    page, copy = Page(answer), Visit.objects.exclude(pk=visit.pk).get()
    assert "To fill in for this edition: 1 field" in page.main.text
    assert "Notes for participants 1" in page.main.text
    assert dict(page.links())["Tour"] == f"/admin/visits/visit/{copy.pk}/change/#id_notes"


def test_copy_warns_at_once_of_friday_prayer_and_sunday_visits(client, program):
    """Tuesday 24 and Thursday 26 July 2018 become Sunday and Tuesday, or Friday."""
    host = make_organization(program, role=Role.INSTITUTE)
    make_item(program, "Tour", "11:30", "13:00", day=24, notes="Ask Mr. Sample", organization=host)
    sunday = edition(client.get(copy_url(program)), starts_on="2019-07-15")
    friday = edition(
        client.get(copy_url(program)), slug="ikm-2020", short_title="Next", starts_on="2019-07-20"
    )

    on_sunday = Page(client.post(copy_url(program), sunday, follow=True)).main.text
    on_friday = Page(client.post(copy_url(program), friday, follow=True)).main.text

    assert "Sunday 21 July 2019: is Center for Textile open for “Tour” on a Sunday?" in on_sunday
    assert "overlaps the Friday prayer" not in on_sunday
    assert "“Tour” overlaps the Friday prayer" in on_friday
    assert "Sunday" not in on_friday


def test_form_does_not_offer_a_name_with_a_year_and_refuses_it(client):
    program = make_program(title="Program of 2018", short_title="IKM 2018")
    page = client.get(copy_url(program))
    fields = fill(page, "copy")

    answer = client.post(copy_url(program), edition(page, title="Program of 2018"))

    assert (fields["title"], fields["short_title"]) == ([""], [""])
    assert answer.context["form"].errors["title"] == [
        "This names the year of the edition that you copy, 2018."
    ]


@pytest.mark.parametrize(
    ("role", "status"), [("Organizers", 200), ("Staff", 403), (None, 302), ("anonymous", 302)]
)
def test_who_may_copy(client, program, role, status):
    visit = make_item(program)
    client.logout()
    if role != "anonymous":
        client.force_login(make_user(role=role))

    assert [client.get(copy_url(thing)).status_code for thing in (visit, program)] == [status, status]


@pytest.mark.parametrize("thing", ["program/999/copy/", "program/copy-item/999/"])
def test_copying_what_is_not_there_is_not_found(client, program, thing):
    assert client.get(f"/admin/program/{thing}").status_code == 404
