"""The page "Mails" of the admin: what waits and what was sent, and what organizers do about it."""

import pytest

from participants.models import Mail
from participants.outbox import queue as outbox
from tests.makers import at, make_program, make_user
from tests.participants.people.makers import make_participant
from tests.reading import Page

pytestmark = pytest.mark.django_db
LIST = "/admin/participants/mail/"


def said(response):
    return Page(response).one("ul", "messagelist").text


def rows(response):
    """{whom it goes to: the whole row}"""
    return {row[:8]: row for row in Page(response).texts("tr") if row.startswith("Reader")}


def test_list_says_to_whom_about_what_and_what_became_of_each(client, organizer, mails):
    found = rows(client.get(LIST))

    assert "Changes of release 2 Waiting until 24 Jul 2018, 09:10 WIB" in found["Reader 0"]
    assert "Changes of release 2 Sent 24 Jul 2018, 09:00 WIB" in found["Reader 1"]
    assert "Failed, tried again 24 Jul 2018, 09:10 WIB" in found["Reader 2"]
    assert "The mail server did not accept the mail. OSError: refused" in found["Reader 2"]
    assert "Given up" in found["Reader 3"]


@pytest.mark.parametrize("state, reader", [("waiting", 0), ("sent", 1), ("failed", 2), ("given-up", 3)])
def test_list_is_filtered_by_state(client, organizer, mails, state, reader):
    assert list(rows(client.get(LIST, {"state": state}))) == [f"Reader {reader}"]


def test_list_shows_one_program(client, organizer, mails):
    other = make_program(slug="other", short_title="Other program")

    assert "Reader" not in Page(client.get(LIST, {"program": other.pk})).main.text


@pytest.mark.parametrize(
    ("error", "words"),
    [
        ("SMTPRecipientsRefused: {}", "The mail server refuses this address."),
        ("ConnectionRefusedError: no", "The mail server does not answer."),
        ("ValueError: bad", "This is not a valid address."),
        ("SMTPDataError: no", "The mail server did not accept the mail."),
    ],
)
def test_failure_is_said_in_plain_words(client, organizer, mails, error, words):
    Mail.objects.filter(pk=mails[2].pk).update(error=error)

    assert words in rows(client.get(LIST))["Reader 2"]


def test_what_was_sent_and_what_would_be_can_be_read(client, organizer, mails):
    sent = Page(client.get(f"{LIST}{mails[1].pk}/change/")).main.text
    waiting = Page(client.get(f"{LIST}{mails[0].pk}/change/")).main.text

    assert "What it was about" in sent and "What was sent" in sent
    assert mails[1].participant.email in sent
    assert "1 change to your schedule" in waiting
    assert "- 10:15 instead of 10:00" in waiting
    assert "Waiting until" in waiting


def test_every_waiting_mail_has_a_button_that_sends_it_now(client, organizer, mails, mailoutbox):
    page = Page(client.get(LIST))
    buttons = [button for button in page.all("button") if button.attributes.get("name") == "send"]
    assert [button.text for button in buttons] == [f"Send now: Reader {number}" for number in (0, 2, 3)]

    response = client.post(LIST, {"send": buttons[0].attributes["value"]}, follow=True)

    assert "1 mail is sent now." in said(response)
    assert mailoutbox == []  # not while an organizer waits for the page
    assert outbox.send_due() == {"sent": 1}
    assert [mail.to for mail in mailoutbox] == [[mails[0].participant.email]]


def buttons_of(page):
    return [button.text for button in page.all("button") if button.attributes.get("name") == "action"]


@pytest.mark.parametrize(
    "number, buttons",
    [
        (0, ["Send now", "Do not send"]),
        (1, []),
        (2, ["Try again", "Do not send"]),
        (3, ["Try again", "Do not send"]),
    ],
)
def test_page_of_a_mail_has_the_buttons_that_it_needs_and_no_history(
    client, organizer, mails, number, buttons
):
    page = Page(client.get(f"{LIST}{mails[number].pk}/change/"))

    assert buttons_of(page) == buttons
    assert "History" not in page.main.text


