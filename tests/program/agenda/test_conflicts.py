import time
from datetime import timedelta

import pytest
from django.utils.translation import override

from program.agenda.conflicts import (
    FINDERS,
    about,
    errors_of,
    find_conflicts,
    friday_prayer,
    group_twice,
    no_lunch,
    outside_program,
    room_twice,
    speaker_twice,
    too_many_people,
)

from .release_data import agenda, item, release, speaker, transfer, venue

FRIDAY = 27


def session(title="Session", start="10:00", end="11:00", **fields):
    return item(title, start, end, kind="session", **fields)


def told(find, *items, **parts):
    """The messages of one finder about an agenda of ``items``."""
    return [finding.message for finding in find(agenda(*items, **parts))]


# A group in two places at once


def test_group_twice_names_both_items_and_until_when():
    assert told(group_twice, item("Foundry", "10:00", "11:00"), item("Textile", "10:30", "12:00")) == [
        "Tuesday 24 July 2018: “Foundry” (until 11:00 WIB) and “Textile” (from 10:30 WIB)"
        " overlap for everybody."
    ]


def test_group_twice_names_the_groups_that_both_items_share():
    assert told(
        group_twice,
        item("Foundry", groups=["A", "B"]),
        item("Textile", groups=["B", "C"]),
        item("Ceramics", groups=["A", "B", "C"], start="10:30"),
        groups="ABC",
    ) == [
        "Tuesday 24 July 2018: “Foundry” (until 11:00 WIB) and “Textile” (from 10:00 WIB)"
        " overlap for group B.",
        "Tuesday 24 July 2018: “Foundry” (until 11:00 WIB) and “Ceramics” (from 10:30 WIB)"
        " overlap for groups A, B.",
        "Tuesday 24 July 2018: “Textile” (until 11:00 WIB) and “Ceramics” (from 10:30 WIB)"
        " overlap for groups B, C.",
    ]


def test_group_twice_of_one_group_against_everybody():
    assert told(group_twice, item("Foundry", groups=["A"]), item("Textile"), groups="AB") == [
        "Tuesday 24 July 2018: “Foundry” (until 11:00 WIB) and “Textile” (from 10:00 WIB)"
        " overlap for group A."
    ]


@pytest.mark.parametrize(
    "items",
    [
        [item(start="10:00", end="11:00"), item(start="11:00", end="12:00")],
        [item(groups=["A"]), item(groups=["B"])],
        [item(), item(kind="registration")],
        [item(kind="registration", start="08:00", end="17:00"), item()],
        [item(), item(status="cancelled")],
        [item(day=24), item(day=25)],
        # People arrive one by one all day; who is there already eats.
        [transfer(start="08:00", end="17:00", venue="hall"), item(kind="meal", start="12:00", end="13:00")],
        # Two buses on one way: the participants share out between them.
        [
            transfer(start="08:00", end="08:40", venue="hall", destination="lab"),
            transfer(start="08:10", end="08:50", venue="hall", destination="lab"),
        ],
    ],
    ids=[
        "touching ends",
        "different groups",
        "registration",
        "during registration",
        "cancelled",
        "other day",
        "arrival window",
        "two buses on one way",
    ],
)
def test_group_twice_near_misses(items):
    found = [finding.code for finding in find_conflicts(agenda(*items, groups="AB"))]

    assert "group-twice" not in found


def test_group_twice_of_buses_that_go_different_ways():
    assert told(
        group_twice,
        transfer("Bus to the lab", venue="hall", destination="lab"),
        transfer("Bus to the ministry", venue="hall", destination="ministry"),
    ) == [
        "Tuesday 24 July 2018: “Bus to the lab” (until 08:30 WIB) and “Bus to the ministry” (from 08:00 WIB)"
        " overlap for everybody."
    ]


def test_group_twice_sees_all_items_inside_a_long_one():
    long = item("Exhibition", "08:00", "17:00")
    inside = [item("One", "09:00", "09:30"), item("Two", "12:00", "13:00"), item("Three", "16:59", "18:00")]

    found = list(group_twice(agenda(long, *inside)))

    assert [[i.title for i in finding.items] for finding in found] == [
        ["Exhibition", "One"],
        ["Exhibition", "Two"],
        ["Exhibition", "Three"],
    ]


def test_group_twice_past_midnight():
    night = item("Night market", "22:00", "2018-07-25T01:00:00+07:00", day=24)

    assert told(group_twice, night, item("Early bus", "00:30", "02:00", day=25)) == [
        "Wednesday 25 July 2018: “Night market” (until 01:00 WIB) and “Early bus” (from 00:30 WIB)"
        " overlap for everybody."
    ]


