"""My schedule on a phone: read at a glance, and following what happens while it is open."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from participants.models import Participant
from program import clock
from tests.makers import at, make_release
from tests.participants.me.makers import make_announcement

from .page import ME, a_minute_later, card


def move_bus(program, minutes=-10):
    bus = program.items.concrete().get(title="Bus to PT Dirgantara Indonesia")
    bus.starts_at += timedelta(minutes=minutes)
    bus.save()
    return make_release(program)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_now_next_and_bus_are_read_on_a_phone(open_me, barriers, theme):
    page = open_me(color_scheme=theme)

    expect(card(page, 0)).to_contain_text("Foundry and testing laboratories")
    expect(card(page, 0)).to_contain_text("8 min left")
    expect(card(page, 1)).to_contain_text("Workshop: trying the CNC machine")
    expect(card(page, 2)).to_contain_text("Your next bus")
    assert card(page, 1).get_by_role("heading").bounding_box()["y"] < 844  # without scrolling
    assert barriers(page) == []
    assert page.complaints == []


def test_nothing_is_wider_than_the_narrowest_phone(open_me, program):
    move_bus(program)

    page = open_me(width=320)

    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_what_one_touches_is_large_enough(open_me, program):
    move_bus(program)
    page = open_me()

    small = page.evaluate(
        """() => [...document.querySelectorAll("main :is(button, summary, .btn)")]
        .filter(e => e.offsetParent && e.getBoundingClientRect().height < 44).map(e => e.outerHTML)"""
    )

    assert small == []


def test_minutes_move_on_with_the_clock_of_the_server(open_me, set_clock, program):
    page = open_me()

    set_clock(at(24, "10:53", program.tz))
    a_minute_later(page)

    expect(card(page, 0)).to_contain_text("7 min left")
    expect(card(page, 0)).to_contain_text("10:53 WIB")


def test_what_is_on_gives_way_to_what_comes(open_me, set_clock, program):
    page = open_me()
    page.get_by_role("link", name="Agenda", exact=True).focus()

    set_clock(at(24, "11:00", program.tz))
    a_minute_later(page)

    expect(card(page, 0)).to_contain_text("Workshop: trying the CNC machine")
    expect(card(page, 0)).to_contain_text("1 h left")
    expect(page.get_by_role("link", name="Agenda", exact=True)).to_be_focused()
    assert page.complaints == []


def test_what_has_the_focus_is_left_alone(open_me, set_clock, program):
    page = open_me()
    link = card(page, 0).get_by_role("link")
    link.focus()

    set_clock(at(24, "11:00", program.tz))
    a_minute_later(page)
    expect(link).to_be_focused()

    link.blur()
    a_minute_later(page)
    expect(card(page, 0)).to_contain_text("Workshop: trying the CNC machine")


def test_new_release_is_said_and_nothing_moves_until_it_is_asked_for(open_me, program):
    page = open_me()
    print_button = page.get_by_role("link", name="Print my days")
    print_button.focus()
    print_button.scroll_into_view_if_needed()
    before = page.evaluate("scrollY"), print_button.bounding_box()

    move_bus(program)
    a_minute_later(page)

    said = page.get_by_role("status").filter(has_text="A new version of the agenda is here.")
    expect(said).to_be_visible()
    expect(print_button).to_be_focused()
    assert (page.evaluate("scrollY"), print_button.bounding_box()) == before
    expect(card(page, 2)).to_contain_text("13:00")

    said.get_by_role("link", name="Show it").click()
    expect(page.get_by_role("heading", name="1 change in your schedule")).to_be_visible()
    expect(card(page, 2)).to_contain_text("12:50")
    assert page.complaints == []


def test_changes_are_seen_with_one_button(open_me, me, program, barriers):
    move_bus(program)
    page = open_me()
    assert barriers(page) == []

    page.get_by_role("button", name="I have seen the changes").click()

    expect(page.get_by_role("heading", name="1 change in your schedule")).to_have_count(0)
    assert Participant.objects.get(pk=me.pk).seen_release == 2


def test_new_announcement_is_said(open_me, program):
    page = open_me()

    now = clock.now()
    make_announcement(program, text="Back gate!", starts_at=now, expires_at=now + timedelta(hours=1))
    a_minute_later(page)

    expect(page.get_by_role("status").filter(has_text="There is a new announcement.")).to_be_visible()
    page.get_by_role("link", name="Show it").click()
    expect(page.get_by_text("Back gate!")).to_be_visible()


def test_announcement_that_is_corrected_or_over_does_not_stay(open_me, program):
    now = clock.now()
    told = make_announcement(program, text="Back gate!", starts_at=now, expires_at=now + timedelta(hours=1))
    page = open_me()
    expect(page.get_by_text("Back gate!")).to_be_visible()

    told.text = "Front gate!"
    told.save()
    a_minute_later(page)
    expect(page.get_by_text("Front gate!")).to_be_visible()
    expect(page.get_by_text("Back gate!")).to_have_count(0)

    told.delete()
    a_minute_later(page)
    expect(page.get_by_text("Front gate!")).to_have_count(0)


def test_without_a_network_the_page_says_how_old_it_is(open_me):
    page = open_me()

    page.context.set_offline(True)

    said = page.get_by_role("status").filter(has_text="No connection.")
    expect(said).to_contain_text("This is the copy of Tuesday 24 July, 10:52 WIB.")
    expect(card(page, 0)).to_contain_text("Foundry and testing laboratories")

    page.context.set_offline(False)
    expect(said).to_have_count(0)


def test_a_page_nobody_looks_at_asks_for_nothing(open_me):
    page = open_me()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.evaluate("Object.defineProperty(document, 'hidden', {value: true})")

    page.clock.fast_forward(300_000)

    assert [address for address in asked if address.endswith(ME)] == []


def test_welcome_of_the_first_visit_stays_while_the_page_is_open(open_me, me):
    Participant.objects.update(seen_release=0)

    page = open_me()
    a_minute_later(page)

    expect(page.get_by_text("This is your own schedule.")).to_be_visible()
    assert page.complaints == []


def test_without_script_the_page_is_right_when_it_opens(open_me):
    page = open_me(java_script_enabled=False)

    expect(card(page, 0)).to_contain_text("until 11:00 8 min left")
    page.get_by_text("Friday 27 July").click()
    expect(page.get_by_role("link", name="Ceramics research and development")).to_be_visible()


@pytest.mark.parametrize("day, clock_time", [(10, "09:00"), (24, "10:52")])
@pytest.mark.parametrize("path", [ME, f"{ME}print/"])
def test_all_days_print_on_one_page(open_me, program, set_clock, path, day, clock_time):
    set_clock(at(day, clock_time, program.tz))
    page = open_me(path)

    paper = page.pdf(prefer_css_page_size=True)

    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 1


def test_calendar_page_has_no_barriers(open_me, barriers):
    page = open_me(f"{ME}calendar/")

    expect(page.get_by_role("link", name="Google Calendar")).to_be_visible()
    assert barriers(page) == []
    assert page.complaints == []


def test_address_of_the_calendar_is_copied_or_left_selected(open_me):
    page = open_me(f"{ME}calendar/")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])

    page.get_by_role("button", name="Copy the address").click()
    expect(page.get_by_role("status").filter(has_text="Copied.")).to_be_visible()
    address = page.get_by_role("textbox").input_value()
    assert page.evaluate("navigator.clipboard.readText()") == address

    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error()) }")
    page.get_by_role("button", name="Copy the address").click()
    expect(page.get_by_role("status").filter(has_text="Not copied")).to_be_visible()
    assert page.evaluate("getSelection().toString()") == address
