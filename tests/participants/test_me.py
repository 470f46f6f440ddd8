"""My schedule as its participant reads it, at moments of the whole program."""

import gzip
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import caches
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from participants import calendars
from participants.models import Announcement, Participant
from program import releases
from program.demo import loader
from program.kinds import Kind
from sessions.models import Material
from tests.makers import (
    at,
    make_group,
    make_item,
    make_organizer,
    make_program,
    make_release,
    make_user,
    make_venue,
)
from tests.reading import Page

from .makers import make_participant
from .test_schedule import check_moment

pytestmark = pytest.mark.django_db
ME = "/ikm-2018/me/"
JAKARTA = ZoneInfo("Asia/Jakarta")


@pytest.fixture
def program():
    return make_program()


@pytest.fixture
def day(program):
    """Tuesday 24 July: a bus, a visit in two turns, a bus back; a session the next morning."""
    hotel, there = make_venue(program, "Hotel"), make_venue(program, "Institute")
    a, b = make_group(program, "A"), make_group(program, "B")
    out = {"kind": Kind.TRAVEL, "vehicle": "Bus 2", "venue": hotel, "destination": there}
    back = out | {"venue": there, "destination": hotel}
    return {
        "out": make_item(program, "Bus out", "08:00", "08:40", meeting_point="Lobby", **out),
        "a": make_item(program, "Workshop", groups=[a], venue=there, dress="Aprons"),
        "b": make_item(program, "Laboratory", groups=[b], venue=there, bring="Your badge"),
        "back": make_item(program, "Bus back", "13:00", "13:40", meeting_point="Gate", **back),
        "last": make_item(program, "Closing session", "09:00", "10:00", day=30, kind=Kind.SESSION),
    }


@pytest.fixture
def me(client, program, day):
    """A signed-in participant of group B who has seen the current release."""
    make_release(program)
    person = make_participant(program, user=True, group=program.groups.get(name="B"), seen_release=1)
    client.force_login(person.user)
    return person


@pytest.fixture
def open_at(client, set_clock, program):
    def open_page(clock, on=24, path=ME, **headers):
        set_clock(at(on, clock, program.tz))
        return client.get(path, headers=headers)

    return open_page


def cards(response):
    """The cards on top, each as the words it shows."""
    page = Page(response)
    return [section.text for section in page.all("section", within=page.one("div", "cards"))]


# The moments of a program


def test_before_the_program_says_how_long_and_what_to_do(me, open_at):
    response = open_at("09:00", on=10)

    now, next_, then = cards(response)
    assert now.startswith("Now 10 July, 09:00 WIB Small industry starts on Wednesday 18 July 8 days to go")
    assert "Tell us your flights" in now
    assert "Next: your bus" in next_ and "Tuesday 24 July 08:00 to 08:40 WIB" in next_
    assert "Laboratory" in then
    assert "Your badge" in Page(response).one("ul", "pack").text
    assert "Aprons" not in Page(response).one("ul", "pack").text


def test_now_next_and_bus_are_told_with_place_and_time_left(me, open_at):
    now, bus = cards(open_at("10:52"))

    assert now == "Now 10:52 WIB Laboratory until 11:00 8 min left Where Institute With Group B, your group"
    assert bus == (
        "Next: your bus Bus back 13:00 to 13:40 WIB in 2 h 8 min"
        " Meet at Gate, Institute To Hotel Vehicle Bus 2"
    )


def test_before_the_bus_it_says_what_to_bring_where_it_leads(me, open_at):
    now, bus, then = cards(open_at("07:40"))

    assert now == "Now 07:40 WIB Nothing on your schedule until 08:00 in 20 min"
    assert bus.endswith("Meet at Lobby, Hotel To Institute Vehicle Bus 2 Bring Your badge")
    assert then.startswith("After that Group B Laboratory 10:00 to 11:00 WIB")


def test_what_is_next_in_the_same_place_needs_no_bus(me, open_at):
    _now, next_, bus = cards(open_at("09:00"))

    assert "Where Institute The same place: no bus" in next_
    assert bus.startswith("Your next bus Bus back 13:00")


def test_during_a_cancelled_item_it_says_so(me, program, day, open_at):
    day["b"].status = "cancelled"
    day["b"].save()
    make_release(program)

    now, bus = cards(open_at("10:30"))

    assert now == (
        "Now 10:30 WIB Laboratory Cancelled. It was to be from 10:00 to 11:00. until 13:00 in 2 h 30 min"
    )
    assert "Bus back" in bus


