"""Mails about changes: who gets one, what it says, and that it is sent once."""

import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection

from participants import notices
from participants.models import Notice, Participant
from program import clock
from tests.makers import at, make_group, make_item, make_program, make_release, make_venue

from .makers import make_participant

pytestmark = pytest.mark.django_db
PORTAL = "https://portal.example.org"


@pytest.fixture
def now(set_clock):
    """Tuesday 24 July, 09:00; ``now(minutes)`` sets the clock to so much later."""
    program = make_program()
    begin = at(24, "09:00", program.tz)

    def go_on(minutes=0):
        set_clock(begin + timedelta(minutes=minutes))
        return program

    go_on()
    return go_on


@pytest.fixture
def program(now):
    return now()


@pytest.fixture
def items(program):
    a, b = make_group(program, "A"), make_group(program, "B")
    found = {
        "bus": make_item(program, "Bus", "13:00", "13:40", kind="travel", venue=make_venue(program, "Gate")),
        "a": make_item(program, "Workshop", groups=[a]),
        "b": make_item(program, "Laboratory", groups=[b]),
    }
    make_release(program)
    return found


@pytest.fixture
def people(program, items):
    """One participant of each group, and one without."""
    return {
        name: make_participant(program, name=f"Sample {name}", group=program.groups.filter(name=name).first())
        for name in ("A", "B", "none")
    }


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
    return [(part.group, [person.name for person in part.participants]) for part in affected]


# Who is affected


def test_affected_are_told_apart_by_group(program, items, people):
    shift(items["b"], 15)

    affected = notices.affected(make_release(program))

    assert names(affected) == [(None, ["Sample none"]), ("B", ["Sample B"])]
    assert [change.title for change in affected[1].mail.changes] == ["Laboratory"]


def test_first_release_affects_nobody(program):
    make_item(program)
    make_participant(program)

    assert notices.affected(make_release(program)) == []


def test_release_without_changes_affects_nobody(program, items, people):
    assert notices.affected(make_release(program)) == []


def test_only_accepted_and_confirmed_people_with_an_address_are_told(program, items):
    for status in Participant.Status:
        make_participant(program, name=status.label, status=status)
    make_participant(program, name="No address", email="")
    make_participant(make_program(slug="other"), name="Elsewhere")
    shift(items["bus"], 5)

    assert names(notices.affected(make_release(program))) == [(None, ["Accepted", "Confirmed"])]


def test_nobody_is_told_of_a_program_that_is_not_visible(program, items, people):
    program.published = False
    program.save()
    shift(items["bus"], 5)

    assert notices.affected(make_release(program)) == []


def test_what_is_over_affects_nobody(now, program, items, people):
    shift(items["bus"], 5)
    now(minutes=6 * 60)

    assert notices.affected(make_release(program)) == []


def test_affected_costs_the_same_for_many(program, items, people, django_assert_max_num_queries):
    for _number in range(20):
        make_participant(program)
    shift(items["bus"], 5)
    release = make_release(program)

    with django_assert_max_num_queries(5):
        assert sum(len(part.participants) for part in notices.affected(release)) == 23


# What the mail says


def test_mail_says_only_what_changes_for_its_group(now, program, items, people):
    shift(items["b"], 15)
    publish_and_queue(program)
    now(minutes=10)

    assert notices.send_due() == {"sent": 2}

    (message,) = [message for message in mail.outbox if message.to == [people["B"].email]]
    assert message.subject == "1 change to your schedule: Small industry"
    assert message.body == (
        "The agenda of the program “Program on small industry” has a new version. This changes for you:\n"
        "\n"
        "MOVED: Laboratory\n"
        "Tuesday 24 July 2018, 10:15–11:15 WIB\n"
        "- 10:15 instead of 10:00\n"
        "- ends 11:15 instead of 11:00\n"
        "\n"
        "Your whole schedule, always up to date:\n"
        "https://portal.example.org/ikm-2018/me/\n"
        "\n"
        "All times are WIB (UTC+7). The attached file puts the changes into your calendar.\n"
        "Questions? Ask an organizer at the registration desk.\n"
    )
    assert sent_to() == sorted([people["B"].email, people["none"].email])