def test_page_of_a_mail_sends_it(client, organizer, mails, mailoutbox):
    for mail, action, told in (
        (mails[0], "send_now", "1 mail is sent now."),
        (mails[2], "try_again", "1 mail is tried again."),
        (mails[3], "stop", "1 mail will not be sent."),
        (mails[1], "stop", "None of them is waiting any more."),
    ):
        response = client.post(f"{LIST}{mail.pk}/change/", {"action": action}, follow=True)
        assert told in said(response)
        assert response.redirect_chain == [(f"{LIST}{mail.pk}/change/", 302)]

    assert outbox.send_due() == {"sent": 2}
    assert sorted(mail.to[0] for mail in mailoutbox) == [mails[n].participant.email for n in (0, 2)]


def test_empty_list_says_what_it_is_for(client, organizer, program):
    for shown in ({}, {"program": program.pk}):
        assert "There are no mails yet." in Page(client.get(LIST, shown)).main.text
    assert "No mail matches your search." in Page(client.get(LIST, {"q": "nobody"})).main.text


def test_button_pressed_twice_sends_once(client, organizer, mails, mailoutbox):
    client.post(LIST, {"send": mails[0].pk})
    outbox.send_due()
    again = client.post(LIST, {"send": mails[0].pk}, follow=True)
    outbox.send_due()

    assert "None of them is waiting any more." in said(again)
    assert len(mailoutbox) == 1


def test_all_that_wait_are_sent_now(client, organizer, mails, mailoutbox):
    data = {"action": "send_now", "_selected_action": [mail.pk for mail in mails]}

    response = client.post(LIST, data, follow=True)

    assert "3 mails are sent now." in said(response)
    assert outbox.send_due() == {"sent": 3}
    assert sorted(mail.to[0] for mail in mailoutbox) == sorted(
        mail.participant.email for mail in mails if not mail.sent_at
    )


def test_what_failed_is_tried_again_at_once(client, organizer, mails, mailoutbox):
    data = {"action": "try_again", "_selected_action": [mail.pk for mail in mails]}

    response = client.post(LIST, data, follow=True)

    assert "2 mails are tried again." in said(response)
    assert outbox.send_due() == {"sent": 2}
    assert sorted(mail.to[0] for mail in mailoutbox) == sorted(mail.participant.email for mail in mails[2:])


def test_what_is_stopped_stays_to_be_seen_and_is_not_sent(client, organizer, mails, mailoutbox, set_clock):
    data = {"action": "stop", "_selected_action": [mail.pk for mail in mails]}

    response = client.post(LIST, data, follow=True)
    set_clock(at(24, "12:00", mails[0].program.tz))

    assert "3 mails will not be sent." in said(response)
    assert "Stopped" in rows(response)["Reader 0"]
    assert "Sent 24 Jul" in rows(response)["Reader 1"]
    assert outbox.send_due() == {}
    assert mailoutbox == []


def test_who_may_not_publish_sends_and_stops_nothing(client, program, mails):
    user = make_user(role="Staff")
    client.force_login(user)

    assert client.get(LIST).status_code == 403
    assert client.post(LIST, {"send": mails[0].pk}).status_code == 403
    assert client.post(LIST, {"action": "stop", "_selected_action": [mails[0].pk]}).status_code == 403
    assert client.post(f"{LIST}{mails[0].pk}/change/", {"action": "stop"}).status_code == 403
    mails[0].refresh_from_db()
    assert (mails[0].status, mails[0].send_after) == ("waiting", at(24, "09:10", program.tz))


def test_nobody_writes_changes_or_deletes_one(client, organizer, mails):
    assert client.get(f"{LIST}add/").status_code == 403
    assert client.post(f"{LIST}{mails[0].pk}/change/", {"text": "Forged"}).status_code == 403
    assert client.post(f"{LIST}{mails[0].pk}/delete/", {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_list_query_count_does_not_grow(client, organizer, program, django_assert_max_num_queries, count):
    for person in [make_participant(program) for _number in range(count)]:
        outbox.queue("invitation", program=program, portal="http://testserver", participant=person)

    with django_assert_max_num_queries(10):
        assert client.get(LIST).status_code == 200
