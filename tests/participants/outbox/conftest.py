from datetime import timedelta

import pytest

from participants.outbox import queue as outbox
from tests.makers import at, make_group, make_item, make_organizer, make_program, make_release
from tests.participants.people.makers import make_participant

from .makers import make_mail


@pytest.fixture
def program(set_clock):
    """Its second release moves a session; it is Tuesday 24 July, 09:00."""
    program = make_program()
    set_clock(at(24, "09:00", program.tz))
    item = make_item(program, "Laboratory", groups=[make_group(program, "B")])
    make_release(program)
    item.starts_at += timedelta(minutes=15)
    item.save()
    make_release(program)
    return program


@pytest.fixture
def organizer(client):
    user = make_organizer(email="office@example.org")
    client.force_login(user)
    return user


@pytest.fixture
def mails(program):
    """A mail that waits, one that was sent, one that failed, one that was given up."""
    people = [
        make_participant(program, name=f"Reader {number}", group=program.groups.get()) for number in range(4)
    ]
    now = at(24, "09:00", program.tz)
    states = [
        {},
        {
            "status": "sent",
            "sent_at": now,
            "attempts": 1,
            "subject": "What it was about",
            "text": "What was sent",
        },
        {"attempts": 2, "error": "OSError: refused"},
        {"attempts": 9, "error": "OSError: refused"},
    ]
    return [
        make_mail(
            program,
            participant=person,
            data={"since": 1, "releases": [2], "as_of": 2},
            portal="http://testserver",
            send_after=now + timedelta(minutes=10),
            **state,
        )
        for person, state in zip(people, states, strict=True)
    ]


@pytest.fixture
def letters(monkeypatch):
    """A kind of mail whose words stand in its data; "" means that nothing is left to tell."""
    from django.core.mail import EmailMessage

    def words(mail):
        return EmailMessage("A letter", mail.data["text"]) if mail.data["text"] else None

    kind = outbox.Kind(words, lambda mail: "Letter")
    monkeypatch.setitem(outbox._kinds, "letter", kind)
