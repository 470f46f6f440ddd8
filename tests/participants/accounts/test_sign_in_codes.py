"""The code as a person types it: what is taken for one, how many tries there are, when and where it works."""

import re
import time

import pytest
from django.core import mail
from django.test import Client

from .signing_in import CONFIRM, LOGIN, ask, code, enter, text_of

pytestmark = pytest.mark.django_db


def test_wrong_code_says_how_many_tries_are_left(client, person):
    ask(client, "person@example.org")

    first = enter(client, "0000-0000")
    second = enter(client, "00000000")

    assert "This code is wrong." in text_of(first)
    assert "2 tries left." in text_of(first)
    assert "One try left." in text_of(second)
    assert "_auth_user_id" not in client.session


def test_page_after_a_wrong_code_can_be_gone_back_to(client, person):
    ask(client, "person@example.org")

    answer = client.post(CONFIRM, {"code": "0000-0000", "next": "/ikm-2018/agenda/"})

    assert answer.status_code == 302
    page = client.get(answer["Location"])
    assert "This code is wrong." in text_of(page) and "2 tries left." in text_of(page)
    assert 'name="next" value="/ikm-2018/agenda/"' in page.content.decode()


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ("", "Type the code from the mail."),
        ("is your code", "This contains no code. Type the eight digits from the mail."),
        ("4351-169", "This contains no code. Type the eight digits from the mail."),
    ],
)
def test_what_is_no_code_costs_no_try(client, person, sent, said):
    ask(client, "person@example.org")

    pages = [text_of(enter(client, sent)) for _time in range(4)]

    assert all(said in page and "left" not in page for page in pages)
    enter(client, code())
    assert "_auth_user_id" in client.session


def test_what_is_no_code_gives_no_more_tries(client, person):
    ask(client, "person@example.org")
    right = code()

    for sent in ("0000-0000", "x", "0000-0000", "", "0000-0000"):
        enter(client, sent)
    enter(client, right)

    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("zero", "۰٠໐০०၀๐༠０")
def test_code_is_taken_in_the_digits_of_ones_own_keyboard(client, person, zero):
    ask(client, "person@example.org")

    enter(client, "".join(chr(ord(zero) + int(c)) if c.isdigit() else c for c in code()))

    assert "_auth_user_id" in client.session


@pytest.mark.parametrize("language", ["", "/id"])
def test_line_and_mail_with_the_code_are_taken_whole(client, person, language):
    for part in ("subject", "body"):
        client.post(f"{language}{LOGIN}", {"login": "person@example.org"}, follow=True)
        assert language == "" or "kode masuk Anda" in mail.outbox[-1].subject
        client.post(f"{language}{CONFIRM}", {"code": getattr(mail.outbox[-1], part)}, follow=True)

        assert "_auth_user_id" in client.session, part
        client.post("/account/logout/")


def test_field_of_the_code_cuts_nothing_off(client, person):
    field = re.search(r"<input[^>]*name=\"code\"[^>]*>", ask(client, "person@example.org").content.decode())

    assert "maxlength" not in field.group()
    assert " autofocus" in field.group()
    assert 'inputmode="numeric"' in field.group()


def test_third_wrong_code_ends_the_attempt_and_says_so(client, person):
    ask(client, "person@example.org")
    right = code()

    for _try in range(2):
        enter(client, "0000-0000")
    last = enter(client, "0000-0000")
    after = enter(client, right)

    assert last.redirect_chain == [(LOGIN, 302)]
    assert "That was the third wrong try" in text_of(last)
    assert "_auth_user_id" not in client.session
    assert "has expired" in text_of(after)


def test_late_code_says_to_ask_for_a_new_one(client, person, monkeypatch):
    ask(client, "person@example.org")
    right = code()
    later = time.time() + 15 * 60 + 1
    monkeypatch.setattr("time.time", lambda: later)

    response = enter(client, right)

    assert response.redirect_chain[-1][0] == LOGIN
    assert "This code has expired: it was valid for 15 minutes. Ask for a new one." in text_of(response)
    assert "_auth_user_id" not in client.session


def test_code_works_once(client, person):
    ask(client, "person@example.org")
    right = code()
    enter(client, right)
    client.post("/account/logout/")

    enter(client, right)

    assert "_auth_user_id" not in client.session


def test_code_works_only_where_it_was_asked_for(client, person):
    ask(client, "person@example.org")

    enter(Client(), code())
    stranger = Client()
    ask(stranger, "nobody@example.org")
    enter(stranger, code())

    assert "_auth_user_id" not in stranger.session
