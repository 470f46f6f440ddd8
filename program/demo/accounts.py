"""The sample people of the demo. Nobody of them is real, and their names say so."""

import os

from django.contrib.auth.models import Group, User
from django.db import transaction
from django.utils.crypto import get_random_string

from ..countries import country_name
from .loader import facts

PARTICIPANTS_PER_COUNTRY = 2
# Letters and digits that are not taken for one another when copied by hand.
CLEAR_CHARACTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def password_in(folder):
    """The demo's password, kept in ``folder`` in a file only its owner can read; made on the first call."""
    path = folder / "demo-password"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        file.write("-".join(get_random_string(4, CLEAR_CHARACTERS) for _part in range(3)))
    return path.read_text()


def is_foreign():
    """Whether the database holds people, and not those of the demo: then it is somebody's real portal."""
    return User.objects.exists() and not User.objects.filter(email="organizer@example.org").exists()


@transaction.atomic
def make_accounts(password):
    """Make the sample people that are missing and return the organizer.

    Organizer and staff sign in to the admin with ``password``; participants have none.
    """
    organizer = _make("organizer", "Organizer", password, role="Organizers")
    _make("staff", "Staff", password, role="Staff")
    countries = facts()["countries_named"]["iso"]
    for number in range(len(countries) * PARTICIPANTS_PER_COUNTRY):
        country = country_name(countries[number // PARTICIPANTS_PER_COUNTRY])
        _make(f"participant-{number + 1:02}", f"Participant {number + 1} ({country})")
    return organizer


def _make(username, last_name, password=None, role=None):
    user = User.objects.filter(username=username).first()
    if user:
        return user
    user = User.objects.create_user(
        username,
        f"{username}@example.org",
        password,
        first_name="Sample",
        last_name=last_name,
        is_staff=bool(role),
    )
    if role:
        user.groups.add(Group.objects.get(name=role))
    return user
