"""The public pages as a participant's browser shows them."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from program.agenda.kinds import Kind
from program.models import AgendaItem

HOME = "/ikm-2018/"


@pytest.fixture
def rehearsal(demo, settings):
    """The demo's clock stands at Tuesday 24 July 2018, 10:15 WIB, for the server and for the browser."""
    moment = datetime(2018, 7, 24, 10, 15, tzinfo=demo.tz)
    settings.DEMO = True
    settings.CLOCK_OFFSET = round((moment - timezone.now()) / timedelta(seconds=1))
    return demo


def addresses():
    """One of each public page, and one item of every kind."""
    items = {item.kind: item.pk for item in AgendaItem.objects.order_by("-pk")}
    assert items.keys() == set(Kind.values)
    pages = ["", "agenda/", "agenda/?kind=visit&city=Bandung", "agenda/2018-07-24/", "hosts/", "hosts/bbt/"]
    pages += ["venues/", "about/", "changes/", *(f"agenda/{pk}/" for pk in items.values())]
    return [
        "/programs/",
        *(HOME + page for page in pages),
        *("/id" + HOME + page for page in ("", "agenda/", "agenda/2018-07-24/", f"agenda/{items['visit']}/")),
    ]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_page_is_open_to_all_and_keeps_the_policy(rehearsal, visit, barriers, theme):
    page = visit(HOME, color_scheme=theme)
    found = []

    for address in addresses():
        page.goto(address)
        found += barriers(page)

    assert found == []
    assert page.complaints == []


def test_no_page_is_wider_than_a_small_phone(rehearsal, visit):
    page = visit(HOME, width=320, height=640)
    too_wide = []

    for address in addresses():
        page.goto(address)
        if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            too_wide.append(address)

    assert too_wide == []


def test_nothing_comes_from_another_host(rehearsal, visit, live_server):
    page = visit(HOME)
    asked = []
    page.on("request", lambda request: asked.append(request.url))

    for address in (HOME, HOME + "agenda/", HOME + "venues/"):
        page.goto(address)

    assert [url for url in asked if not url.startswith(live_server.url)] == []
    assert len(asked) > 3


def test_agenda_on_a_phone_opens_at_the_strip_of_days_and_marks_now(rehearsal, visit):
    page = visit(HOME + "agenda/2018-07-24/")

    on_now = page.locator(".now-word:visible")
    today = page.locator(".daynav [aria-current]")

    assert on_now.count() == 2  # both groups, each at its own item
    assert "24" in today.inner_text()
    assert today.bounding_box()["x"] >= 0
    assert today.bounding_box()["x"] + today.bounding_box()["width"] <= 390


def test_mark_of_now_moves_without_loading_the_page(rehearsal, visit):
    page = visit("/programs/")
    page.clock.install(time=timezone.now())
    page.goto(HOME + "agenda/2018-07-24/")
    marked = page.locator(".is-now h2")
    before = marked.all_inner_texts()

    page.clock.run_for(60 * 60 * 1000)

    assert before == ["Workshop: trying the CNC machine", "Foundry and testing laboratories"]
    assert marked.all_inner_texts() == [
        "Foundry and testing laboratories",
        "Workshop: trying the CNC machine",
    ]
    assert page.locator(".is-now .group").all_inner_texts() == ["Group A", "Group B"]


@pytest.fixture
def home_at_ten_past_eleven(rehearsal, visit, settings):
    """Call to let 55 minutes go by on the home page, opened at 10:15 with a link of it in focus."""
    page = visit("/programs/")
    page.clock.install(time=timezone.now())
    page.goto(HOME)
    page.evaluate("window.opened = true")

    def pass_time():
        settings.CLOCK_OFFSET += 55 * 60
        page.clock.fast_forward(55 * 60 * 1000)
        return page

    pass_time.page = page
    return pass_time


def test_home_renews_what_is_on_and_nothing_else(home_at_ten_past_eleven):
    page = home_at_ten_past_eleven.page
    today = page.locator(".today")
    expect(today).to_contain_text("Foundry and testing laboratories, until 11:00 WIB")
    link = page.get_by_role("link", name="All hosts")
    link.focus()
    link.scroll_into_view_if_needed()  # waits until it stands still
    before = link.bounding_box()

    home_at_ten_past_eleven()

    expect(today).to_contain_text("Foundry and testing laboratories, until 12:00 WIB")
    expect(link).to_be_focused()
    assert link.bounding_box() == pytest.approx(before, abs=1)
    assert page.evaluate("window.opened")
    assert page.complaints == []


def test_home_stays_as_it_is_while_nobody_answers(home_at_ten_past_eleven):
    page = home_at_ten_past_eleven.page
    page.route("**/*", lambda route: route.abort())

    with page.expect_event("requestfailed"):
        home_at_ten_past_eleven()

    assert page.evaluate("window.opened")
    expect(page.locator("h1")).to_be_visible()
    expect(page.locator(".today")).to_be_visible()

    page.unroute_all()
    page.clock.fast_forward(61_000)
    expect(page.locator(".today")).to_contain_text("Foundry and testing laboratories, until 12:00 WIB")


def test_strip_of_days_leads_from_day_to_day(rehearsal, visit):
    page = visit(HOME + "agenda/2018-07-24/")

    page.locator(".daynav a", has_text="25").click()

    assert page.url.endswith("/ikm-2018/agenda/2018-07-25/")
    assert page.locator("h1").inner_text().startswith("Wednesday")


def test_strip_of_days_stays_on_top_of_the_agenda(rehearsal, visit):
    page = visit(HOME + "agenda/")

    page.locator(".daynav a", has_text="27").click()
    expect(page.locator("#d-2018-07-27 h2")).to_be_in_viewport()

    assert page.locator(".daynav").first.bounding_box()["y"] == pytest.approx(0, abs=1)


def test_keyboard_reaches_the_content_first(rehearsal, visit):
    page = visit(HOME + "agenda/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("document.activeElement.id") == "main"


def test_theme_is_chosen_at_once_and_kept(rehearsal, visit):
    page = visit(HOME, color_scheme="light")
    paper = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)

    page.locator(".site-foot button[value=dark]").click()
    dark = page.evaluate(paper)
    page.goto(HOME + "agenda/")

    assert dark != light
    assert page.evaluate(paper) == dark
    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_theme_can_be_chosen_without_script(rehearsal, visit):
    page = visit(HOME, color_scheme="light", java_script_enabled=False)

    page.locator(".site-foot button[value=dark]").click()

    assert page.url.endswith(HOME)
    assert page.locator("html").get_attribute("data-theme") == "dark"


def test_agenda_is_whole_without_script(rehearsal, visit):
    page = visit(HOME + "agenda/", java_script_enabled=False)

    assert page.locator(".day").count() == 13
    assert page.locator(".now-word:visible").count() == 2


def test_touch_targets_are_large_enough(rehearsal, visit):
    page = visit(HOME + "agenda/2018-07-24/")

    small = page.evaluate(
        """() => [...document.querySelectorAll("header a, header button, .daynav a, .pager a, .btn")]
            .filter((target) => target.offsetParent && target.getBoundingClientRect().height < 44)
            .map((target) => target.textContent.trim())"""
    )

    assert [words for words in small if words != "Skip to content"] == []
