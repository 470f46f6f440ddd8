"""The steps of sign-in by code, as a person takes them."""

import re

from django.core import mail

LOGIN = "/account/login/"
CONFIRM = "/account/login/code/confirm/"


def ask(client, address, follow=True, **data):
    return client.post(LOGIN, {"login": address} | data, follow=follow)


def code():
    """The code of the newest mail, as it stands in it."""
    return re.search(r"^[0-9]{4}-[0-9]{4}$", mail.outbox[-1].body, re.MULTILINE).group()


def enter(client, text, follow=True, **data):
    return client.post(CONFIRM, {"code": text} | data, follow=follow)


def text_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())
