"""Telling those affected of a release, in the admin."""

from datetime import timedelta

import pytest

from participants.models import Mail
from participants.outbox.queue import send_due
from tests.makers import (
    at,
    make_group,
    make_item,
    make_organizer,
    make_program,
    make_release,
    make_user,
)
from tests.participants.people.makers import make_participant
from tests.reading import Page

pytestmark = pytest.mark.django_db
LIST = "/admin/participants/mail/"


@pytest.fixture
def program(set_clock):
    program = make_program()
    set_clock(at(24, "09:00", program.tz))
    return program


@pytest.fixture
def release(program):
    """The second release: group B's visit begins later. One person of A, two of B."""
    groups = {name: make_group(program, name) for name in "AB"}
    item = make_item(program, "Laboratory", groups=[groups["B"]])
    make_release(program)
    for name, letter in (("Sample One", "A"), ("Sample Two", "B"), ("Sample Three", "B")):
        make_participant(program, name=name, group=groups[letter])
    item.starts_at += timedelta(minutes=15)
    item.save()
    return make_release(program)


@pytest.fixture
def organizer(client):
    user = make_organizer()
    client.force_login(user)
    return user


def tell_address(release):
    return f"/admin/program/release/{release.pk}/tell/"


def said(response):
    return Page(response).one("ul", "messagelist").text


def test_page_shows_whom_it_affects_and_what_they_would_read(client, organizer, release):
    page = Page(client.get(tell_address(release)))

    assert "Release 2 changes something for 2 participants." in page.main.text
    assert page.texts("h3", within=page.main) == ["Group B: 2 people"]
    assert "Sample Three" in page.main.text and "Sample Two" in page.main.text
    assert "Sample One" not in page.main.text
    assert "- 10:15 instead of 10:00" in page.main.text
    assert "http://testserver/ikm-2018/me/" in page.main.text
    assert page.texts("button", within=page.main) == [
        "Send e-mail to 2 people in 10 minutes",
        "Send now",
        "Do not send",
        *("", ""),  # Copy and Share: a script shows them
    ]


def test_looking_queues_nothing(client, organizer, release):
    client.get(tell_address(release))

    assert not Mail.objects.exists()


def test_sending_queues_a_mail_for_each(client, organizer, release):
    response = client.post(tell_address(release), {"send": ""}, follow=True)

    assert "2 people get a mail in 10 minutes" in said(response)
    assert sorted(Mail.objects.values_list("participant__name", "portal")) == [
        ("Sample Three", "http://testserver"),
        ("Sample Two", "http://testserver"),
    ]


def test_sending_now_waits_for_nothing_also_where_a_mail_waits(client, organizer, release, mailoutbox):
    client.post(tell_address(release), {"send": "later"})
    response = client.post(tell_address(release), {"send": "now"}, follow=True)

    send_due()

    assert "2 people get a mail now." in said(response)
    assert len(mailoutbox) == 2
    page = Page(client.get(tell_address(release)))
    assert "All who get mails were told already." in page.main.text
    assert page.one("textarea")


def test_text_for_the_messenger_of_a_group_is_ready_in_both_languages(client, organizer, release):
    english = Page(client.get(tell_address(release))).one("textarea", id="text-1").text
    indonesian = Page(client.get(tell_address(release) + "?words=id")).one("textarea").text

    assert english == (
        "Small industry, group B: 1 change MOVED: Laboratory Tuesday 24 July 2018, 10:15–11:00 WIB "
        "- 10:15 instead of 10:00 My schedule: http://testserver/ikm-2018/me/ All times are WIB (UTC+7)."
    )
    assert "kelompok B: 1 perubahan" in indonesian
    assert "10.15–11.00 WIB" in indonesian


def test_not_sending_queues_nothing_and_says_so(client, organizer, release):
    response = client.post(tell_address(release), follow=True)

    assert "Nobody gets a mail about release 2." in said(response)
    assert not Mail.objects.exists()


def test_not_sending_says_what_waits_already_and_the_list_stops_it(client, organizer, release):
    client.post(tell_address(release), {"send": ""})
    assert "2 mails about it are already waiting." in Page(client.get(tell_address(release))).main.text

    response = client.post(tell_address(release), follow=True)
    waiting = list(Mail.objects.values_list("pk", flat=True))
    stopped = client.post(LIST, {"action": "stop", "_selected_action": waiting}, follow=True)

    assert "2 mails about it are already waiting and will be sent." in said(response)
    assert "2 mails will not be sent." in said(stopped)
    assert not Mail.objects.unsent().exists()
    assert Page(stopped).main.text.count("Stopped") >= 2


def test_the_page_of_the_release_leads_back_to_the_question(client, organizer, release):
    page = Page(client.get(f"/admin/program/release/{release.pk}/change/"))

    assert tell_address(release) in [link.attributes["href"] for link in page.all("a", within=page.main)]


def test_the_first_release_is_told_to_nobody_and_says_so(client, organizer, program):
    release = make_release(program)

    response = client.get(tell_address(release), follow=True)

    assert "Release 1 is the first: no mail about changes is sent." in said(response)


def test_where_nobody_is_affected_nothing_is_offered(client, organizer, program, release):
    release = make_release(program)

    response = client.get(tell_address(release), follow=True)

    assert response.redirect_chain == [(f"/admin/program/release/{release.pk}/change/", 302)]
    assert f"Release {release.number} changes nothing for participants." in Page(response).main.text


def test_publishing_leads_to_the_question(client, organizer, program, release):
    make_item(program, "One more")
    publish = f"/admin/program/program/{program.pk}/publish/"
    seen = Page(client.get(publish)).one("input", name="seen").attributes["value"]

    response = client.post(publish, {"seen": seen, "reason": "test"})

    assert response["Location"] == tell_address(program.releases.first())


def test_only_who_may_publish_may_tell(client, release):
    client.force_login(make_user(role="Staff"))
    assert client.get(tell_address(release)).status_code == 403
    assert client.post(tell_address(release), {"send": ""}).status_code == 403
    assert client.get(LIST).status_code == 403
    assert not Mail.objects.exists()


def test_unknown_release_is_404(client, organizer):
    assert client.get("/admin/program/release/999/tell/").status_code == 404
