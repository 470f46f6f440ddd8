from datetime import date, datetime

import pytest

from program.agenda import overview
from program.agenda.kinds import Kind, Role

from .release_data import agenda, item, organization, transfer, venue

THREE_DAYS = {"starts_on": "2018-07-23", "ends_on": "2018-07-25"}
CIMAHI = venue("farm", city="Cimahi")


def day(number):
    return date(2018, 7, number)


def moment(text):
    return datetime.fromisoformat(f"2018-07-{text}:00+07:00")


def legs(*items, **parts):
    return [(leg.city, leg.first, leg.last) for leg in overview.journey(agenda(*items, **parts))]


def test_journey_leaves_a_city_on_the_day_the_next_is_reached():
    found = legs(
        item("Opening", day=23, venue="ministry"),
        transfer("Coach", day=24, venue="ministry", destination="hall"),
        item("Visit", day=25, venue="lab"),
        program=THREE_DAYS,
    )

    assert found == [("Jakarta", day(23), day(24)), ("Bandung", day(24), day(25))]


def test_journey_has_no_leg_for_a_trip_that_returns_the_same_day():
    found = legs(
        item("Visit", "08:00", "09:00", day=23, venue="hall"),
        transfer("There", "10:00", "11:00", day=24, venue="hall", destination="farm"),
        transfer("Back", "15:00", "16:00", day=24, venue="farm", destination="hall"),
        item("Visit", day=25, venue="hall"),
        program=THREE_DAYS,
        venues=[venue("hall"), CIMAHI],
    )

    assert found == [("Bandung", day(23), day(25))]


def test_journey_bridges_days_without_items_and_skips_what_is_cancelled():
    found = legs(
        item("Visit", day=23, venue="hall"),
        item("Away", day=24, venue="ministry", status="cancelled"),
        item("Visit", day=25, venue="hall"),
        program=THREE_DAYS,
    )

    assert found == [("Bandung", day(23), day(25))]


def test_journey_of_an_empty_agenda_is_empty():
    assert legs(item("Somewhere"), program=THREE_DAYS) == []


def test_activities_held_twice_are_one():
    whole = agenda(
        item("Dyeing", "10:00", "11:00", kind="workshop", groups=["A"]),
        item("Dyeing", "11:00", "12:00", kind="workshop", groups=["B"]),
        item("Weaving", "13:00", "14:00", kind="workshop", status="cancelled"),
        item("Looms", "14:00", "15:00"),
        groups="AB",
    )

    (dyeing,) = overview.activities(whole, Kind.WORKSHOP)

    assert [found.group_ids for found in dyeing.items] == [{"A"}, {"B"}]


def test_teachers_are_named_once_in_the_order_they_teach():
    whole = agenda(
        item("Exports", "08:00", "09:00", kind="session", organization="office"),
        item("Industry", "09:00", "10:00", kind="session", organization="ministry"),
        item("More exports", "10:00", "11:00", kind="session", organization="office"),
        item("Country papers", "11:00", "12:00", kind="session"),
        item("Looms", "13:00", "14:00", organization="cloth"),
        organizations=[organization("cloth"), organization("ministry"), organization("office")],
    )

    assert [found.slug for found in overview.teachers(whole)] == ["office", "ministry"]


def test_hosts_stand_by_role_then_by_their_first_day_the_others_last():
    whole = agenda(
        item("a", day=25, organization="late"),
        item("b", day=23, organization="early"),
        item("c", day=22, organization="firm"),
        organizations=[
            organization("never"),
            organization("late"),
            organization("early"),
            organization("firm", role="enterprise"),
            organization("other", role="organizer"),
        ],
    )

    found = overview.hosts(whole, Role.INSTITUTE, Role.ENTERPRISE)

    assert [host.organization.slug for host in found] == ["early", "late", "never", "firm"]


@pytest.mark.parametrize(
    "now, until", [("24T09:00", "24T10:00"), ("24T10:00", "24T11:00"), ("24T11:00", "25T00:00")]
)
def test_today_holds_until_something_starts_or_ends_or_the_day_is_over(now, until):
    whole = agenda(item("Looms", "10:00", "11:00"), program=THREE_DAYS)

    assert overview.today(whole, moment(now)).until == moment(until)


def test_today_counts_days_and_tells_on_and_next():
    whole = agenda(
        item("Looms", "10:00", "11:00"),
        item("Lunch", "12:00", "13:00", kind="meal"),
        item("Tomorrow", "08:00", "09:00", day=25),
        program=THREE_DAYS,
    )

    def told(text):
        today = overview.today(whole, moment(text))
        return today.number, [i.title for i in today.on], [i.title for i in today.next]

    assert told("24T10:00") == (2, ["Looms"], ["Lunch"])
    assert told("24T11:00") == (2, [], ["Lunch"])
    assert told("24T13:00") == (2, [], [])  # what is next is tomorrow's
    assert told("25T00:00") == (3, [], ["Tomorrow"])


@pytest.mark.parametrize("text", ["22T23:59", "26T00:00"])
def test_today_is_none_outside_the_program(text):
    assert overview.today(agenda(program=THREE_DAYS), moment(text)) is None


def test_other_turns_are_of_the_same_name_and_kind_for_other_groups():
    mine = item("Dyeing", "10:00", "11:00", kind="workshop", groups=["A"])
    whole = agenda(
        mine,
        item("Dyeing", "11:00", "12:00", kind="workshop", groups=["B"]),
        item("Dyeing", "12:00", "13:00", kind="workshop", groups=["A", "C"]),
        item("Dyeing", "13:00", "14:00", kind="visit", groups=["B"]),
        item("Dyeing", "14:00", "15:00", kind="workshop", groups=["B"], status="cancelled"),
        item("Dyeing", "15:00", "16:00", kind="workshop"),
        groups="ABC",
    )

    turns = overview.other_turns(whole, whole.item(mine["id"]))

    assert [turn.starts_at.hour for turn in turns] == [11]


def test_item_for_everybody_has_no_other_turns():
    whole = agenda(item("Dyeing", groups=["A"]), everybody := item("Dyeing"), groups="A")

    assert overview.other_turns(whole, whole.item(everybody["id"])) == []