def test_in_the_evening_it_tells_when_it_goes_on(me, open_at):
    now, next_ = cards(open_at("21:00"))

    assert now == "Now 21:00 WIB Nothing more today It goes on Monday 30 July at 09:00 WIB."
    assert next_.startswith("Next Closing session Monday 30 July 09:00 to 10:00 WIB")


def test_past_midnight_an_item_of_yesterday_is_still_on(me, program, open_at):
    late = make_item(program, "Night train", "22:00", "23:00", kind=Kind.TRAVEL)
    late.ends_at += timedelta(hours=3)
    late.save()
    make_release(program)

    evening, *_rest = cards(open_at("22:30"))
    night, *_rest = cards(open_at("00:30", on=25))

    assert "Night train until 02:00 tomorrow 3 h 30 min left" in evening
    assert "Night train until 02:00 1 h 30 min left" in night


def test_last_day_says_that_it_is_the_last(me, open_at):
    response = open_at("09:30", on=30)

    assert "Closing session until 10:00 30 min left" in cards(response)[0]
    assert "day 13, the last" in Page(response).one("div", "day-head").text


def test_after_the_end_it_thanks_and_hands_out_materials(me, day, open_at):
    material = Material.objects.create(session=day["last"], title="Slides", link="https://example.org/")

    response = open_at("10:00", on=30)

    thanks, _certificate, materials = cards(response)
    assert thanks.startswith("The program is over 30 July 2018 Thank you for taking part")
    assert ("Slides", f"/ikm-2018/materials/{material.pk}/") in Page(response).links()
    assert materials == "Materials of your sessions Slides"


def test_after_the_end_materials_of_other_groups_stay_away(me, program, day, open_at):
    other = make_item(
        program, "Other session", day=25, kind=Kind.SESSION, groups=[program.groups.get(name="A")]
    )
    Material.objects.create(session=other, title="Theirs", link="https://example.org/")
    make_release(program)

    assert "Theirs" not in open_at("10:00", on=30).content.decode()


def test_without_a_release_it_says_so(client, program):
    person = make_participant(program, user=True)
    client.force_login(person.user)

    response = client.get(ME)

    assert response.status_code == 200
    assert "not published" in Page(response).main.text


def test_in_indonesian_titles_and_times_are_indonesian(me, program, day, open_at):
    day["b"].local_title = "Laboratorium"
    day["b"].save()
    make_release(program)

    now, *_rest = cards(open_at("10:52", path="/id/ikm-2018/me/"))

    assert "Laboratorium" in now
    assert "11.00" in now and "10.52 WIB" in now


# Groups


def test_own_group_only_and_never_a_word_of_the_other(me, open_at):
    page = open_at("09:00").content.decode()

    assert "Laboratory" in page
    assert "Workshop" not in page


def test_without_a_group_both_turns_are_shown_and_it_says_why(client, program, day, open_at):
    make_release(program)
    client.force_login(make_participant(program, user=True).user)

    response = open_at("10:30")

    now = cards(response)[0]
    assert "Workshop until 11:00 30 min left Where Institute With Group A" in now
    assert "Laboratory until 11:00 30 min left Where Institute With Group B" in now
    assert "You have no group yet." in Page(response).main.text


def test_two_groups_read_different_pages_at_one_moment(client, me, program, open_at):
    assert "Laboratory" in cards(open_at("10:30"))[0]

    other = make_participant(program, user=True, group=program.groups.get(name="A"), seen_release=1)
    client.force_login(other.user)

    assert "Workshop" in cards(open_at("10:30"))[0]


# What changed


@pytest.fixture
def moved(me, program, day):
    """A second release: the bus back leaves ten minutes earlier, from another gate."""
    day["back"].starts_at -= timedelta(minutes=10)
    day["back"].meeting_point = "Back gate"
    day["back"].save()
    return make_release(program)


def test_changes_are_listed_and_marked_old_beside_new(me, moved, day, open_at):
    response = open_at("10:52")

    page = Page(response)
    (change,) = page.texts("li", within=page.one("ul", "changes"))
    assert change == (
        "Moved: Bus back, Tuesday 24 July"
        " 12:50 instead of 13:00; Meeting point: “Back gate” instead of “Gate”"
    )
    assert "12:50 13:00 before the change to 13:40 WIB" in cards(response)[1]
    row = page.one("li", "stop", id=f"item-{day['back'].pk}")
    assert "is-changed" in row.classes
    assert "Moved: 12:50 instead of 13:00" in row.text


