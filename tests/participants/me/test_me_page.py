"""My schedule as a page: what its script asks for, who may read it, what it costs."""

import gzip
import pickle
from datetime import timedelta

import pytest
from django.core.cache import caches

from participants.models import Participant
from program.models import Release
from program.publishing import releases
from sessions.models import Material
from tests.makers import at, make_item, make_organizer, make_program, make_release, make_user
from tests.participants.people.makers import make_participant
from tests.reading import Page

from .makers import make_announcement
from .my_schedule import ME, cards

pytestmark = pytest.mark.django_db


# What the script asks


def state_of(response):
    return Page(response).one("div", "me").attributes["data-state"]


def test_script_hears_nothing_while_nothing_changed(me, open_me_at):
    state = state_of(open_me_at("10:52"))

    response = open_me_at("10:57", if_none_match=f'"{state}"')

    assert response.status_code == 304
    assert response.content == b""


def test_script_hears_of_a_boundary_a_release_an_announcement_and_a_group(me, program, visit_day, open_me_at):
    state = state_of(open_me_at("10:52"))

    def news(clock="10:52"):
        return open_me_at(clock, if_none_match=f'"{state}"').status_code == 200

    assert not news()
    assert news("11:00")
    announcement = make_announcement(program)
    assert news()
    announcement.delete()
    assert not news()
    make_release(program)
    assert news()
    state = state_of(open_me_at("10:52"))
    Participant.objects.update(group=program.groups.get(name="A"))
    assert news()


def test_reload_shows_the_minutes_of_now_even_though_nothing_changed(me, open_me_at):
    first = open_me_at("10:52")

    later = open_me_at("10:58", if_none_match=first["ETag"])

    assert "2 min left" in cards(later)[0]


def test_page_is_for_one_person_only(me, open_me_at):
    response = open_me_at("10:52")

    assert response["Cache-Control"] == "private, no-cache"
    assert "Cookie" in response["Vary"]


def test_page_comes_gzipped_where_that_is_understood(me, open_me_at):
    plain = open_me_at("10:52").content

    zipped = open_me_at("10:52", accept_encoding="gzip")

    assert zipped["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.content) == plain


def test_message_is_shown_once_and_to_nobody_else(client, me, program, open_me_at):
    client.post(f"{ME}calendar/new/")

    assert "You have a new calendar address." in open_me_at("10:52").content.decode()
    assert "You have a new calendar address." not in open_me_at("10:52").content.decode()


def kept_pages():
    """The finished pages that this process keeps; parts of pages are kept beside them."""
    kept = (pickle.loads(value) for value in caches["pages"]._cache.values())
    return [page for page in kept if hasattr(page, "body")]


def test_those_of_a_group_share_one_page_and_others_have_their_own(client, me, program, open_me_at):
    mine = open_me_at("10:52").content
    kept = len(kept_pages())

    same = make_participant(program, user=True, group=me.group, seen_release=1)
    client.force_login(same.user)
    assert open_me_at("10:52").content == mine
    assert len(kept_pages()) == kept
    other = make_participant(program, user=True, group=program.groups.get(name="A"), seen_release=1)
    client.force_login(other.user)
    assert "Workshop" in open_me_at("10:52").content.decode()
    assert len(kept_pages()) == kept + 1


def test_what_is_kept_holds_no_token_of_a_reader(me, program, visit_day, open_me_at):
    visit_day["b"].delete()
    make_release(program)

    tokens = {
        Page(open_me_at("10:52")).all("input", name="csrfmiddlewaretoken")[0].attributes["value"]
        for _time in range(2)
    }

    (kept,) = kept_pages()
    parts = b"".join(caches["pages"]._cache.values())
    assert len(tokens) == 2  # Django writes the same secret differently each time
    assert not any(token.encode() in kept.body + parts for token in tokens)


def test_kept_page_is_sent_without_the_indentation_of_its_templates(me, program, open_me_at):
    lines = open_me_at("10:52").content.decode().splitlines()

    assert all(line == line.strip() != "" for line in lines)


def test_release_of_a_restored_database_is_no_ghost(me, program, visit_day, open_me_at):
    visit_day["last"].delete()
    lost = make_release(program)
    assert "Closing session" in Page(open_me_at("10:52")).one("ul", "changes").text
    Release.objects.filter(pk=lost.pk)._raw_delete("default")

    Release(
        pk=lost.pk,
        program=program,
        number=2,
        published_at=lost.published_at + timedelta(minutes=1),
        published_by=lost.published_by,
        data=program.releases.get(number=1).data,
    ).save()

    assert not Page(open_me_at("10:52")).all("ul", "changes")


# Who may read it


def test_only_participants_of_the_program_have_one(client, me, program):
    client.logout()
    assert client.get(ME)["Location"].startswith("/account/login/")
    for user in (make_organizer(), make_user(role="Staff"), make_user()):
        client.force_login(user)
        assert client.get(ME).status_code == 404
    stranger = make_participant(make_program(slug="other"), user=True)
    client.force_login(stranger.user)
    assert client.get(ME).status_code == 404
    client.force_login(me.user)
    assert client.get(ME).status_code == 200


def test_withdrawn_or_hidden_program_is_gone(client, me, program):
    Participant.objects.update(status="withdrawn")
    assert client.get(ME).status_code == 404
    Participant.objects.update(status="confirmed")
    type(program).objects.update(published=False)
    assert client.get(ME).status_code == 404


# What it costs


@pytest.mark.parametrize("count", [1, 3, 80])
def test_query_count_does_not_grow(
    client, program, set_clock, django_assert_max_num_queries, django_assert_num_queries, count
):
    for number in range(count):
        make_item(program, f"Item {number}", "09:00", "10:00", day=18 + number % 13)
    make_release(program)
    make_item(program, "A new item")
    make_release(program)
    make_announcement(program)
    person = make_participant(program, user=True, seen_release=1)
    client.force_login(person.user)
    set_clock(at(24, "10:30", program.tz))

    with django_assert_max_num_queries(7):  # session, user, standing, announcements; 2 releases, opened, once
        first = client.get(ME)
    with django_assert_num_queries(4):
        client.get(ME)
    releases.load.cache_clear()
    caches["pages"].clear()
    with django_assert_max_num_queries(6):
        again = client.get(ME)

    Participant.objects.update(seen_release=0)
    with django_assert_max_num_queries(6):
        very_first = client.get(ME)

    assert "A new item" in first.content.decode()
    assert first.status_code == again.status_code == very_first.status_code == 200


def test_after_the_end_it_takes_few_queries(
    client, me, visit_day, set_clock, program, django_assert_num_queries
):
    Material.objects.create(session=visit_day["last"], title="Slides", link="https://example.org/")
    set_clock(at(30, "12:00", program.tz))

    # session, user, standing, release, opened (once), own travel, materials
    with django_assert_num_queries(7):
        client.get(ME)
    with django_assert_num_queries(4):  # kept
        client.get(ME)
