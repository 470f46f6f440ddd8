"""People entered by mistake are deleted, until something begins with them."""

import pytest
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.contenttypes.models import ContentType

from participants.models import Participant
from tests.makers import at, make_item
from tests.participants.admin import act, sign_in_staff, text_of
from tests.participants.certificates.makers import make_certificate
from tests.participants.travel.makers import make_travel_record

from .makers import make_participant

pytestmark = pytest.mark.django_db


def test_people_are_deleted_after_a_question_with_their_history_and_name_in_the_log(
    client, program, organizer
):
    wrong = make_participant(program, name="Sample Mistake")
    make_participant(program, name="Sample Right")
    kind = ContentType.objects.get_for_model(wrong)
    LogEntry.objects.create(
        user=organizer,
        content_type=kind,
        object_id=wrong.pk,
        object_repr="Sample Mistake",
        action_flag=ADDITION,
        change_message="",
    )

    page = act(client, "delete_mistakes", [wrong])
    assert "Delete these people?" in text_of(page)
    assert "Sample Mistake" in text_of(page)
    assert program.participants.count() == 2

    page = act(client, "delete_mistakes", [wrong], sure="1")
    assert "1 person is deleted." in text_of(page)
    assert [person.name for person in program.participants.all()] == ["Sample Right"]
    assert not Participant.history.filter(id=wrong.pk).exists()
    assert not LogEntry.objects.filter(object_repr__contains="Mistake").exists()


def test_whoever_was_invited_stays_and_is_named_with_the_reason(client, program, organizer):
    wrong = make_participant(program, name="Sample Mistake")
    invited = make_participant(program, name="Sample Invited", invited_at=at(1, "10:00", program.tz))

    page = act(client, "delete_mistakes", [wrong, invited])
    assert "These people are not deleted" in text_of(page)
    assert "Sample Invited This person was invited already." in text_of(page)

    page = act(client, "delete_mistakes", [wrong, invited], sure="1")
    assert "Sample Invited was not deleted. This person was invited already." in text_of(page)
    assert list(program.participants.all()) == [invited]


@pytest.mark.parametrize("what", ["account", "attendance", "travel record", "certificate", "erased"])
def test_whoever_has_anything_recorded_stays(client, program, organizer, what):
    person = make_participant(program, user=what == "account")
    if what == "attendance":
        item = make_item(program)
        now = at(24, "10:00", program.tz)
        person.attendance.create(item=item, state="present", how="hand", marked_by=organizer, marked_at=now)
    elif what == "travel record":
        make_travel_record(person)
    elif what == "certificate":
        make_certificate(person)
    elif what == "erased":
        Participant.objects.filter(pk=person.pk).update(erased_at=at(24, "10:00", program.tz))

    page = act(client, "delete_mistakes", [person], sure="1")

    assert "was not deleted." in text_of(page)
    assert program.participants.get() == person


def test_staff_delete_nobody(client, program):
    person = make_participant(program)
    sign_in_staff(client)

    act(client, "delete_mistakes", [person], sure="1")

    assert program.participants.get() == person


@pytest.mark.parametrize("count", [1, 3])
def test_the_question_costs_the_same_for_more_people(
    client, program, organizer, django_assert_num_queries, count
):
    people = [make_participant(program) for _n in range(count)]

    with django_assert_num_queries(20):
        act(client, "delete_mistakes", people)
