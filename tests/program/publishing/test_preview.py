"""The draft as a participant would see it, before it is published."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import caches

from participants.models import Participant
from tests.makers import make_group, make_item, make_organizer, make_program, make_release, make_user
from tests.participants.people.makers import make_participant
from tests.program.admin.test_publishing import rename, text_of

pytestmark = pytest.mark.django_db
WIB = ZoneInfo("Asia/Jakarta")


@pytest.fixture
def plan(set_clock):
    """A program that nobody can see yet, with a draft for two groups."""
    set_clock(datetime(2018, 7, 1, 9, 30, tzinfo=WIB))
    program = make_program(published=False)
    a, b = make_group(program, "A"), make_group(program, "B")
    make_item(program, "Weaving", "09:30", "11:00", groups=[a])
    make_item(program, "Dyeing", "10:00", "11:00", groups=[b])
    return program


def address(program, page, group, moment="2018-07-24T10:00"):
    return f"/preview/{program.pk}/{group}/{moment}/{page}"


def links(response):
    return re.findall(r'<a[^>]*\shref="(/[^"]*)"', response.content.decode())


@pytest.mark.parametrize("role", ["Organizers", "Staff"])
def test_the_draft_as_a_group_sees_it_at_a_time_before_anybody_can(client, plan, role):
    a = plan.groups.get(name="A")
    client.force_login(make_user(role=role))

    page = client.get(address(plan, "ikm-2018/me/", a.pk))

    text = text_of(page)
    assert "Draft, not published. As group A would see it on Tuesday 24 July 2018, 10:00 WIB." in text
    assert "Weaving" in text
    assert "Dyeing" not in text
    assert page["Cache-Control"] == "private, no-store"
    assert client.get("/ikm-2018/agenda/").status_code == 404


def test_links_stay_in_the_preview_and_lead_to_pages(client, plan):
    a = plan.groups.get(name="A")
    item = plan.items.get(title="Weaving")
    client.force_login(make_organizer())
    for page in (
        "me/",
        "",
        "agenda/",
        "agenda/2018-07-24/",
        f"agenda/{item.pk}/",
        "hosts/",
        "venues/",
        "changes/",
    ):
        response = client.get(address(plan, f"ikm-2018/{page}", a.pk))

        assert response.status_code == 200, page
        mount = address(plan, "", a.pk)
        outside = {link for link in links(response) if not link.startswith(mount)}
        assert outside == {f"/admin/program/program/{plan.pk}/publish/"}
        assert f"{mount}id/ikm-2018/{page}" in response.content.decode()
    assert "As group A" in text_of(client.get(address(plan, "ikm-2018/agenda/", a.pk)))
    assert "Draf" in text_of(client.get(address(plan, "id/ikm-2018/agenda/", a.pk)))


def test_what_is_no_page_of_the_draft_says_so_in_the_frame(client, plan):
    client.force_login(make_organizer())
    make_program("other")

    for page in ("ikm-2018/me/profile/", "other/agenda/", "nowhere", "ikm-2018/agenda/999/", "admin/"):
        response = client.get(address(plan, page, "everybody"))
        assert response.status_code == 404
        assert "Draft, not published." in text_of(response)
    for wrong in (("ikm-2018/me/", "C"), ("ikm-2018/me/", "everybody", "2018-13-24T10:00")):
        assert client.get(address(plan, *wrong)).status_code == 404
    assert client.post(address(plan, "ikm-2018/me/seen/", "everybody")).status_code == 405


def test_a_preview_leaves_nothing_behind(client, set_clock):
    program = make_program()
    set_clock(datetime(2018, 7, 24, 9, 30, tzinfo=WIB))
    group = make_group(program, "A")
    item = make_item(program, "Weaving", "10:00", "11:00", groups=[group])
    person = make_participant(program, group=group, user=make_user())
    make_release(program)
    rename(item, "Idea")
    client.force_login(make_organizer())
    caches["pages"].clear()

    previewed = client.get(address(program, "ikm-2018/me/", group.pk))
    agenda = client.get(address(program, "ikm-2018/agenda/", group.pk))

    assert "now called “Idea” instead of “Weaving”" in text_of(previewed)
    assert "Idea" in text_of(agenda)
    assert not caches["pages"]._cache
    assert Participant.objects.get(pk=person.pk).seen_release == 0
    assert "Idea" not in text_of(client.get("/ikm-2018/agenda/"))
    client.force_login(person.user)
    assert "Idea" not in text_of(client.get("/ikm-2018/me/"))


def test_another_group_day_and_time_can_be_chosen(client, plan):
    b = plan.groups.get(name="B")
    client.force_login(make_organizer())

    first = client.get(f"/preview/{plan.pk}/")
    chosen = {"group": b.pk, "day": "2018-07-25", "time": "07:15", "page": "/id/ikm-2018/me/"}
    other = client.get(f"/preview/{plan.pk}/", chosen)

    assert first.url == address(plan, "ikm-2018/me/", plan.groups.first().pk, "2018-07-18T08:00")
    assert other.url == address(plan, "id/ikm-2018/me/", b.pk, "2018-07-25T07:15")
    odd = client.get(f"/preview/{plan.pk}/", chosen | {"time": "late", "page": "//example.org/"})
    assert odd.url.startswith(f"/preview/{plan.pk}/")
