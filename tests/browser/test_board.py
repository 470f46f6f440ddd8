"""The board of a day in a real browser: by mouse, keys and finger, by two people, without script."""

import re

import pytest
from playwright.sync_api import expect

from program.models import AgendaItem
from tests.browser.state import signed_in
from tests.makers import make_organizer

BOARD = "/admin/program/agendaitem/board/?day=2018-07-24"
VISIT = "Indonesian aerospace: hangars and assembly lines"


@pytest.fixture
def board(visit, organizer):
    """Call with what ``visit`` takes: the board of Tuesday 24 July, of the organizer or ``user``."""

    def open_board(user=organizer, width=1440, height=1000, address=BOARD, **options):
        return visit(address, width=width, height=height, storage_state=signed_in(user), **options)

    return open_board


def card(page, title=VISIT):
    return page.locator(".tt-cards > .card", has_text=title).first


def drag(page, handle, by):
    """Take ``handle`` by the mouse and move it ``by`` (x, y) pixels; it stays in the hand."""
    handle.evaluate("card => card.scrollIntoView({ block: 'center', behavior: 'instant' })")
    box = handle.bounding_box()
    x, y = box["x"] + box["width"] / 3, box["y"] + min(20, box["height"] / 2)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + by[0], y + by[1], steps=4)


def said(page, text):
    expect(page.locator("[data-undo-text]")).to_have_text(text)


def saved_times(title=VISIT):
    item = AgendaItem.objects.get(title=title)
    local = [moment.astimezone(item.program.tz) for moment in (item.starts_at, item.ends_at)]
    return f"{local[0]:%d %H:%M}–{local[1]:%H:%M}"


def test_card_is_dragged_stretched_carried_to_another_day_and_all_is_undone(board):
    page = board()
    visit = card(page)

    drag(page, visit, (0, 96))  # an hour is 96 pixels
    expect(page.locator(".card-clock")).to_have_text("14:45to 17:00 · was 13:45")
    expect(card(page, "Bus to the hotel").locator(".near-words")).to_have_text("Would overlap by 45 minutes.")
    page.keyboard.press("Escape")
    page.mouse.up()
    expect(visit.locator("time")).to_have_text("13:45–16:00")

    drag(page, visit, (0, 24))
    page.mouse.up()
    said(page, "“Indonesian aerospace: hangars and assem…” moved on 24 July: 13:45–16:00 → 14:00–16:15")
    expect(page.locator(".wrongs")).to_contain_text("Bus to the hotel")  # what the server found since
    drag(page, visit.locator(".edge"), (0, -24))
    page.mouse.up()
    said(page, "“Indonesian aerospace: hangars and assem…” on 24 July ends at 16:00, was 16:15")
    assert saved_times() == "24 14:00–16:00"

    drag(page, visit, (0, 40))
    day = page.locator("[data-day='2018-07-25']")
    box = day.bounding_box()
    page.mouse.move(box["x"] + 20, box["y"] + 20, steps=4)
    expect(day.locator(".daynav-n")).to_have_text("14:00 taken")
    page.mouse.up()
    expect(visit).to_have_count(0)
    assert saved_times() == "25 14:00–16:00"

    for left in ("24 14:00–16:00", "24 14:00–16:15", "24 13:45–16:00"):
        page.keyboard.press("Control+z")
        expect(page.locator("[data-undo-text]")).to_contain_text("Undone")
        expect(visit.locator("time")).to_have_text(left[3:])
        assert saved_times() == left
    assert page.complaints == []


def test_keys_move_pick_several_and_cancel(board):
    page = board()
    visit, lunch = card(page), card(page, "Lunch")

    visit.get_by_role("link").focus()
    page.keyboard.press("ArrowDown")
    said(page, "“Indonesian aerospace: hangars and assem…” moved on 24 July: 13:45–16:00 → 13:50–16:05")
    page.keyboard.press("Shift+ArrowUp")
    said(page, "“Indonesian aerospace: hangars and assem…” on 24 July ends at 16:00, was 16:05")
    page.keyboard.press("ArrowRight")
    expect(visit).to_have_count(0)
    expect(page.locator("[data-undo-text]")).to_contain_text("Wednesday 25 July")
    assert saved_times() == "25 13:50–16:00"
    page.keyboard.press("Control+z")
    expect(visit.locator("time")).to_have_text("13:50–16:00")

    visit.get_by_role("link").focus()
    lunch.click(position={"x": 300, "y": 30}, modifiers=["Control"])
    expect(page.locator(".pin-w b")).to_have_text("2 items")
    page.keyboard.press("ArrowUp")
    said(page, "2 items moved")
    assert saved_times() == "24 13:45–15:55"

    page.keyboard.press("Escape")
    visit.get_by_role("link").focus()
    page.keyboard.press("Delete")
    expect(visit).to_contain_text("Cancelled")
    page.keyboard.press("Control+z")
    expect(visit).to_contain_text("Confirmed")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/admin/visits/visit/"))


