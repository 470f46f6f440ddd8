"""The signed list and the badge in Chromium."""

from participants.papers import badges
from tests.participants.attendance.attending import states

from .page import address


def test_numbers_are_typed_on_while_the_last_one_is_on_its_way(visit, item, staff):
    page = visit(address(item, "signed-list/"), width=1440, storage_state=staff)

    page.keyboard.type("1\n2\n4-5\n")
    page.get_by_text("4 of 5 entered, 4 signed.").wait_for()

    assert (
        page.get_by_label("Numbers of those who signed").evaluate(
            "e => e === document.activeElement && e.value"
        )
        == ""
    )
    assert len(states(item)) == 4
    page.keyboard.type("99\n")
    page.get_by_text("Not on this list: 99.").first.wait_for()
    assert page.get_by_label("Numbers of those who signed").input_value() == "99"


def test_without_network_numbers_come_back_into_the_field(visit, item, staff):
    page = visit(address(item, "signed-list/"), storage_state=staff)
    page.context.set_offline(True)

    page.keyboard.type("2\n")
    failure = page.get_by_text("Not sent: no connection, or signed out. Press Enter again")
    failure.wait_for()
    assert page.get_by_label("Numbers of those who signed").input_value() == "2"

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
