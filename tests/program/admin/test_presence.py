"""Who else is here: names and places of those who edit the same, for a minute, and only among editors."""

import pytest

from tests.makers import at, make_item, make_organizer, make_program, make_release, make_user
from tests.reading import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def program(set_clock):
    program = make_program()
    set_clock(at(24, "09:48", program.tz))
    return program


@pytest.fixture
def item(program):
    return make_item(program, "Visit <to> BBT")


@pytest.fixture
def other(program):
    """Somebody else's client, who says where they are."""
    return make_organizer(first_name="ဒေါ်အေး", last_name="Two", username="two")


def say(client, program, **place):
    return client.post(f"/admin/program/program/{program.pk}/presence/", place)


def present(response):
    return Page(response).texts("li", within=Page(response).one("ul", "present"))


@pytest.fixture
def second(client, other, item):
    """A client of the second organizer, beside the ``client`` of the first."""
    two = type(client)()
    two.force_login(other)
    client.force_login(make_organizer())
    return two


def test_page_says_who_edits_the_same_item_or_is_on_its_day(client, second, program, item, set_clock):
    assert present(say(second, program, item=item.pk)) == []
    set_clock(at(24, "09:48", program.tz))
    say(second, program, day="2018-07-24")
    say(second, program, day="2018-07-26")

    page = client.get(f"/admin/program/agendaitem/{item.pk}/change/", follow=True)

    assert present(page) == [
        "ဒေါ်အေး Two is editing this item since 09:48 WIB.",
        "ဒေါ်အေး Two is on this day since 09:48 WIB.",
    ]


def test_day_says_which_of_its_items_is_edited_and_the_whole_agenda_says_all(client, second, program, item):
    say(second, program, item=item.pk)
    say(second, program, day="2018-07-26")
    listed = f"/admin/program/agendaitem/?program={program.pk}"

    assert present(client.get(f"{listed}&day=2018-07-24")) == [
        "ဒေါ်အေး Two is editing “Visit <to> BBT” since 09:48 WIB."
    ]
    assert present(client.get(f"{listed}&day=2018-07-25")) == []
    say(second, program)
    assert present(client.get(f"{listed}&q=")) == [
        "ဒေါ်အေး Two is on Thursday 26 July since 09:48 WIB.",
        "ဒေါ်အေး Two is on the whole agenda since 09:48 WIB.",
        "ဒေါ်အေး Two is editing “Visit <to> BBT” since 09:48 WIB.",
    ]


def test_who_leaves_or_is_silent_for_a_minute_is_gone(client, second, program, item, set_clock):
    say(second, program, item=item.pk)
    say(second, program, item=item.pk, leaves="on")
    assert present(say(client, program, item=item.pk)) == []

    say(second, program, item=item.pk)
    set_clock(at(24, "09:49", program.tz))

    assert present(say(client, program, item=item.pk)) == []


def test_it_stays_in_its_program_and_among_those_who_may_edit(client, second, program, item):
    elsewhere = make_item(make_program(slug="other"), "Elsewhere")
    say(second, program, item=item.pk)
    make_release(program)

    assert say(second, program, item=elsewhere.pk).status_code == 404
    assert say(second, program, day="x").status_code == 400
    client.force_login(make_user(role="Staff"))
    assert say(client, program, item=item.pk).status_code == 403
    page = client.get(f"/admin/program/agendaitem/?program={program.pk}&day=2018-07-24")
    assert page.status_code == 200
    assert not Page(page).all("ul", "present")
