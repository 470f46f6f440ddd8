"""No page is wider than a small phone, whatever font the machine has.

Fonts differ in width by a tenth and more. Letters and words set apart as far as WCAG 1.4.12 asks stand for a
font that is wider than any; so these tests find the same on every machine.
"""

import pytest
from django.contrib.auth import get_user_model

from participants.models import Attendance
from program.agenda.kinds import Kind
from program.models import AgendaItem
from program.publishing import releases
from tests.browser.state import signed_in
from tests.demo import load_people
from tests.makers import at

P = "/ikm-2018/"
WIDE = "* { letter-spacing: .12em !important; word-spacing: .16em !important }"


@pytest.fixture
def filled(demo, set_clock):
    """The demo with its people, who were at some items; it is Tuesday of the second week."""
    set_clock(at(24, "10:15", demo.tz))
    load_people(demo)
    items = [item for item in releases.current(demo).agenda.items if item.attendance_counts]
    Attendance.objects.bulk_create(
        Attendance(participant=person, item_id=item.id, state="present", how="tap", marked_at=item.starts_at)
        for number, person in enumerate(demo.participants.all(), 1)
        for place, item in enumerate(items[:10])
        if number % 2 or place % 2
    )
    return demo


@pytest.fixture
def too_wide(visit):
    """Call with addresses and the e-mail address of who is signed in: those that are too wide at 320 px."""

    def find(addresses, email=None):
        user = get_user_model().objects.get(email=email) if email else None
        page = visit("/healthz", width=320, storage_state=signed_in(user) if user else None)
        found = []
        for address in addresses:
            page.goto(address)
            page.evaluate(
                """css => {
                    const sheet = new CSSStyleSheet()
                    sheet.replaceSync(css)
                    document.adoptedStyleSheets = [sheet]
                }""",
                WIDE,
            )
            more = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            if more > 0:
                found.append((address, more))
        return found

    return find


def both(*paths):
    return [prefix + path for path in paths for prefix in ("", "/id")]


def test_public_pages_fit(filled, too_wide):
    items = {item.kind: item.pk for item in AgendaItem.objects.order_by("-pk")}
    assert items.keys() == set(Kind.values)
    pages = ["", "agenda/", "agenda/2018-07-24/", "hosts/", "hosts/bbt/", "venues/", "about/", "changes/"]
    pages += ["privacy/", *(f"agenda/{pk}/" for pk in items.values())]

    assert too_wide(both("/programs/", "/account/login/", *(P + page for page in pages))) == []


def test_pages_of_a_participant_fit(filled, too_wide):
    pages = ["", "calendar/", "profile/", "travel/", "attendance/"]
    pages = [P + "me/" + page for page in pages] + [P + "participants/", P + "privacy/"]

    assert too_wide(both(*pages, "/account/sessions/", "/account/2fa/"), "participant-05@example.org") == []


def test_pages_of_staff_fit(filled, too_wide):
    item = AgendaItem.objects.filter(kind=Kind.WORKSHOP).first().pk
    pages = ["", f"{item}/", f"{item}/list/", f"{item}/signed-list/", "print/", "summary/"]

    assert too_wide(both(*(P + "attendance/" + page for page in pages)), "staff@example.org") == []
