"""A database of before knew its operations by a text in the history: they stay, and can be undone."""

from importlib import import_module

import pytest
from django.apps import apps

from program.agenda.kinds import Kind, Status
from program.drafting.operations import undo
from program.drafting.reschedule import apply, plan_shift
from program.models import AgendaItem, Operation
from tests.makers import make_item, make_organizer, make_program
from visits.models import Visit

pytestmark = pytest.mark.django_db
MIGRATIONS = (
    "program.migrations.0005_operations_of_before",
    "sessions.migrations.0004_operations_of_before",
    "visits.migrations.0004_operations_of_before",
)


def migrate(step):
    for name in MIGRATIONS:
        getattr(import_module(name), step)(apps, None)


def save_as_before(item, reason, by=None, **changes):
    """What a version before wrote: the operation's token at the end of the reason."""
    item = type(item).objects.get(pk=item.pk)
    for name, value in changes.items():
        setattr(item, name, value)
    item._history_user = by
    item.save_as(reason)


def test_old_delay_of_several_classes_becomes_one_operation_that_can_be_undone():
    program, organizer = make_program(), make_organizer()
    visit = make_item(program, "Factory", "10:00", "11:00")
    lunch = make_item(program, "Lunch", "12:00", "13:00", kind=Kind.MEAL)
    for item in (visit, lunch):
        later = {name: getattr(item, name).replace(minute=15) for name in ("starts_at", "ends_at")}
        save_as_before(item, "15 menit lebih lambat #0123456789", by=organizer, **later)

    migrate("forwards")

    operation = Operation.objects.get()
    assert (operation.kind, operation.sentence) == ("delay", "15 menit lebih lambat")
    assert (operation.user, operation.program) == (organizer, program)
    newest = Visit.objects.get(pk=visit.pk).history.first()
    assert (newest.operation, newest.history_change_reason) == (operation, "15 menit lebih lambat")
    undo(operation)
    assert [item.starts_at for item in AgendaItem.objects.all()] == [visit.starts_at, lunch.starts_at]


def test_old_status_and_copy_are_told_apart_and_reasons_by_hand_stay():
    program = make_program()
    visit = make_item(program, status=Status.PLANNED)
    save_as_before(visit, "Confirmed #0123456789", status=Status.CONFIRMED)
    save_as_before(visit, "By the host, room #12")
    visit.history.filter(history_type="+").update(history_change_reason="Copy of “Visit” #abcdef0123")
    program.save()
    program.history.update(history_change_reason="Copy of “Old” #abcdef0124")

    migrate("forwards")

    kinds = dict(Operation.objects.values_list("token", "kind"))
    assert kinds == {"0123456789": "status", "abcdef0123": "copy-item", "abcdef0124": "copy-program"}
    assert Visit.objects.get().history.first().history_change_reason == "By the host, room #12"


def test_history_of_a_program_that_is_gone_is_left_alone():
    program = make_program()
    visit = make_item(program)
    save_as_before(visit, "Cancelled #0123456789", status=Status.CANCELLED)
    visit.delete()
    Visit.history.update(program_id=program.pk + 1)

    migrate("forwards")

    assert not Operation.objects.exists()


def test_going_back_gives_each_reason_its_token_again():
    program = make_program()
    visit = make_item(program, "Factory", "10:00", "11:00")
    save_as_before(visit, "x" * 88 + " #0123456789", status=Status.CANCELLED)
    migrate("forwards")
    operation = apply(plan_shift(program, make_item(program, "Museum", "15:00", "16:00"), 15))

    migrate("backwards")

    reasons = Visit.history.exclude(operation=None).values_list("history_change_reason", flat=True)
    assert set(reasons) == {"x" * 88 + " #0123456789", f"delay #{operation.token}"}
