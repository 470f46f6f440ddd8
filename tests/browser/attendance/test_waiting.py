"""Marks that wait for the network outlive the page, and say so; each tap that may be a mistake asks first."""

import json
from datetime import timedelta

import pytest

from participants.attendance import marking
from participants.models import Attendance
from program import clock
from program.drafting import history
from program.models import AgendaItem
from tests.browser.state import signed_in
from tests.makers import make_group, make_release
from tests.participants.attendance.attending import make_staff, published, states
from tests.participants.people.makers import make_participant

from .page import address, bottom, kept, row, saved, say, tap, until

DAY = "/ikm-2018/attendance/"


def hold_back(page):
    """From now on no mark gets out of this page."""
    page.route(
        "**/mark/", lambda route: route.abort() if route.request.method == "POST" else route.continue_()
    )


def go_offline_and_tap(page, *names):
    page.context.set_offline(True)
    for name in names:
        tap(page, name)
        row(page, name).get_by_text("Not sent yet").wait_for()


# Kept on the phone


def test_unsent_taps_outlive_the_tab_and_go_from_any_page_of_the_attendance(visit, item, staff):
    page = visit(address(item), storage_state=staff)
    go_offline_and_tap(page, "Zoë", "Sample of Bhutan")
    page.get_by_text("2 marks are waiting for the network").wait_for()
    context = page.context
    page.close()
    assert states(item) == {}

    context.set_offline(False)
    page = context.new_page()
    page.goto("/ikm-2018/attendance/summary/")
    until(page, lambda: kept(page) == [])

    assert states(item) == {"Zoë Ñandú": "present", "Sample of Bhutan": "present"}


def test_a_page_opened_anew_shows_what_is_not_sent_and_for_which_item(visit, item, staff):
    page = visit(address(item), storage_state=staff)
    go_offline_and_tap(page, "Zoë")
    hold_back(page)
    page.context.set_offline(False)
    page.reload()

    row(page, "Zoë").get_by_text("Not sent yet").wait_for()
    assert row(page, "Zoë").locator("[data-word]").inner_text() == "Present"
    page.goto(DAY)
    page.get_by_text("1 mark is waiting for the network").wait_for()
    assert "00:00 Workshop" in page.locator("[data-waiting-said]").inner_text()
    page.unroute("**/mark/")
    page.locator("[data-waiting]").wait_for(state="hidden")

    assert states(item) == {"Zoë Ñandú": "present"}


def test_a_mark_that_was_kept_counts_from_when_it_was_made(visit, item, staff):
    page = visit(address(item), storage_state=staff)
    go_offline_and_tap(page, "Zoë")
    [(key, text)] = kept(page)
    an_hour_ago = json.loads(text)
    an_hour_ago["at"] -= 60 * 60 * 1000
    page.evaluate("([key, text]) => localStorage.setItem(key, text)", [key, json.dumps(an_hour_ago)])
    page.context.set_offline(False)
    saved(page, "Zoë")

    made = clock.now() - Attendance.objects.get().marked_at
    assert timedelta(minutes=59) < made < timedelta(minutes=62)


def test_nothing_but_ids_states_and_times_is_kept(visit, item, staff):
    page = visit(address(item), storage_state=staff)
    go_offline_and_tap(page, "Zoë")
    page.get_by_role("button", name="Everybody present").click()
    page.get_by_text("5 marks are waiting").wait_for()

    entries = kept(page)

    assert len(entries) == 2
    assert {name for _key, text in entries for name in json.loads(text)} == {"at", "state", "people"}
    text = json.dumps(entries)
    assert not any(word in text for word in ("Zo", "Sample", "Workshop", "Staff"))


def test_signing_out_says_what_would_be_lost_and_forgets_it(visit, item, staff):
    page = visit(address(item), storage_state=staff)
    hold_back(page)
    tap(page, "Zoë")
    row(page, "Zoë").get_by_text("Not sent yet").wait_for()

    page.goto("/account/logout/")
    page.get_by_text("Marks that are not sent yet: 1. If you sign out now, they are lost.").wait_for()
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.wait_for_url(lambda url: "logout" not in url)

    assert kept(page) == []


