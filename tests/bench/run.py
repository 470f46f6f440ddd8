"""How the portal does beside a bare Django view under the same server: ``python tests/bench/run.py``.

Serves the demo from a folder of its own with two workers, and beside it a view that returns a string.
The two are asked in turns, so that whatever else the machine does strikes both. Once with the demo's one
program in the database, once with 1,000. Takes about two minutes.
"""

import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from tests.bench.first_visit import first_visit  # noqa: E402
from tests.bench.servers import running, served_demo, sign_in  # noqa: E402

ROUNDS = 5
SECONDS = 1  # about how long one measurement takes
MANY_PROGRAMS = 1000
# Pages that are measured signed in: (username, the role the demo lets one look around as).
SIGNED_IN = {
    "my schedule": ("participant-06@example.org", "participant-b"),
    "admin: agenda": ("organizer", "organizer"),
}


def main():
    with served_demo() as portal:
        from program.management.commands.demo import server_command

        cookies = {username: sign_in(portal, role) for username, role in SIGNED_IN.values()}
        with running(lambda port: server_command("tests.bench.bare", port)) as bare:
            table("1 program", portal, bare, cookies)
            add_programs(MANY_PROGRAMS - 1)
            table(f"{MANY_PROGRAMS:,} programs", portal, bare, cookies)
        visit(portal)
        say(f"\nPeak memory of a worker: {portal.peak_memory() / 1e6:.0f} MB")

    for name in ("people", "lists", "marks", "board"):  # each in a process and a folder of its own
        say("")
        subprocess.run([sys.executable, ROOT / "tests" / "bench" / f"{name}.py"], check=True)


def pages():
    """name: path, of the pages that are measured."""
    from program.models import AgendaItem

    item = AgendaItem.objects.filter(program__slug="ikm-2018", kind="workshop").first()
    return {
        "home": "/ikm-2018/",
        "agenda": "/ikm-2018/agenda/",
        "a day": "/ikm-2018/agenda/2018-07-24/",
        "an item": f"/ikm-2018/agenda/{item.pk}/",
        "my schedule": "/ikm-2018/me/",
        "admin: agenda": "/admin/program/agendaitem/?day=",
    }


def table(title, portal, bare, cookies):
    say(f"\nWith {title} in the database\n")
    say(
        f"{'':14}{'req/s':>8}{'of bare':>9}{'CPU ms':>9}{'x bare':>8}{'bytes':>9}{'gzipped':>9}"
        f"{'queries':>9}{'when kept':>11}"
    )
    for name, path in pages().items():
        username, _role = SIGNED_IN.get(name, ("", ""))
        own_cookie = cookies.get(username, "")
        rate, of_bare, cpu, times_bare = measure(portal, bare, path, own_cookie)
        first, kept = queries(path, username)
        plain, zipped = (size(portal, path, own_cookie, coding) for coding in ("identity", "gzip"))
        say(
            f"{name:14}{rate:8.0f}{of_bare:9.3f}{cpu * 1000:9.2f}{times_bare:8.2f}"
            f"{plain:9,}{zipped:9,}{first:9}{kept:11}"
        )


def measure(portal, bare, path, cookie):
    """Of ``path``: rate, that rate as part of the bare view's, CPU seconds, and how many times the bare
    view's CPU. Each is the median of some rounds, in which the two take turns."""
    count, bare_count = enough(portal, path, cookie), enough(bare, "/", "")
    rounds = []
    for _round in range(ROUNDS):
        rate, cpu = portal.measure(path, count, cookie)
        bare_rate, bare_cpu = bare.measure("/", bare_count)
        rounds.append((rate, rate / bare_rate, cpu, cpu / bare_cpu))
    return [median(column) for column in zip(*rounds, strict=True)]


def enough(server, path, cookie):
    """How many requests to ``path`` take some SECONDS; asks a few, which also warms the server up."""
    rate, _cpu = server.measure(path, 40, cookie)
    return max(40, round(rate * SECONDS))


def queries(path, username):
    """How many queries a page costs when it is made, and when it is asked for again."""
    from django.contrib.auth.models import User
    from django.core.cache import caches
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    from program.publishing import releases

    caches["pages"].clear()
    releases.load.cache_clear()
    client = Client(SERVER_NAME="127.0.0.1")
    if username:
        client.force_login(User.objects.get(username=username))
    counts = []
    for _time in range(2):
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        counts.append(len(captured))
    return counts


def size(server, path, cookie, coding):
    connection = HTTPConnection("127.0.0.1", server.port)
    connection.request("GET", path, headers={"Accept-Encoding": coding, "Cookie": cookie})
    body = connection.getresponse().read()
    connection.close()
    return len(body)


def add_programs(count):
    """Further editions, each with as many items as the demo and a release of its own."""
    from datetime import timedelta

    from program.models import AgendaItem, Program, Release

    original = Program.objects.get(slug="ikm-2018")
    release = original.releases.first()
    programs = Program.objects.bulk_create(
        Program(
            slug=f"edition-{number}",
            title=f"Edition {number}",
            short_title=f"Edition {number}",
            starts_on=original.starts_on - timedelta(weeks=number),
            ends_on=original.ends_on - timedelta(weeks=number),
            published=True,
        )
        for number in range(1, count + 1)
    )
    Release.objects.bulk_create(
        (
            Release(
                program=program,
                number=1,
                published_at=release.published_at,
                published_by=release.published_by,
                data=release.data,
            )
            for program in programs
        ),
        batch_size=50,
    )
    items = list(original.items.all())
    AgendaItem.objects.bulk_create(
        (
            AgendaItem(
                program=program,
                kind=item.kind,
                title=item.title,
                starts_at=item.starts_at + (program.starts_on - original.starts_on),
                ends_at=item.ends_at + (program.starts_on - original.starts_on),
            )
            for program in programs
            for item in items
        ),
        batch_size=5000,
    )


def visit(portal):
    files = first_visit(portal.port, "/ikm-2018/agenda/")
    say("\nFirst visit of the agenda, in bytes over the wire with the heads of the answers (gzip)\n")
    for path, wire in files:
        say(f"{wire:9,}  {path}")
    say(f"{sum(wire for _path, wire in files):9,}  in all, everything from this host")


def say(line):
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
