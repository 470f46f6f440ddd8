import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import CommandError

from program.demo import accounts
from program.management.commands import demo
from tests.makers import make_user


class Started(Exception):
    """In place of becoming another program."""


@pytest.fixture
def run(monkeypatch):
    """Call the command until it would become another program; return that one's words and settings."""

    def run_demo(*arguments):
        def remember(command):
            raise Started(command)

        monkeypatch.setattr(demo, "run_instead", remember)
        monkeypatch.setattr(os, "environ", dict(os.environ))
        with pytest.raises(Started) as started:
            call_command("demo", *arguments)
        return started.value.args[0], os.environ

    return run_demo


@pytest.fixture
def free_port():
    with socket.socket() as probe:
        probe.bind((demo.HOST, 0))
        return probe.getsockname()[1]


def test_clock_stands_at_tuesday_morning_by_default(run, free_port):
    command, environment = run("--port", str(free_port))

    moment = datetime.now(ZoneInfo("Asia/Jakarta")) + timedelta(
        seconds=int(environment["PORTAL_CLOCK_OFFSET"])
    )
    assert abs(moment - datetime(2018, 7, 24, 9, 30, tzinfo=moment.tzinfo)) < timedelta(seconds=30)
    assert command[-4:] == ["demo", "--prepared", "--port", str(free_port)]


def test_settings_are_those_of_production_and_of_the_demo(run, free_port):
    _command, environment = run("--port", str(free_port), "--real-time")

    wanted = {"DEBUG": "False", "PORTAL_DEMO": "True", "PORTAL_HTTPS": "False", "PORTAL_CLOCK_OFFSET": "0"}
    assert {name: environment[name] for name in wanted} == wanted


@pytest.mark.parametrize("text", ["tomorrow", "2018-07-24", "2018-02-30 09:30", "24-07-2018 09:30", ""])
def test_moment_that_is_none_is_refused_in_one_sentence(text, free_port):
    with pytest.raises(CommandError, match=re.escape(f'"2018-07-24 09:30", not "{text}".')) as refused:
        call_command("demo", "--port", str(free_port), "--at", text)

    assert refused.value.returncode == 1


def test_port_in_use_is_said_before_anything_changes(db):
    with socket.create_server((demo.HOST, 0)) as server:
        port = server.getsockname()[1]
        with pytest.raises(CommandError, match=f"Port {port} is in use") as refused:
            call_command("demo", "--port", str(port))

    assert refused.value.returncode == 1
    assert not User.objects.exists()


@pytest.mark.parametrize("port", ["0", "65536"])
def test_port_that_cannot_be_is_refused(port):
    with pytest.raises(CommandError, match="between 1 and 65535"):
        call_command("demo", "--port", port)


def test_accounts_are_an_organizer_and_a_staff_without_password(db):
    organizer = accounts.make_accounts()

    staff = User.objects.get(username="staff")
    assert (organizer.username, staff.username) == ("organizer", "staff")
    assert not any(user.has_usable_password() or user.is_superuser for user in (organizer, staff))
    assert all(
        user.email.endswith("@example.org") and user.first_name == "Sample" for user in (organizer, staff)
    )


def test_accounts_made_again_stay_as_they_were_edited(db):
    organizer = accounts.make_accounts()
    organizer.last_name = "Edited"
    organizer.save()

    again = accounts.make_accounts()

    assert (again.last_name, User.objects.count()) == ("Edited", 2)


def test_database_of_a_real_portal_is_not_touched(db):
    make_user("somebody")

    with pytest.raises(CommandError, match="belongs to a portal in use"):
        call_command("demo", "--prepared")

    assert list(User.objects.values_list("username", flat=True)) == ["somebody"]


def test_demo_serves_the_portal_until_it_is_interrupted(tmp_path, free_port):
    environment = {**os.environ, "PORTAL_DATA_DIR": str(tmp_path)}
    for name in ("DJANGO_SETTINGS_MODULE", "DATABASE_URL"):  # the tests' own
        environment.pop(name, None)
    command = [sys.executable, settings.BASE_DIR / "manage.py", "demo", "--port", str(free_port)]
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            pages = [
                wait_for(free_port, path, process) for path in ("/healthz", "/", "/id/", "/account/login/")
            ]
        finally:
            process.send_signal(2)
            # To the end of the output, which the sender of mails shares: it ends with the server.
            said, _ = process.communicate(timeout=20)

    assert "Capacity Building Program" in pages[1]
    assert "Program Peningkatan Kapasitas" in pages[2]
    assert "look around without a code" in pages[3]
    assert f"http://127.0.0.1:{free_port}/" in said
    assert "Tuesday 24 July 2018, 09:30 WIB" in said
    assert f"http://127.0.0.1:{free_port}/account/login/" in said
    assert process.returncode == 0


def wait_for(port, path, process, seconds=60):
    """The text at ``path``, asked for until the server answers."""
    end = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(f"http://{demo.HOST}:{port}{path}", timeout=5) as answer:
                return answer.read().decode()
        except urllib.error.HTTPError:  # it answers, and with an error
            raise
        except OSError:
            if process.poll() is not None or time.monotonic() > end:
                raise
            time.sleep(0.1)
