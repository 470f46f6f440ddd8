import re

import pytest

from participants.models import Participant
from program.models import Operation
from tests.makers import make_group, make_program
from tests.participants.admin import LIST, act, text_of

from .makers import make_participant

pytestmark = pytest.mark.django_db
Status = Participant.Status


def test_people_are_put_into_a_group(client, program, organizer):
    group = make_group(program, "B")
    person = make_participant(program)

    page = act(client, "group", [person])
    assert "Put these people into a group" in text_of(page)
    page = act(client, "group", [person], sure="1", group=group.pk)

    person.refresh_from_db()
    assert "1 person changed group." in text_of(page)
    assert person.group == group


def test_the_button_pressed_at_once_takes_nobody_out_of_a_group(client, program, organizer):
    make_group(program, "A")
    person = make_participant(program, group=make_group(program, "B"))

    page = act(client, "group", [person])

    assert re.search(r"<option [^>]*selected>A<", page.content.decode())


def test_people_are_taken_out_of_their_group(client, program, organizer):
    person = make_participant(program, group=make_group(program, "B"))

    act(client, "group", [person], sure="1", group="")

    person.refresh_from_db()
    assert person.group is None


def test_a_group_of_another_program_is_refused(client, program, organizer):
    person = make_participant(program)

    act(client, "group", [person], sure="1", group=make_group(make_program(slug="other"), "A").pk)

    person.refresh_from_db()
    assert person.group is None


def test_balancing_is_looked_at_done_and_undone(client, program, organizer):
    a, b = make_group(program, "A"), make_group(program, "B")
    people = [make_participant(program, country=country) for country in ("NP", "NP", "MM", "MM")]
    address = f"{LIST}groups/{program.pk}/"

    preview = client.get(address)
    assert "Move 4 people" in text_of(preview)
    assert not program.participants.exclude(group=None).exists()

    page = client.post(address, follow=True)
    assert "4 people changed group. Look at it or undo it" in text_of(page)
    assert [p.group for p in program.participants.order_by("pk")] == [a, b, a, b]

    client.post(address)  # a second press moves nobody, and takes nothing from the undo
    operation = f"/admin/program/operation/{Operation.objects.get().pk}/change/"
    assert "Group: B" in text_of(client.get(operation))
    page = client.post(operation, follow=True)
    assert "4 people are restored to how they were before." in text_of(page)
    assert "Undone by" in text_of(client.get(operation))
    assert not program.participants.exclude(group=None).exists()
    assert len(people) == 4


def test_balancing_keeps_groups_unless_asked(client, program, organizer):
    a = make_group(program, "A")
    make_group(program, "B")
    for _ in range(2):
        make_participant(program, group=a)
    address = f"{LIST}groups/{program.pk}/"

    assert "Nobody would change" in text_of(client.get(address))
    assert "Move 1 person" in text_of(client.get(f"{address}?all=1"))
    client.post(address, {"all": "1"})

    assert sorted(p.group.name for p in program.participants.all()) == ["A", "B"]


def test_balancing_leaves_out_nominated_and_withdrawn_people(client, program, organizer):
    make_group(program, "A")
    for status in (Status.NOMINATED, Status.WITHDRAWN):
        make_participant(program, status=status)

    client.post(f"{LIST}groups/{program.pk}/")

    assert not program.participants.exclude(group=None).exists()
