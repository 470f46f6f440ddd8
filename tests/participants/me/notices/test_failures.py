"""Mails about changes: what fails is tried again; none is sent twice, none is lost."""

import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection

from participants.models import Mail, Participant
from participants.outbox import queue as outbox
from program import clock
from tests.participants.people.makers import make_participant

from .sending import publish_and_queue, sent_to, shift

pytestmark = pytest.mark.django_db


@pytest.fixture
def server(monkeypatch):
    """A mail server that refuses while ``server.refuses`` is an exception."""

    class Server:
        refuses = None

    def send(message):
        if Server.refuses:
            raise Server.refuses
        mail.outbox.append(message)

    monkeypatch.setattr("django.core.mail.EmailMessage.send", send)
    return Server


@pytest.mark.parametrize("refusal", [ConnectionRefusedError("no server"), ValueError("bad address")])
def test_failure_is_kept_and_tried_again_later_each_time(now, program, items, people, server, refusal):
    shift(items["bus"], 5)
    publish_and_queue(program)
    server.refuses = refusal
    now(minutes=10)
    assert outbox.send_due() == {"failed": 3}
    notice = Mail.objects.first()
    assert notice.error == f"{type(refusal).__name__}: {refusal}"
    assert (notice.attempts, notice.sent_at) == (1, None)

    now(minutes=14)
    assert outbox.send_due() == {}
    now(minutes=15)
    assert outbox.send_due() == {"failed": 3}
    now(minutes=24)
    assert outbox.send_due() == {}
    server.refuses = None
    now(minutes=25)
    assert outbox.send_due() == {"sent": 3}
    assert not Mail.objects.exclude(error="").exists()


def test_one_bad_address_does_not_keep_the_others(now, program, items, people, monkeypatch):
    def send(message):
        if message.to == [people["A"].email]:
            raise OSError("mailbox unavailable")
        mail.outbox.append(message)

    monkeypatch.setattr("django.core.mail.EmailMessage.send", send)
    shift(items["bus"], 5)
    publish_and_queue(program)
    now(minutes=10)

    assert outbox.send_due() == {"sent": 2, "failed": 1}


def test_it_is_given_up_in_the_end_and_taken_up_with_the_next_release(now, program, items, people, server):
    items["bus"].starts_at += timedelta(days=4)
    items["bus"].ends_at += timedelta(days=4)
    items["bus"].save()
    publish_and_queue(program)
    server.refuses = OSError("down")
    minutes = 10
    while Mail.objects.due(clock.now() + timedelta(days=2)).exists():
        now(minutes=minutes)
        outbox.send_due()
        minutes += 60
    assert Mail.objects.given_up().count() == 3
    assert minutes > 20 * 60

    server.refuses = None
    shift(items["bus"], 5)
    publish_and_queue(program)
    now(minutes=minutes + 10)
    assert outbox.send_due() == {"sent": 3}
    assert mail.outbox[0].body.count("instead of") == 1
    assert "Saturday 28 July 2018, 13:05–13:45 WIB instead of Tuesday 24 July 2018" in mail.outbox[0].body


def test_addresses_stay_out_of_the_log(now, program, items, people, server, caplog):
    shift(items["bus"], 5)
    publish_and_queue(program)
    server.refuses = OSError(f"refused {people['A'].email}")
    now(minutes=10)

    outbox.send_due()

    assert "failed: OSError" in caplog.text
    assert "example.org" not in caplog.text


# Never twice, never lost


def test_release_that_comes_while_a_mail_is_on_its_way_is_told_afterwards(
    now, program, items, people, monkeypatch
):
    Participant.objects.exclude(pk=people["A"].pk).delete()
    shift(items["bus"], 5)
    publish_and_queue(program)
    now(minutes=10)

    def send(message):
        mail.outbox.append(message)
        if len(mail.outbox) == 1:
            shift(items["bus"], 5)
            publish_and_queue(program)

    monkeypatch.setattr("django.core.mail.EmailMessage.send", send)
    assert outbox.send_due() == {"sent": 1}
    now(minutes=20)
    assert outbox.send_due() == {"sent": 1}

    assert "- 13:05 instead of 13:00" in mail.outbox[0].body
    assert "- 13:10 instead of 13:05" in mail.outbox[1].body


def test_mail_that_is_stopped_on_its_way_is_written_down_as_sent(now, program, items, people, monkeypatch):
    shift(items["b"], 15)
    publish_and_queue(program)
    now(minutes=10)
    monkeypatch.setattr("django.core.mail.EmailMessage.send", lambda message: outbox.stop(Mail.objects.all()))

    outcomes = outbox.send_due()

    assert outcomes == {"sent": 1}  # the other was stopped before
    assert Mail.objects.sent().get().sent_at
    assert Mail.objects.get(status="stopped").text == ""


def test_nothing_comes_back_of_who_is_erased_while_a_mail_is_on_its_way(
    now, program, items, people, monkeypatch
):
    Participant.objects.exclude(pk=people["A"].pk).delete()
    shift(items["bus"], 15)
    publish_and_queue(program)
    now(minutes=10)
    monkeypatch.setattr("django.core.mail.EmailMessage.send", lambda message: outbox.forget(people["A"]))

    outbox.send_due()

    assert not Mail.objects.exists()


def test_failed_mail_takes_up_what_was_queued_while_it_was_on_its_way(now, program, items, people, server):
    Participant.objects.exclude(pk=people["A"].pk).delete()
    shift(items["bus"], 5)
    publish_and_queue(program)
    now(minutes=10)

    def send(message):
        shift(items["a"], 15)
        publish_and_queue(program)
        raise OSError("down")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.core.mail.EmailMessage.send", send)
        assert outbox.send_due() == {"failed": 1}
    now(minutes=15)
    assert outbox.send_due() == {"sent": 1}

    (message,) = mail.outbox
    assert "- 13:05 instead of 13:00" in message.body
    assert "- 10:15 instead of 10:00" in message.body


def test_run_that_dies_leaves_its_mail_to_a_later_run(now, program, items, people, server):
    shift(items["bus"], 5)
    publish_and_queue(program)
    server.refuses = KeyboardInterrupt()
    now(minutes=10)
    with pytest.raises(KeyboardInterrupt):
        outbox.send_due()

    server.refuses = None
    assert outbox.send_due() == {"sent": 2}
    now(minutes=15)
    assert outbox.send_due() == {"sent": 1}


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_runs_at_the_same_time_send_each_mail_once(now, program, items):
    addresses = sorted(make_participant(program).email for _number in range(12))
    shift(items["bus"], 5)
    publish_and_queue(program)
    now(minutes=10)
    together = threading.Barrier(4)
    outcomes = []

    def run():
        together.wait()
        try:
            outcomes.append(outbox.send_due())
        finally:
            connection.close()

    runs = [threading.Thread(target=run) for _number in range(4)]
    for thread in runs:
        thread.start()
    for thread in runs:
        thread.join()

    assert sent_to() == addresses
    assert sum(outcome["sent"] for outcome in outcomes) == 12


def test_command_sends_and_says_how_many(now, program, items, people, capsys):
    shift(items["bus"], 5)
    publish_and_queue(program)
    now(minutes=10)

    call_command("send_mails")
    call_command("send_mails")

    assert capsys.readouterr().out == "3 sent\n"
    assert len(mail.outbox) == 3
