"""The outbox: queued once, sent once, by whoever comes first."""

import threading

import pytest
from django.core import mail as django_mail
from django.core.management import call_command
from django.db import connection

from participants.models import Mail, Participant
from participants.outbox import queue as outbox
from program import clock
from tests.makers import at
from tests.participants.people.makers import make_participant

pytestmark = pytest.mark.django_db
PORTAL = "https://portal.example.org"
START_THREAD = outbox._start_thread  # tests replace it


@pytest.fixture
def queue(program, letters):
    """Queue a letter, to a participant or an address."""

    def put(text="Dear reader", **whom):
        return outbox.queue("letter", program=program, portal=PORTAL, data={"text": text}, **whom)

    return put


def sent():
    """[(to whom, the first line)]; below it are words that every mail has."""
    return [(message.to, message.body.splitlines()[0]) for message in django_mail.outbox]


def test_mail_to_an_address_is_sent_once_and_kept_as_it_was(queue, organizer):
    queue(address=" Host@Example.org ", name="Sample Host", by=organizer)

    assert outbox.send_due() == {"sent": 1}
    assert outbox.send_due() == {}

    assert sent() == [(["host@example.org"], "Dear reader")]
    kept = Mail.objects.get()
    assert (kept.to, kept.to_whom, kept.by) == ("host@example.org", "Sample Host", organizer)
    assert (kept.subject, kept.text, kept.sent_at) == ("A letter", django_mail.outbox[0].body, clock.now())


def test_queueing_twice_is_one_mail_with_the_newer_words(queue, program):
    person = make_participant(program)
    for whom in ({"participant": person}, {"address": "host@example.org"}):
        queue("Old", **whom)
        queue("New", **whom)

    assert outbox.send_due() == {"sent": 2}
    assert {body for _to, body in sent()} == {"New"}


def test_mail_goes_to_the_address_that_the_person_has_when_it_is_sent(queue, program):
    person = make_participant(program, email="old@example.org")
    queue(participant=person)
    Participant.objects.update(email="new@example.org")

    outbox.send_due()
    Participant.objects.update(email="newest@example.org")

    assert sent()[0][0] == ["new@example.org"]
    assert Mail.objects.get().to == "new@example.org"


@pytest.mark.parametrize(
    "gone", [{"status": "withdrawn"}, {"email": ""}, {"erased_at": "2018-07-24T00:00:00Z"}]
)
def test_who_is_gone_gets_nothing(queue, program, gone):
    queue(participant=make_participant(program))
    Participant.objects.update(**gone)

    assert outbox.send_due() == {"unneeded": 1}
    assert sent() == []


def test_send_now_leaves_alone_what_is_on_its_way(queue, program, monkeypatch):
    queue(participant=make_participant(program))
    counts = []

    def send(message):
        counts.append(outbox.send_now(Mail.objects.all()))
        counts.append(sum(outbox.send_due().values()))
        django_mail.outbox.append(message)

    monkeypatch.setattr("django.core.mail.EmailMessage.send", send)

    assert outbox.send_due() == {"sent": 1}
    assert counts == [0, 0]


def test_mail_whose_sender_died_nine_times_can_be_sent_now(queue, program, set_clock):
    queue(participant=make_participant(program))
    Mail.objects.update(status="sending", attempts=9)
    set_clock(at(26, "09:00", program.tz))
    assert outbox.send_due() == {}

    assert outbox.send_now(Mail.objects.all()) == 1
    assert outbox.send_due() == {"sent": 1}


def test_former_name_of_the_command_still_sends(queue, capsys):
    queue(address="host@example.org")

    call_command("send_notices")

    assert capsys.readouterr().out == "1 sent\n"


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_queued_mail_goes_by_another_thread_after_the_transaction(queue, program, monkeypatch):
    person = make_participant(program)
    gone = threading.Event()
    threads = []

    def send(message):
        threads.append(threading.current_thread().name)
        gone.set()

    monkeypatch.setattr("django.core.mail.EmailMessage.send", send)
    started = []
    monkeypatch.setattr(outbox, "_start_thread", lambda: started.append(START_THREAD()))

    queue(participant=person)

    assert gone.wait(timeout=20)
    for thread in threading.enumerate():
        if thread.name == "outbox":
            thread.join(timeout=20)
    assert threads == ["outbox"]
    assert Mail.objects.sent().count() == 1


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_two_who_queue_at_the_same_moment_queue_one_mail(queue, program):
    person = make_participant(program)
    together = threading.Barrier(4)
    failures = []

    def run():
        together.wait()
        try:
            queue(participant=person)
            queue(address="host@example.org")
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    runs = [threading.Thread(target=run) for _number in range(4)]
    for thread in runs:
        thread.start()
    for thread in runs:
        thread.join()

    assert failures == []
    assert Mail.objects.count() == 2