def test_button_says_that_changes_are_seen(client, me, moved, open_at):
    open_at("10:52")

    response = client.post(f"{ME}seen/", {"release": 2}, follow=True)

    me.refresh_from_db()
    assert me.seen_release == 2
    assert not Page(response).all("ul", "changes")


def test_looking_writes_nothing(me, moved, open_at):
    open_at("10:52")

    me.refresh_from_db()
    assert me.seen_release == 1


def test_first_visit_shows_no_changes_and_is_what_later_ones_are_compared_with(client, me, moved, open_at):
    other = make_participant(me.program, user=True, seen_release=0)
    Participant.objects.update(seen_release=0)

    first, second = Page(open_at("10:52")), Page(open_at("10:53"))

    assert not first.all("ul", "changes")
    assert "This is your own schedule." in first.main.text
    assert "This is your own schedule." not in second.main.text
    me.refresh_from_db()
    other.refresh_from_db()
    assert (me.seen_release, other.seen_release) == (2, 0)


@pytest.mark.parametrize(
    "sent, kept", [("1", 2), ("3", 2), ("0", 2), ("x", 2), ("", 2), ("99999999999999", 2)]
)
def test_seen_never_goes_back_nor_ahead_of_what_was_published(client, me, moved, sent, kept):
    Participant.objects.update(seen_release=2)

    response = client.post(f"{ME}seen/", {"release": sent})

    me.refresh_from_db()
    assert response.status_code == 302
    assert me.seen_release == 2


def test_seen_needs_a_post_and_a_token(me, moved, client, open_at):
    open_at("10:52")  # sets the clock
    assert client.get(f"{ME}seen/").status_code == 405
    strict = type(client)(enforce_csrf_checks=True)
    strict.force_login(me.user)
    page = strict.get(ME)
    token = Page(page).all("input", name="csrfmiddlewaretoken")[0].attributes["value"]

    assert strict.post(f"{ME}seen/", {"release": 2}).status_code == 403
    assert strict.post(f"{ME}seen/", {"release": 2, "csrfmiddlewaretoken": token}).status_code == 302


def test_each_person_gets_a_token_of_their_own(client, me, moved, program, open_at):
    def token():
        response = open_at("10:52")
        fields = Page(response).all("input", name="csrfmiddlewaretoken")
        return fields[0].attributes["value"], response.cookies["csrftoken"].value

    mine = token()
    other = make_participant(program, user=True, group=me.group, seen_release=1)
    client.logout()
    client.cookies.clear()
    client.force_login(other.user)

    assert token()[1] != mine[1]


# Announcements


def announce(program, text="Bus at the back gate", hours=2, **fields):
    starts_at = at(24, "10:00", program.tz)
    return Announcement.objects.create(
        program=program,
        text=text,
        starts_at=starts_at,
        expires_at=starts_at + timedelta(hours=hours),
        **fields,
    )


def told(response):
    return Page(response).texts("section", "told")


@pytest.mark.parametrize("clock, shown", [("09:59", 0), ("10:00", 1), ("11:59", 1), ("12:00", 0)])
def test_announcement_stands_from_its_start_until_it_expires(me, program, open_at, clock, shown):
    announce(program)

    assert told(open_at(clock)) == ["Announcement: Bus at the back gate 10:00 WIB"] * shown


def test_announcement_of_another_group_or_program_is_not_shown(me, program, open_at):
    announce(program, "For A", group=program.groups.get(name="A"))
    announce(program, "For B", group=program.groups.get(name="B"))
    announce(make_program(slug="other"), "Elsewhere")

    assert told(open_at("10:30")) == ["Announcement, group B: For B 10:00 WIB"]


def test_announcement_appears_at_once_on_a_page_that_is_kept(me, program, open_at):
    assert told(open_at("10:30")) == []

    announce(program)

    assert len(told(open_at("10:30"))) == 1


def test_announcement_in_indonesian_where_there_is_one(me, program, open_at):
    announce(program, local_text="Bus di gerbang belakang")

    assert "Bus di gerbang belakang" in told(open_at("10:30", path="/id/ikm-2018/me/"))[0]


def test_announcement_is_text_not_markup(me, program, open_at):
    announce(program, "<b>Bus</b>")

    assert "&lt;b&gt;Bus&lt;/b&gt;" in open_at("10:30").content.decode()


# What the script asks


def state_of(response):
    return Page(response).one("div", "me").attributes["data-state"]


