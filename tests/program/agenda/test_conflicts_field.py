"""Conflicts that hurt in the field: each finder with what it says and what it leaves alone."""

from datetime import date
from functools import partial

import pytest
from django.utils.translation import override

from program.agenda.conflicts import (
    at_night,
    find_conflicts,
    long_day,
    meal_late,
    no_speaker,
    no_transfer,
    no_venue,
    ramadan_meal,
    room_twice,
    short_rest,
    too_many_at_once,
    transfer_doubled,
    transfer_from_elsewhere,
    transfer_nowhere,
    vehicle_twice,
)
from program.agenda.conflicts.closed import Closed, host_closed, public_holiday

from .release_data import agenda, item, organization, speaker, transfer, venue

DAY = "Tuesday 24 July 2018"


def told(find, *items, **parts):
    """The messages of one finder about an agenda of ``items``."""
    return [finding.message for finding in find(agenda(*items, **parts))]


def severities(find, *items, **parts):
    return [str(finding.severity) for finding in find(agenda(*items, **parts))]


# Space


CNC = {"kind": "workshop", "venue": "hall", "capacity": 12}


def test_both_groups_at_one_machine_are_more_than_it_takes():
    a = item("Trying the CNC machine", "10:30", "11:30", groups=["A"], **CNC)
    b = item("Trying the CNC machine", "11:00", "12:00", groups=["B"], **CNC)

    assert told(too_many_at_once, a, b) == [
        f"{DAY}, 11:00 WIB: 20 people are at “Trying the CNC machine” at once, which has space for 12 people:"
        " “Trying the CNC machine”, “Trying the CNC machine”."
    ]


def test_people_of_all_items_at_a_venue_are_added_up():
    items = [
        item("Talk", "09:00", "12:00", venue="hall", kind="session", groups=["A"]),
        item("Foundry", "10:00", "11:00", venue="hall", groups=["B"]),
        item("Lunch", "10:30", "11:30", venue="hall", kind="meal", groups=["C"]),
    ]

    assert told(too_many_at_once, *items, venues=[venue("hall", capacity=25)]) == [
        f"{DAY}, 10:30 WIB: 30 people are at “Hall” at once, which has space for 25 people:"
        " “Talk”, “Foundry”, “Lunch”."
    ]


@pytest.mark.parametrize(
    "items",
    [
        [item("CNC", groups=["A"], **CNC), item("CNC", "11:00", "12:00", groups=["B"], **CNC)],
        [item("CNC", groups=["A"], **CNC), item("Foundry", groups=["B"], **CNC)],
        [item("CNC", groups=["A"], **CNC), item("CNC", groups=["B"], **(CNC | {"venue": "lab"}))],
        [item("CNC", groups=["A"], **CNC), item("CNC", "10:30", "12:00", groups=["A"], **CNC)],
        [item("CNC", groups=["A"], **CNC), item("CNC", groups=["B"], status="cancelled", **CNC)],
    ],
    ids=["one after the other", "another machine", "another venue", "the same people", "cancelled"],
)
def test_too_many_at_once_near_misses(items):
    found = find_conflicts(agenda(*items, groups="AB", venues=[venue("hall", capacity=20), venue("lab")]))

    assert "too-many-at-once" not in [finding.code for finding in found]


def test_room_twice_across_kinds():
    session = item("Talk", kind="session", venue="hall", room="CNC hall", groups=["A"])
    workshop = item("Milling", kind="workshop", venue="hall", room="cnc hall", groups=["B"])

    assert told(room_twice, session, workshop) == [
        f"{DAY}, 10:00 WIB: “Talk” and “Milling” use the same room, CNC hall."
    ]


def test_a_ceremony_fills_the_room_of_a_session():
    session = item("Talk", kind="session", venue="hall", groups=["A"])
    ceremony = item("Opening", kind="ceremony", venue="hall", groups=["B"])

    assert told(room_twice, session, ceremony) == [
        f"{DAY}, 10:00 WIB: “Talk” and “Opening” use the same room, Hall."
    ]


def test_item_without_venue():
    assert told(no_venue, item("Foundry"), item("Lunch", kind="meal", venue="hall")) == [
        f"{DAY}: “Foundry” has no venue."
    ]


