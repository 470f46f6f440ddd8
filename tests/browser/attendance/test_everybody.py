"""Marking attendance without script, with any size of thumb and screen, in both themes."""

import pytest

from participants.papers import badges
from program.drafting import history
from program.models import AgendaItem
from tests.participants.attendance.attending import published, states

from .page import address, overflow, row, saved, say, tap


def test_the_page_is_a_form_without_script(visit, item, staff):
    page = visit(address(item), java_script_enabled=False, storage_state=staff)

    tap(page, "Sample of Bhutan")
    say(page, "Zoë", "Late")
    chosen = row(page, "Sample of Bhutan").locator(".state")
    assert chosen.evaluate("box => getComputedStyle(box, '::after').content") == '"✓"'
    page.get_by_role("button", name="Save").click()
    assert page.get_by_text("Saved: 2 marks.").is_visible()
    assert states(item) == {"Sample of Bhutan": "present", "Zoë Ñandú": "late"}

    page.get_by_role("button", name="Undo: 2 people").click()
    assert page.get_by_text("Undone.").is_visible()
    assert states(item) == {}

    page.get_by_label("Find a person").fill("myan")
    page.get_by_role("button", name="Search").click()
    assert page.locator("[data-name]").all_inner_texts() == ["Sample of Myanmar"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1440])
def test_the_pages_keep_nobody_out_and_fit(visit, barriers, program, item, staff, scheme, width):
    bus = published(program, "Bus", "00:00", "23:59", day=item.day, kind="travel")
    page = visit("/ikm-2018/attendance/", width=width, color_scheme=scheme, storage_state=staff)
    person = program.participants.first()
    code = badges.issue([person])[person.pk].code

    for path in (
        "/ikm-2018/attendance/",
        address(item),
        address(bus),
        address(item, "signed-list/"),
        f"/b/{code}/",
    ):
        page.goto(path)
        if path == address(item):
            for name, word in (("Zoë", "Late"), ("Bhutan", "Absent"), ("Myanmar", "Sick")):
                say(page, name, word)
                saved(page, name)
            tap(page, "Afghanistan")
            saved(page, "Afghanistan")
            row(page, "Zoë").locator("summary").click()
        assert overflow(page) == 0
        assert barriers(page) == []
        assert page.complaints == []


def test_everything_is_large_enough_for_a_thumb(visit, program, item, staff):
    bus = published(program, "Bus", "00:00", "23:59", day=item.day, kind="travel")
    page = visit(address(item), width=320, storage_state=staff)
    small = []

    for path in ("/ikm-2018/attendance/", address(item), address(bus), address(item, "signed-list/")):
        page.goto(path)
        small += page.locator("main").evaluate(
            "main => [...main.querySelectorAll('a, button, summary, input, label:has(input)')]"
            ".filter(e => e.offsetParent && e.getBoundingClientRect().height < 44 && e.type !== 'radio')"
            ".map(e => e.outerHTML)"
        )

    assert small == []


def test_nothing_moves_under_the_thumb_when_a_tap_is_saved(visit, item, staff):
    page = visit(address(item), storage_state=staff)
    before = row(page, "Sample of Myanmar").bounding_box()

    tap(page, "Sample of Afghanistan")
    saved(page, "Sample of Afghanistan")

    assert row(page, "Sample of Myanmar").bounding_box() == before


def test_why_a_tap_is_refused_is_seen_down_the_list_too(visit, item, staff):
    page = visit(address(item), height=500, storage_state=staff)
    history.delete(AgendaItem.objects.concrete().get(pk=item.id))
    row(page, "Sample of Myanmar").scroll_into_view_if_needed()
    page.mouse.wheel(0, 2000)

    tap(page, "Sample of Myanmar")
    why = page.get_by_text("Nothing was saved: an organizer deleted this item.")
    why.wait_for()

    place = why.bounding_box()
    assert page.evaluate("scrollY") > 300
    assert place["y"] > 0 and place["y"] + place["height"] < 500
    assert states(item) == {}
