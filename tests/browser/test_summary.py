"""The summary and the pages of badges in Chromium: on a small phone, by keyboard, and on paper."""

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone
from playwright.sync_api import expect

from participants.models import Attendance
from participants.papers import badges
from program.publishing import releases
from tests.browser.state import signed_in
from tests.demo import load_people
from tests.participants.papers.documents import Document

SUMMARY = "/ikm-2018/attendance/summary/"


@pytest.fixture
def people(demo):
    """The demo's people; who has an odd number was everywhere, the others at every second item."""
    load_people(demo)
    people = list(demo.participants.select_related("group"))
    items = [item for item in releases.current(demo).agenda.items if item.attendance_counts]
    Attendance.objects.bulk_create(
        Attendance(participant=person, item_id=item.id, state="present", how="tap", marked_at=timezone.now())
        for number, person in enumerate(people, 1)
        for place, item in enumerate(items)
        if number % 2 or place % 2
    )
    return people


def of(username):
    return signed_in(get_user_model().objects.get(username=username))


def overflow(page):
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1440])
def test_the_summary_keeps_nobody_out_and_fits(visit, barriers, people, scheme, width):
    page = visit(SUMMARY, width=width, color_scheme=scheme, storage_state=of("staff"))

    assert overflow(page) == 0
    assert barriers(page) == []
    assert page.complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_pages_of_badges_keep_nobody_out_and_fit(visit, barriers, demo, people, scheme):
    person = people[0]
    badges.issue([person])
    place = "/admin/participants/participant"
    page = visit(f"{place}/badges/{demo.pk}/", width=320, color_scheme=scheme, storage_state=of("organizer"))
    for path in ("", f"{place}/{person.pk}/badge/", f"{place}/{person.pk}/badge/new/"):
        page.goto(path or page.url)
        assert overflow(page) == 0
        assert barriers(page) == []
        assert page.complaints == []


def test_the_matrix_is_scrolled_by_keyboard_and_names_stay(visit, people):
    page = visit(SUMMARY, storage_state=of("staff"))
    frame = page.get_by_role("region", name="Participants and items")
    name = frame.get_by_role("rowheader", name="Sample Participant 04")
    frame.focus()
    before = name.bounding_box()["x"]

    page.keyboard.press("ArrowRight")

    expect(frame).not_to_have_js_property("scrollLeft", 0)

    assert name.bounding_box()["x"] == before
    assert name.bounding_box()["x"] >= 0


def test_percent_is_seen_on_a_phone_without_scrolling_sideways(visit, people):
    page = visit(SUMMARY, storage_state=of("staff"))
    row = page.get_by_role("row").filter(has_text="Sample Participant 04")
    percent = row.locator(".m-percent")
    percent.scroll_into_view_if_needed()

    assert "below" in percent.inner_text()
    assert percent.bounding_box()["x"] + percent.bounding_box()["width"] < 390


def test_heads_of_tables_break_between_words_alone_on_a_phone(visit, people):
    page = visit(SUMMARY, storage_state=of("staff"))

    broken = page.locator(".by-day thead th, .by-country thead th").evaluate_all(
        """heads => heads.filter(head => {
            const text = head.firstChild, words = text.data.matchAll(/\\S+/g)
            return [...words].some(word => {
                const range = new Range()
                range.setStart(text, word.index)
                range.setEnd(text, word.index + word[0].length)
                return range.getClientRects().length > 1
            })
        }).map(head => head.textContent)"""
    )

    assert broken == []


def test_the_summary_prints_on_a4_landscape_with_every_column(visit, people):
    page = visit(SUMMARY, width=1440, height=900, storage_state=of("staff"))

    document = Document(page.pdf(prefer_css_page_size=True))

    assert [round(page.mediabox.width) for page in document.pdf.pages] == [842] * len(document.pages)
    assert len(document.pages) == 3
    assert document.found(r"Sample Participant \d\d")[1] == [
        f"Sample Participant {n:02}" for n in range(1, 21)
    ]
    assert "All: 20 people" in document.pages[1]
    assert "By country" in document.pages[2]
    assert "Show all" not in document.text
    assert "Excel file" not in document.text