def test_signing_out_without_network_forgets_nothing(visit, item, staff):
    page = visit(address(item), storage_state=staff)
    hold_back(page)
    tap(page, "Zoë")
    row(page, "Zoë").get_by_text("Not sent yet").wait_for()
    page.goto("/account/logout/")

    page.context.set_offline(True)
    page.get_by_role("main").get_by_role("button", name="Sign out").click()

    page.get_by_text("You are still signed in: there is no network.").wait_for()
    assert len(kept(page)) == 1


def test_marks_of_somebody_else_are_forgotten_when_another_one_signs_in(visit, item, program):
    staff, person = make_staff(), make_participant(program, user=True)
    for user, path in ((staff, DAY), (person.user, "/ikm-2018/me/")):
        page = visit("/robots.txt", storage_state=signed_in(user))
        page.evaluate(
            f'localStorage.setItem(\'marks/0/ikm-2018/{item.id}/1\', \'{{"at": 1, "state": "late"}}\')'
        )
        page.goto(path)
        until(page, lambda page=page: kept(page) == [])

    assert states(item) == {}


# Undo, and everybody


def test_undo_without_network_takes_back_what_waits_and_says_what_it_cannot(visit, item, staff):
    page = visit(address(item), storage_state=staff)
    tap(page, "Sample of Bhutan")
    saved(page, "Sample of Bhutan")
    go_offline_and_tap(page, "Zoë")

    page.get_by_role("button", name="Undo: Zoë Ñandú").click()
    assert row(page, "Zoë").locator("[data-word]").inner_text() == ""
    assert kept(page) == []
    page.get_by_role("button", name="Undo: Sample of Bhutan").click()
    page.get_by_role("alert").get_by_text("Not undone: there is no network.").wait_for()

    assert states(item) == {"Sample of Bhutan": "present"}


def test_everybody_without_network_is_undone_before_it_went(visit, item, staff):
    page = visit(address(item), storage_state=staff)
    page.context.set_offline(True)
    page.get_by_role("button", name="Everybody present").click()

    page.get_by_role("button", name="Undo: 5 people").click()

    assert page.locator("[data-sent]").count() == 0
    assert page.get_by_role("button", name="Everybody present").is_visible()
    page.context.set_offline(False)
    assert kept(page) == []
    assert states(item) == {}


def test_everybody_that_waited_leaves_what_others_marked_meanwhile(visit, item, program, staff):
    page = visit(address(item), storage_state=staff)
    page.context.set_offline(True)
    page.get_by_role("button", name="Everybody present").click()
    page.get_by_text("5 marks are waiting").wait_for()
    person = program.participants.get(country="AT")
    marking.mark(program, item, {person.pk: "sick"}, by=make_staff("Second Staff"))

    page.context.set_offline(False)
    page.get_by_text("Marked present: 4 people.").wait_for()

    assert states(item)["Zoë Ñandú"] == "sick"


def test_what_was_marked_for_everybody_is_no_longer_said_when_undone(visit, item, staff):
    page = visit(address(item), storage_state=staff)
    page.get_by_role("button", name="Everybody present").click()
    page.get_by_text("Marked present: 5 people.").wait_for()

    page.get_by_role("button", name="Undo: 5 people").click()
    page.get_by_role("button", name="Everybody present").wait_for()

    assert page.get_by_text("Marked present: 5 people.").is_hidden()
    assert states(item) == {}


# Asked first


def test_a_touch_on_the_row_of_somebody_sick_asks(visit, item, staff):
    page = visit(address(item), storage_state=staff)
    say(page, "Zoë", "Sick")
    saved(page, "Zoë")
    question = page.get_by_role("dialog")

    tap(page, "Zoë")
    question.get_by_text("Zoë Ñandú is marked: Sick. Change it to present?").wait_for()
    question.get_by_role("button", name="No, leave it").click()
    assert row(page, "Zoë").locator("[data-word]").inner_text() == "Sick"
    assert states(item) == {"Zoë Ñandú": "sick"}

    tap(page, "Zoë")
    question.get_by_role("button", name="Mark present").click()
    row(page, "Zoë").locator("[data-word]", has_text="Present").wait_for()
    saved(page, "Zoë")
    assert states(item) == {"Zoë Ñandú": "present"}


