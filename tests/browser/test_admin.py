"""The organizers' admin in a real browser: an item is moved, published, and everybody sees it."""

import pytest
from django.urls import reverse

from program.models import AgendaItem
from tests.browser.state import signed_in

PAGES = (
    "/admin/",
    "/admin/program/agendaitem/",
    "/admin/program/program/",
    "/admin/program/release/",
    "/admin/program/organization/",
    "/admin/program/venue/",
)


@pytest.fixture
def workplace(visit, organizer):
    """Call with what ``visit`` takes: the admin's first page, signed in as the organizer."""

    def enter(**options):
        return visit("/admin/", storage_state=signed_in(organizer), **options)

    return enter


def item_page(title):
    item = AgendaItem.objects.concrete().filter(title=title).first()
    return reverse(f"admin:{item._meta.label_lower.replace('.', '_')}_change", args=[item.pk])


@pytest.mark.parametrize("theme, width", [("light", 390), ("dark", 1440)])
def test_admin_is_open_to_all_and_keeps_the_policy(workplace, demo, barriers, theme, width):
    page = workplace(width=width, color_scheme=theme)
    shift = reverse("admin:program_agendaitem_shift")
    publish = reverse("admin:program_program_publish", args=[demo.pk])
    session = item_page("Taking small industry to export markets")
    found = []

    for address in (*PAGES, shift, publish, session, item_page("Lunch"), "/admin/visits/transfer/add/"):
        page.goto(address)
        found += barriers(page)

    assert found == []
    assert page.complaints == []


def test_admin_is_no_wider_than_a_small_phone(workplace, demo):
    page = workplace(width=320, height=640)
    session = item_page("Taking small industry to export markets")
    shift = reverse("admin:program_agendaitem_shift")
    publish = reverse("admin:program_program_publish", args=[demo.pk])
    too_wide = []

    for address in (*PAGES, session, shift, publish):
        page.goto(address)
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            too_wide.append(address)

    assert too_wide == []


def test_organizer_moves_an_item_and_publishes_it_on_a_phone(workplace, visit, demo):
    item = AgendaItem.objects.get(title="Indonesian aerospace: hangars and assembly lines")
    page = workplace()

    page.goto(item_page(item.title))
    page.fill("[name=start]", "14:15")
    page.locator("[name=_save]").click()
    draft_seen = visit(f"/ikm-2018/agenda/{item.pk}/").locator(".big-t time").inner_text()
    page.goto(reverse("admin:program_program_publish", args=[demo.pk]))
    words = page.locator("#content-main").inner_text()
    page.get_by_role("button", name="Publish release 2").click()

    assert draft_seen == "13:45"
    assert "14:15 instead of 13:45" in words
    assert "Release 2 is published." in page.locator(".messagelist").inner_text()
    assert visit(f"/ikm-2018/agenda/{item.pk}/").locator(".big-t time").inner_text() == "14:15"
    assert "14:15 instead of 13:45" in visit("/ikm-2018/changes/").locator("main").inner_text()
    assert page.complaints == []


def test_bus_is_late_and_is_taken_back(workplace, demo):
    bus = AgendaItem.objects.get(title="Bus to PT Dirgantara Indonesia")
    before = bus.starts_at
    page = workplace()

    page.goto(reverse("admin:program_agendaitem_shift") + f"?item={bus.pk}")
    page.get_by_role("button", name="+20 minutes").click()
    page.get_by_role("button", name="Move 3 items").click()
    bus.refresh_from_db()
    late = bus.starts_at
    page.get_by_role("button", name="Undo").click()
    bus.refresh_from_db()

    assert (late - before).total_seconds() == 20 * 60
    assert bus.starts_at == before
