"""The bus is late, a day changes places, all is confirmed: planned, applied, undone."""

from datetime import date, timedelta

import pytest

from program.agenda.kinds import Kind, Status
from program.drafting.operations import look_at, set_status, undo
from program.drafting.reschedule import (
    ChangedMeanwhile,
    OutsideProgram,
    apply,
    effect,
    plan_move_day,
    plan_shift,
)
from program.models import AgendaItem
from program.publishing import releases
from tests.makers import make_group, make_item, make_program, make_venue
from visits.models import Visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def program():
    return make_program()


def times(item):
    """Such as "24 09:30–10:15", read from the database, in the program's zone."""
    item = AgendaItem.objects.get(pk=item.pk)
    start, end = (moment.astimezone(item.program.tz) for moment in (item.starts_at, item.ends_at))
    return f"{start:%d %H:%M}–{end:%H:%M}"


def moved(plan):
    tz = plan.program.tz
    return [(m.item.title, f"{m.starts_at.astimezone(tz):%d %H:%M}") for m in plan.moves]


def stayed(plan):
    return [(stay.item.title, stay.reason) for stay in plan.stays]


def test_shift_moves_the_item_and_what_follows_on_its_day(program):
    make_item(program, "Before", "08:00", "09:00")
    bus = make_item(program, "Bus", "09:00", "10:00", kind=Kind.TRAVEL)
    make_item(program, "Visit", "10:00", "12:00")
    make_item(program, "Next day", "10:00", "12:00", day=25)

    plan = plan_shift(program, bus, 15)

    assert moved(plan) == [("Bus", "24 09:15"), ("Visit", "24 10:15")]
    assert stayed(plan) == []


def test_shift_moves_what_starts_at_the_same_time(program):
    a, b = make_group(program, "A"), make_group(program, "B")
    make_item(program, "Round of A", groups=[a])
    chosen = make_item(program, "Round of B", groups=[b])

    assert moved(plan_shift(program, chosen, -5)) == [
        ("Round of A", "24 09:55"),
        ("Round of B", "24 09:55"),
    ]


def test_shift_of_one_group_leaves_what_it_shares_and_says_why(program):
    a, b = make_group(program, "A"), make_group(program, "B")
    own = make_item(program, "Round of A", "10:00", "11:00", groups=[a])
    make_item(program, "Round of B", "10:00", "11:00", groups=[b])
    make_item(program, "Both rounds", "11:00", "11:30", groups=[a, b])
    make_item(program, "Lunch", "12:00", "13:00", kind=Kind.MEAL)
    make_item(program, "Called off", "13:00", "14:00", groups=[a], status=Status.CANCELLED)
    make_item(program, "Second of A", "14:00", "15:00", groups=[a])

    plan = plan_shift(program, own, 30, a)

    assert moved(plan) == [("Round of A", "24 10:30"), ("Second of A", "24 14:30")]
    assert stayed(plan) == [
        ("Both rounds", "It is not for this group alone, but for groups A, B."),
        ("Lunch", "It is not for this group alone, but for everybody."),
        ("Called off", "It is cancelled."),
    ]


def test_shift_keeps_what_the_organizer_wants_kept(program):
    first = make_item(program, "Visit", "10:00", "11:00")
    lunch = make_item(program, "Lunch", "12:00", "13:00", kind=Kind.MEAL)

    plan = plan_shift(program, first, 10, keep={lunch.pk})

    assert moved(plan) == [("Visit", "24 10:10")]
    assert stayed(plan) == [("Lunch", "You chose to leave it out.")]


@pytest.mark.parametrize("count", [1, 3])
def test_plan_costs_the_same_for_more_items(program, django_assert_num_queries, count):
    groups = [make_group(program)]
    items = [make_item(program, f"Visit {n}", groups=groups) for n in range(count)]

    with django_assert_num_queries(2):  # items; their groups
        plan = plan_shift(program, items[0], 10)

    assert len(plan.moves) == count


def test_apply_saves_each_item_as_what_it_is_with_the_reason(program):
    visit = make_item(program, "Factory", "10:00", "11:00")
    plan = plan_shift(program, visit, 15)

    operation = apply(plan)

    assert times(visit) == "24 10:15–11:15"
    newest = Visit.objects.get(pk=visit.pk).history.first()
    assert newest.version == 2
    assert newest.operation == operation
    assert operation.sentence == "15 minutes later from “Factory” on, for everybody"


