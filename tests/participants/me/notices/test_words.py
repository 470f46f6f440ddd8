"""Mails about changes: what they say."""

import pytest
from django.core import mail

from participants.me import notices
from participants.outbox import queue as outbox
from tests.makers import make_release

from .sending import PORTAL, publish_and_queue, sent_to, shift

pytestmark = pytest.mark.django_db


def test_mail_says_only_what_changes_for_its_group(now, program, items, people):
    shift(items["b"], 15)
    publish_and_queue(program)
    now(minutes=10)

    assert outbox.send_due() == {"sent": 2}

    (message,) = [message for message in mail.outbox if message.to == [people["B"].email]]
    assert message.subject == "1 change to your schedule: Small industry"
    assert message.body == (
        f"Dear {people['B'].called},\n"
        "\n"
        "the agenda of the program “Program on small industry” has a new version. This changes for you:\n"
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
        "\n"
        "With kind regards,\n"
        "the organizing committee\n"
        "Program on small industry\n"
    )
    assert sent_to() == sorted([people["B"].email, people["none"].email])


def test_mail_brings_the_changed_items_for_the_calendar(now, program, items, people):
    shift(items["bus"], 15)
    items["b"].status = "cancelled"
    items["b"].save()
    items["a"].delete()
    publish_and_queue(program)
    now(minutes=10)

    outbox.send_due()

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

    assert outbox.send_due() == {"sent": 3}

    assert "CHANGED: Bus & <b>coach</b>" in mail.outbox[0].body


def test_indonesians_are_told_in_bahasa_indonesia(now, program, items, people):
    people["A"].country = "ID"
    people["A"].save()
    items["bus"].local_title = "Bus ke Bandung"
    shift(items["bus"], 15)
    release = make_release(program)
    notices.queue(release, PORTAL)
    now(minutes=10)

    outbox.send_due()

    by_address = {message.to[0]: message for message in mail.outbox}
    told = by_address[people["A"].email]
    assert told.subject == "1 perubahan jadwal Anda: Small industry"
    assert "Selasa, 24 Juli 2018, 13.15–13.55 WIB" in told.body
    assert "Bus ke Bandung" in told.attachments[0][1]
    assert "https://portal.example.org/id/ikm-2018/me/" in told.body
    assert "1 change to your schedule" in by_address[people["B"].email].subject


def test_organizers_see_beforehand_what_most_are_told(program, items, people):
    for name in ("A", "none"):
        people[name].group = people["B"].group
        people[name].country = "ID"
        people[name].save()
    shift(items["bus"], 15)

    (part,) = notices.affected(make_release(program), PORTAL)

    assert part.mail.subject == "1 change to your schedule: Small industry"
    assert len(part.participants) == 3


def test_mail_says_why_with_the_notes_of_the_releases_it_tells_of(now, program, items, people):
    for minutes, note, told in ((5, "The road is closed.", True), (10, "Not told.", False), (20, "", True)):
        shift(items["bus"], minutes)
        release = make_release(program, note=note)
        if told:
            notices.queue(release, PORTAL)
    now(minutes=10)

    outbox.send_due()

    body = mail.outbox[0].body
    assert body.index("Note from the organizers: The road is closed.") < body.index("MOVED: Bus")
    assert body.count("Note from the organizers") == 1
