"""Every mail greets, is signed by the committee, says whom one can call, and can be answered."""

import pytest
from django.core import mail

from participants.accounts.invitations import invite
from participants.outbox import queue as outbox
from program.models import Contacts
from tests.makers import make_organizer
from tests.participants.people.makers import make_participant

pytestmark = pytest.mark.django_db

PORTAL = "https://portal.example.org"


def invitation_to(person):
    invite([person], PORTAL, make_organizer(email="office@example.org"))
    outbox.send_due()
    (message,) = mail.outbox
    return message


def test_says_whom_to_call_and_where_answers_go(program):
    Contacts.objects.create(
        program=program,
        officer="Sample Officer",
        phone="+62 800 0000 0001",
        hotel="Sample Hotel",
        hotel_phone="+62 800 0000 0002",
        reply_to="committee@example.org",
    )
    person = make_participant(program)

    message = invitation_to(person)

    assert message.body.startswith(f"Dear {person.called},\n")
    assert message.body.endswith(
        "Questions? Answer this mail.\n"
        "\n"
        "With kind regards,\n"
        "the organizing committee\n"
        f"{program.title}\n"
        "\n"
        "Officer on duty: Sample Officer, +62 800 0000 0001\n"
        "Hotel: Sample Hotel +62 800 0000 0002\n"
        "Ambulance, fire brigade, police: 112\n"
    )
    assert message.reply_to == ["committee@example.org"]


def test_without_contacts_answers_go_to_who_wants_it_sent(program):
    message = invitation_to(make_participant(program))

    assert message.reply_to == ["office@example.org"]
    assert message.body.endswith(f"the organizing committee\n{program.title}\n")


def test_is_signed_in_the_language_of_its_reader(program):
    message = invitation_to(make_participant(program, country="ID"))

    assert "Hormat kami,\npanitia penyelenggara\n" in message.body
