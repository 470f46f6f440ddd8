"""People accepted, confirmed or withdrawn from the list: operations, which are undone."""

import pytest

from participants.models import Participant
from participants.people.seats import set_status
from program.drafting.operations import undo
from program.models import Operation
from tests.makers import make_group
from tests.participants.admin import LIST, act, statuses, text_of
from tests.participants.people.makers import make_participant

pytestmark = pytest.mark.django_db
Status = Participant.Status


@pytest.mark.parametrize(
    "action, told",
    [
        ("accept", "2 people accepted"),
        ("confirm", "2 people confirmed"),
        ("withdraw", "2 people withdrawn"),
    ],
)
def test_status_of_several_people_is_an_operation_and_undone(client, program, organizer, action, told):
    people = [make_participant(program, name=name, status=Status.NOMINATED) for name in ("Amal", "Binh")]

    page = act(client, action, people, sure="1")
    assert "Look at it or undo it" in text_of(page)
    assert told in text_of(client.get(f"/admin/program/operation/?program={program.pk}"))
    act(client, action, people, sure="1")  # pressed again: nobody changes, it is no operation
    operation = f"/admin/program/operation/{Operation.objects.get().pk}/change/"
    assert "Undo for 2 people" in text_of(client.get(operation))
    assert "Status: from Nominated" in text_of(client.get(operation))
    assert told in text_of(client.get(f"{LIST}{people[0].pk}/history/"))

    page = client.post(operation, follow=True)

    assert "2 people are restored to how they were before." in text_of(page)
    assert statuses(program) == ["nominated", "nominated"]
    assert people[0].history.first().operation == Operation.objects.first()


def test_undo_leaves_who_got_another_status_since(client, program, organizer):
    _kept, other = (make_participant(program, status=Status.NOMINATED) for _ in range(2))
    operation = set_status(program, program.participants.all(), Status.ACCEPTED, by=organizer)
    act(client, "confirm", [other])

    undo(operation, by=organizer)

    assert statuses(program) == ["nominated", "confirmed"]


def test_undo_of_a_status_needs_no_group(program, organizer):
    group = make_group(program)
    make_participant(program, group=group, status=Status.NOMINATED)
    operation = set_status(program, program.participants.all(), Status.ACCEPTED, by=organizer)
    program.participants.update(group=None)
    group.delete()

    undo(operation, by=organizer)

    assert statuses(program) == ["nominated"]
