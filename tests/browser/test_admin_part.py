"""Publishing a part, and the preview, in a real browser: judged at once, and open to all."""

from datetime import timedelta

from django.urls import reverse
from playwright.sync_api import expect

from program.models import AgendaItem
from tests.browser.state import signed_in


def test_each_tick_is_judged_at_once_and_the_draft_is_previewed(visit, organizer, demo, barriers):
    bus = AgendaItem.objects.concrete().get(title="Bus to PT Dirgantara Indonesia")
    idea = AgendaItem.objects.concrete().filter(title="Lunch", starts_at__gt=bus.starts_at).first()
    # The late bus alone is no conflict that has to be solved; the idea overlaps with what is before it.
    for item, minutes in ((bus, 5), (idea, -90)):
        item.starts_at, item.ends_at = (
            moment + timedelta(minutes=minutes) for moment in (item.starts_at, item.ends_at)
        )
        item.save()
    page = visit("/admin/", storage_state=signed_in(organizer))
    page.goto(reverse("admin:program_program_publish", args=[demo.pk]))
    errors = page.locator("#decision .errornote")

    page.fill("[name=note]", "The bus is late")
    expect(errors).to_have_count(1)
    page.locator(f"[name=part][value='item:{idea.pk}']").uncheck()
    page.get_by_text("1 change stays in the draft, and nobody sees it.").wait_for()
    expect(errors).to_have_count(0)
    found = barriers(page)
    page.get_by_role("button", name="Publish release 2").click()
    expect(page.locator(".messagelist")).to_contain_text("1 change stays in the draft.")
    assert demo.releases.first().note == "The bus is late"

    page.goto(reverse("preview", args=[demo.pk]) + "?page=/ikm-2018/me/")
    page.get_by_text("Another group, day or time").click()
    page.get_by_label("Group", exact=True).select_option(label="B")
    page.get_by_label("At", exact=True).fill("10:00")
    page.get_by_role("button", name="Show it").click()
    expect(page.get_by_role("region", name="Preview")).to_contain_text("As group B would see it")
    found += barriers(page)
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert found == []
    assert page.complaints == []
