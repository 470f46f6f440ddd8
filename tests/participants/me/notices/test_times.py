"""Mails about changes: when they are sent, and what becomes one mail."""

import pytest
from django.core import mail

from participants.me import notices
from participants.models import Mail, Participant
from participants.outbox import queue as outbox
from tests.makers import make_release

from .sending import PORTAL, names, publish_and_queue, sent_to, shift

pytestmark = pytest.mark.django_db


def test_nothing_is_sent_before_ten_minutes(now, program, items, people):
    shift(items["bus"], 5)
    publish_and_queue(program)
    now(minutes=9)

    assert outbox.send_due() == {}
    assert mail.outbox == []


def test_releases_within_ten_minutes_become_one_mail(now, program, items, people):
    shift(items["bus"], 5)
    publish_and_queue(program)
    now(minutes=9)
    shift(items["bus"], 5)
    shift(items["b"], 15)
    publish_and_queue(program)
    now(minutes=10)

    assert outbox.send_due() == {"sent": 3}

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

    outbox.send_due()

    assert "- 13:10 instead of 13:00" in mail.outbox[0].body
    assert [(sent.data["since"], sent.data["as_of"]) for sent in Mail.objects.all()] == [(1, 3)] * 3


def test_moved_and_moved_back_sends_nothing(now, program, items, people):
    shift(items["bus"], 5)
    publish_and_queue(program)
    shift(items["bus"], -5)
    publish_and_queue(program)
    now(minutes=10)

    assert outbox.send_due() == {"unneeded": 3}
    assert mail.outbox == []
    assert {(sent.status, sent.text) for sent in Mail.objects.all()} == {("unneeded", "")}


def test_who_withdrew_meanwhile_gets_nothing(now, program, items, people):
    shift(items["bus"], 5)
    publish_and_queue(program)
    Participant.objects.filter(pk=people["A"].pk).update(status="withdrawn")
    now(minutes=10)

    assert outbox.send_due() == {"sent": 2, "unneeded": 1}
    assert people["A"].email not in sent_to()


def test_who_was_told_is_not_told_again(now, program, items, people):
    shift(items["bus"], 5)
    release = make_release(program)
    assert notices.queue(release, PORTAL) == 3
    now(minutes=10)
    outbox.send_due()

    assert notices.queue(release, PORTAL) == 0
    assert notices.affected(release) == []


def test_pressing_twice_queues_once(program, items, people):
    shift(items["bus"], 5)
    release = make_release(program)

    notices.queue(release, PORTAL)
    notices.queue(release, PORTAL)

    assert Mail.objects.count() == 3


def test_two_mails_after_one_another_are_two(now, program, items, people):
    shift(items["bus"], 5)
    publish_and_queue(program)
    now(minutes=10)
    outbox.send_due()
    shift(items["bus"], 5)
    publish_and_queue(program)
    now(minutes=20)
    outbox.send_due()

    bodies = [message.body for message in mail.outbox if message.to == [people["A"].email]]
    assert len(bodies) == 2
    assert "- 13:10 instead of 13:05" in bodies[1]


def test_only_mails_about_a_release_wait_for_it(program, items, people):
    shift(items["a"], 5)
    second = make_release(program)
    notices.queue(second, PORTAL)
    shift(items["b"], 5)
    third = make_release(program)
    notices.queue(third, PORTAL)

    waiting = {
        release.number: {waiting.participant for waiting in notices.waiting_for(release)}
        for release in (second, third)
    }

    assert waiting == {2: {people["A"], people["none"]}, 3: {people["B"], people["none"]}}


def test_release_that_is_not_to_be_told_stays_out_of_the_mail_that_waits(now, program, items, people):
    """“Do not send” after the second of two releases within ten minutes, and “send” after the first."""
    shift(items["bus"], 5)
    publish_and_queue(program)
    now(minutes=5)
    shift(items["bus"], 5)
    shift(items["b"], 15)
    make_release(program)
    now(minutes=10)

    assert outbox.send_due() == {"sent": 3}

    bodies = {message.body.partition("\n")[2] for message in mail.outbox}  # without whom it greets
    assert len(bodies) == 1
    assert "- 13:10 instead of 13:00" in bodies.pop()
    assert "Laboratory" not in str([message.body for message in mail.outbox])


def test_release_between_two_that_are_told_stays_out(now, program, items, people):
    shift(items["bus"], 5)
    publish_and_queue(program)
    shift(items["b"], 15)
    make_release(program)
    shift(items["a"], 15)
    publish_and_queue(program)
    now(minutes=10)

    outbox.send_due()

    told = "".join(message.body for message in mail.outbox)
    assert "Bus" in told and "Workshop" in told
    assert "Laboratory" not in told


def test_who_was_told_of_the_bus_only_is_still_to_be_told_of_the_rest(now, program, items, people):
    """The mail about release 2 has the bus as release 3 has it; what else release 3 brings is untold."""
    shift(items["bus"], 5)
    publish_and_queue(program)
    shift(items["bus"], 5)
    shift(items["b"], 15)
    release = make_release(program)
    now(minutes=10)
    outbox.send_due()

    affected = notices.affected(release)

    assert names(affected) == [(None, ["Sample none"]), ("B", ["Sample B"])]


def test_what_was_sent_is_kept_word_for_word(now, program, items, people):
    shift(items["bus"], 5)
    publish_and_queue(program)
    now(minutes=10)
    outbox.send_due()

    kept = {sent.address: (sent.subject, sent.text) for sent in Mail.objects.sent()}
    assert kept == {message.to[0]: (message.subject, message.body) for message in mail.outbox}


def test_pressing_again_while_a_mail_is_on_its_way_sends_no_second(now, program, items, people, monkeypatch):
    shift(items["b"], 15)
    release = make_release(program)
    notices.queue(release, PORTAL)
    now(minutes=10)
    again = []

    def send(message):
        again.append(notices.queue(release, PORTAL))
        mail.outbox.append(message)

    monkeypatch.setattr("django.core.mail.EmailMessage.send", send)
    outbox.send_due()
    now(minutes=30)
    outbox.send_due()

    assert again == [1, 0]
    assert sent_to() == sorted([people["B"].email, people["none"].email])
