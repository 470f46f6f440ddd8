"""What tests of the mails about changes share; the items and the people are fixtures of conftest.py."""

from datetime import timedelta

from django.core import mail

from participants.me import notices
from tests.makers import make_release

PORTAL = "https://portal.example.org"


def shift(item, minutes):
    item.starts_at += timedelta(minutes=minutes)
    item.ends_at += timedelta(minutes=minutes)
    item.save()


def publish_and_queue(program):
    release = make_release(program)
    return notices.queue(release, PORTAL)


def sent_to():
    return sorted(message.to[0] for message in mail.outbox)


def names(affected):
    return [
        (part.group and part.group.name, [person.name for person in part.participants]) for part in affected
    ]
