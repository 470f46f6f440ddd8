"""Signing a person in without the sign-in page, for tests that are about something else."""

from django.test import Client


def signed_in(user):
    """The state of a browser in which ``user`` is signed in."""
    client = Client()
    client.force_login(user)
    cookie = {
        "name": "sessionid",
        "value": client.cookies["sessionid"].value,
        "domain": "localhost",
        "path": "/",
    }
    return {
        "cookies": [cookie | {"expires": -1, "httpOnly": True, "secure": False, "sameSite": "Lax"}],
        "origins": [],
    }
