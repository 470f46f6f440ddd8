"""An import of people is undone as a whole, until somebody of it was edited, invited or signed in."""

from datetime import timedelta

import pytest
from django.utils import timezone

from participants.models import Participant
from program.drafting.operations import look_at, undo
from program.models import Operation
from tests.participants.admin import text_of

from .makers import make_participant
from .spreadsheets import HEADS, as_csv, run

pytestmark = pytest.mark.django_db
KNOWN = "known@example.org"


@pytest.fixture
def known(program):
    return make_participant(program, name="Before", email=KNOWN, country="NP", phone="+62 1", room="7")


@pytest.fixture
def operation(program, organizer, known):
    data = as_csv(
        ("new@example.org", "Sample New", "NP", "", ""),
        (KNOWN, "After", "", "+62 2", "12"),
        heads=[*HEADS, "Phone", "Room"],
    )
    return run(program, data, by=organizer).operation


def page_of(operation):
    return f"/admin/program/operation/{operation.pk}/change/"


def test_an_import_is_looked_at_and_undone(client, program, organizer, known, operation):
    text = text_of(client.get(page_of(operation)))
    assert "Import of participants: 1 new, 1 changed" in text
    assert "Undo for 2 people" in text
    assert "Hotel room: from 7 → to 12" in text

    done = client.post(page_of(operation), follow=True)

    known.refresh_from_db()
    assert "2 people are restored to how they were before." in text_of(done)
    assert (known.name, known.room) == ("Before", "7")
    assert list(program.participants.all()) == [known]
    assert not Participant.history.filter(email="new@example.org").exists()
    assert "Undone by" in text_of(client.get(page_of(operation)))


def test_history_of_a_person_names_the_import(client, known, operation):
    text = text_of(client.get(f"/admin/participants/participant/{known.pk}/history/"))

    assert "Import of participants: 1 new, 1 changed" in text


def test_what_has_no_history_stays_and_the_page_says_so(client, known, operation):
    text = text_of(client.get(page_of(operation)))
    undo(operation)

    known.refresh_from_db()
    assert known.phone == "+62 2"
    assert "These stay as the import left them, since they have no history: Mobile telephone." in text


def test_an_import_keeps_no_name_and_no_address(operation):
    assert operation.summary == {"new": 1, "changed": 1, "kept": ["phone"]}


def test_somebody_edited_since_keeps_the_import_and_is_named(client, program, organizer, operation):
    person = program.participants.get(email="new@example.org")
    person.room, person._history_user = "9", organizer
    person.save()

    text = text_of(client.get(page_of(operation)))
    answer = client.post(page_of(operation), follow=True)

    assert "This can no longer be undone, because of these people:" in text
    assert "Sample New" in text
    assert "Changed since by" in text
    assert "Undo for" not in text
    assert "Nothing was undone." in text_of(answer)
    assert program.participants.count() == 2


def test_somebody_who_signed_in_since_keeps_the_import(client, program, operation):
    person = make_participant(program, user=True)
    user, known = person.user, program.participants.get(email=KNOWN)
    Participant.objects.filter(pk=person.pk).update(user=None)
    Participant.objects.filter(pk=known.pk).update(user=user)
    user.last_login = timezone.now() + timedelta(minutes=1)
    user.save()

    text = text_of(client.get(page_of(operation)))

    assert "Signed in since," in text
    assert look_at(operation).standing == ()


def test_somebody_invited_since_keeps_the_import(client, program, operation):
    Participant.objects.filter(email="new@example.org").update(invited_at=timezone.now())

    assert "This person was invited already." in text_of(client.get(page_of(operation)))
    undoing, _look = undo(operation)
    assert undoing is None


def test_undoing_an_import_cannot_be_undone(client, operation):
    undoing, _look = undo(operation)

    text = text_of(client.get(page_of(undoing)))

    assert "This cannot be undone." in text
    assert "Undone: Import of participants: 1 new, 1 changed" in text


def test_an_import_that_changes_nothing_is_no_operation(program, known):
    report = run(program, as_csv((KNOWN, "Before", "NP")))

    assert report.operation is None
    assert not Operation.objects.exists()


@pytest.mark.parametrize("count", [1, 3])
def test_page_costs_the_same_for_more_people(client, program, organizer, django_assert_num_queries, count):
    rows = [(f"p{n}@example.org", "Sample", "NP") for n in range(count)]
    operation = run(program, as_csv(*rows), by=organizer).operation

    with django_assert_num_queries(13):
        client.get(page_of(operation))


def test_undoing_takes_one_look_at_all_people(program, organizer, django_assert_max_num_queries):
    rows = [(f"p{n}@example.org", "Sample", "NP") for n in range(100)]
    operation = run(program, as_csv(*rows), by=organizer).operation

    # About fifty, and for each person deleted the entry that the history makes by itself.
    with django_assert_max_num_queries(50 + len(rows)):
        undo(operation)

    assert not program.participants.exists()
