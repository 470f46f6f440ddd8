import pytest
from django.core import mail

from participants.models import Mail, Participant
from participants.outbox import queue as outbox
from tests.makers import at
from tests.participants.admin import LIST, act, text_of
from tests.participants.people.makers import make_participant
from tests.reading import Page

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
    assert "1 invitation is on its way." in text_of(page)
    assert mail.outbox == []  # no organizer waits for a mail server
    outbox.send_due()

    person.refresh_from_db()
    (sent,) = mail.outbox
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
    outbox.send_due()

    assert "http://testserver/id/account/login/\n" in mail.outbox[0].body


def test_only_those_with_a_seat_are_invited(client, program, organizer):
    nominated = make_participant(program, name="Not Yet", status=Status.NOMINATED)
    accepted = make_participant(program, name="Has A Seat", status=Status.ACCEPTED)

    page = act(client, "invite", [nominated, accepted])
    assert "No mail goes to They are not accepted or confirmed. Accept them first. Not Yet" in text_of(page)
    act(client, "invite", [nominated, accepted], sure="1")
    outbox.send_due()

    assert [message.to for message in mail.outbox] == [[accepted.email]]


def test_a_person_can_be_invited_again(client, program, organizer):
    person = make_participant(program, invited_at=at(1, "10:00", program.tz))

    assert "invited on Sunday 1 July 2018 already" in text_of(act(client, "invite", [person]))
    act(client, "invite", [person], sure="1")
    outbox.send_due()

    assert len(mail.outbox) == 1


def test_double_click_sends_one_mail(client, program, organizer):
    person = make_participant(program)

    act(client, "invite", [person], sure="1")
    act(client, "invite", [person], sure="1")
    outbox.send_due()
    page = act(client, "invite", [person], sure="1")
    outbox.send_due()

    assert "1 person was invited within the last minute: no second mail is sent." in text_of(page)
    assert len(mail.outbox) == 1


def test_who_withdraws_before_the_mail_goes_gets_none(client, program, organizer):
    person = make_participant(program)
    act(client, "invite", [person], sure="1")

    act(client, "withdraw", [person], sure="1")
    outbox.send_due()

    assert mail.outbox == []


def test_history_says_who_invited(client, program, organizer):
    person = make_participant(program)

    act(client, "invite", [person], sure="1")
    outbox.send_due()

    assert person.history.first().history_user == organizer


def test_mail_that_does_not_go_out_is_named_and_the_person_is_not_invited(
    client, program, organizer, settings
):
    settings.EMAIL_BACKEND = "tests.participants.outbox.mail_servers.RefusesGone"
    fine = make_participant(program, name="Fine", email="fine@example.org", country="AF")
    gone = make_participant(program, name="Gone Address", email="gone@example.org")

    act(client, "invite", [fine, gone], sure="1")
    assert "mail waiting" in text_of(client.get(LIST))
    assert outbox.send_due() == {"sent": 1, "failed": 1}

    fine.refresh_from_db()
    gone.refresh_from_db()
    assert fine.invited_at
    assert gone.invited_at is None
    mails = Page(client.get("/admin/participants/mail/"))
    (row,) = [row for row in mails.texts("tr") if "Gone Address" in row]
    assert "Invitation Refused, not tried again" in row
    assert "The mail server refuses this address." in row
    assert "mail failed" in text_of(client.get(LIST))
    form = text_of(client.get(f"{LIST}{gone.pk}/change/"))
    assert "Invitation: Refused, not tried again" in form
    assert "The mail server refuses this address." in form
    assert "Invited on" in text_of(client.get(f"{LIST}{fine.pk}/change/"))


def test_when_the_mail_server_is_down_nobody_is_invited(client, program, organizer, settings, caplog):
    settings.EMAIL_BACKEND = "tests.participants.outbox.mail_servers.Down"
    person = make_participant(program, name="Sample Person", email="sample@example.org")

    act(client, "invite", [person], sure="1")
    outbox.send_due()

    person.refresh_from_db()
    (row,) = [
        row for row in Page(client.get("/admin/participants/mail/")).texts("tr") if "Sample Person" in row
    ]
    assert "The mail server does not answer." in row
    assert "The mail server does not answer." in text_of(client.get(f"{LIST}{person.pk}/change/"))
    assert person.invited_at is None
    assert "sample@example.org" not in caplog.text


def test_invitation_that_failed_is_sent_when_the_server_is_back(client, program, organizer, settings):
    backend = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "tests.participants.outbox.mail_servers.Down"
    person = make_participant(program)
    act(client, "invite", [person], sure="1")
    outbox.send_due()

    settings.EMAIL_BACKEND = backend
    outbox.send_now(Mail.objects.all())
    outbox.send_due()

    person.refresh_from_db()
    assert person.invited_at
    assert "Invitation:" not in text_of(client.get(f"{LIST}{person.pk}/change/"))
