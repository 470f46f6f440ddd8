"""Public pages keep the navigation of who is signed in, and stay kept: one page for each kind of reader."""

import pytest
from django.test import Client
from django.urls import reverse

from program.team.members import add_member
from program.team.roles import Role
from tests.makers import make_item, make_program, make_release, make_user
from tests.participants.attendance.attending import make_staff
from tests.participants.people.makers import make_participant
from tests.reading import Page

pytestmark = pytest.mark.django_db

MINE = ["My schedule", "Agenda", "Participants"]


@pytest.fixture
def item(program):
    item = make_item(program)
    make_release(program)
    return item


@pytest.fixture
def agenda(item):
    return reverse("program:agenda", args=[item.program.slug])


@pytest.fixture
def me(program):
    return make_participant(program, user=True)


def browser_of(user):
    client = Client()
    client.force_login(user)
    return client


def navigation(response):
    page = Page(response)
    return page.texts("a", within=page.one("nav", "nav"))


PAGES = ["home", "agenda", "hosts", "venues", "changes", "about-data"]


@pytest.mark.parametrize("name", PAGES)
def test_participant_keeps_their_navigation(item, me, name):
    page = browser_of(me.user).get(reverse(f"program:{name}", args=[me.program.slug]))

    assert navigation(page) == MINE
    assert "Sign in" not in Page(page).root.text
    assert ("Sign out", "/account/logout/") in Page(page).links()


def test_page_of_an_item_keeps_it_too(item, me):
    page = browser_of(me.user).get(reverse("program:agenda-item", args=[me.program.slug, item.pk]))

    assert navigation(page) == MINE


def test_staff_keep_theirs(agenda, program):
    page = browser_of(make_staff(program=program)).get(agenda)

    assert navigation(page) == ["Attendance", "Agenda", "Participants", "Admin"]


def test_visitor_and_people_of_other_programs_may_sign_in(client, agenda, program):
    elsewhere = make_program("ikm-2019")
    stranger = make_participant(elsewhere, user=True).user

    assert "Program" in navigation(client.get(agenda))
    assert "Program" in navigation(browser_of(stranger).get(agenda))
    assert "Program" in navigation(browser_of(make_staff(program=elsewhere)).get(agenda))


def test_one_page_is_kept_for_all_participants(agenda, program, me, django_assert_num_queries):
    first, second = browser_of(me.user), browser_of(make_participant(program, user=True).user)
    made = first.get(agenda)
    second.get(reverse("program:changes", args=[program.slug]))

    with django_assert_num_queries(1):
        kept = second.get(agenda)

    assert kept.content == made.content


def test_signing_out_leaves_nothing(agenda, me):
    browser = browser_of(me.user)
    browser.get(agenda)

    browser.post(reverse("account_logout"))

    assert "Program" in navigation(browser.get(agenda))
    assert not browser.cookies["reader"].value


def test_session_that_ended_elsewhere_is_noticed(agenda, me):
    browser = browser_of(me.user)
    browser.get(agenda)
    browser.session.delete()

    browser.get(reverse("participants:me", args=[me.program.slug]))

    assert "Program" in navigation(browser.get(agenda))


def test_cookie_stays_the_same_from_page_to_page(agenda, me):
    """Under another cookie a browser without network would not find what it stored of a page."""
    browser = browser_of(me.user)
    browser.get(agenda)

    for address in (agenda, reverse("participants:me", args=[me.program.slug])):
        assert "reader" not in browser.get(address).cookies


def test_who_joins_a_team_meanwhile_has_its_links_after_my_pages(agenda, program):
    colleague = make_user()
    browser = browser_of(colleague)
    assert "Program" in navigation(browser.get(agenda))
    add_member(program, colleague, Role.STAFF)

    browser.get(reverse("participants:welcome"))

    assert "Attendance" in navigation(browser.get(agenda))


@pytest.mark.parametrize("said", ["team:ikm-2018", "nobody:ikm-2018", "x" * 4000])
def test_cookie_opens_nothing(client, agenda, said):
    client.cookies["reader"] = said

    assert "Program" in navigation(client.get(agenda))
    assert client.get("/ikm-2018/attendance/").status_code == 302
