"""A whole program moves, and two days change places."""

from datetime import date, timedelta

import pytest

from program.agenda.kinds import Kind, Status
from program.drafting.operations import undo
from program.drafting.reschedule import (
    ChangedMeanwhile,
    apply,
    effect,
    plan_postpone,
    plan_swap_days,
)
from program.models import Program
from program.publishing import releases
from tests.makers import make_group, make_item, make_program
from tests.participants.people.makers import make_participant

from .test_reschedule import stayed, times

pytestmark = pytest.mark.django_db


@pytest.fixture
def program():
    return make_program()


def test_two_days_change_places_and_back(program):
    opening = make_item(program, "Opening", "09:00", "10:00", day=18, kind=Kind.CEREMONY)
    cancelled = make_item(program, "Off", "11:00", "12:00", day=18, status=Status.CANCELLED)
    museum = make_item(program, "Museum", "14:00", "15:30", day=22, kind=Kind.CULTURE)

    plan = plan_swap_days(program, date(2018, 7, 18), date(2018, 7, 22))
    operation = apply(plan)

    assert operation.sentence == "Swap of Wednesday 18 July 2018 with Sunday 22 July 2018"
    assert stayed(plan) == [("Off", "It is cancelled.")]
    assert [times(item) for item in (opening, cancelled, museum)] == [
        "22 09:00–10:00",
        "18 11:00–12:00",
        "18 14:00–15:30",
    ]
    undo(operation)
    assert [times(item) for item in (opening, museum)] == ["18 09:00–10:00", "22 14:00–15:30"]


def dates_of(program):
    """The program's dates and those of its titled days, read from the database."""
    program = Program.objects.get(pk=program.pk)
    titled = [f"{day.date:%d.%m} {day.title}" for day in program.days.all()]
    return [f"{program.starts_on:%d.%m}–{program.ends_on:%d.%m}", *titled]


def test_the_whole_program_moves_with_its_days_and_people_and_back(program):
    for day, title in ((18, "Arrival"), (19, "Opening")):
        program.days.create(date=date(2018, 7, day), title=title)
    person = make_participant(program, group=make_group(program))
    first = make_item(program, "First", "09:00", "10:00", day=18, groups=[person.group])
    off = make_item(program, "Off", "11:00", "12:00", day=30, status=Status.CANCELLED)

    operation = apply(plan_postpone(program, 1))

    assert dates_of(program) == ["19.07–31.07", "19.07 Arrival", "20.07 Opening"]
    assert [times(item) for item in (first, off)] == ["19 09:00–10:00", "31 11:00–12:00"]
    assert (operation.sentence, person.program.participants.count()) == ("The whole program 1 day later", 1)
    undoing, _look = undo(operation)
    assert dates_of(program) == ["18.07–30.07", "18.07 Arrival", "19.07 Opening"]
    assert [times(item) for item in (first, off)] == ["18 09:00–10:00", "30 11:00–12:00"]
    undo(undoing)  # which puts it where it was postponed to
    assert dates_of(program)[0] == "19.07–31.07"
    assert times(first) == "19 09:00–10:00"


def test_a_postponed_program_is_undone_as_a_whole_or_not_at_all(program):
    first = make_item(program, "First", "09:00", "10:00", day=18)
    second = make_item(program, "Second", "11:00", "12:00", day=18)
    operation = apply(plan_postpone(program, 7))
    second.refresh_from_db()
    second.starts_at += timedelta(minutes=15)
    second.save_as()

    undoing, look = undo(operation)

    assert undoing is None
    assert [step.title for step in look.overtaken] == ["Second"]
    assert (dates_of(program), times(first)) == (["25.07–06.08"], "25 09:00–10:00")


def test_postponing_tells_what_the_new_weekdays_cause_and_never_leaves_the_program(program):
    make_item(program, "Class", "11:00", "13:00", day=19, kind=Kind.SESSION)  # a Thursday; lunch is missing
    plan = plan_postpone(program, 29)  # to Friday 17 August: prayer, and Independence Day
    draft = releases.draft(program)

    made, _solved = effect(draft.agenda, plan, draft.finders)

    assert {finding.code for finding in made} == {"friday-prayer", "public-holiday"}
    assert plan.outside == []


def test_postponing_is_refused_when_the_dates_were_changed_meanwhile(program):
    first = make_item(program, "First", "09:00", "10:00", day=18)
    plan = plan_postpone(program, 7)
    Program.objects.update(ends_on=date(2018, 7, 31))

    with pytest.raises(ChangedMeanwhile):
        apply(plan)

    assert times(first) == "18 09:00–10:00"
