"""My schedule stays in the hand: open for hours, on a network that is weak, away, or no longer signed in."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from tests.browser.state import signed_in
from tests.makers import at

from .page import ME, a_minute_later, card

OPENED = (24, "10:52")


@pytest.fixture
def page(open_me):
    """My schedule, opened at 10:52. ``page.loads`` are the addresses it went to since."""
    page = open_me()
    page.loads = []
    page.on("framenavigated", lambda frame: page.loads.append(frame.url))
    return page


@pytest.fixture
def cut(page):
    """Without a network that the browser knows of: requests fail, yet it says that it is on line."""
    page.route("**/*", lambda route: route.abort())
    assert page.evaluate("navigator.onLine")
    return page


@pytest.fixture
def wait_until(page, program, set_clock):
    """Call with a day and a time: it is then, here and on the server."""
    stands = [at(*OPENED, program.tz)]

    def go(day, clock):
        moment = at(day, clock, program.tz)
        set_clock(moment)
        page.clock.fast_forward((moment - stands[0]) // timedelta(milliseconds=1))
        stands[0] = moment

    return go


def where_it_rests(element):
    """Where on the screen it is, once the page does not scroll any more."""
    element.scroll_into_view_if_needed()  # waits until it stands still
    return element.bounding_box()


def said(page, words):
    return page.get_by_role("status").filter(has_text=words)


def test_when_an_item_ends_the_page_moves_on_and_stays_as_one_left_it(page, wait_until):
    friday = page.locator("#d-2018-07-27")
    friday.locator("summary").click()
    link = friday.get_by_role("link").first
    link.focus()
    before = where_it_rests(link)

    with page.expect_response(lambda response: response.url.endswith(ME) and response.status == 200):
        wait_until(24, "11:00")

    expect(card(page, 0)).to_contain_text("Workshop: trying the CNC machine")
    expect(page.locator("#earlier")).to_contain_text("Earlier today: 3 items")
    expect(friday).to_have_attribute("open", "")
    expect(link).to_be_focused()
    assert where_it_rests(link) == pytest.approx(before, abs=1)
    assert page.loads == []
    assert page.get_by_role("status").all_inner_texts() == ["", "", ""]
    assert page.complaints == []


def test_day_that_is_opened_stays_open_over_midnight(page, wait_until):
    friday = page.locator("#d-2018-07-27")
    friday.locator("summary").click()

    wait_until(25, "00:01")

    expect(page.locator("#day-h")).to_contain_text("Today")
    expect(page.locator("#d-2018-07-25")).to_have_count(0)
    expect(friday).to_have_attribute("open", "")
    assert page.loads == []


def test_without_an_answer_now_next_and_bus_move_on(cut, wait_until):
    page = cut

    wait_until(24, "11:00")
    expect(card(page, 0)).to_contain_text(
        "Now 11:00 WIB Now: Workshop: trying the CNC machine until 12:00 1 h left"
    )
    wait_until(24, "13:08")
    expect(card(page, 0)).to_contain_text(
        "Now 13:08 WIB Now: Bus to PT Dirgantara Indonesia until 13:40 32 min left"
    )
    expect(card(page, 1)).to_contain_text("Next")
    expect(card(page, 1)).to_contain_text("in 37 min")
    expect(page.locator(".stops .is-now")).to_contain_text("Bus to PT Dirgantara Indonesia")
    expect(page.locator(".cards")).not_to_contain_text("until 11:00")
    assert page.loads == []


def test_without_an_answer_the_page_names_the_day_and_the_time_of_its_copy(cut, wait_until):
    wait_until(24, "11:00")
    expect(said(cut, "No connection.")).to_contain_text("This is the copy of Tuesday 24 July, 10:52 WIB.")

    wait_until(25, "08:00")
    expect(said(cut, "No connection.")).to_contain_text("This is the copy of Tuesday 24 July, 10:52 WIB.")


def test_without_an_answer_the_next_day_is_not_called_today_in_the_words_of_the_day_before(cut, wait_until):
    page = cut
    expect(page.locator("#day-h")).to_contain_text("Rest of today")

    wait_until(25, "06:00")

    expect(page.locator("#day-h")).to_have_text("Tuesday 24 July")
    expect(page.locator(".me").get_by_text("today", exact=False).locator("visible=true")).to_have_count(0)
    expect(page.locator("h1")).to_have_text("My schedule, Wednesday 25 July 2018")
    expect(card(page, 0)).to_contain_text("Next: your bus")
    expect(card(page, 1)).to_contain_text("06:00 WIB")


def test_when_the_copy_holds_no_more_the_page_says_so(cut, wait_until):
    wait_until(26, "09:00")

    expect(card(cut, 0)).to_contain_text("This copy is too old to say what is on now")
    expect(cut.locator(".cards section")).to_have_count(1)
    expect(cut.locator("#d-2018-07-26")).to_be_visible()


def test_card_in_focus_stays_and_no_longer_says_that_it_is_now(cut, wait_until):
    link = card(cut, 0).get_by_role("link")
    link.focus()

    wait_until(24, "11:08")

    expect(link).to_be_focused()
    expect(card(cut, 0)).not_to_contain_text("Now", use_inner_text=True)
    link.blur()
    cut.clock.fast_forward(16_000)
    expect(card(cut, 0)).to_contain_text("Workshop: trying the CNC machine")


def test_single_answer_that_gets_lost_is_not_told(cut):
    with cut.expect_event("requestfailed"):
        cut.clock.fast_forward(61_000)

    assert said(cut, "No connection.").count() == 0

    with cut.expect_event("requestfailed"):
        cut.clock.fast_forward(61_000)
    expect(said(cut, "No connection.")).to_be_visible()

    cut.unroute_all()
    a_minute_later(cut)
    expect(said(cut, "No connection.")).to_have_count(0)


def test_answer_of_somebody_else_is_none(page):
    page.route(
        "**" + ME, lambda route: route.fulfill(body="<h1>Welcome to the hotel</h1>", content_type="text/html")
    )

    a_minute_later(page)
    a_minute_later(page)

    expect(said(page, "No connection.")).to_be_visible()
    expect(card(page, 0)).to_contain_text("10:54 WIB")


def test_signed_out_elsewhere_is_said_with_the_way_back_in(page, wait_until, barriers):
    Session.objects.all().delete()

    wait_until(24, "11:00")

    told = said(page, "You are signed out.")
    expect(told).to_be_visible()
    expect(card(page, 0)).to_contain_text("Workshop: trying the CNC machine")
    assert said(page, "No connection.").count() == 0
    assert page.loads == []
    assert barriers(page) == []
    told.get_by_role("link", name="Sign in to see changes.").click()
    expect(page).to_have_url(re.compile(f"/account/login/.*next={ME}"))


def test_no_longer_a_participant_is_said_like_signed_out(page, me, wait_until):
    type(me).objects.update(status="withdrawn")

    wait_until(24, "10:54")

    expect(said(page, "You are signed out.")).to_be_visible()


def test_page_out_of_the_browsers_store_believes_the_clock_of_the_device(me, visit):
    page = visit(ME, storage_state=signed_in(me.user))  # the device is years ahead of the page
    expect(card(page, 0)).to_contain_text("Now 10:52 WIB")
    page.get_by_role("link", name="Agenda", exact=True).click()
    expect(page.locator("h1")).to_have_text("Agenda")
    page.context.set_offline(True)

    page.go_back()

    expect(said(page, "No connection.")).to_contain_text("Tuesday 24 July, 10:52 WIB")
    expect(card(page, 0)).to_contain_text("This copy is too old to say what is on now")
