"""What a mail server refuses for good is not tried again by itself; organizers read at once what it said."""

from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPSenderRefused

import pytest
from django.core import mail as django_mail

from participants.models import Mail
from participants.outbox import queue as outbox
from tests.makers import at
from tests.participants.people.makers import make_participant
from tests.reading import Page

pytestmark = pytest.mark.django_db
LIST = "/admin/participants/mail/"
GONE = SMTPRecipientsRefused({"gone@example.org": (550, b"5.1.1 <gone@example.org>\r\nNo such user")})
BUSY = SMTPRecipientsRefused({"gone@example.org": (450, b"Greylisted, try later")})


@pytest.fixture
def refuse(monkeypatch):
    """Call with what the server raises; with None it takes mails again."""

    def answer(error):
        def send(message):
            if error:
                raise error
            django_mail.outbox.append(message)

        monkeypatch.setattr("django.core.mail.EmailMessage.send", send)

    return answer


@pytest.fixture
def waiting(program, letters):
    person = make_participant(program, name="Sample Gone", email="gone@example.org")
    data = {"text": "Dear reader"}
    return outbox.queue("letter", program=program, portal="https://p.example", participant=person, data=data)


@pytest.mark.parametrize("error", [GONE, SMTPDataError(554, b"This is spam")])
def test_what_is_refused_for_good_is_told_at_once_and_not_tried_again(
    client, organizer, program, waiting, refuse, set_clock, caplog, error
):
    refuse(error)
    assert outbox.send_due() == {"failed": 1}

    page = Page(client.get(LIST, {"state": "given-up"})).main.text
    assert "Sample Gone" in page and "Refused, not tried again" in page
    assert "5.1.1 <gone@example.org> No such user" in page or "554 This is spam" in page
    assert "Sample Gone" not in Page(client.get(LIST, {"state": "failed"})).main.text
    set_clock(at(26, "09:00", program.tz))
    refuse(None)
    assert outbox.send_due() == {}
    assert "example.org" not in caplog.text
    assert "spam" not in caplog.text


@pytest.mark.parametrize(
    "error", [BUSY, SMTPDataError(451, b"Later"), SMTPSenderRefused(530, b"Sign in first", "portal@example")]
)
def test_what_may_pass_is_tried_again(client, organizer, program, waiting, refuse, set_clock, error):
    refuse(error)
    outbox.send_due()

    assert "Failed, tried again 24 Jul 2018, 09:05 WIB" in Page(client.get(LIST)).main.text
    set_clock(at(24, "09:06", program.tz))
    refuse(None)
    assert outbox.send_due() == {"sent": 1}


def test_organizers_send_what_was_refused_again(client, organizer, waiting, refuse):
    refuse(GONE)
    outbox.send_due()
    refuse(None)

    client.post(LIST, {"send": waiting.pk})

    assert outbox.send_due() == {"sent": 1}
    assert not Mail.objects.given_up().exists()


def test_queueing_it_again_tries_the_corrected_address(program, waiting, refuse):
    refuse(GONE)
    outbox.send_due()
    refuse(None)
    person = waiting.participant
    person.email = "here@example.org"
    person.save()

    outbox.queue("letter", program=program, portal="https://p.example", participant=person, data=waiting.data)

    assert outbox.send_due() == {"sent": 1}
    assert django_mail.outbox[0].to == ["here@example.org"]
