"""My schedule as its participant reads it, at moments of the whole program."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from program.agenda.kinds import Kind
from program.publishing import releases
from sessions.models import Material
from tests.demo import load_demo
from tests.makers import at, make_item, make_program, make_release
from tests.participants.people.makers import make_participant
from tests.reading import Page

from .my_schedule import ME, cards
from .test_schedule import check_moment

pytestmark = pytest.mark.django_db
JAKARTA = ZoneInfo("Asia/Jakarta")


# The moments of a program


def test_before_the_program_says_how_long_and_what_to_do(me, open_me_at):
    response = open_me_at("09:00", on=10)

    now, next_, then = cards(response)
    assert now.startswith("Now 10 July, 09:00 WIB Small industry starts on Wednesday 18 July 8 days to go")
    assert "Check your flights, so that you are met at the airport" in now
    assert "Next: your bus" in next_ and "Tuesday 24 July 08:00 to 08:40 WIB" in next_
    assert "Laboratory" in then
    assert "Your badge" in Page(response).one("ul", "pack").text
    assert "Aprons" not in Page(response).one("ul", "pack").text


def test_now_next_and_bus_are_told_with_place_and_time_left(me, open_me_at):
    now, bus = cards(open_me_at("10:52"))

    assert now == "Now 10:52 WIB Laboratory until 11:00 8 min left Where Institute With Group B, your group"
    assert bus == (
        "Next: your bus Bus back 13:00 to 13:40 WIB in 2 h 8 min Be there by 12:50 WIB"
        " Meet at Gate, Institute To Hotel Vehicle Bus 2"
    )


def test_heading_of_each_card_begins_with_what_the_card_is_for(me, open_me_at):
    def headings(*moment, **day):
        page = Page(open_me_at(*moment, **day))
        return page.texts("h2", within=page.one("div", "cards"))

    assert headings("09:00") == [
        "Now: Nothing on your schedule",
        "Next: Laboratory",
        "Your next bus: Bus back",
    ]
    assert headings("07:40") == [
        "Next: your bus: Bus out",
        "Now: Nothing on your schedule",
        "After that: Laboratory",
    ]
    assert headings("10:52")[0] == "Now: Laboratory"
    assert headings("09:00", on=10)[0].startswith("Now: Small industry starts on")


def test_before_the_bus_it_says_what_to_bring_where_it_leads(me, open_me_at):
    bus, now, then = cards(open_me_at("07:40"))

    assert now == "Now 07:40 WIB Nothing on your schedule until 08:00 in 20 min"
    assert bus.endswith(
        "Be there by 07:50 WIB Meet at Lobby, Hotel To Institute Vehicle Bus 2 Bring Your badge"
    )
    assert then.startswith("After that Group B Laboratory 10:00 to 11:00 WIB")


@pytest.mark.parametrize(
    "clock, first",
    [("10:59", "Now"), ("11:00", "Next: your bus"), ("12:29", "Now"), ("12:30", "Next: your bus")],
)
def test_the_bus_is_the_loudest_card_when_it_is_the_next_thing_to_do(me, program, open_me_at, clock, first):
    make_item(program, "Talk", "11:30", "12:50", venue=program.venues.get(name="Institute"))
    if first == "Next: your bus" and clock == "11:00":
        program.items.concrete().get(title="Talk").delete()
    make_release(program)

    response = open_me_at(clock)

    assert cards(response)[0].startswith(first)
    loud = Page(response).all("section", "loud")
    assert bool(loud) == (first != "Now")


def test_a_phone_without_network_knows_when_the_bus_comes_first(me, program, open_me_at):
    make_item(program, "Talk", "11:30", "12:50", venue=program.venues.get(name="Institute"))
    make_release(program)

    page = Page(open_me_at("12:00"))

    moments = [
        int(node.attributes["data-moment"])
        for node in page.all("template", within=page.main)
        if "data-moment" in node.attributes
    ]
    assert int(at(24, "12:30", program.tz).timestamp()) in moments


def test_what_is_next_in_the_same_place_needs_no_bus(me, open_me_at):
    _now, next_, bus = cards(open_me_at("09:00"))

    assert "Where Institute The same place: no bus" in next_
    assert bus.startswith("Your next bus Bus back 13:00")


def test_during_a_cancelled_item_it_says_so(me, program, visit_day, open_me_at):
    visit_day["b"].status = "cancelled"
    visit_day["b"].save()
    make_release(program)

    now, bus = cards(open_me_at("10:30"))

    assert now == (
        "Now 10:30 WIB Laboratory Cancelled. It was planned from 10:00 to 11:00. until 13:00 in 2 h 30 min"
    )
    assert "Bus back" in bus


def test_in_the_evening_it_tells_when_it_goes_on(me, open_me_at):
    now, next_ = cards(open_me_at("21:00"))

    assert now == "Now 21:00 WIB Nothing more today Your schedule continues on Monday 30 July at 09:00 WIB."
    assert next_.startswith("Next Closing session Monday 30 July 09:00 to 10:00 WIB")


def test_past_midnight_an_item_of_yesterday_is_still_on(me, program, open_me_at):
    late = make_item(program, "Night train", "22:00", "23:00", kind=Kind.TRAVEL)
    late.ends_at += timedelta(hours=3)
    late.save()
    make_release(program)

    evening, *_rest = cards(open_me_at("22:30"))
    night, *_rest = cards(open_me_at("00:30", on=25))

    assert "Night train until 02:00 tomorrow 3 h 30 min left" in evening
    assert "Night train until 02:00 1 h 30 min left" in night


def test_last_day_says_that_it_is_the_last(me, open_me_at):
    response = open_me_at("09:30", on=30)

    assert "Closing session until 10:00 30 min left" in cards(response)[0]
    assert "day 13, the last" in Page(response).one("div", "day-head").text


def test_after_the_end_it_thanks_and_hands_out_materials(me, visit_day, open_me_at):
    material = Material.objects.create(session=visit_day["last"], title="Slides", link="https://example.org/")

    response = open_me_at("10:00", on=30)

    thanks, _certificate, materials = cards(response)
    assert thanks.startswith("The program is over 30 July 2018 Thank you for taking part")
    assert ("Slides", f"/ikm-2018/materials/{material.pk}/") in Page(response).links()
    assert materials == "Materials of your sessions Slides"
    words = Page(response).main.text
    assert "All days" in words and "The other days" not in words and "Add it to your calendar" not in words


def test_journey_home_is_wished_only_while_people_travel(client, me, program, visit_day, set_clock):
    told = []
    for days in (1, 365):
        set_clock(at(30, "10:00", program.tz) + timedelta(days=days))
        told.append(cards(client.get(ME))[0])
    first, year_after = told

    assert first.endswith("has ended. We wish you a safe journey home.")
    assert year_after.endswith("ended on Monday 30 July 2018.")


def test_after_the_end_materials_of_other_groups_stay_away(me, program, visit_day, open_me_at):
    other = make_item(
        program, "Other session", day=25, kind=Kind.SESSION, groups=[program.groups.get(name="A")]
    )
    Material.objects.create(session=other, title="Theirs", link="https://example.org/")
    make_release(program)

    assert "Theirs" not in open_me_at("10:00", on=30).content.decode()


def test_without_a_release_it_says_so(client, program):
    person = make_participant(program, user=True)
    client.force_login(person.user)

    response = client.get(ME)

    assert response.status_code == 200
    assert "not published" in Page(response).main.text


def test_in_indonesian_titles_and_times_are_indonesian(me, program, visit_day, open_me_at):
    visit_day["b"].local_title = "Laboratorium"
    visit_day["b"].save()
    make_release(program)

    now, *_rest = cards(open_me_at("10:52", path="/id/ikm-2018/me/"))

    assert "Laboratorium" in now
    assert "11.00" in now and "10.52 WIB" in now


# Groups


def test_own_group_only_and_never_a_word_of_the_other(me, open_me_at):
    page = open_me_at("09:00").content.decode()

    assert "Laboratory" in page
    assert "Workshop" not in page


def test_without_a_group_both_turns_are_shown_and_it_says_why(client, program, visit_day, open_me_at):
    make_release(program)
    client.force_login(make_participant(program, user=True).user)

    response = open_me_at("10:30")

    now = cards(response)[0]
    assert "Workshop until 11:00 30 min left Where Institute With Group A" in now
    assert "Laboratory until 11:00 30 min left Where Institute With Group B" in now
    assert "You have no group yet." in Page(response).main.text


def test_two_groups_read_different_pages_at_one_moment(client, me, program, open_me_at):
    assert "Laboratory" in cards(open_me_at("10:30"))[0]

    other = make_participant(program, user=True, group=program.groups.get(name="A"), seen_release=1)
    client.force_login(other.user)

    assert "Workshop" in cards(open_me_at("10:30"))[0]


# Time travel through the program of the demo


@pytest.fixture
def demo_agenda():
    return releases.current(load_demo()).agenda


def test_at_every_boundary_of_the_demo_the_right_items_are_now(demo_agenda):
    for boundary in demo_agenda.boundaries:
        for second in (-1, 0, 1):
            for group in (*(group.id for group in demo_agenda.groups), None):
                check_moment(demo_agenda, group, boundary + timedelta(seconds=second))


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(-3 * 24 * 60, 16 * 24 * 60), st.sampled_from(["A", "B", None]))
def test_at_any_moment_of_the_demo_the_right_items_are_now(demo_agenda, minutes, group):
    begin = datetime(2018, 7, 18, tzinfo=JAKARTA)

    check_moment(demo_agenda, group and demo_agenda.group_asked(group).id, begin + timedelta(minutes=minutes))


def test_at_every_boundary_of_the_demo_the_page_opens(demo_agenda, client, set_clock):
    program = type(make_program(slug="other")).objects.get(slug="ikm-2018")
    person = make_participant(program, user=True, group=program.groups.get(name="A"))
    client.force_login(person.user)
    for boundary in demo_agenda.boundaries[::7]:
        set_clock(boundary)

        response = client.get(ME)

        on = [i for i in demo_agenda.for_group(person.group_id).items if i.is_on(boundary)]
        told = " ".join(cards(response))
        assert [i.title for i in on if i.title not in told] == []
