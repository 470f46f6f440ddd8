"""An announcement by mail: once to each whom it is for, in their language; and its text for a messenger."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from participants.me import announcing
from participants.models import Announcement, Mail
from participants.outbox import queue as outbox
from tests.forms import save
from tests.makers import at, make_group, make_organizer, make_program, make_release, make_user
from tests.participants.people.makers import make_participant
from tests.reading import Page

from .makers import make_announcement

pytestmark = pytest.mark.django_db
ADD = "/admin/participants/announcement/add/"


@pytest.fixture
def program(set_clock):
    program = make_program()
    make_release(program)
    set_clock(at(24, "09:48", program.tz))
    return program


@pytest.fixture
def people(program):
    """Two of group B, one of them from Indonesia; one of A; one of B who withdrew."""
    a, b = make_group(program, "A"), make_group(program, "B")
    make_participant(program, email="a@example.org", group=a)
    make_participant(program, email="b@example.org", group=b)
    make_participant(program, email="id@example.org", group=b, country="ID")
    make_participant(program, email="gone@example.org", group=b, status="withdrawn")


@pytest.fixture
def organizer(client, people):
    user = make_organizer()
    client.force_login(user)
    return user


@pytest.fixture
def announcement(program, organizer):
    texts = {"text": "The bus waits at the back gate.", "local_text": "Bus menunggu di gerbang belakang."}
    return make_announcement(program, group=program.groups.get(name="B"), start="09:40", **texts)


def tell_address(announcement):
    return f"/admin/participants/announcement/{announcement.pk}/tell/"


def said(response):
    return Page(response).one("ul", "messagelist").text


def test_saving_leads_to_the_question_and_sending_says_how_many(
    client, organizer, program, mailoutbox, set_clock
):
    data = {"text": "Lunch is in the garden.", "expires_at": "2018-07-24T23:59"}
    asked = client.post(ADD, data, follow=True)
    address = asked.redirect_chain[-1][0]

    assert address == tell_address(Announcement.objects.get())
    assert "Send e-mail to 3 people in 10 minutes" in Page(asked).main.text
    assert "3 people get a mail in 10 minutes" in said(client.post(address, {"send": "later"}, follow=True))
    outbox.send_due()
    assert not mailoutbox
    assert "3 people get a mail now." in said(client.post(address, {"send": "now"}, follow=True))
    outbox.send_due()
    assert sorted(mail.to[0] for mail in mailoutbox) == ["a@example.org", "b@example.org", "id@example.org"]


def test_each_reads_it_once_in_their_language_however_often_it_is_edited(
    client, announcement, mailoutbox, program
):
    client.post(tell_address(announcement), {"send": "later"})
    save(client, announcement, text="The bus waits at the front gate.")
    client.post(tell_address(announcement), {"send": "now"})
    outbox.send_due()
    save(client, announcement, text="The bus waits at the side gate.")
    page = Page(client.get(tell_address(announcement)))
    client.post(tell_address(announcement), {"send": "now"})
    outbox.send_due()

    mails = {mail.to[0]: mail for mail in mailoutbox}
    assert len(mailoutbox) == 2
    assert mails["b@example.org"].subject == "Small industry: The bus waits at the front gate."
    assert "http://testserver/ikm-2018/me/" in mails["b@example.org"].body
    assert "Said on Tuesday 24 July at 09:40, WIB" in mails["b@example.org"].body
    assert "Bus menunggu di gerbang belakang." in mails["id@example.org"].body
    assert "2 people were sent a mail. Nobody gets a second one." in page.main.text
    assert "Send now" not in page.main.text


def test_two_that_wait_are_one_mail_and_what_is_over_is_left_out(
    client, announcement, program, mailoutbox, set_clock
):
    soon_over = make_announcement(program, text="The lift is broken.", start="09:00", end="09:55")
    both = make_announcement(program, text="Lunch is in the garden.", start="09:45")
    for one in (announcement, soon_over, both):
        client.post(tell_address(one), {"send": "later"})
    set_clock(at(24, "09:58", program.tz))
    outbox.send_due()

    (text,) = (mail.body for mail in mailoutbox if mail.to == ["b@example.org"])
    assert text.index("back gate") < text.index("garden")
    assert "lift" not in text
    assert len(mailoutbox) == 3


def test_a_second_mail_that_was_queued_meanwhile_is_not_sent(announcement, program, mailoutbox, organizer):
    send = {"portal": "https://portal.example.org", "by": organizer, "wait": timedelta(0)}
    announcing.queue(announcement, **send)
    first = list(Mail.objects.values_list("pk", flat=True))
    Mail.objects.update(status=Mail.Status.SENDING)  # on their way while the button is pressed again
    copies = [Mail.objects.get(pk=pk) for pk in first]
    for copy in copies:
        copy.pk, copy.status = None, Mail.Status.WAITING
        copy.save()
    Mail.objects.filter(pk__in=first).update(status=Mail.Status.SENT)

    assert outbox.send_due() == {"unneeded": 2}
    assert not mailoutbox


def test_the_text_for_the_messenger_is_there_in_both_languages(client, announcement):
    english = Page(client.get(tell_address(announcement)))
    indonesian = Page(client.get(tell_address(announcement) + "?words=id"))

    text = english.one("textarea").text
    assert text == (
        "Small industry, group B, Tuesday 24 July, 09:48 WIB The bus waits at the back gate. "
        "My schedule: http://testserver/ikm-2018/me/"
    )
    (link,) = (a for a in english.all("a") if a.attributes["href"].startswith("https://wa.me/"))
    (handed,) = parse_qs(urlsplit(link.attributes["href"]).query)["text"]
    assert " ".join(handed.split()) == text
    assert "Bus menunggu di gerbang belakang." in indonesian.one("textarea").text
    assert "http://testserver/id/ikm-2018/me/" in indonesian.one("textarea").text


def test_what_is_over_is_told_to_nobody(client, announcement, program, set_clock):
    set_clock(at(25, "09:00", program.tz))

    response = client.post(tell_address(announcement), {"send": "now"}, follow=True)

    assert "Nobody is told: this announcement is not shown." in said(response)
    assert not Mail.objects.exists()


def test_staff_may_tell_too(client, announcement):
    client.force_login(make_user(role="Staff"))

    assert "2 people get a mail now." in said(
        client.post(tell_address(announcement), {"send": "now"}, follow=True)
    )
