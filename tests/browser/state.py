"""Signing a person in without the sign-in page, for tests that are about something else."""

from django.test import Client

from participants.accounts.readers import readers_of


def signed_in(user):
    """The state of a browser in which ``user`` is signed in."""
    client = Client()
    client.force_login(user)
    return {
        "cookies": [
            _cookie("sessionid", client.cookies["sessionid"].value),
            _cookie("reader", readers_of(user)),
        ],
        "origins": [],
    }


def _cookie(name, value):
    options = {"expires": -1, "httpOnly": True, "secure": False, "sameSite": "Lax"}
    return {"name": name, "value": value, "domain": "localhost", "path": "/"} | options
