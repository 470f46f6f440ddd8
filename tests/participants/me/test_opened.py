"""Who has opened My schedule since a release: noted once, counted, named only for those who call."""

import re
from datetime import timedelta

import pytest

from participants.models import Participant
from participants.privacy.erasing import erase
from tests.makers import at, make_group, make_item, make_organizer, make_release, make_user
from tests.participants.people.makers import make_participant
from tests.reading import Page

from .my_schedule import ME

pytestmark = pytest.mark.django_db


@pytest.fixture
def moved(me, program, visit_day):
    """The second release: the bus back, for everybody, leaves earlier."""
    visit_day["back"].starts_at -= timedelta(minutes=10)
    visit_day["back"].save()
    return make_release(program)


def test_it_is_noted_once_for_a_release_and_says_when(
    me, moved, program, open_me_at, django_assert_num_queries
):
    open_me_at("10:52")
    with django_assert_num_queries(3):  # session, user, standing
        open_me_at("10:52")
    open_me_at("11:30")

    me.refresh_from_db()
    assert (me.opened_release, me.opened_at) == (2, at(24, "10:52", program.tz))


def test_a_newer_release_is_noted_anew(me, moved, program, open_me_at):
    open_me_at("10:52")
    make_item(program, "One more", "15:00", "16:00")
    make_release(program)

    open_me_at("11:30")

    me.refresh_from_db()
    assert (me.opened_release, me.opened_at) == (3, at(24, "11:30", program.tz))


@pytest.mark.parametrize(
    "headers, noted",
    [
        ({}, 2),
        ({"Portal-Shows": "2"}, 2),  # a page that stands open, asked for anew while it is looked at
        ({"Portal-Shows": "1"}, 0),  # the same that still shows what was before
        ({"Portal-Shows": "0"}, 0),  # a copy for later, fetched in a pocket
        ({"Sec-Purpose": "prefetch"}, 0),
    ],
)
def test_only_what_is_on_the_screen_counts(me, moved, open_me_at, headers, noted):
    open_me_at("10:52", **headers)

    me.refresh_from_db()
    assert me.opened_release == noted


def test_who_looks_around_in_the_demo_has_read_nothing(client, me, moved, open_me_at, settings, monkeypatch):
    settings.DEMO = True
    monkeypatch.setattr("participants.demo.account_of", lambda role: me.user)
    client.post("/account/look-around/", {"role": "participant"})

    assert open_me_at("10:52").status_code == 200

    me.refresh_from_db()
    assert me.opened_release == 0


@pytest.fixture
def others(moved, program):
    """Beside ``me``, of group B: one of A who has opened it, one who withdrew, one of C with a telephone.

    The third release changes something for B and C only.
    """
    groups = {name: program.groups.filter(name=name).first() or make_group(program, name) for name in "ABC"}
    make_participant(program, name="Sample Read", group=groups["A"], opened_release=3)
    make_participant(program, name="Sample Gone", group=groups["C"], status="withdrawn")
    phone = {"phone": "+95 9 1234", "country": "MM"}
    make_participant(program, name="ဒေါ်မြင့်မြင့်အေး", group=groups["C"], **phone)
    make_item(program, "For two groups", "15:00", "16:00", groups=[groups["B"], groups["C"]])
    return make_release(program)


def test_organizers_see_a_count_and_no_names(client, others, me, open_me_at):
    open_me_at("10:52")
    client.force_login(make_organizer())

    page = Page(client.get(f"/admin/program/release/{others.pk}/change/"))

    assert "1 of 2 has opened My schedule since." in page.main.text
    assert me.name not in page.main.text


def test_staff_see_whom_to_call(client, others, me, open_me_at, django_assert_max_num_queries):
    open_me_at("10:52")
    client.force_login(make_user(role="Staff"))

    with django_assert_max_num_queries(9):
        page = Page(client.get(f"/admin/program/release/{others.pk}/opened/"))

    sections = page.all("section", within=page.main)
    assert [section.text.split(":")[0] for section in sections] == [
        "1 person has not opened it ဒေါ်မြင့်မြင့်အေး Myanmar, group C Call ဒေါ်မြင့်မြင့်အေး +95 9 1234",
        f"1 person has opened it {me.name} 24 Jul, 10",
    ]
    assert page.one("a", "btn", within=sections[0]).attributes["href"] == "tel:+9591234"


def test_the_person_reads_it_and_erasing_forgets_it(client, me, moved, open_me_at):
    open_me_at("10:52")

    page = Page(client.get(f"{ME}data/"))
    assert "Newest release opened on My schedule 2" in page.main.text
    assert re.search("First opened at .*10:52 WIB", page.main.text)

    Participant.objects.update(status="withdrawn")
    me.refresh_from_db()
    erase(me)
    me.refresh_from_db()
    assert (me.opened_release, me.opened_at) == (0, None)
