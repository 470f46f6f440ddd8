"""Marking attendance in Chromium: one hand on a phone, a weak network."""

from participants.models import Attendance
from tests.browser.state import signed_in
from tests.participants.attendance.attending import make_staff, published, states

from .page import address, counter, kept, row, saved, say, tap

# One phone


def test_one_tap_is_present_and_says_that_it_is_saved(visit, item, staff):
    page = visit(address(item), storage_state=staff)

    tap(page, "Sample of Bhutan")
    saved(page, "Sample of Bhutan")

    assert row(page, "Sample of Bhutan").locator("[data-word]").inner_text() == "Present"
    assert counter(page) == "1 of 5 present"
    assert states(item) == {"Sample of Bhutan": "present"}
    page.locator("[data-live]", has_text="1 of 5 present, 4 not marked").wait_for(state="attached")
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
    assert counter(page) == "4 of 5 present"
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
    assert page.get_by_text("No one matches your search.").is_visible()


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


def test_on_a_bus_the_missing_come_on_top_again_when_asked_for(visit, program, item, staff):
    bus = published(program, "Bus", "00:00", "23:59", day=item.starts_at.date(), kind="travel")
    page = visit(address(bus), storage_state=staff)
    names = page.locator("[data-name]")
    first = names.all_inner_texts()
    tap(page, first[0])
    saved(page, first[0])
    assert names.all_inner_texts() == first  # nothing moves under the thumb

    page.get_by_role("link", name="All", exact=True).click()

    assert names.all_inner_texts() == [*first[1:], first[0]]


def test_without_network_a_tap_stays_visibly_unsent_and_goes_when_it_is_back(visit, item, staff):
    page = visit(address(item), storage_state=staff)
    page.context.set_offline(True)

    tap(page, "Zoë")
    row(page, "Zoë").get_by_text("Not sent yet").wait_for()
    assert counter(page) == "0 of 5 present"
    assert states(item) == {}

    page.context.set_offline(False)
    saved(page, "Zoë")
    assert counter(page) == "1 of 5 present"
    assert states(item) == {"Zoë Ñandú": "present"}


def test_without_network_everybody_waits_on_the_page(visit, item, staff):
    page = visit(address(item), storage_state=staff)
    page.context.set_offline(True)

    page.get_by_role("button", name="Everybody present").click()
    page.get_by_text("5 marks are waiting for the network").wait_for()
    assert row(page, "Zoë").locator("[data-said]").inner_text() == "Not sent yet"
    say(page, "Zoë", "Late")
    assert states(item) == {}
    page.context.set_offline(False)
    page.get_by_text("Marked present: 4 people.").wait_for()
    saved(page, "Zoë")

    assert sorted(states(item).values()) == ["late", *["present"] * 4]
    assert states(item)["Zoë Ñandú"] == "late"


def test_a_refused_tap_says_why_and_shows_what_stands(visit, program, item, staff):
    page = visit(address(item), storage_state=staff)
    program.participants.filter(country="AT").update(status="withdrawn")

    tap(page, "Zoë")
    page.get_by_role("alert").get_by_text("Zoë Ñandú is not expected here").wait_for()

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


def test_after_signing_in_again_elsewhere_the_whole_page_works_on(visit, item):
    user = make_staff()
    page = visit(address(item), storage_state=signed_in(user))
    page.context.clear_cookies()
    tap(page, "Zoë")
    page.get_by_text("You are signed out.").wait_for()

    page.context.add_cookies(signed_in(user)["cookies"])  # with another token
    saved(page, "Zoë")
    page.get_by_role("button", name="Everybody present").click()

    page.get_by_text("Marked present: 4 people.").wait_for()
    assert len(states(item)) == 5


def test_nothing_is_sent_in_the_name_of_who_signed_in_meanwhile(visit, item, staff):
    page = visit(address(item), storage_state=staff)
    page.context.clear_cookies()
    tap(page, "Zoë")
    page.get_by_text("You are signed out.").wait_for()

    page.context.add_cookies(signed_in(make_staff("Second Staff"))["cookies"])
    page.get_by_role("alert").get_by_text("Someone else signed in on this phone.").wait_for()

    assert row(page, "Zoë").locator("[data-word]").inner_text() == ""
    assert kept(page) == []
    assert states(item) == {}


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

    page.get_by_text("There is nothing to undo: it was marked again since.").wait_for()
    assert states(item) == {"Zoë Ñandú": "late"}
