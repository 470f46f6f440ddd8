"""The demo's team: an organizer and a member of staff. Neither is real, and their names say so.

They have no password: they sign in with a code, as everybody does, or look around without one.
"""

from django.contrib.auth.models import User
from django.db import transaction


def is_foreign():
    """Whether the database holds people, and not those of the demo: then it is someone's real portal."""
    return User.objects.exists() and not User.objects.filter(email="organizer@example.org").exists()


@transaction.atomic
def make_accounts():
    """Make those of the two that are missing and return the organizer."""
    _make("staff", "Staff")
    return _make("organizer", "Organizer")


def _make(username, last_name):
    user = User.objects.filter(username=username).first()
    return user or User.objects.create_user(
        username, f"{username}@example.org", first_name="Sample", last_name=last_name
    )