@pytest.fixture
def tomorrow(program, item):
    day = item.day + timedelta(days=1)
    program.ends_on = day
    program.save()
    return published(program, "Tomorrow", "10:00", "11:00", day=day)


def test_a_mark_for_an_item_of_another_day_asks_once(visit, tomorrow, staff):
    page = visit(address(tomorrow), storage_state=staff)
    question = page.get_by_role("dialog")

    tap(page, "Zoë")
    question.get_by_text("This item is on").wait_for()
    question.get_by_role("button", name="No, leave it").click()
    assert row(page, "Zoë").locator("[data-word]").inner_text() == ""

    tap(page, "Zoë")
    question.get_by_role("button", name="Mark it all the same").click()
    saved(page, "Zoë")
    tap(page, "Sample of Bhutan")
    saved(page, "Sample of Bhutan")
    assert states(tomorrow) == {"Zoë Ñandú": "present", "Sample of Bhutan": "present"}


def test_without_script_a_box_has_to_be_ticked_for_another_day(visit, tomorrow, staff):
    page = visit(address(tomorrow), java_script_enabled=False, storage_state=staff)

    tap(page, "Zoë")
    page.get_by_role("button", name="Save").click()
    assert states(tomorrow) == {}
    page.get_by_label("Mark it all the same?").check()
    page.get_by_role("button", name="Save").click()

    page.get_by_text("Saved: one mark.").wait_for()
    assert states(tomorrow) == {"Zoë Ñandú": "present"}


# With another group


def test_somebody_of_another_group_is_found_and_recorded_as_such(visit, program, item, staff):
    other = make_group(program, "B")
    make_participant(program, name="Amal", group=other)
    make_release(program)
    page = visit(address(item), storage_state=staff)

    page.get_by_label("Find a person").fill("amal")
    page.get_by_role("button", name="Came with Group A").click()
    page.locator("[data-guest-of]", has_text="Sample Staff").wait_for()
    assert states(item) == {"Amal": "present"}
    page.reload()

    assert "Came with Group A" in row(page, "Amal").inner_text()
    assert page.locator(".tally-n").inner_text() == "0 of 5 present"
    assert "Of another group 1" in page.locator(".tally-s").inner_text()
    page.get_by_role("button", name="Undo: Amal").click()
    row(page, "Amal").locator("[data-word]", has_text="Present").wait_for(state="detached")
    assert states(item) == {}


# On a small screen


def test_the_words_come_out_from_under_the_bar(visit, item, staff):
    page = visit(address(item), width=320, height=640, storage_state=staff)
    last = row(page, "Sample of Myanmar")
    last.evaluate("row => row.scrollIntoView({ block: 'end' })")
    page.mouse.wheel(0, -60)

    last.locator("summary").click()

    words, bar = last.locator(".words"), page.locator(".bar")
    until(page, lambda: bottom(words) <= bar.bounding_box()["y"])


def test_two_people_at_least_are_on_the_first_screen(visit, item, staff):
    page = visit(address(item), width=320, height=640, storage_state=staff)
    page.locator("[data-everybody]").wait_for()

    seen = page.evaluate(
        """() => {
            const bar = document.querySelector(".bar").getBoundingClientRect().top;
            return [...document.querySelectorAll("[data-row] .who")]
                .filter((row) => row.getBoundingClientRect().bottom <= bar).length;
        }"""
    )

    assert seen >= 2


# Before the first tap


def test_an_item_that_was_deleted_or_cancelled_says_so_before_the_first_tap(visit, item, program, staff):
    open_page = visit(address(item), storage_state=staff)
    history.delete(AgendaItem.objects.concrete().get(pk=item.id))

    open_page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    open_page.get_by_text("an organizer deleted this item").wait_for()
    assert row(open_page, "Zoë").get_by_label("Zoë Ñandú: present").is_disabled()
    page = visit(address(item), storage_state=staff)
    assert page.get_by_text("an organizer deleted this item").is_visible()
    assert page.locator("#roll").count() == 0
