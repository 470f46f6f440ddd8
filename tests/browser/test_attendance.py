"""Marking attendance in Chromium: one hand on a phone, a weak network, two phones at once, no script."""

import pytest

from participants import badges
from participants.models import Attendance
from program import clock, history
from program.models import AgendaItem
from tests.browser.state import signed_in
from tests.makers import make_group, make_program
from tests.participants.attending import make_staff, published, states
from tests.participants.makers import make_participant

PEOPLE = (
    ("A" * 90, "", "NP"),
    ("Zoë Ñandú", "", "AT"),
    ("Sample of Afghanistan", "شرکت‌کنندهٔ نمونه", "AF"),
    ("Sample of Bhutan", "དཔེ་ཚད་བཅའ་མར་གཏོགས་མི་", "BT"),
    ("Sample of Myanmar", "နမူနာ ပါဝင်သူ", "MM"),
)


@pytest.fixture
def program():
    return make_program()


@pytest.fixture
def item(program):
    """A workshop that is on, for all of PEOPLE."""
    now = clock.now().astimezone(program.tz)
    program.starts_on = program.ends_on = now.date()
    program.save()
    group = make_group(program, "A")
    for name, own_script, country in PEOPLE:
        make_participant(
            program, name=name, own_script_name=own_script, country=country, group=group, phone="+62 000 0001"
        )
    start = now.replace(hour=0, minute=0)
    made = published(program, "Workshop", "00:00", "23:59", day=start.date(), kind="workshop", groups=[group])
    return made


@pytest.fixture
def staff():
    return signed_in(make_staff())


def address(item, page=""):
    return f"/ikm-2018/attendance/{item.id}/{page}"


def row(page, name):
    return page.locator("[data-row]", has=page.locator("[data-name]", has_text=name))


def tap(page, name):
    row(page, name).locator(".who").click()


def say(page, name, word):
    row(page, name).locator("summary").click()
    row(page, name).locator(".words").get_by_text(word, exact=True).click()


def saved(page, name):
    """Waits until the row says who marked it, and returns that."""
    said = row(page, name).locator("[data-said]", has_text="Sample Staff")
    said.wait_for()
    return said.inner_text()


def counter(page):
    return page.locator(".tally-n").inner_text()


def overflow(page):
    return page.evaluate("document.documentElement.scrollWidth - innerWidth")


# One phone


def test_one_tap_is_present_and_says_that_it_is_saved(visit, item, staff):
    page = visit(address(item), storage_state=staff)

    tap(page, "Sample of Bhutan")
    saved(page, "Sample of Bhutan")

    assert row(page, "Sample of Bhutan").locator("[data-word]").inner_text() == "Present"
    assert counter(page) == "1 of 5 there"
    assert states(item) == {"Sample of Bhutan": "present"}
    page.locator("[data-live]", has_text="1 of 5 there, 4 not marked").wait_for(state="attached")
    assert page.complaints == []


def test_further_words_are_two_taps_away_and_undo_is_one(visit, item, staff):
    page = visit(address(item), storage_state=staff)
    tap(page, "Zoë")
    saved(page, "Zoë")

    say(page, "Zoë", "Sick")
    row(page, "Zoë").locator("[data-word]", has_text="Sick").wait_for()
    page.get_by_role("button", name="Undo: Zoë Ñandú").click()
    row(page, "Zoë").locator("[data-word]", has_text="Present").wait_for()

    assert states(item) == {"Zoë Ñandú": "present"}
    assert page.get_by_role("button", name="Undo").count() == 0
    assert page.complaints == []


def test_everybody_present_then_the_exceptions_then_all_taken_back(visit, item, staff):
    page = visit(address(item), storage_state=staff)
    say(page, "Zoë", "Excused")
    saved(page, "Zoë")

    page.get_by_role("button", name="Everybody present").click()
    page.get_by_text("Marked present: 4 people.").wait_for()
    assert counter(page) == "4 of 5 there"
    assert states(item)["Zoë Ñandú"] == "excused"

    page.get_by_role("button", name="Undo: 4 people").click()
    page.get_by_role("button", name="Everybody present").wait_for()
    assert states(item) == {"Zoë Ñandú": "excused"}


def test_letters_find_people_at_once_with_or_without_accents(visit, item, staff):
    page = visit(address(item), storage_state=staff)
    search = page.get_by_label("Find a person")

    for letters, found in (
        ("zoe nan", "Zoë Ñandú"),
        ("BHU", "Sample of Bhutan"),
        ("နမူ", "Sample of Myanmar"),
    ):
        search.fill(letters)
        assert page.locator("[data-row]:visible [data-name]").all_inner_texts() == [found]
    search.fill("nobody like that")
    assert page.get_by_text("Nobody is found with these letters.").is_visible()


def test_letters_enter_and_space_mark_by_keyboard_alone(visit, item, staff):
    page = visit(address(item), storage_state=staff)

    page.get_by_label("Find a person").focus()
    page.keyboard.type("bhutan")
    page.keyboard.press("Enter")
    page.keyboard.press("Space")
    saved(page, "Sample of Bhutan")

    assert states(item) == {"Sample of Bhutan": "present"}