# A speaker, a room


def test_speaker_twice_names_speaker_and_sessions():
    ani, budi = speaker("Ani"), speaker("Budi")

    assert told(
        speaker_twice,
        session("Export", speakers=[ani, budi], groups=["A"]),
        session("Batik", "10:30", "11:30", speakers=[budi], groups=["B"]),
        groups="AB",
    ) == ["Tuesday 24 July 2018, 10:30 WIB: Budi is booked for “Export” and “Batik”."]


@pytest.mark.parametrize(
    "second",
    [
        session(start="11:00", end="12:00", speakers=[speaker("Ani")]),
        session(speakers=[speaker("Budi")]),
        session(speakers=[speaker("Ani")], status="cancelled"),
        session(speakers=[]),
    ],
    ids=["touching ends", "another speaker", "cancelled", "nobody yet"],
)
def test_speaker_twice_near_misses(second):
    found = find_conflicts(agenda(session(speakers=[speaker("Ani")]), second))

    assert "speaker-twice" not in [finding.code for finding in found]


@pytest.mark.parametrize(("one", "other"), [("R 1", "R 1"), ("R 1", "r 1 ")])
def test_room_twice_names_the_room(one, other):
    assert told(
        room_twice,
        session("Export", venue="hall", room=one, groups=["A"]),
        session("Batik", "10:59", "12:00", venue="hall", room=other, groups=["B"]),
        groups="AB",
    ) == ["Tuesday 24 July 2018, 10:59 WIB: “Export” and “Batik” use the same room, R 1."]


def test_room_twice_without_rooms_names_the_venue():
    assert told(room_twice, session("Export", venue="hall"), session("Batik", venue="hall")) == [
        "Tuesday 24 July 2018, 10:00 WIB: “Export” and “Batik” use the same room, Hall."
    ]


@pytest.mark.parametrize(
    "second",
    [
        session(start="11:00", end="12:00", venue="hall", room="R 1"),
        session(venue="hall", room="R 2"),
        session(venue="hall"),
        session(venue="annex", room="R 1"),
        session(room="R 1"),
        session(venue="hall", room="R 1", status="cancelled"),
        item(kind="workshop", venue="hall"),
    ],
    ids=["touching ends", "other room", "no room", "other venue", "no venue", "cancelled", "no session"],
)
def test_room_twice_near_misses(second):
    found = find_conflicts(agenda(session(venue="hall", room="R 1"), second))

    assert "room-twice" not in [finding.code for finding in found]


# The program's dates


def test_outside_program_names_the_day():
    assert told(outside_program, item("Late", day=31), item("Early", "23:30", "23:59", day=17)) == [
        "“Early” on Tuesday 17 July 2018 is outside the program's dates.",
        "“Late” on Tuesday 31 July 2018 is outside the program's dates.",
    ]


def test_outside_program_leaves_the_first_and_the_last_day():
    first = item(start="00:00", end="00:30", day=18)
    last = item(start="23:30", end="2018-07-31T01:00:00+07:00", day=30)

    assert told(outside_program, first, last) == []


# Friday, lunch, places


def test_friday_prayer_names_what_takes_its_time():
    assert told(friday_prayer, item("Foundry", "11:00", "12:00", day=FRIDAY)) == [
        "Friday 27 July 2018: “Foundry” overlaps the Friday prayer (11:45 to 12:45 WIB)."
    ]


@pytest.mark.parametrize(
    "near",
    [
        item(start="10:00", end="11:45", day=FRIDAY),
        item(start="12:45", end="14:00", day=FRIDAY),
        item(start="11:00", end="13:00", day=26),
        item(start="11:30", end="13:30", day=FRIDAY, kind="meal"),
        item(start="11:30", end="13:30", day=FRIDAY, kind="break"),
        item(start="08:00", end="17:00", day=FRIDAY, kind="registration"),
        transfer(start="08:00", end="17:00", day=FRIDAY, venue="hall"),
        item(start="11:30", end="13:30", day=FRIDAY, status="cancelled"),
    ],
    ids=["before", "after", "thursday", "meal", "break", "registration", "arrival", "cancelled"],
)
def test_friday_prayer_near_misses(near):
    found = find_conflicts(agenda(near))

    assert "friday-prayer" not in [finding.code for finding in found]