def test_script_hears_nothing_while_nothing_changed(me, open_at):
    state = state_of(open_at("10:52"))

    response = open_at("10:57", if_none_match=f'"{state}"')

    assert response.status_code == 304
    assert response.content == b""


def test_script_hears_of_a_boundary_a_release_an_announcement_and_a_group(me, program, day, open_at):
    state = state_of(open_at("10:52"))

    def news(clock="10:52"):
        return open_at(clock, if_none_match=f'"{state}"').status_code == 200

    assert not news()
    assert news("11:00")
    announcement = announce(program)
    assert news()
    announcement.delete()
    assert not news()
    make_release(program)
    assert news()
    state = state_of(open_at("10:52"))
    Participant.objects.update(group=program.groups.get(name="A"))
    assert news()


def test_reload_shows_the_minutes_of_now_even_though_nothing_changed(me, open_at):
    first = open_at("10:52")

    later = open_at("10:58", if_none_match=first["ETag"])

    assert "2 min left" in cards(later)[0]


def test_page_is_for_one_person_only(me, open_at):
    response = open_at("10:52")

    assert response["Cache-Control"] == "private, no-cache"
    assert "Cookie" in response["Vary"]


def test_page_comes_gzipped_where_that_is_understood(me, open_at):
    plain = open_at("10:52").content

    zipped = open_at("10:52", accept_encoding="gzip")

    assert zipped["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.content) == plain


def test_message_is_shown_once_and_to_nobody_else(client, me, program, open_at):
    client.post(f"{ME}calendar/new/")

    assert "You have a new calendar address." in open_at("10:52").content.decode()
    assert "You have a new calendar address." not in open_at("10:52").content.decode()


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


# The calendar


def test_calendar_holds_own_items_and_says_what_is_cancelled(client, me, program, day):
    day["back"].status = "cancelled"
    day["back"].save()
    make_release(program)
    link = Page(client.get(f"{ME}calendar/")).one("input", id="address").attributes["value"]
    client.logout()

    response = client.get(link)

    text = response.content.decode()
    assert response["Content-Type"].startswith("text/calendar")
    assert text.count("BEGIN:VEVENT") == 4
    assert "SUMMARY:Laboratory" in text and "SUMMARY:Workshop" not in text
    assert text.count("SEQUENCE:2") == 4
    assert "STATUS:CANCELLED" in text
    assert "VALARM" not in text


def test_calendar_page_offers_webcal(client, me):
    page = Page(client.get(f"{ME}calendar/"))

    subscribe = dict(page.links(page.main))["Subscribe"]
    assert subscribe.startswith("webcal://testserver/ikm-2018/me.ics?token=")


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
    announce(program)
    person = make_participant(program, user=True, seen_release=1)
    client.force_login(person.user)
    set_clock(at(24, "10:30", program.tz))

    with django_assert_max_num_queries(6):  # session, user, standing, announcements; two releases, once
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


def test_after_the_end_it_takes_no_more_than_six_queries(
    client, me, day, set_clock, program, django_assert_num_queries
):
    Material.objects.create(session=day["last"], title="Slides", link="https://example.org/")
    set_clock(at(30, "12:00", program.tz))

    with django_assert_num_queries(5):  # session, user, standing, release, materials
        client.get(ME)


# Time travel through the program of the demo


@pytest.fixture
def demo_agenda():
    return releases.current(loader.load(by=make_organizer())).agenda


def test_at_every_boundary_of_the_demo_the_right_items_are_now(demo_agenda):
    for boundary in demo_agenda.boundaries:
        for second in (-1, 0, 1):
            for group in ("A", "B", None):
                check_moment(demo_agenda, group, boundary + timedelta(seconds=second))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(-3 * 24 * 60, 16 * 24 * 60), st.sampled_from(["A", "B", None]))
def test_at_any_moment_of_the_demo_the_right_items_are_now(demo_agenda, minutes, group):
    begin = datetime(2018, 7, 18, tzinfo=JAKARTA)

    check_moment(demo_agenda, group, begin + timedelta(minutes=minutes))


def test_at_every_boundary_of_the_demo_the_page_opens(demo_agenda, client, set_clock):
    program = type(make_program(slug="other")).objects.get(slug="ikm-2018")
    person = make_participant(program, user=True, group=program.groups.get(name="A"))
    client.force_login(person.user)
    for boundary in demo_agenda.boundaries[::7]:
        set_clock(boundary)

        response = client.get(ME)

        on = [i for i in demo_agenda.for_group("A").items if i.is_on(boundary)]
        assert [i.title for i in on if i.title not in cards(response)[0]] == []