def test_arrow_keys_pass_over_words_without_saying_them(visit, item, staff):
    page = visit(address(item), storage_state=staff)
    name = "Sample of Bhutan"
    row(page, name).locator("summary").click()
    row(page, name).get_by_label("Late").focus()

    for _n in range(3):
        page.keyboard.press("ArrowRight")
    row(page, name).locator("[data-said]", has_text="Sample Staff").wait_for()

    assert list(Attendance.history.values_list("state", flat=True)) == ["absent"]


def test_only_those_not_marked_are_shown_when_asked_for(visit, item, staff):
    page = visit(address(item), storage_state=staff)
    tap(page, "Zoë")
    saved(page, "Zoë")

    page.get_by_role("link", name="4 not marked").click()
    assert page.locator("[data-row]:visible").count() == 4
    page.get_by_role("link", name="All", exact=True).click()
    assert page.locator("[data-row]:visible").count() == 5


# A weak network


def test_without_network_a_tap_stays_visibly_unsent_and_goes_when_it_is_back(visit, item, staff):
    page = visit(address(item), storage_state=staff)
    page.context.set_offline(True)

    tap(page, "Zoë")
    row(page, "Zoë").get_by_text("Not sent yet").wait_for()
    assert counter(page) == "0 of 5 there"
    assert states(item) == {}

    page.context.set_offline(False)
    saved(page, "Zoë")
    assert counter(page) == "1 of 5 there"
    assert states(item) == {"Zoë Ñandú": "present"}


def test_without_network_everybody_waits_on_the_page(visit, item, staff):
    page = visit(address(item), storage_state=staff)
    page.context.set_offline(True)

    page.get_by_role("button", name="Everybody present").click()
    page.get_by_role("alert").get_by_text("Not sent yet").wait_for()
    page.context.set_offline(False)
    tap(page, "Zoë")
    saved(page, "Zoë")
    page.get_by_role("button", name="Everybody present").click()
    page.get_by_text("Marked present: 4 people.").wait_for()

    assert len(states(item)) == 5


def test_a_refused_tap_says_why_and_shows_what_stands(visit, program, item, staff):
    page = visit(address(item), storage_state=staff)
    program.participants.filter(country="AT").update(status="withdrawn")

    tap(page, "Zoë")
    page.get_by_role("alert").get_by_text("This person is not expected here").wait_for()

    assert row(page, "Zoë").locator("[data-word]").inner_text() == ""
    assert states(item) == {}


def test_who_was_signed_out_keeps_the_tap_until_signed_in_again(visit, item, staff):
    page = visit(address(item), storage_state=staff)
    cookies = page.context.cookies()
    page.context.clear_cookies(name="sessionid")

    tap(page, "Zoë")
    page.get_by_text("You are signed out.").wait_for()
    assert row(page, "Zoë").locator("[data-said]").inner_text() == "Not sent yet"

    page.context.add_cookies(cookies)
    saved(page, "Zoë")
    assert page.get_by_text("You are signed out.").is_hidden()


def test_after_signing_in_again_elsewhere_the_whole_page_works_on(visit, item, staff):
    page = visit(address(item), storage_state=staff)
    page.context.clear_cookies()
    tap(page, "Zoë")
    page.get_by_text("You are signed out.").wait_for()

    page.context.add_cookies(signed_in(make_staff("Second Staff"))["cookies"])  # with another token
    row(page, "Zoë").locator("[data-said]", has_text="Second Staff").wait_for()
    page.get_by_role("button", name="Everybody present").click()

    assert page.get_by_text("Marked present: 4 people.").is_visible()


def test_everybody_is_not_offered_beside_what_was_searched_for(visit, item, staff):
    page = visit(address(item), storage_state=staff)
    everybody = page.get_by_role("button", name="Everybody present")

    page.get_by_label("Find a person").fill("myan")
    assert everybody.is_hidden()
    page.get_by_label("Find a person").fill("")
    assert everybody.is_visible()

    plain = visit(address(item, "?q=myan"), java_script_enabled=False, storage_state=staff)
    assert plain.get_by_role("button", name="Everybody present").is_hidden()


def test_undo_of_what_somebody_else_marked_since_says_why_nothing_happens(visit, item, staff):
    page = visit(address(item), storage_state=staff)
    tap(page, "Zoë")
    saved(page, "Zoë")
    other = visit(address(item), storage_state=signed_in(make_staff("Second Staff")))
    say(other, "Zoë", "Late")
    row(other, "Zoë").get_by_text("Second Staff").wait_for()

    page.get_by_role("button", name="Undo: Zoë Ñandú").click()

    page.get_by_text("There is nothing to take back: it was marked again since.").wait_for()
    assert states(item) == {"Zoë Ñandú": "late"}


# Two phones


