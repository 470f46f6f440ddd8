"""Announcements on My schedule: for whom, and how long."""

import pytest

from tests.makers import at, make_program
from tests.reading import Page

from .makers import make_announcement

pytestmark = pytest.mark.django_db


def told(response):
    return Page(response).texts("section", "told")


@pytest.mark.parametrize("clock, shown", [("09:59", 0), ("10:00", 1), ("11:59", 1), ("12:00", 0)])
def test_announcement_stands_from_its_start_until_it_expires(me, program, open_me_at, clock, shown):
    make_announcement(program)

    assert told(open_me_at(clock)) == ["Announcement: Bus at the back gate Written at 10:00 WIB"] * shown


def test_announcement_of_yesterday_says_its_day(me, program, open_me_at):
    make_announcement(program, expires_at=at(26, "10:00", program.tz))

    assert told(open_me_at("10:00", on=25)) == [
        "Announcement: Bus at the back gate Written on Tuesday 24 July at 10:00 WIB"
    ]


def test_announcement_of_another_group_or_program_is_not_shown(me, program, open_me_at):
    make_announcement(program, text="For A", group=program.groups.get(name="A"))
    make_announcement(program, text="For B", group=program.groups.get(name="B"))
    make_announcement(make_program(slug="other"), text="Elsewhere")

    assert told(open_me_at("10:30")) == ["Announcement, group B: For B Written at 10:00 WIB"]


def test_announcement_appears_at_once_on_a_page_that_is_kept(me, program, open_me_at):
    assert told(open_me_at("10:30")) == []

    make_announcement(program)

    assert len(told(open_me_at("10:30"))) == 1


def test_announcement_in_indonesian_where_there_is_one(me, program, open_me_at):
    make_announcement(program, local_text="Bus di gerbang belakang")

    assert "Bus di gerbang belakang" in told(open_me_at("10:30", path="/id/ikm-2018/me/"))[0]


def test_announcement_is_text_not_markup(me, program, open_me_at):
    make_announcement(program, text="<b>Bus</b>")

    assert "&lt;b&gt;Bus&lt;/b&gt;" in open_me_at("10:30").content.decode()
