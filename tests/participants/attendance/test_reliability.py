"""What was acknowledged is kept: a real server is killed while many mark at once, and started again."""

import os
import signal
import subprocess
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from itertools import cycle, product
from threading import Event, Semaphore
from urllib.parse import urlencode, urlsplit

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client

from participants.models import Attendance
from program.management.commands.demo import server_command
from tests.bench.servers import ROOT, free_port, wait_for
from tests.makers import make_item, make_program, make_release
from tests.participants.people.makers import make_participant

from .attending import make_staff

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)
CLIENTS = 16
PEOPLE, ITEMS = 20, 30
KILLED_AFTER = (120, 240)  # acknowledged marks, since the start before
TOKEN = "c" * 32


def database_address():
    """The database of this test, as a server of its own is told it."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


@contextmanager
def server(port):
    """The portal's own server on this test's database; killed at the end with all its workers, at once."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "program.settings",
        "DATABASE_URL": database_address(),
        "PORTAL_DATA_DIR": str(settings.DATA_DIR),
        "SECRET_KEY": settings.SECRET_KEY,
        "PORTAL_HTTPS": "False",
        "EMAIL_URL": "dummymail://",
    }
    command = server_command("program.wsgi", port)
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, start_new_session=True, stderr=subprocess.DEVNULL
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/healthz", process)
        yield
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


class Phones:
    """Many who mark at once, each on a connection of their own; what gets no answer is sent again."""

    def __init__(self, port):
        self.port = port
        self.answered = Semaphore(0)
        self.server_runs = Event()

    def mark_all(self, cookie, marks):
        """Send ``marks``, (participant pk, item pk, state), in turn, each until it is acknowledged."""
        phone = HTTPConnection("127.0.0.1", self.port, timeout=30)
        for participant, item, state in marks:
            while not self._send(phone, cookie, participant, item, state):
                phone.close()
                assert self.server_runs.wait(90)
            self.answered.release()
        phone.close()

    def _send(self, phone, cookie, participant, item, state):
        headers = {
            "Cookie": f"sessionid={cookie}; csrftoken={TOKEN}",
            "X-CSRFToken": TOKEN,
            "Accept": "application/json",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        # The items are of 2018, and this server's clock is the real one.
        body = urlencode({"participant": participant, "state": state, "other_day": "yes"})
        try:
            phone.request("POST", f"/ikm-2018/attendance/{item}/mark/", body, headers)
            answer = phone.getresponse()
            told = answer.read()
        except (OSError, HTTPException):
            return False
        assert answer.status == 200, told
        return True

    def wait_for(self, count):
        for _n in range(count):
            assert self.answered.acquire(timeout=60)


def session_of(user):
    client = Client()
    client.force_login(user)
    return client.cookies["sessionid"].value


def test_every_acknowledged_mark_is_there_once_after_the_server_was_killed():
    program = make_program()
    people = [make_participant(program).pk for _n in range(PEOPLE)]
    items = [make_item(program, f"Item {n}").pk for n in range(ITEMS)]
    make_release(program)
    states = cycle(Attendance.State.values)
    marks = [(person, item, next(states)) for item, person in product(items, people)]
    port = free_port()
    phones = Phones(port)

    with ThreadPoolExecutor(CLIENTS) as pool:
        cookies = [session_of(make_staff(f"Staff {n}")) for n in range(CLIENTS)]
        sending = [pool.submit(phones.mark_all, c, marks[n::CLIENTS]) for n, c in enumerate(cookies)]
        for count in KILLED_AFTER:
            with server(port):
                phones.server_runs.set()
                phones.wait_for(count)
                phones.server_runs.clear()
        with server(port):
            phones.server_runs.set()
            for one in sending:
                one.result()

    kept = Attendance.objects.values_list("participant", "item", "state")
    assert sorted(kept) == sorted(marks)
    versions = Attendance.history.values_list("participant", "item", "state")
    assert sorted(versions) == sorted(marks)  # what was sent again was not written again