@pytest.mark.parametrize(
    "near", [item(kind="break"), item(kind="registration"), transfer(start="08:00", end="17:00")]
)
def test_no_venue_near_misses(near):
    assert told(no_venue, near) == []


def test_sessions_without_speaker_are_told_together():
    session = partial(item, kind="session", venue="hall")
    items = [session("Talk"), session("Papers"), session("Export", speakers=[speaker("Ani")])]

    assert told(no_speaker, *items) == ["2 sessions have no speaker: “Talk”, “Papers”."]
    assert told(no_speaker, *(session(f"S{n}") for n in range(1, 8))) == [
        "7 sessions have no speaker: “S1”, “S2”, “S3”, “S4”, “S5” and 2 more."
    ]


# Vehicles and ways


def bus(title, start, end, venue, destination, **fields):
    return transfer(title, start, end, venue=venue, destination=destination, **fields)


def test_one_vehicle_on_two_ways_at_once():
    a = bus("To the lab", "08:00", "08:40", "hall", "lab", vehicle="Bus 1", groups=["A"])
    b = bus("To the ministry", "08:20", "12:00", "annex", "ministry", vehicle="bus 1 ", groups=["B"])

    assert told(vehicle_twice, a, b) == [
        f"{DAY}, 08:20 WIB: bus 1 is needed for “To the ministry”, but “To the lab” has it until 08:40 WIB."
    ]
    assert severities(vehicle_twice, a, b) == ["error"]


def test_a_vehicle_without_a_number_may_be_several():
    a = bus("To the lab", "08:00", "08:40", "hall", "lab", vehicle="Minibus", groups=["A"])
    b = bus("To the ministry", "08:20", "12:00", "annex", "ministry", vehicle="Minibus", groups=["B"])

    assert severities(vehicle_twice, a, b) == ["hint"]


def test_one_vehicle_where_it_cannot_be_by_then():
    a = bus("To the lab", "08:00", "08:30", "hall", "lab", vehicle="Bus 1", groups=["A"])
    b = bus("To the ministry", "08:32", "12:00", "hall", "ministry", vehicle="Bus 1", groups=["B"])

    assert severities(vehicle_twice, a, b) == ["warning"]


@pytest.mark.parametrize(
    "other",
    [
        bus("Back", "08:40", "09:00", "lab", "hall", vehicle="Bus 1"),
        bus("Too", "08:00", "08:40", "hall", "lab", vehicle="Bus 1"),
        bus("Other bus", "08:10", "09:00", "annex", "lab", vehicle="Bus 2"),
        bus("No name", "08:10", "09:00", "annex", "lab"),
    ],
    ids=["back again", "same way", "another", "unknown"],
)
def test_vehicle_twice_near_misses(other):
    assert (
        told(vehicle_twice, bus("To the lab", "08:00", "08:40", "hall", "lab", vehicle="Bus 1"), other) == []
    )


def test_no_transfer_inside_a_city():
    items = [item("Foundry", venue="hall"), item("Textile", "12:00", "13:00", venue="lab")]

    assert told(no_transfer, *items) == [
        f"No transfer from Hall to Lab between “Foundry” and “Textile” on {DAY}."
    ]


def test_no_transfer_to_a_place_of_unknown_position_is_a_hint():
    items = [item("Foundry", venue="hall"), item("Textile", "12:00", "13:00", venue="nowhere")]

    assert severities(no_transfer, *items) == ["hint"]


def test_cancelling_a_bus_inside_a_city_leaves_no_transfer():
    before, after = item("Foundry", venue="hall"), item("Textile", "12:00", "13:00", venue="lab")
    there = bus("To the lab", "11:00", "11:40", "hall", "lab")

    assert find_conflicts(agenda(before, there, after)) == []
    found = find_conflicts(agenda(before, there | {"status": "cancelled"}, after))
    assert [finding.code for finding in found] == ["no-transfer"]


def test_transfer_from_where_the_group_is_not():
    items = [item("Foundry", venue="hall"), bus("Bus back", "11:30", "12:00", "lab", "annex")]

    assert told(transfer_from_elsewhere, *items) == [
        f"{DAY}: “Bus back” starts at Lab, but the group is at Hall after “Foundry”."
    ]
    assert told(no_transfer, *items) == []