def test_apply_refuses_when_an_item_was_saved_since_the_plan(program):
    first = make_item(program, "First", "10:00", "11:00")
    second = make_item(program, "Second", "11:00", "12:00")
    plan = plan_shift(program, first, 15)
    Visit.objects.get(pk=second.pk).save_as("Somebody else")

    with pytest.raises(ChangedMeanwhile) as refusal:
        apply(plan)

    assert refusal.value.items == [second]
    assert (times(first), times(second)) == ("24 10:00–11:00", "24 11:00–12:00")


def test_apply_refuses_when_an_item_was_deleted_since_the_plan(program):
    first = make_item(program, "First", "10:00", "11:00")
    second = make_item(program, "Second", "11:00", "12:00")
    plan = plan_shift(program, first, 15)
    Visit.objects.get(pk=second.pk).delete()

    with pytest.raises(ChangedMeanwhile):
        apply(plan)

    assert times(first) == "24 10:00–11:00"


def test_a_plan_that_leaves_the_programs_dates_is_refused_whole(program):
    dinner = make_item(program, "Dinner", "18:00", "20:00", day=30)
    show = make_item(program, "Show", "23:00", "23:30", day=30)
    plan = plan_shift(program, dinner, 90)

    with pytest.raises(OutsideProgram):
        apply(plan)

    assert [move.item.title for move in plan.outside] == ["Show"]
    assert (times(dinner), times(show)) == ("30 18:00–20:00", "30 23:00–23:30")


def test_an_item_may_be_moved_past_midnight_within_the_program(program):
    show = make_item(program, "Show", "23:00", "23:30", day=24)
    plan = plan_shift(program, show, 90)

    apply(plan)

    assert [move.changes_day for move in plan.moves] == [True]
    assert times(show) == "25 00:30–01:00"


def test_fingerprint_differs_when_an_item_was_saved_or_the_minutes_differ(program):
    visit = make_item(program)
    plan = plan_shift(program, visit, 15)
    again, other = plan_shift(program, visit, 15), plan_shift(program, visit, 20)
    visit.save_as("Somebody else")

    assert plan.fingerprint == again.fingerprint
    assert len({plan.fingerprint, other.fingerprint, plan_shift(program, visit, 15).fingerprint}) == 3


def test_a_day_moves_to_another_at_the_same_clock_times(program):
    visit = make_item(program, "Visit", "10:00", "11:00", day=24)
    make_item(program, "Called off", day=24, status=Status.CANCELLED)
    make_item(program, "Other day", day=25)
    plan = plan_move_day(program, date(2018, 7, 24), date(2018, 7, 27))

    apply(plan)

    assert moved(plan) == [("Visit", "27 10:00")]
    assert stayed(plan) == [("Called off", "It is cancelled.")]
    assert times(visit) == "27 10:00–11:00"
    assert plan.summary == "Moved from Tuesday 24 July 2018 to Friday 27 July 2018"


def test_a_day_keeps_its_clock_times_when_the_clocks_change():
    program = make_program(timezone="Europe/Berlin", starts_on=date(2018, 10, 27), ends_on=date(2018, 10, 29))
    make_item(program, "Visit", "10:00", "11:00", day=date(2018, 10, 27))

    plan = plan_move_day(program, date(2018, 10, 27), date(2018, 10, 29))

    assert moved(plan) == [("Visit", "29 10:00")]


def test_a_short_item_in_the_hour_that_the_clocks_skip_still_ends_after_its_start():
    program = make_program(timezone="Europe/Berlin", starts_on=date(2018, 3, 24), ends_on=date(2018, 3, 25))
    make_item(program, "Night bus", "02:40", "03:10", day=date(2018, 3, 24))

    [move] = plan_move_day(program, date(2018, 3, 24), date(2018, 3, 25)).moves

    assert move.ends_at.timestamp() > move.starts_at.timestamp()