def test_mail_brings_the_changed_items_for_the_calendar(now, program, items, people):
    shift(items["bus"], 15)
    items["b"].status = "cancelled"
    items["b"].save()
    items["a"].delete()
    publish_and_queue(program)
    now(minutes=10)

    notices.send_due()

    by_address = {message.to[0]: message.attachments[0] for message in mail.outbox}
    name, text, content_type = by_address[people["B"].email]
    assert (name, content_type) == ("changes.ics", "text/calendar")
    assert "METHOD:PUBLISH" in text
    assert f"UID:item-{items['bus'].pk}@ikm-2018.portal" in text
    assert text.count("SEQUENCE:2") == 2
    assert text.count("STATUS:CANCELLED") == 1
    assert "Workshop" not in text
    assert by_address[people["A"].email][1].count("STATUS:CANCELLED") == 1  # what was taken out


def test_mail_is_text_not_markup(now, program, items, people):
    items["bus"].title = "Bus & <b>coach</b>"
    items["bus"].save()
    publish_and_queue(program)
    now(minutes=10)

    assert notices.send_due() == {"sent": 3}

    assert "CHANGED: Bus & <b>coach</b>" in mail.outbox[0].body


# When it is sent, and what becomes one mail


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


# Failures


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
    assert notices.send_due() == {"failed": 3}
    notice = Notice.objects.first()
    assert notice.error == f"{type(refusal).__name__}: {refusal}"
    assert (notice.attempts, notice.sent_at) == (1, None)

    now(minutes=14)
    assert notices.send_due() == {}
    now(minutes=15)
    assert notices.send_due() == {"failed": 3}
    now(minutes=24)
    assert notices.send_due() == {}
    server.refuses = None
    now(minutes=25)
    assert notices.send_due() == {"sent": 3}
    assert not Notice.objects.exclude(error="").exists()


def test_one_bad_address_does_not_keep_the_others(now, program, items, people, monkeypatch):
    def send(message):
        if message.to == [people["A"].email]:
            raise OSError("mailbox unavailable")
        mail.outbox.append(message)

    monkeypatch.setattr("django.core.mail.EmailMessage.send", send)
    shift(items["bus"], 5)
    publish_and_queue(program)
    now(minutes=10)

    assert notices.send_due() == {"sent": 2, "failed": 1}


def test_it_is_given_up_in_the_end_and_taken_up_with_the_next_release(now, program, items, people, server):
    items["bus"].starts_at += timedelta(days=4)
    items["bus"].ends_at += timedelta(days=4)
    items["bus"].save()
    publish_and_queue(program)
    server.refuses = OSError("down")
    minutes = 10
    while Notice.objects.due(clock.now() + timedelta(days=2)).exists():
        now(minutes=minutes)
        notices.send_due()
        minutes += 60
    assert Notice.objects.given_up().count() == 3
    assert minutes > 20 * 60

    server.refuses = None
    shift(items["bus"], 5)
    publish_and_queue(program)
    now(minutes=minutes + 10)
    assert notices.send_due() == {"sent": 3}
    assert mail.outbox[0].body.count("instead of") == 1
    assert "Saturday 28 July 2018, 13:05–13:45 WIB instead of Tuesday 24 July 2018" in mail.outbox[0].body


def test_addresses_stay_out_of_the_log(now, program, items, people, server, caplog):
    shift(items["bus"], 5)
    publish_and_queue(program)
    server.refuses = OSError(f"refused {people['A'].email}")
    now(minutes=10)

    notices.send_due()

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
    assert notices.send_due() == {"sent": 1}
    now(minutes=20)
    assert notices.send_due() == {"sent": 1}

    assert "- 13:05 instead of 13:00" in mail.outbox[0].body
    assert "- 13:10 instead of 13:05" in mail.outbox[1].body


def test_run_that_dies_leaves_its_mail_to_a_later_run(now, program, items, people, server):
    shift(items["bus"], 5)
    publish_and_queue(program)
    server.refuses = KeyboardInterrupt()
    now(minutes=10)
    with pytest.raises(KeyboardInterrupt):
        notices.send_due()

    server.refuses = None
    assert notices.send_due() == {"sent": 2}
    now(minutes=15)
    assert notices.send_due() == {"sent": 1}


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
            outcomes.append(notices.send_due())
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

    call_command("send_notices")
    call_command("send_notices")

    assert capsys.readouterr().out == "3 sent\n"
    assert len(mail.outbox) == 3
