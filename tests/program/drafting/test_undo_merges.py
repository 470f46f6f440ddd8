"""Undoing a step of an organizer where a colleague has changed something else of the same item since."""

import pytest

from program.agenda.kinds import Status
from program.drafting.operations import set_status, undo
from program.drafting.reschedule import apply, plan_shift
from program.models import AgendaItem
from tests.makers import at, make_item, make_program

from .test_reschedule import times

pytestmark = pytest.mark.django_db


@pytest.fixture
def program():
    return make_program()


@pytest.fixture
def item(program):
    return make_item(program, "Visit", "10:00", "11:00")


def edit(item, **fields):
    """What somebody saves in the item's form."""
    edited = AgendaItem.objects.concrete().get(pk=item.pk)
    for name, value in fields.items():
        setattr(edited, name, value)
    edited.save_as()


def test_item_of_which_only_a_note_changed_is_undone_and_keeps_the_note(program, item):
    delay = apply(plan_shift(program, item, 15))
    edit(item, notes="Bring water", title="Visit of the foundry")

    undoing, look = undo(delay)

    assert times(item) == "24 10:00–11:00"
    now = AgendaItem.objects.get(pk=item.pk)
    assert (now.notes, now.title) == ("Bring water", "Visit of the foundry")
    assert look.overtaken == []
    undo(undoing)
    assert times(item) == "24 10:15–11:15"
    assert AgendaItem.objects.get(pk=item.pk).notes == "Bring water"


def test_status_given_since_a_delay_stays_when_the_delay_is_undone(program, item):
    delay = apply(plan_shift(program, item, 15))
    set_status([item], Status.CANCELLED)

    undo(delay)

    assert times(item) == "24 10:00–11:00"
    assert AgendaItem.objects.get(pk=item.pk).status == Status.CANCELLED


def test_delay_since_a_cancellation_stays_when_the_item_is_back(program, item):
    cancelled = set_status([item], Status.CANCELLED)
    edit(item, starts_at=at(24, "12:00", program.tz), ends_at=at(24, "13:00", program.tz))

    undo(cancelled)

    assert times(item) == "24 12:00–13:00"
    assert AgendaItem.objects.get(pk=item.pk).status == Status.CONFIRMED


def test_item_whose_time_was_set_again_is_left_alone(program, item):
    delay = apply(plan_shift(program, item, 15))
    edit(item, ends_at=at(24, "12:00", program.tz))

    undoing, look = undo(delay)

    assert undoing is None
    assert [step.title for step in look.overtaken] == ["Visit"]
    assert times(item) == "24 10:15–12:00"