def test_transfer_twice():
    twice = [
        bus("Bus", "08:00", "08:40", "hall", "lab", vehicle="Bus 1"),
        bus("Bus again", "08:10", "08:50", "hall", "lab", vehicle="Bus 1"),
    ]
    apart = [twice[0], bus("Bus 2", "08:10", "08:50", "hall", "lab", vehicle="Bus 2")]

    assert told(transfer_doubled, *twice) == [f"{DAY}: “Bus” and “Bus again” are the same transfer twice."]
    assert told(transfer_doubled, *apart) == []


def test_transfer_to_its_own_start_or_without_destination():
    assert told(
        transfer_nowhere,
        bus("Round trip", "08:00", "08:30", "hall", "hall"),
        transfer("Bus", "09:00", "09:30", venue="hall"),
        transfer("Arrivals", "08:00", "17:00", venue="hall"),
        bus("To the lab", "10:00", "10:30", "hall", "lab"),
    ) == [f"{DAY}: “Round trip” ends where it starts, at Hall.", f"{DAY}: “Bus” has no destination."]


# Hours


def test_something_at_night():
    assert told(at_night, item("Lecture", "02:00", "03:30")) == [
        f"{DAY}: “Lecture” is at night, from 02:00 to 03:30 WIB."
    ]
    assert severities(at_night, item("Feast", "22:00", "2018-07-25T00:30:00+07:00")) == ["warning"]
    assert severities(at_night, transfer("To the airport", "03:00", "04:00", destination="hall")) == ["hint"]


@pytest.mark.parametrize("hours", [("05:00", "06:00"), ("21:00", "23:00"), ("08:00", "22:00")])
def test_at_night_near_misses(hours):
    assert told(at_night, item("Visit", *hours)) == []


def test_a_very_long_day_of_one_group():
    items = [
        item("Bus", "06:00", "07:00", groups=["A"]),
        item("Foundry", "09:00", "11:00"),
        item("Dinner", "19:00", "20:30"),
    ]

    assert told(long_day, *items, groups="AB") == [
        f"{DAY}: a day of 14 h 30 min for group A, from “Bus” (06:00) to “Dinner” (20:30 WIB)."
    ]
    assert told(long_day, item("Bus", "06:30", "07:00"), item("Dinner", "19:00", "20:30")) == []


def test_less_than_eight_hours_of_rest():
    dinner = item("Dinner", "20:00", "23:00")

    assert told(short_rest, dinner, transfer("Early bus", "06:30", "07:00", day=25, destination="hall")) == [
        "Wednesday 25 July 2018: only 7 h 30 min of rest for everybody between “Dinner” (until 23:00 WIB)"
        " and “Early bus” (from 06:30 WIB)."
    ]
    assert told(short_rest, dinner, item("Talk", "07:00", "08:00", day=25)) == []


@pytest.mark.parametrize(
    ("meal", "messages"),
    [
        (("14:30", "15:30"), [f"{DAY}: “Lunch” starts as late as 14:30 WIB."]),
        (("21:30", "22:30"), [f"{DAY}: “Lunch” starts as late as 21:30 WIB."]),
        (("14:00", "15:00"), []),
        (("19:00", "20:00"), []),
    ],
)
def test_meals_too_late(meal, messages):
    assert told(meal_late, item("Talk", "09:00", "11:00"), item("Lunch", *meal, kind="meal")) == messages


def test_a_second_meal_in_the_afternoon_is_not_late():
    meals = [item("Lunch", "12:00", "13:00", kind="meal"), item("Cake", "15:00", "16:00", kind="meal")]

    assert told(meal_late, item("Talk", "09:00", "11:00"), *meals) == []


def test_lunch_of_one_group_is_late_though_the_other_has_eaten():
    meals = [
        item("Lunch", "12:00", "13:00", kind="meal", groups=["A"]),
        item("Lunch of B", "14:30", "15:30", kind="meal", groups=["B"]),
    ]

    assert told(meal_late, item("Talk", "09:00", "11:00"), *meals, groups="AB") == [
        f"{DAY}: “Lunch of B” starts as late as 14:30 WIB."
    ]


