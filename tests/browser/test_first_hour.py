"""From nothing to a published first day: clicks and fields are counted as a person makes them."""

import re

from playwright.sync_api import expect

from tests.browser.state import signed_in

ITEMS = (
    ("Registration", "08:00", "08:30", "Registration"),
    (None, "08:30", "09:30", "Opening by the Director General"),  # a ceremony, as the form says already
    ("Briefing", "09:45", "11:30", "How the two weeks go"),
    ("Meal", "11:30", "13:15", "Lunch"),
)


class Hands:
    """Presses and types for a person, and counts: every press of the mouse is a click, every control whose
    value is given a field, whatever way it is given.
    """

    def __init__(self, page):
        self.page, self.clicks, self.fields = page, 0, 0

    def press(self, role, name, exact=False):
        self.press_at(self.page.get_by_role(role, name=name, exact=exact).first)

    def press_at(self, place):
        self.clicks += 1
        place.click()

    def field(self, label):
        self.fields += 1
        return self.page.get_by_label(re.compile(rf"^\s*{label}\s*:?\s*$"))

    def type(self, label, text):
        self.field(label).fill(text)

    def choose(self, label, choice):
        self.field(label).select_option(label=choice)

    def tick(self, label):
        self.field(label).check()


def make_the_program(hands):
    hands.press_at(hands.page.locator("a.addlink[href='/admin/program/program/add/']"))
    hands.type("Title", "Training on Textile")
    hands.type("First day", "2027-07-05")
    hands.type("Last day", "2027-07-05")
    hands.press("button", "Make the program")
    expect(hands.page.get_by_role("heading", name="A new program")).to_be_visible()


def publish_it(hands):
    hands.press("link", "Look at the changes and publish")
    hands.tick("Make the program visible")
    hands.press("button", "Publish release 1")
    expect(hands.page.get_by_text("Release 1 is published.")).to_be_visible()


def everybody_sees_it(page):
    page.goto("/training-on-textile-2027/agenda/2027-07-05/")
    for *_rest, title in ITEMS:
        expect(page.get_by_role("link", name=title).first).to_be_visible()
    assert page.complaints == []


def test_a_first_day_is_published_in_fifteen_clicks_and_twenty_fields(visit, organizer, barriers):
    page = visit("/admin/", width=1440, height=900, storage_state=signed_in(organizer))
    hands = Hands(page)

    make_the_program(hands)
    assert barriers(page) == []
    hands.press("link", "Or type it")
    hands.press("link", "Type its first item")
    for number, (kind, start, end, title) in enumerate(ITEMS, 1):
        if kind:
            hands.choose("Kind", kind)
        hands.type("Title", title)
        hands.type("Start", start)
        hands.type("End", end)
        hands.press("button", "Save and add another" if number < len(ITEMS) else "Save", exact=True)
    publish_it(hands)

    everybody_sees_it(page)
    assert (hands.clicks, hands.fields) == (10, 19)  # of at most 15 and 20


def test_with_a_spreadsheet_it_takes_no_more_than_eight_clicks_and_twelve_fields(visit, organizer, barriers):
    page = visit("/admin/", width=1440, height=900, storage_state=signed_in(organizer))
    hands = Hands(page)

    make_the_program(hands)
    hands.press("link", "Paste the agenda")
    rows = [f"5 July 2027\t{start}\t{end}\t{title}" for _kind, start, end, title in ITEMS]
    hands.fields += 1
    page.locator("#id_rows").fill("\n".join(["Date\tStart\tEnd\tTitle", *rows]))
    hands.press("button", "Look at the rows")
    hands.press("button", "Take over 4 rows")
    publish_it(hands)

    everybody_sees_it(page)
    assert (hands.clicks, hands.fields) == (7, 5)  # of at most 8 and 12