def test_finger_moves_by_the_grip_and_scrolls_elsewhere(board):
    page = board(width=820, height=1180, has_touch=True)
    touch = page.context.new_cdp_session(page)

    def swipe(x, y, by):
        touch.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
        for step in range(1, 5):
            point = {"x": x, "y": y + by * step / 4}
            touch.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
        touch.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    visit = card(page, "Metal and machinery")
    box = visit.bounding_box()
    swipe(box["x"] + 80, box["y"] + 60, -60)
    expect(visit.locator("time")).to_have_text("08:45–09:45")
    visit.evaluate("card => card.scrollIntoView({ block: 'center', behavior: 'instant' })")
    grip = visit.locator(".grip").bounding_box()
    swipe(grip["x"] + 12, grip["y"] + 12, 48)

    said(page, "“Metal and machinery: the institute's ow…” moved on 24 July: 08:45–09:45 → 09:15–10:15")


def test_two_people_see_each_other_and_the_slower_is_told(board, demo):
    other = board(make_organizer(username="second", first_name="Sample", last_name="Second"))
    page = board()

    card(other).get_by_role("link").focus()
    other.keyboard.press("ArrowDown")
    expect(card(page).locator("time")).to_have_text("13:50–16:05")  # without a reload

    page.route("**/*since=*", lambda route: route.abort())  # what follows is not heard of
    card(other).get_by_role("link").focus()
    other.keyboard.press("ArrowDown")
    said(other, "“Indonesian aerospace: hangars and assem…” moved on 24 July: 13:50–16:05 → 13:55–16:10")
    card(page).get_by_role("link").focus()
    page.keyboard.press("ArrowUp")
    said_there = page.locator("[data-undo-text]")
    expect(said_there).to_contain_text("Sample Second changed")
    assert saved_times() == "24 13:55–16:10"
    page.unroute("**/*since=*")

    page.get_by_role("button", name="Set mine again").click()
    said(page, "“Indonesian aerospace: hangars and assem…” moved on 24 July: 13:55–16:10 → 13:45–16:00")


def test_move_waits_for_the_network_and_goes_out_once(board):
    page = board()
    page.context.set_offline(True)

    card(page).get_by_role("link").focus()
    page.keyboard.press("ArrowDown")
    expect(card(page)).to_contain_text("No connection since")
    assert saved_times() == "24 13:45–16:00"
    expect(page.get_by_role("button", name="Try now")).to_be_visible()
    page.context.set_offline(False)  # it goes out by itself

    expect(page.locator("[data-said]")).to_contain_text("All saved")
    assert saved_times() == "24 13:50–16:05"


def test_slot_adds_and_the_tray_takes_and_gives(board):
    page = board()

    page.get_by_role("link", name="Add at 16:45").click(position={"x": 300, "y": 30})
    page.locator(".slot-place [name=title]").fill("Talk with the engineers")
    page.locator(".slot-place .btn-primary").click()
    said(page, "“Talk with the engineers” added")
    card(page, "Talk").click(position={"x": 300, "y": 15})
    page.locator("[data-pin] [name=day]").select_option("aside")
    page.locator("[data-pin] [data-set]").click()
    waiting = page.locator(".tray > li", has_text="Talk")
    expect(waiting).to_be_visible()

    drag(page, waiting, (-20, 0))
    board_box = page.locator(".tt").bounding_box()
    page.mouse.move(board_box["x"] + 300, max(board_box["y"] + 8, 400), steps=4)
    page.mouse.up()
    expect(page.locator("[data-undo-text]")).to_contain_text(
        "“Talk with the engineers” placed on Tuesday 24 July 2018"
    )
    expect(waiting).to_have_count(0)


@pytest.mark.parametrize("theme, width", [("light", 1440), ("dark", 390)])
def test_board_is_open_to_all_keeps_the_policy_and_its_width(board, barriers, theme, width):
    page = board(width=width, color_scheme=theme)
    card(page, "Lunch").get_by_role("link").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator("[data-said]")).to_contain_text("All saved")

    assert barriers(page) == []
    assert page.complaints == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_board_works_without_script(board):
    page = board(java_script_enabled=False)

    page.get_by_role("link", name="Move Lunch").click()
    page.get_by_role("button", name="Start 5 minutes later").click()
    expect(card(page, "Lunch").locator("time")).to_have_text("12:05–13:05")
    page.get_by_role("button", name="Undo").click()
    expect(card(page, "Lunch").locator("time")).to_have_text("12:00–13:00")
    page.get_by_role("link", name="Add at 16:45").click()
    page.locator("#add [name=title]").fill("Talk")
    page.locator("#add .btn-primary").click()
    expect(card(page, "Talk").locator("time")).to_have_text("16:45–17:15")