def test_effect_tells_which_conflicts_a_plan_makes_and_solves(program):
    morning = make_item(program, "Morning", "09:00", "10:30")
    make_item(program, "Noon", "10:00", "11:00")
    make_item(program, "Late", "23:00", "23:30")
    make_item(program, "Talk", "11:30", "12:00")
    noon = AgendaItem.objects.get(title="Noon")
    talk = AgendaItem.objects.get(title="Talk")
    plan = plan_shift(program, noon, 30, keep={talk.pk})
    agenda = releases.draft(program).agenda

    made, solved = effect(agenda, plan)

    assert [[item.id for item in finding.items] for finding in solved] == [[morning.pk, noon.pk]]
    assert made == []

    made, solved = effect(agenda, plan_shift(program, noon, 60, keep={talk.pk}))

    assert [[item.id for item in finding.items] for finding in made] == [[noon.pk, talk.pk]]


def test_undo_restores_what_nobody_changed_since(program):
    first = make_item(program, "First", "10:00", "11:00")
    second = make_item(program, "Second", "11:00", "12:00")
    operation = apply(plan_shift(program, first, 15))
    edited = Visit.objects.get(pk=second.pk)
    edited.ends_at += timedelta(hours=1)
    edited.save_as("Somebody else")

    undoing, look = undo(operation)

    assert times(first) == "24 10:00–11:00"
    assert times(second) == "24 11:15–13:15"
    assert [step.title for step in look.standing] == ["First"]
    assert [(step.title, step.newest.history_change_reason) for step in look.overtaken] == [
        ("Second", "Somebody else")
    ]
    newest = Visit.objects.get(pk=first.pk).history.first()
    assert (newest.operation, undoing.undoes) == (undoing, operation)
    assert undoing.sentence == "Undone: 15 minutes later from “First” on, for everybody"


def test_undo_twice_changes_nothing_the_second_time(program):
    visit = make_item(program, "Visit", "10:00", "11:00")
    operation = apply(plan_shift(program, visit, 15))
    undo(operation)

    undoing, look = undo(operation)

    assert undoing is None
    assert [step.title for step in look.overtaken] == ["Visit"]
    assert times(visit) == "24 10:00–11:00"


def test_undo_can_be_undone(program):
    visit = make_item(program, "Visit", "10:00", "11:00")
    operation = apply(plan_shift(program, visit, 15))
    undoing, _look = undo(operation)

    undo(undoing)

    assert times(visit) == "24 10:15–11:15"


def test_undo_leaves_a_deleted_item_alone(program):
    visit = make_item(program)
    operation = apply(plan_shift(program, visit, 15))
    Visit.objects.get(pk=visit.pk).delete()

    undoing, look = undo(operation)

    assert undoing is None
    assert look.overtaken[0].is_deleted
    assert not AgendaItem.objects.exists()


def test_set_status_reaches_every_class_and_can_be_undone(program):
    items = [
        make_item(program, "Visit", status=Status.PLANNED),
        make_item(program, "Bus", kind=Kind.TRAVEL, status=Status.CANCELLED),
        make_item(program, "Lunch", kind=Kind.MEAL, status=Status.CONFIRMED),
        make_item(program, "Talk", kind=Kind.SESSION, status=Status.PLANNED),
    ]

    operation = set_status(program.items.all(), Status.CONFIRMED)

    assert set(program.items.values_list("status", flat=True)) == {"confirmed"}
    assert {step.title for step in look_at(operation).steps} == {"Visit", "Bus", "Talk"}
    undo(operation)
    statuses = [AgendaItem.objects.get(pk=item.pk).status for item in items]
    assert statuses == ["planned", "cancelled", "confirmed", "planned"]


def test_set_status_says_when_all_had_it_already(program):
    make_item(program, status=Status.CONFIRMED)

    assert set_status(program.items.all(), Status.CONFIRMED) is None
    assert AgendaItem.objects.get().version == 1


def test_saving_an_operation_keeps_all_other_fields(program):
    venue = make_venue(program)
    visit = make_item(program, bring="Closed shoes", contact_name="Sample Contact", venue=venue)
    operation = apply(plan_shift(program, visit, 15))
    undo(operation)

    after = Visit.objects.get(pk=visit.pk)
    assert (after.bring, after.contact_name, after.venue) == ("Closed shoes", "Sample Contact", venue)