def test_friday_prayer_is_at_the_programs_own_noon():
    # 11:00 to 12:00 in Jakarta is 09:45 to 10:45 in Kathmandu.
    early = item(start="11:00", end="12:00", day=FRIDAY)

    assert told(friday_prayer, early, program={"timezone": "Asia/Kathmandu"}) == []


def test_no_lunch_on_a_day_of_work():
    morning, afternoon = item("Foundry", "09:00", "11:00"), item("Textile", "14:00", "15:00")

    assert told(no_lunch, morning, afternoon) == [
        "Tuesday 24 July 2018: no lunch for everybody between 11:00 and 14:30 WIB."
    ]


def test_no_lunch_names_the_groups_that_get_none():
    day = [item("Foundry", "09:00", "11:00"), item("Textile", "14:00", "15:00")]
    lunch_of_a = item(kind="meal", start="12:00", end="13:00", groups=["A"])

    assert told(no_lunch, *day, lunch_of_a, groups="AB") == [
        "Tuesday 24 July 2018: no lunch for group B between 11:00 and 14:30 WIB."
    ]
    assert told(no_lunch, *day, groups="AB") == [
        "Tuesday 24 July 2018: no lunch for everybody between 11:00 and 14:30 WIB."
    ]


def test_no_lunch_during_one_item_over_noon():
    assert told(no_lunch, item("Long visit", "10:00", "16:00")) == [
        "Tuesday 24 July 2018: no lunch for everybody between 11:00 and 14:30 WIB."
    ]


@pytest.mark.parametrize(
    "items",
    [
        [item(start="09:00", end="12:00")],
        [item(start="12:00", end="17:00")],
        [item(start="09:00", end="14:30")],
        [item(start="09:00", end="15:00"), item(kind="meal", start="14:29", end="15:00")],
        [item(start="09:00", end="15:00"), item(kind="meal", start="10:00", end="11:01")],
        [item(start="09:00", end="15:00", status="cancelled")],
        [transfer(start="09:00", end="15:00", venue="hall", destination="ministry")],
    ],
    ids=["morning", "afternoon", "ends at its end", "late meal", "early meal", "cancelled", "travel"],
)
def test_no_lunch_near_misses(items):
    found = find_conflicts(agenda(*items))

    assert "no-lunch" not in [finding.code for finding in found]


@pytest.mark.parametrize("meal", [("14:30", "15:00"), ("10:00", "11:00")])
def test_no_lunch_counts_no_meal_that_only_touches(meal):
    day = [item(start="09:00", end="10:00"), item(start="15:00", end="16:00")]

    assert len(told(no_lunch, *day, item(kind="meal", start=meal[0], end=meal[1]))) == 1


def test_too_many_people_for_the_venue_and_for_the_host():
    venues = [venue("hall", capacity=12)]

    assert told(
        too_many_people,
        item("Foundry", venue="hall"),
        item("CNC", capacity=1, groups=["A"]),
        groups="AB",
        venues=venues,
    ) == [
        "Tuesday 24 July 2018: “Foundry” has space for 12 people, but 20 will come.",
        "Tuesday 24 July 2018: “CNC” has space for 1 person, but 10 will come.",
    ]


def test_too_many_people_goes_by_the_smaller_place():
    assert told(too_many_people, item(venue="hall", capacity=15), venues=[venue("hall", capacity=18)]) == [
        "Tuesday 24 July 2018: “Visit” has space for 15 people, but 20 will come."
    ]


@pytest.mark.parametrize(
    "near",
    [
        item(capacity=20),
        item(capacity=10, groups=["A"]),
        item(capacity=20, groups=["A", "B"]),
        item(venue="hall"),
        item(capacity=5, status="cancelled"),
        # Nobody goes into the house from which the bus leaves.
        transfer(venue="booth", destination="hall"),
    ],
    ids=["just enough", "one group", "two groups", "unknown", "cancelled", "bus stop"],
)
def test_too_many_people_near_misses(near):
    venues = [venue("hall"), venue("booth", capacity=2)]

    assert "too-many-people" not in [
        finding.code for finding in find_conflicts(agenda(near, groups="AB", venues=venues))
    ]


# All of them together


def test_errors_come_first_then_by_time():
    early_warning = item("No lunch", "09:00", "15:00", day=20, venue="hall")
    clash = [item("One", day=25, venue="hall"), item("Two", day=25, venue="hall")]
    earlier_clash = [item("Three", day=22, venue="hall"), item("Four", day=22, venue="hall")]

    found = find_conflicts(agenda(early_warning, *clash, *earlier_clash))

    assert [(str(f.severity), f.code, f.items[0].title) for f in found] == [
        ("error", "group-twice", "Three"),
        ("error", "group-twice", "One"),
        ("warning", "friday-prayer", "No lunch"),
        ("warning", "no-lunch", "No lunch"),
    ]
    assert errors_of(found) == found[:2]
    assert about(found, clash[1]["id"]) == [found[1]]
    assert about(found, early_warning["id"]) == found[2:]


