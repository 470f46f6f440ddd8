"""An organizer moves a whole program, or swaps two of its days."""

import pytest

from tests.makers import make_item

from .test_publishing import said, text_of
from .test_rescheduling import SHIFT, hidden, starts

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organizer")]


POSTPONE = "/admin/program/program/postpone/"
SWAP = "/admin/program/program/swap-days/"


def test_postponing_shows_the_new_dates_and_what_they_cause_and_is_undone_as_a_whole(client, program):
    opening = make_item(program, "Opening", "11:00", "12:00", day=19)  # a Thursday
    address = f"{POSTPONE}?program={program.pk}&days=1"

    page = client.get(address)

    assert "18–30 July 2018 → to 19–31 July 2018" in text_of(page)
    assert "“Opening” overlaps the Friday prayer" in text_of(page)
    assert "Flights and nights in travel records" in text_of(page)
    assert "Leave out" not in text_of(page)
    done = client.post(address, hidden(page), follow=True)
    assert starts(opening) == ["20 11:00"]
    client.post(address, hidden(page))  # pressed twice
    assert starts(opening) == ["20 11:00"]
    undone = client.post(done.redirect_chain[-1][0], follow=True)
    assert starts(opening) == ["19 11:00"]
    program.refresh_from_db()
    assert (program.starts_on.day, program.ends_on.day) == (18, 30)
    assert "1 item is restored to how it was before." in said(undone)


def test_items_that_prevent_undoing_a_postponement_are_named(client, program):
    opening = make_item(program, "Opening", "11:00", "12:00", day=19)
    address = f"{POSTPONE}?program={program.pk}&days=2"
    done = client.post(address, hidden(client.get(address)), follow=True)
    late = f"{SHIFT}?item={opening.pk}&minutes=15"
    client.post(late, hidden(client.get(late)))

    page = client.get(done.redirect_chain[-1][0])

    assert "This can no longer be undone, because of these items: Look" in text_of(page)
    assert rows_of_steps(page) == ["Opening"]


def rows_of_steps(page):
    return [row["title"] for row in page.context["rows"]]


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ("0", "Zero days change nothing."),
        ("soon", "Write a whole number of days, such as 7."),
        ("9999", "less than or equal to 732"),
        ("", "This field is required."),
    ],
)
def test_days_that_make_no_sense_are_refused(client, program, days, told):
    make_item(program, "Opening", day=19)

    page = client.get(POSTPONE, {"program": program.pk, "days": days})

    assert told in text_of(page)
    assert page.context["plan"] is None


def test_two_days_are_swapped_but_not_one_with_itself(client, program):
    visit = make_item(program, "Factory", "10:00", "11:00", day=20)
    museum = make_item(program, "Museum", "14:00", "15:00", day=22)
    same = client.get(SWAP, {"program": program.pk, "day": "2018-07-20", "to": "2018-07-20"})
    assert "Choose another day than the one they are on." in text_of(same)
    address = f"{SWAP}?program={program.pk}&day=2018-07-20&to=2018-07-22"

    page = client.get(address)
    client.post(address, hidden(page))

    assert "2 items move." in text_of(page)
    assert starts(visit, museum) == ["22 10:00", "20 14:00"]
