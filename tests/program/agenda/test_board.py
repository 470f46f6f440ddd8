"""The board of a day: where each card stands, what is free, and what follows when one moves."""

from datetime import date, timedelta

import pytest

from program.agenda.board import busy_text, close_gap, first_free, lay_out, make_room, next_step

from .release_data import agenda, item, moment

DAY = date(2018, 7, 24)
GROUPS = ["A", "B", "C"]


def laid_out(*items, groups=GROUPS):
    whole = agenda(*items, groups=groups)
    return lay_out(DAY, whole.day(DAY).items, whole.groups)


def places(board):
    """[(title, from column, how many, lane, of how many lanes)] of all pieces."""
    return [(p.item.title, p.column, p.width, p.lane, p.lanes) for p in board.pieces]


def test_items_stand_in_their_groups_and_those_for_everybody_in_all():
    board = laid_out(
        item("Bus", "08:00", "08:40"),
        item("Foundry", "10:00", "11:00", groups=["B"]),
        item("Weaving", "12:00", "13:00", groups=["A", "B"]),
    )

    assert places(board) == [("Bus", 1, 3, 1, 1), ("Foundry", 2, 1, 1, 1), ("Weaving", 1, 2, 1, 1)]
    assert board.pieces[0].places == "h8 m00 e8 f40 c1 w3 l1 of1"


def test_an_item_of_groups_that_are_not_beside_each_other_is_named_again():
    board = laid_out(item("Weaving", groups=["A", "C"]))

    assert [(p.column, p.width, p.again) for p in board.pieces] == [(1, 1, False), (3, 1, True)]


def test_items_at_the_same_time_stand_side_by_side_only_where_they_meet():
    board = laid_out(item("Bus", "13:00", "14:00"), item("Foundry", "13:30", "14:30", groups=["A"]))

    assert places(board) == [("Bus", 1, 1, 1, 2), ("Bus", 2, 2, 1, 1), ("Foundry", 1, 1, 2, 2)]
    assert [p.again for p in board.pieces] == [False, True, False]


def test_touching_items_share_a_lane_and_a_third_takes_the_first_that_is_free():
    board = laid_out(
        item("Long", "09:00", "12:00"), item("First", "09:00", "10:00"), item("Second", "10:00", "11:00")
    )

    assert places(board) == [("First", 1, 3, 1, 2), ("Long", 1, 3, 2, 2), ("Second", 1, 3, 1, 2)]


def test_a_short_item_keeps_room_for_a_press_and_pushes_the_next_aside():
    board = laid_out(item("Roll call", "08:00", "08:05"), item("Bus", "08:05", "09:00"))

    assert board.pieces[0].places == "h8 m00 e8 f15 c1 w3 l1 of2"
    assert places(board)[1] == ("Bus", 1, 3, 2, 2)


def test_axis_goes_from_seven_to_six_and_further_where_there_is_something():
    quiet = laid_out()
    long = laid_out(
        item("Airport", "05:30", "06:00"), item("Night bus", "23:00", "2018-07-25T02:15:00+07:00")
    )

    assert (quiet.first, quiet.last) == (7, 18)
    assert (long.first, long.last) == (4, 28)
    assert long.pieces[1].places == "h23 m00 e26 f15 c1 w3 l1 of1"
    assert [f"{clock:%H:%M}" for _hour, clock in long.hours][-4:] == ["00:00", "01:00", "02:00", "03:00"]


def test_what_ends_later_than_the_next_noon_is_cut_off():
    board = laid_out(item("Flight", "20:00", "2018-07-25T20:00:00+07:00"))

    assert board.last == 36
    assert board.pieces[0].is_cut
    assert " e36 f00 " in board.pieces[0].places


def test_free_time_is_offered_by_column_and_together_where_it_is_the_same():
    board = laid_out(
        item("Bus", "07:00", "08:00"),
        item("Foundry", "08:00", "17:50", groups=["A"]),
        item("Weaving", "08:10", "18:00", groups=["B"]),
        item("Pottery", "08:00", "18:00", groups=["C"]),
        item("Dinner", "18:00", "20:00"),
    )

    slots = [
        (f"{slot.starts:%H:%M}", slot.column, slot.width, [g.name for g in slot.groups])
        for slot in board.slots
    ]
    assert slots == [("06:00", 1, 3, []), ("20:00", 1, 3, [])]  # ten minutes are no place for anything


def test_without_groups_there_is_one_column_for_everybody():
    board = laid_out(item("Visit"), groups=[])

    assert board.columns == (None,)
    assert places(board) == [("Visit", 1, 1, 1, 1)]
    assert board.slots[0].query == "add=07:00&end=07:30"


@pytest.mark.parametrize(
    "time, by, expected",
    [("10:00", 5, "10:05"), ("10:02", 5, "10:05"), ("10:02", -5, "10:00"), ("10:00", -5, "09:55")],
)
def test_next_step_goes_on_to_the_grid(time, by, expected):
    assert f"{next_step(moment(time), by):%H:%M}" == expected


def test_closing_a_gap_pulls_what_follows_for_the_same_people():
    whole = agenda(
        item("Bus", "08:00", "08:40"),
        item("Visit", "09:00", "10:00"),
        item("Foundry", "10:00", "11:00", groups=["A"]),
        groups=GROUPS,
    )
    bus, visit, foundry = whole.items

    moved = close_gap(whole.items, visit.id)

    assert {pk: (f"{a:%H:%M}", f"{b:%H:%M}") for pk, (a, b) in moved.items()} == {
        visit.id: ("08:40", "09:40"),
        foundry.id: ("09:40", "10:40"),
    }
    assert close_gap(whole.items, bus.id) == {}
    assert close_gap(whole.items, foundry.id) == {}


def test_making_room_pushes_only_what_lies_on_it_and_shares_people():
    whole = agenda(
        item("Visit", "09:00", "10:30", groups=["A"]),
        item("Foundry", "10:00", "11:00", groups=["A"]),
        item("Weaving", "10:00", "11:00", groups=["B"]),
        item("Lunch", "11:15", "12:00"),
        item("Late", "15:00", "16:00"),
        groups=GROUPS,
    )
    visit, foundry, _weaving, lunch, _late = whole.items

    moved = make_room(whole.items, visit.id)

    assert {pk: f"{begins:%H:%M}" for pk, (begins, _ends) in moved.items()} == {
        foundry.id: "10:30",
        lunch.id: "11:30",
    }


def test_first_free_place_is_between_what_the_same_people_do():
    whole = agenda(
        item("Visit", "08:00", "10:00"),
        item("Foundry", "10:00", "11:00", groups=["A"]),
        item("Lunch", "12:00", "13:00"),
        groups=GROUPS,
    )
    items = whole.day(DAY).items

    def begins(minutes, *names):
        return first_free(DAY, items, set(names), timedelta(minutes=minutes))

    assert begins(60) == 11 * 60
    assert begins(60, "B") == 10 * 60
    assert begins(90) == 13 * 60


def test_a_day_says_when_it_is_taken_and_for_whom():
    whole = agenda(
        item("Bus", "08:00", "08:40"),
        item("Foundry", "10:00", "11:00", groups=["A"]),
        item("Off", "12:00", "13:00", status="cancelled"),
        groups=GROUPS,
    )

    assert busy_text(whole.day(DAY)) == "480-520 600-660:A"
