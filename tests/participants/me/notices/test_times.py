"""Mails about changes: when they are sent, and what becomes one mail."""

import pytest
from django.core import mail

from participants.me import notices
from participants.models import Notice, Participant
from tests.makers import make_release

from .sending import PORTAL, publish_and_queue, sent_to, shift

pytestmark = pytest.mark.django_db


def test_nothing_is_sent_before_ten_minutes(now, program, items, people):
    shift(items["bus"], 5)
    publish_and_queue(program)
    now(minutes=9)

    assert notices.send_due() == {}
    assert mail.outbox == []


def test_releases_within_ten_minutes_become_one_mail(now, program, items, people):
    shift(items["bus"], 5)
    publish_and_queue(program)
    now(minutes=9)
    shift(items["bus"], 5)
    shift(items["b"], 15)
    publish_and_queue(program)
    now(minutes=10)

    assert notices.send_due() == {"sent": 3}

    (body,) = [message.body for message in mail.outbox if message.to == [people["B"].email]]
    assert "- 13:10 instead of 13:00" in body
    assert "- 10:15 instead of 10:00" in body


def test_a_mail_that_waits_tells_the_times_of_now(now, program, items, people):
    """One release was told and the next was not: the old time would send people to the wrong hour."""
    shift(items["bus"], 5)
    publish_and_queue(program)
    shift(items["bus"], 5)
    make_release(program)
    now(minutes=10)

    notices.send_due()

    assert "- 13:10 instead of 13:00" in mail.outbox[0].body
    assert set(Notice.objects.values_list("from_release", "to_release")) == {(1, 3)}


def test_moved_and_moved_back_sends_nothing(now, program, items, people):
    shift(items["bus"], 5)
    publish_and_queue(program)
    shift(items["bus"], -5)
    publish_and_queue(program)
    now(minutes=10)

    assert notices.send_due() == {"dropped": 3}
    assert mail.outbox == []
    assert not Notice.objects.exists()


def test_who_withdrew_meanwhile_gets_nothing(now, program, items, people):
    shift(items["bus"], 5)
    publish_and_queue(program)
    Participant.objects.filter(pk=people["A"].pk).update(status="withdrawn")
    now(minutes=10)

    assert notices.send_due() == {"sent": 2, "dropped": 1}
    assert people["A"].email not in sent_to()


def test_who_was_told_is_not_told_again(now, program, items, people):
    shift(items["bus"], 5)
    release = make_release(program)
    assert notices.queue(release, PORTAL) == 3
    now(minutes=10)
    notices.send_due()

    assert notices.queue(release, PORTAL) == 0
    assert notices.affected(release) == []


def test_pressing_twice_queues_once(program, items, people):
    shift(items["bus"], 5)
    release = make_release(program)

    notices.queue(release, PORTAL)
    notices.queue(release, PORTAL)

    assert Notice.objects.count() == 3


def test_two_mails_after_one_another_are_two(now, program, items, people):
    shift(items["bus"], 5)
    publish_and_queue(program)
    now(minutes=10)
    notices.send_due()
    shift(items["bus"], 5)
    publish_and_queue(program)
    now(minutes=20)
    notices.send_due()

    bodies = [message.body for message in mail.outbox if message.to == [people["A"].email]]
    assert len(bodies) == 2
    assert "- 13:10 instead of 13:05" in bodies[1]


def test_only_mails_about_a_release_or_a_later_one_wait_for_it(program, items, people):
    shift(items["a"], 5)
    second = make_release(program)
    notices.queue(second, PORTAL)
    shift(items["b"], 5)
    third = make_release(program)
    notices.queue(third, PORTAL)

    waiting = {
        release.number: {notice.participant for notice in notices.waiting_for(release)}
        for release in (second, third)
    }

    assert waiting == {2: {people["A"], people["B"], people["none"]}, 3: {people["B"], people["none"]}}