def in_may(title, day, start, end, **fields):
    """In 2018 Ramadan was from 16 May to 14 June by the calendar."""
    times = {"starts_at": f"2018-05-{day}T{start}:00+07:00", "ends_at": f"2018-05-{day}T{end}:00+07:00"}
    return item(title, kind="meal", **times, **fields)


def test_meals_in_ramadan_before_sunset_are_a_hint():
    meals = [
        in_may("Lunch", 15, "12:00", "13:00"),
        in_may("Lunch", 16, "12:00", "13:00"),
        in_may("Iftar", 16, "18:00", "19:00"),
        in_may("Sahur", 18, "03:30", "04:30"),
        in_may("Lunch", 18, "12:00", "13:00"),
    ]

    assert told(ramadan_meal, *meals) == [
        "Ramadan, from Wednesday 16 May 2018 on: 2 meals lie between dawn and sunset (about 04:30 to 18:00)."
    ]
    assert severities(ramadan_meal, *meals) == ["hint"]


# Closed doors


def on(day, title="Foundry", **fields):
    times = {"starts_at": f"{day}T10:00:00+07:00", "ends_at": f"{day}T11:00:00+07:00"}
    return item(title, **times, **fields)


def test_public_holiday_in_the_readers_language():
    find = partial(public_holiday, country="ID")
    visit, meal = on("2018-08-17"), on("2018-08-22", "Lunch", kind="meal")

    assert told(find, visit, meal) == ["Friday 17 August 2018 is a public holiday: Independence Day."]
    with override("id"):
        (message,) = told(find, visit)
    assert message.endswith("Hari Kemerdekaan Republik Indonesia.")


def test_days_of_joint_leave_count_as_holidays():
    assert len(told(partial(public_holiday, country="ID"), on("2018-06-18"))) == 1


@pytest.mark.parametrize("country", ["NP", "XX", ""])
def test_holidays_are_those_of_the_host_country(country):
    assert told(partial(public_holiday, country=country), on("2018-08-17")) == []


HOSTS = [organization("bbt", name="Textile Center"), organization("museum", role="culture")]


def test_host_is_closed_on_its_weekday_and_on_its_dates():
    find = partial(host_closed, closed={"bbt": Closed([5], [date(2018, 7, 24)])})
    items = [on(f"2018-07-{day}", organization="bbt") for day in (23, 24, 28, 29)]

    assert told(find, *items, organizations=HOSTS) == [
        f"{DAY}: Textile Center is closed, but receives “Foundry”.",
        "Saturday 28 July 2018: Textile Center is closed, but receives “Foundry”.",
    ]


def test_a_sunday_at_an_office_that_says_nothing_is_a_hint():
    find = partial(host_closed, closed={})
    visit, museum = (on("2018-07-29", organization=name) for name in ("bbt", "museum"))

    assert told(find, visit, museum, organizations=HOSTS) == [
        "Sunday 29 July 2018: is Textile Center open for “Foundry” on a Sunday?"
    ]
    assert severities(find, visit, organizations=HOSTS) == ["hint"]


# What a conflict is known by


def key(*items, **parts):
    (finding,) = find_conflicts(agenda(*items, **parts))
    return finding.key


def test_key_outlives_edits_that_do_not_touch_the_conflict():
    one, two = item("One", venue="hall"), item("Two", venue="hall")
    known = key(one, two)

    assert key(one | {"title": "Foundry", "notes": "Bring water"}, two) == known
    assert key(one | {"ends_at": "2018-07-24T10:40:00+07:00"}, two) == known
    assert key(one | {"groups": ["A"]}, two) != known
    day = {"starts_at": "2018-07-25T10:00:00+07:00", "ends_at": "2018-07-25T11:00:00+07:00"}
    assert key(one | day, two | day) != known
    assert key(one, item("Three", venue="hall")) != known


def test_key_changes_with_the_numbers_it_is_about():
    small = item("Foundry", venue="hall", capacity=12)

    assert key(small) != key(small, program={"seats": 69})
