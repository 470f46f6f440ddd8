"""What an agenda answers: what is on, what comes next, what is found in it."""

from zoneinfo import ZoneInfo

import pytest

from .release_data import agenda, item, moment, names, organization, speaker, transfer

# Now, next


@pytest.mark.parametrize(
    ("clock", "on", "following"),
    [
        ("08:59", [], ["One"]),
        ("09:00", ["One"], ["Two"]),
        ("09:59", ["One"], ["Two"]),
        ("10:00", ["Two"], ["Three A", "Three B"]),
        ("11:00", ["Three A", "Three B"], []),
        ("12:00", [], []),
    ],
)
def test_at_counts_the_start_and_not_the_end(clock, on, following):
    whole = agenda(
        item("One", "09:00", "10:00"),
        item("Cancelled", "09:30", "11:30", status="cancelled"),
        item("Two", "10:00", "11:00"),
        item("Three A", "11:00", "12:00", groups=["A"]),
        item("Three B", "11:00", "12:00", groups=["B"]),
    )

    told = whole.at(moment(clock))

    assert (names(told.on), names(told.next)) == (on, following)


def test_at_past_midnight_the_item_is_still_on():
    whole = agenda(item("Night market", "22:00", "2018-07-25T01:00:00+07:00"))

    assert names(whole.at(moment("00:59", day=25)).on) == ["Night market"]
    assert names(whole.at(moment("01:00", day=25)).on) == []


def test_at_takes_a_moment_of_any_zone():
    whole = agenda(item("One", "09:00", "10:00"))

    assert names(whole.at(moment("09:00").astimezone(ZoneInfo("America/New_York"))).on) == ["One"]


def test_boundaries_are_starts_ends_and_midnights():
    whole = agenda(
        item("One", "09:00", "10:00"),
        item("Two", "10:00", "11:00"),
        program={"starts_on": "2018-07-24", "ends_on": "2018-07-24"},
    )

    assert whole.boundaries == [
        moment("00:00"),
        moment("09:00"),
        moment("10:00"),
        moment("11:00"),
        moment("00:00", day=25),
    ]


# Filters and questions


def test_filtered_by_kind_and_city():
    whole = agenda(
        item("Talk", kind="session", venue="ministry"),
        transfer("Coach", venue="ministry", destination="hall"),
        item("Foundry", "11:00", "12:00", venue="hall"),
        item("Free", "12:00", "13:00", kind="break"),
    )

    assert names(whole.filtered().items) == ["Coach", "Talk", "Foundry", "Free"]
    assert names(whole.filtered(kinds=["session", "visit"]).items) == ["Talk", "Foundry"]
    assert names(whole.filtered(city="Bandung").items) == ["Coach", "Foundry"]
    assert names(whole.filtered(city="Jakarta").items) == ["Coach", "Talk"]
    assert names(whole.filtered(kinds=["visit"], city="Jakarta").items) == []
    assert len(whole.filtered(city="Jakarta").days) == len(whole.days)


def test_bus_before_is_the_last_one_that_arrives_in_time():
    whole = agenda(
        transfer("First bus", "07:00", "07:30", destination="lab"),
        transfer("Bus", "08:00", "08:30", destination="lab"),
        transfer("Cancelled", "08:15", "08:45", destination="lab", status="cancelled"),
        transfer("Other group's", "08:20", "08:50", destination="lab", groups=["B"]),
        transfer("Other way", "08:20", "08:50", destination="hall"),
        transfer("Too late", "08:50", "09:01", destination="lab"),
        item("Foundry", "09:00", "10:00", venue="lab", groups=["A"]),
        groups="AB",
    )

    assert whole.bus_before(whole.items[-1]).title == "Bus"


def test_bus_before_may_leave_the_evening_before_and_arrives_the_same_day():
    night = transfer("Night bus", "23:00", "2018-07-25T05:00:00+07:00", destination="lab")
    yesterdays = transfer("Yesterday's", "20:00", "21:00", destination="lab")
    whole = agenda(yesterdays, night, item("Foundry", "09:00", "10:00", day=25, venue="lab"))

    assert whole.bus_before(whole.items[-1]).title == "Night bus"
    assert agenda(yesterdays, item(day=25, venue="lab")).bus_before(whole.items[-1]) is None


def test_bus_before_of_an_item_without_a_venue_is_none():
    whole = agenda(transfer(), item(start="09:00", end="10:00"))

    assert whole.bus_before(whole.items[-1]) is None


def test_neighbours_share_people_with_the_item():
    whole = agenda(
        item("Opening", "08:00", "09:00"),
        item("A", "09:00", "10:00", groups=["A"]),
        item("B", "09:00", "10:00", groups=["B"]),
        item("Lunch", "10:00", "11:00", kind="meal"),
    )
    opening, a, b, lunch = whole.items

    assert whole.neighbours(opening) == (None, a)
    assert whole.neighbours(a) == (opening, lunch)
    assert whole.neighbours(b) == (opening, lunch)
    assert whole.neighbours(lunch) == (b, None)


def test_held_by_is_what_an_organization_holds_or_teaches():
    whole = agenda(
        item("Held", organization="bbt"),
        item("Taught", "11:00", "12:00", kind="session", speakers=[speaker("Ani", organization="bbt")]),
        item("Other", "12:00", "13:00", organization="bbk"),
        organizations=[organization("bbt"), organization("bbk")],
    )

    assert names(whole.held_by(whole.organization("bbt"))) == ["Held", "Taught"]
    assert names(whole.held_by(whole.organization("bbk"))) == ["Other"]
    assert whole.organization("gone") is None


def test_at_venue_is_what_happens_there_and_what_brings_there():
    whole = agenda(
        item("There", venue="lab"),
        transfer("To", destination="lab", venue="hall"),
        item("Elsewhere", venue="hall"),
    )
    lab = next(venue for venue in whole.venues if venue.slug == "lab")

    assert names(whole.at_venue(lab)) == ["To", "There"]


def test_item_is_found_by_its_id():
    whole = agenda(item("One", id=17), item("Two", id=18))

    assert whole.item(18).title == "Two"
    assert whole.item(19) is None


@pytest.mark.parametrize(
    ("clock", "is_on"), [("09:59", False), ("10:00", True), ("10:59", True), ("11:00", False)]
)
def test_cancelled_item_is_never_on(clock, is_on):
    (one,) = agenda(item()).items
    (cancelled,) = agenda(item(status="cancelled")).items

    assert one.is_on(moment(clock)) is is_on
    assert not cancelled.is_on(moment(clock))
