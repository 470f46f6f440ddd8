import argparse
import errno
import os
import socket
import subprocess
import sys
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.utils import timezone
from django.utils.formats import date_format

from participants.demo import load_people
from program import clock
from program.demo import accounts, loader

HOST = "127.0.0.1"
TUESDAY_MORNING = "2018-07-24 09:30"


class Command(BaseCommand):
    help = "Load the 2018 program with sample people and serve it, as in earnest, on this machine."

    def add_arguments(self, parser):
        parser.add_argument("--port", type=int, default=8000, help="default: %(default)s")
        parser.add_argument(
            "--at",
            metavar='"YYYY-MM-DD HH:MM"',
            default=TUESDAY_MORNING,
            help="where the demo's clock starts, in the program's time zone; default: %(default)s",
        )
        parser.add_argument("--real-time", action="store_true", help="leave the clock at the real time")
        # The command starts itself a second time, because settings are read only once; this says it did.
        parser.add_argument("--prepared", action="store_true", help=argparse.SUPPRESS)

    def handle(self, *, port, at, real_time, prepared, **options):
        if prepared:
            self.prepare_data()
            self.say_where_to_look(port)
            # Ends with the server, which takes this process's place.
            subprocess.Popen([sys.executable, sys.argv[0], "send_mails", "--loop"])
            # Signals, such as Ctrl-C, then reach the server directly.
            run_instead(server_command("program.wsgi", port))
        offset = timedelta(0) if real_time else offset_to(at)
        check_port_is_free(port)
        os.environ.update(demo_environment(offset))
        run_instead([sys.executable, sys.argv[0], "demo", "--prepared", "--port", str(port)])

    def prepare_data(self):
        """Bring database and static files up to date, and load what is missing: nothing the second time."""
        self.stdout.write("Preparing the demo; the first time this takes a few seconds more.")
        self.stdout.flush()
        call_command("migrate", interactive=False, verbosity=0)
        if accounts.is_foreign():
            raise CommandError(
                "This database belongs to a portal in use: the demo does not touch it. "
                "Set PORTAL_DATA_DIR to an empty folder, and leave DATABASE_URL unset."
            )
        call_command("collectstatic", interactive=False, verbosity=0)
        load_people(loader.load(by=accounts.make_accounts()))

    def say_where_to_look(self, port):
        site = f"http://{HOST}:{port}/"
        now = timezone.localtime(clock.now(), program_zone())
        lines = [
            "",
            f"  The program      {site}",
            f"  in Indonesian    {site}id/",
            f"  The admin        {site}admin/",
            f"  Sign in          {site}account/login/",
            "",
            "  The sign-in page lets you look around as a participant, as staff or as an organizer.",
            "  Or sign in as they do, as participant-05@example.org: the mail with the code is",
            f"  printed here, and kept in {settings.DATA_DIR / 'outbox'}.",
            f"  The portal's clock shows {date_format(now, 'l j F Y, H:i')} {now.tzname()} and runs on.",
            f"  Everything is kept in {settings.DATA_DIR}. Ctrl-C stops the server.",
            "",
        ]
        self.stdout.write("\n".join(lines))
        self.stdout.flush()


def program_zone():
    return ZoneInfo(loader.facts()["program"]["timezone"])


def offset_to(text):
    """From now to the moment ``text`` says in the program's zone. Raises CommandError when it says none."""
    try:
        moment = datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=program_zone())
    except ValueError:
        raise CommandError(
            f'--at must be a day and a time such as "{TUESDAY_MORNING}", not "{text}".'
        ) from None
    return moment - timezone.now()


def check_port_is_free(port):
    """Raise CommandError when nothing can be served at ``port``."""
    if not 1 <= port <= 65535:
        raise CommandError(f"--port must be between 1 and 65535, not {port}.")
    with socket.socket() as probe:
        # As the server binds: a port whose last connections are only just closed counts as free.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            in_use = error.errno == errno.EADDRINUSE
            reason = "is in use: stop the program there, or" if in_use else "may not be used here:"
            raise CommandError(f"Port {port} {reason} choose another with --port.") from None


def demo_environment(offset):
    """The settings of production, with the demo's clock, on a machine without HTTPS."""
    return {
        "PORTAL_DATA_DIR": str(settings.DATA_DIR),
        "DEBUG": "False",
        "PORTAL_DEMO": "True",
        "PORTAL_HTTPS": "False",
        "PORTAL_CLOCK_OFFSET": str(round(offset.total_seconds())),
    }


def server_command(application, port):
    """The words that start the WSGI server for ``application`` at ``port``."""
    return [
        *(sys.executable, "-m", "gunicorn", application, "--bind", f"{HOST}:{port}"),
        *("--chdir", str(settings.BASE_DIR), "--no-control-socket", "--log-level", "warning"),
        *("--workers", "2", "--threads", "4"),
    ]


def run_instead(command):
    """Go on as ``command`` in this process's place."""
    connections.close_all()
    os.execv(command[0], command)