def test_both_phones_show_the_last_word_and_who_said_it(visit, item, staff):
    mine = visit(address(item), storage_state=staff)
    theirs = visit(address(item), storage_state=signed_in(make_staff("Second Staff")))
    tap(mine, "Zoë")
    saved(mine, "Zoë")

    say(theirs, "Zoë", "Late")
    row(theirs, "Zoë").get_by_text("Second Staff").wait_for()
    mine.evaluate("document.dispatchEvent(new Event('visibilitychange'))")  # as when one looks at it again

    row(mine, "Zoë").get_by_text("Second Staff").wait_for()
    assert row(mine, "Zoë").locator("[data-word]").inner_text() == "Late"
    assert states(item) == {"Zoë Ñandú": "late"}


def test_a_late_tap_tells_that_somebody_marked_later(visit, item, staff):
    mine = visit(address(item), storage_state=staff)
    mine.context.set_offline(True)
    tap(mine, "Zoë")
    row(mine, "Zoë").get_by_text("Not sent yet").wait_for()
    theirs = visit(address(item), storage_state=signed_in(make_staff("Second Staff")))
    say(theirs, "Zoë", "Absent")
    row(theirs, "Zoë").get_by_text("Second Staff").wait_for()

    mine.context.set_offline(False)
    mine.get_by_text("Zoë Ñandú: somebody else marked later. That stands.").wait_for()

    assert row(mine, "Zoë").locator("[data-word]").inner_text() == "Absent"
    assert states(item) == {"Zoë Ñandú": "absent"}


def test_what_was_asked_before_a_tap_does_not_unsay_it(visit, item, staff):
    page = visit(address(item), storage_state=staff)
    page.evaluate(  # asks what others marked, and holds the answer back
        """() => new Promise((held) => {
            const real = fetch;
            window.fetch = async (address, options) => {
                const answer = await real(address, options);
                if (options.method) return answer;
                const told = await answer.json();
                await new Promise((go) => { window.arrive = go; held(); });
                answer.json = async () => { setTimeout(window.shown); return told; };
                return answer;
            };
            document.dispatchEvent(new Event("visibilitychange"));
        })"""
    )

    tap(page, "Zoë")
    saved(page, "Zoë")
    page.evaluate("() => new Promise((shown) => { window.shown = shown; arrive(); })")

    assert row(page, "Zoë").locator("[data-word]").inner_text() == "Present"
    assert counter(page) == "1 of 5 there"


# Without script


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
    assert page.get_by_text("Taken back.").is_visible()
    assert states(item) == {}

    page.get_by_label("Find a person").fill("myan")
    page.get_by_role("button", name="Search").click()
    assert page.locator("[data-name]").all_inner_texts() == ["Sample of Myanmar"]


# For everybody


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
        address(item, "paper/"),
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

    for path in ("/ikm-2018/attendance/", address(item), address(bus), address(item, "paper/")):
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
    history.delete(AgendaItem.objects.concrete().get(pk=item.id))
    page = visit(address(item), height=500, storage_state=staff)
    row(page, "Sample of Myanmar").scroll_into_view_if_needed()
    page.mouse.wheel(0, 2000)

    tap(page, "Sample of Myanmar")
    why = page.get_by_text("Nothing was saved: an organizer deleted this item.")
    why.wait_for()

    place = why.bounding_box()
    assert page.evaluate("scrollY") > 300
    assert place["y"] > 0 and place["y"] + place["height"] < 500
    assert states(item) == {}


# The signed list and the badge


def test_numbers_are_typed_on_while_the_last_one_is_on_its_way(visit, item, staff):
    page = visit(address(item, "paper/"), width=1440, storage_state=staff)

    page.keyboard.type("1\n2\n4-5\n")
    page.get_by_text("4 of 5 entered, 4 signed.").wait_for()

    assert (
        page.get_by_label("Numbers that signed").evaluate("e => e === document.activeElement && e.value")
        == ""
    )
    assert len(states(item)) == 4
    page.keyboard.type("99\n")
    page.get_by_text("Not on this list: 99.").first.wait_for()
    assert page.get_by_label("Numbers that signed").input_value() == "99"


def test_without_network_numbers_come_back_into_the_field(visit, item, staff):
    page = visit(address(item, "paper/"), storage_state=staff)
    page.context.set_offline(True)

    page.keyboard.type("2\n")
    failure = page.get_by_text("Not sent: no connection, or signed out. Press Enter again")
    failure.wait_for()
    assert page.get_by_label("Numbers that signed").input_value() == "2"

    page.context.set_offline(False)
    page.keyboard.press("Enter")
    page.get_by_text("1 of 5 entered, 1 signed.").wait_for()
    assert failure.count() == 0
    assert page.locator(".invalid-feedback").count() == 0  # what went well does not look like an error


def test_a_badge_is_marked_with_one_tap_without_script(visit, program, item, staff):
    person = program.participants.get(country="BT")
    code = badges.issue([person])[person.pk].code
    page = visit(f"/b/{code}/", java_script_enabled=False, storage_state=staff)

    page.get_by_role("button", name="Mark present").first.click()

    assert page.get_by_text("Sample Staff, badge").is_visible()
    assert states(item) == {"Sample of Bhutan": "present"}
