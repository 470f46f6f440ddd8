"""Two members of staff mark at once, in Chromium."""

from tests.browser.state import signed_in
from tests.participants.attendance.attending import make_staff, states

from .page import address, counter, row, saved, say, tap


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
    mine.get_by_text("Zoë Ñandú: someone else marked later. That mark counts.").wait_for()

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
    assert counter(page) == "1 of 5 present"
