"""Sign-in by code, as a person meets it: the pages, the mail, and what happens when something goes wrong."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.messages import get_messages
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from tests.makers import at, make_organizer, make_program, make_user
from tests.participants.people.makers import make_participant

from .signing_in import CONFIRM, LOGIN, ask, code, enter, text_of

pytestmark = pytest.mark.django_db


def test_person_signs_in_with_the_code_of_the_mail(client, person):
    page = ask(client, "person@example.org")
    assert "a code of eight digits" in text_of(page)
    assert [message.to for message in mail.outbox] == [["person@example.org"]]

    response = enter(client, code(), follow=False)

    assert response.url == "/account/welcome/"
    assert client.get("/account/welcome/").url == "/ikm-2018/me/"
    assert client.session["_auth_user_id"] == str(person.user_id)


@pytest.mark.parametrize("typed", [" {} ", "{}\t"])
def test_code_is_taken_with_blanks_around_it(client, person, typed):
    ask(client, "PERSON@Example.org")

    enter(client, typed.format(code()))

    assert "_auth_user_id" in client.session


def test_code_is_taken_without_its_line(client, person):
    ask(client, "person@example.org")

    enter(client, code().replace("-", ""))

    assert "_auth_user_id" in client.session


def test_page_after_sign_in_is_the_one_that_was_asked_for(client, person):
    asked = client.get("/ikm-2018/me/profile/")
    assert asked.url == "/account/login/?next=/ikm-2018/me/profile/"

    ask(client, "person@example.org", next="/ikm-2018/me/profile/")
    response = enter(client, code(), follow=False, next="/ikm-2018/me/profile/")

    assert response.url == "/ikm-2018/me/profile/"


def test_sign_in_leads_to_no_other_host(client, person):
    ask(client, "person@example.org", next="https://elsewhere.example/")

    response = enter(client, code(), follow=False, next="https://elsewhere.example/")

    assert response.url == "/account/welcome/"


def test_unknown_address_sees_the_same_and_gets_no_mail(person):
    pages = []
    for address in ("person@example.org", "nobody@example.org"):
        page = ask(Client(), address)
        pages.append(re.sub(r'"[A-Za-z0-9]{64}"', "", page.content.decode()).replace(address, "somebody"))

    assert pages[0] == pages[1]
    assert [message.to for message in mail.outbox] == [["person@example.org"]]


def test_closed_account_sees_the_same_and_gets_no_mail(client, person):
    person.user.is_active = False
    person.user.save()

    page = ask(client, "person@example.org")

    assert page.redirect_chain[-1][0].startswith(CONFIRM)
    assert mail.outbox == []


def test_known_and_unknown_address_are_answered_before_the_mail_goes(person, monkeypatch):
    waiting = []
    monkeypatch.setattr("participants.outbox.mail.send_soon", waiting.append)

    ask(Client(), "person@example.org")

    assert mail.outbox == []
    assert [message.to for message in waiting] == [["person@example.org"]]


def test_mail_server_that_is_down_keeps_the_page_calm(client, person, monkeypatch, caplog):
    def down(self, messages):
        raise OSError("550 person@example.org unknown")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", down)

    page = ask(client, "person@example.org")

    assert page.status_code == 200
    assert "A mail could not be sent: OSError" in caplog.text
    assert "person@example.org" not in caplog.text


def test_second_request_in_one_session_sends_no_mail_and_the_page_says_so(client, person):
    ask(client, "person@example.org")

    again = ask(client, "person@example.org")

    assert len(mail.outbox) == 1
    assert again.redirect_chain[-1][0] == CONFIRM
    assert "Then no second mail is sent: use the code in the first one, or ask for a new one." in text_of(
        again
    )


def test_new_code_replaces_the_first_one(client, person):
    ask(client, "person@example.org")
    first = code()

    page = client.post(CONFIRM, {"action": "resend"}, follow=True)
    enter(client, first)
    assert "only the newest one works" in text_of(page)
    assert "_auth_user_id" not in client.session

    enter(client, code())
    assert len(mail.outbox) == 2
    assert "_auth_user_id" in client.session


def test_other_address_can_be_used_instead(client, person):
    make_participant(person.program, email="other@example.org", user=True)
    ask(client, "person@example.org")

    back = client.post("/account/logout/", {"next": LOGIN}, follow=True)
    ask(client, "other@example.org")

    assert back.redirect_chain[-1][0] == LOGIN
    assert mail.outbox[-1].to == ["other@example.org"]


def test_fourth_request_of_a_minute_for_one_address_is_refused(person):
    for _request in range(3):
        ask(Client(), "person@example.org")

    page = ask(Client(), "person@example.org")

    assert "Too many codes were requested. Wait a minute, then try again." in text_of(page)
    assert len(mail.outbox) == 3


def test_unknown_address_has_the_same_limit():
    for _request in range(3):
        ask(Client(), "nobody@example.org")

    assert "Too many codes were requested." in text_of(ask(Client(), "nobody@example.org"))


def test_flood_from_one_place_is_refused_with_a_page():
    for number in range(30):
        ask(Client(), f"nobody{number}@example.org", follow=False)

    page = ask(Client(), "nobody@example.org")

    assert page.status_code == 429
    assert "Too many attempts" in text_of(page)


def test_flood_is_counted_by_the_visitor_whom_the_proxy_names(settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1  # as PORTAL_BEHIND_PROXY sets it

    def ask_from(visitor, number):
        headers = {
            "X-Forwarded-For": f"198.51.100.{number}, {visitor}"
        }  # the first word is the visitor's own
        return Client(headers=headers).post(LOGIN, {"login": f"nobody{number}@example.org"}).status_code

    flood = [ask_from("192.0.2.1", number) for number in range(31)]

    assert flood[-1] == 429
    assert ask_from("192.0.2.2", 40) == 302


@pytest.mark.parametrize("address", ["", "no address", "a@b", "a@example.org\0"])
def test_what_is_no_address_is_said_to_be_none(client, address):
    page = ask(client, address)

    assert page.redirect_chain == []
    assert "is-invalid" in page.content.decode()
    assert mail.outbox == []


def test_nobody_can_sign_up(client):
    assert client.get("/account/signup/").status_code == 404
    assert client.get("/account/password/reset/").status_code == 404
    assert client.get("/account/email/").status_code == 404


def test_organizer_made_in_the_admin_signs_in_by_code(client):
    organizer = make_organizer(program=make_program(), email="Office@Example.org")

    login = client.get("/admin/")
    assert client.get(login.url).url == "/account/login/?next=%2Fadmin%2F"
    ask(client, "office@example.org")
    response = enter(client, code(), follow=False)

    assert response.url == "/account/welcome/"
    assert client.get("/account/welcome/").url == "/admin/"
    assert EmailAddress.objects.get(user=organizer).verified


def test_password_opens_nothing(client):
    make_user("boss", is_superuser=True, email="boss@example.org", password="correct horse")

    ask(client, "boss@example.org", password="correct horse")

    assert "_auth_user_id" not in client.session


def test_mail_says_what_to_do_and_what_not(client, person):
    ask(client, "person@example.org")

    message = mail.outbox[0]
    assert message.subject == f"{code()} is your code to sign in"
    assert "valid for 15 minutes and works once" in message.body
    assert "Never give it to anyone." in message.body


def test_signing_in_ends_after_thirty_days(client, person):
    ask(client, "person@example.org")

    response = enter(client, code(), follow=False)

    assert response.cookies["sessionid"]["max-age"] == 30 * 24 * 60 * 60
    assert response.cookies["sessionid"]["httponly"]


def test_signing_out_everywhere_else(person):
    telephone, computer = Client(HTTP_USER_AGENT="Chrome Android"), Client(HTTP_USER_AGENT="Firefox Windows")
    for client in (telephone, computer):
        ask(client, "person@example.org")
        enter(client, code())
    page = text_of(computer.get("/account/sessions/"))
    assert "Chrome, Android" in page
    assert "Firefox, Windows · this one" in page

    computer.post("/account/sessions/")

    assert telephone.get("/account/welcome/").url.startswith(LOGIN)
    assert computer.get("/account/welcome/").url == "/ikm-2018/me/"


def test_withdrawn_person_is_not_let_into_the_program(client, person):
    person.status = "withdrawn"
    person.save()
    ask(client, "person@example.org")
    welcome = enter(client, code())

    assert "you are not a participant of any program" in text_of(welcome)
    assert client.get("/ikm-2018/me/").status_code == 404
    assert client.get("/ikm-2018/me/profile/").status_code == 404


def test_person_of_two_programs_that_run_chooses(client, person, set_clock):
    other = make_program(slug="other", short_title="Other program")
    make_participant(other, email="person@example.org", user=True)
    set_clock(at(20, "10:00", person.program.tz))
    client.force_login(person.user)

    page = client.get("/account/welcome/")

    assert re.findall(r'href="(/[a-z0-9-]+/me/)"', page.content.decode()) == ["/ikm-2018/me/", "/other/me/"]


def test_messages_of_sign_in_say_nothing_twice(client, person):
    page = ask(client, "person@example.org")

    assert list(get_messages(page.wsgi_request)) == []


def test_ended_sign_ins_are_forgotten_by_the_daily_command(person, capsys):
    here, ended = Client(), Client()
    for client in (here, ended):
        ask(client, "person@example.org")
        enter(client, code())
    Session.objects.filter(pk=ended.session.session_key).update(expire_date=timezone.now())

    call_command("delete_expired")

    assert "ended sign-ins: 1 forgotten" in capsys.readouterr().out
    assert UserSession.objects.get().session_key == here.session.session_key
    assert Session.objects.get().session_key == here.session.session_key
