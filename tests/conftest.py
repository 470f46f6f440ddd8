from datetime import UTC

import pytest
from django.core.cache import caches
from django.db.backends.base.creation import BaseDatabaseCreation
from django.utils import translation
from hypothesis import settings

from participants.outbox import mail
from participants.outbox import queue as outbox
from program import clock
from program.publishing import releases

from . import rows
from .makers import forget_users

# A busy machine is no reason to fail.
settings.register_profile("portal", deadline=None, database=None)
settings.load_profile("portal")

# What migrations filled in goes back as rows after each test that empties the tables: Django's own way,
# by way of JSON and of each model's save(), took a large part of the start of each browser test.
BaseDatabaseCreation.serialize_db_to_string = lambda creation: rows.all_rows()
BaseDatabaseCreation.deserialize_db_from_string = lambda creation, state: rows.restore(state)


@pytest.fixture(autouse=True)
def forget_pages():
    """Primary keys come again from test to test: what is kept under them must go."""
    releases.load.cache_clear()
    releases.last_changes.cache_clear()
    caches["pages"].clear()
    forget_users()


@pytest.fixture(autouse=True)
def forget_counts(request):
    """The cache's table is no model's: where a test does not run in a transaction, nobody else empties it."""
    marker = request.node.get_closest_marker("django_db")
    if marker and marker.kwargs.get("transaction"):
        request.getfixturevalue("transactional_db")
        caches["default"].clear()


@pytest.fixture(autouse=True)
def speak_english():
    """A page in Bahasa Indonesia leaves its language on in the thread, for the next test."""
    with translation.override("en"):
        yield


@pytest.fixture
def set_clock(monkeypatch):
    """Call with an aware moment: from then on the portal's clock stands there, in UTC as the real one."""

    def stand_at(moment):
        in_utc = moment.astimezone(UTC)
        monkeypatch.setattr(clock, "now", lambda: in_utc)

    return stand_at


@pytest.fixture(autouse=True)
def mail_at_once(monkeypatch):
    """The sign-in code, which goes in the background, goes before the page does: no test waits for one."""
    monkeypatch.setattr(mail, "send_soon", mail._send)


@pytest.fixture(autouse=True)
def mail_waits(monkeypatch):
    """Mails of the outbox go when a test calls send_due(), not from a thread that runs beside it."""
    monkeypatch.setattr(outbox, "_start_thread", lambda: None)
