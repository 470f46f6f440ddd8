"""Two organizers at one item: each sees the other come and go, without a reload."""

from playwright.sync_api import expect

from program.models import AgendaItem
from tests.makers import at, make_organizer

from .state import signed_in


def test_each_sees_the_other_come_and_go(visit, demo, set_clock, barriers):
    set_clock(at(24, "09:48", demo.tz))
    item = AgendaItem.objects.filter(program=demo).first()
    address = f"/admin/program/agendaitem/{item.pk}/change/"
    pages = []
    for number in ("1", "2"):
        user = make_organizer(first_name="Sample", last_name=f"Organizer {number}", username=f"o{number}")
        page = visit("about:blank", storage_state=signed_in(user))
        page.clock.install()
        page.goto(address)
        pages.append(page)
    one, two = pages

    expect(two.get_by_text("Sample Organizer 1 is editing this item since 09:48 WIB.")).to_be_visible()
    one.clock.run_for(20_000)
    expect(one.get_by_text("Sample Organizer 2 is editing this item since 09:48 WIB.")).to_be_visible()
    assert barriers(one) == []

    two.goto("/admin/")
    one.clock.run_for(20_000)
    expect(one.get_by_text("Sample Organizer 2 is editing this item")).to_have_count(0)
