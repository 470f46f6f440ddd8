import pytest
from django.core import mail

from participants.models import Participant
from tests.makers import at
from tests.participants.admin import act, text_of
from tests.participants.makers import make_participant

pytestmark = pytest.mark.django_db
Status = Participant.Status


def test_invitation_is_asked_about_and_mailed(client, program, organizer, set_clock):
    now = at(1, "10:00", program.tz)
    set_clock(now)
    person = make_participant(
        program, name="Sample Person", email="Person@example.org", status=Status.ACCEPTED
    )

    page = act(client, "invite", [person])
    assert "This person gets a mail" in text_of(page)
    assert mail.outbox == []
    page = act(client, "invite", [person], sure="1")

    person.refresh_from_db()
    (sent,) = mail.outbox
    assert "1 invitation is sent." in text_of(page)
    assert sent.to == ["Person@example.org"]
    assert sent.reply_to == ["office@example.org"]
    assert "Dear Sample Person," in sent.body
    assert "http://testserver/account/login/\n" in sent.body
    assert "person@example.org" not in sent.body.lower()
    assert person.invited_at == now
    assert person.user.email == "person@example.org"


def test_people_of_indonesia_are_invited_in_indonesian(client, program, organizer):
    person = make_participant(program, country="ID")

    act(client, "invite", [person], sure="1")

    assert "http://testserver/id/account/login/\n" in mail.outbox[0].body


def test_only_those_with_a_seat_are_invited(client, program, organizer):
    nominated = make_participant(program, name="Not Yet", status=Status.NOMINATED)
    accepted = make_participant(program, name="Has A Seat", status=Status.ACCEPTED)

    page = act(client, "invite", [nominated, accepted])
    assert "No mail goes to They are not accepted or confirmed. Accept them first. Not Yet" in text_of(page)
    act(client, "invite", [nominated, accepted], sure="1")

    assert [message.to for message in mail.outbox] == [[accepted.email]]


def test_a_person_can_be_invited_again(client, program, organizer):
    person = make_participant(program, invited_at=at(1, "10:00", program.tz))

    assert "invited on Sunday 1 July 2018 already" in text_of(act(client, "invite", [person]))
    act(client, "invite", [person], sure="1")

    assert len(mail.outbox) == 1


def test_mail_that_does_not_go_out_is_named_and_the_person_is_not_invited(
    client, program, organizer, settings
):
    settings.EMAIL_BACKEND = "tests.participants.outbox.mail_servers.RefusesGone"
    fine = make_participant(program, name="Fine", email="fine@example.org", country="AF")
    gone = make_participant(program, name="Gone Address", email="gone@example.org")

    page = act(client, "invite", [fine, gone], sure="1")

    fine.refresh_from_db()
    gone.refresh_from_db()
    assert "1 invitation is sent." in text_of(page)
    assert "Not sent to Gone Address: The mail server refuses this address." in text_of(page)
    assert fine.invited_at
    assert gone.invited_at is None


def test_when_the_mail_server_is_down_nobody_is_invited(client, program, organizer, settings, caplog):
    settings.EMAIL_BACKEND = "tests.participants.outbox.mail_servers.Down"
    person = make_participant(program, name="Sample Person", email="sample@example.org")

    page = act(client, "invite", [person], sure="1")

    person.refresh_from_db()
    assert "Not sent to Sample Person: The mail server does not answer." in text_of(page)
    assert person.invited_at is None
    assert "sample@example.org" not in caplog.text