def test_severity_of_every_finder_and_each_says_what_to_do():
    ani = speaker("Ani")
    session_twice = {"venue": "hall", "room": "R 1", "speakers": [ani]}
    lunch_in_ramadan = {"starts_at": "2018-05-20T12:00:00+07:00", "ends_at": "2018-05-20T13:00:00+07:00"}
    bus = {"day": 22, "vehicle": "Bus 1"}
    found = find_conflicts(
        agenda(
            item("Ramadan", kind="meal", venue="hall", **lunch_in_ramadan),
            transfer("Round trip", "08:00", "08:30", day=22, venue="hall", destination="hall"),
            transfer("Bus to the lab", "09:00", "09:30", venue="hall", destination="lab", **bus),
            transfer("Bus to the lab", "09:10", "09:40", venue="hall", destination="lab", **bus),
            transfer("Bus to Jakarta", "09:20", "13:40", venue="hall", destination="ministry", **bus),
            item("Dinner", "23:00", "23:30", day=24, venue="hall", kind="meal", capacity=20, groups=["A"]),
            item("Dinner", "23:00", "23:30", day=24, venue="hall", kind="meal", capacity=10, groups=["B"]),
            session("Early", "05:30", "06:00", day=25, venue="hall"),
            transfer("From the lab", "06:30", "07:00", day=25, venue="lab", destination="annex"),
            session("Late", "19:00", "21:00", day=25, venue="annex"),
            session("One", "09:00", "12:00", day=FRIDAY, capacity=1, **session_twice),
            session("Two", "10:00", "15:00", day=FRIDAY, **session_twice),
            item("Three", "15:01", "16:00", day=FRIDAY, venue="ministry"),
            item("Four", day=31),
            groups="AB",
        )
    )

    severities = {finding.code: str(finding.severity) for finding in found}
    assert severities == {
        "group-twice": "error",
        "speaker-twice": "error",
        "room-twice": "error",
        "vehicle-twice": "error",
        "outside-program": "error",
        "no-venue": "warning",
        "too-many-people": "warning",
        "too-many-at-once": "warning",
        "gap-too-short": "warning",
        "no-transfer": "warning",
        "transfer-from-elsewhere": "warning",
        "transfer-doubled": "warning",
        "transfer-nowhere": "warning",
        "friday-prayer": "warning",
        "no-lunch": "warning",
        "meal-late": "warning",
        "at-night": "warning",
        "long-day": "warning",
        "short-rest": "warning",
        "no-speaker": "hint",
        "ramadan-meal": "hint",
    }
    assert len(FINDERS) == len(severities)
    assert [finding.code for finding in found if not finding.advice.endswith(".")] == []


def test_no_item_no_conflict():
    assert find_conflicts(agenda()) == []


def test_titles_are_in_the_language_of_the_page():
    items = [
        item("Foundry", local_title="Pengecoran", day=31, venue="hall"),
        item("Textile", day=30, venue="hall"),
    ]

    with override("id"):
        (finding,) = find_conflicts(agenda(*items))

    assert "Pengecoran" in finding.message


@pytest.mark.parametrize("overlapping", [False, True], ids=["in a row", "all at once"])
def test_five_hundred_items_take_no_seconds(overlapping):
    groups = [f"G{n}" for n in range(50)]
    items = []
    for n in range(500):
        start = timedelta(0) if overlapping else timedelta(hours=9) * (n // 50 % 2)
        hour = f"{8 + start.seconds // 3600:02}:00"
        end = f"{9 + start.seconds // 3600:02}:00"
        day = 18 + (0 if overlapping else n // 100)
        items.append(item(f"I {n}", hour, end, day=day, groups=[groups[n % 50]], venue="lab"))
    whole = agenda(*items, groups=groups)

    begin = time.perf_counter()
    found = find_conflicts(whole)
    seconds = time.perf_counter() - begin

    assert len(errors_of(found)) == (50 * 45 if overlapping else 0)
    assert seconds < 2  # it takes a tenth of one


def test_release_of_the_makers_has_no_conflict_of_its_own():
    assert find_conflicts(agenda(*release()["items"])) == []
