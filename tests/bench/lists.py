"""What printing costs: ``python tests/bench/lists.py``. A row of tests/bench/run.py as well.

The demo's program and people, in a process of its own; each list is asked for as a member of staff does, from
the request to the last byte of the PDF. Told is the peak memory of the worker, and of the process that sets
documents of many pages and ends with each.
"""

import json
import resource
import sys
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from tests.bench.servers import work_alone  # noqa: E402

PEOPLE = 500
ROUNDS = 5


def measure(people=PEOPLE):
    """Seconds, pages and megabytes at the peak: of one list, of the whole program's, and of ``people``."""
    return work_alone(__file__, people)


def work(count):
    import django

    django.setup()
    from django.contrib.auth.models import User
    from django.test import Client

    from participants.demo import load_people
    from participants.models import Participant
    from program.demo import accounts, loader

    program = loader.load(by=accounts.make_accounts())
    load_people(program)
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.get(username="staff"))
    item = program.items.filter(kind="workshop", groups=None).first()
    one, lists = f"/{program.slug}/attendance/{item.pk}/list.pdf", f"/{program.slug}/attendance/lists.pdf"
    told = {
        "first": printed(client, one, 1),
        "one": printed(client, one),
        "program": printed(client, lists, 3),
        "main": printed(client, f"{lists}?main=on"),
    }
    Participant.objects.bulk_create(
        Participant(
            program=program,
            name=f"Sample Person {number:03}",
            own_script_name="နမူနာ ပါဝင်သူ",
            email=f"person-{number}@example.org",
            country="MM",
            institution="Sample Institution",
            status=Participant.Status.CONFIRMED,
        )
        for number in range(count - program.participants.count())
    )
    told["people"] = printed(client, one)
    sys.stdout.write(json.dumps(told))


def printed(client, path, rounds=ROUNDS):
    from io import BytesIO

    from pypdf import PdfReader

    seconds = []
    for _round in range(rounds):
        start = time.perf_counter()
        response = client.get(path)
        seconds.append(time.perf_counter() - start)
    pages = len(PdfReader(BytesIO(response.content)).pages)
    return {
        "seconds": median(seconds),
        "pages": pages,
        "peak": peak(),
        "apart": peak(resource.RUSAGE_CHILDREN),
    }


def peak(whose=resource.RUSAGE_SELF):
    """The most memory this process, or one of its children, ever held, in megabytes."""
    held = resource.getrusage(whose).ru_maxrss  # Linux counts in kilobytes, macOS in bytes
    return held / (1e6 if sys.platform == "darwin" else 1e3)


def row(told):
    def say(name):
        return "{seconds:.2f} s, {pages} pages, {peak:.0f} MB, apart {apart:.0f} MB".format(**told[name])

    return (
        f"Lists as PDF, with peak memory of a worker and apart: one of 20 people {say('one')}"
        f" (the first {say('first')}); "
        f"the whole program's {say('program')}; without meals, breaks and transfers {say('main')}; "
        f"one of {PEOPLE} people {say('people')}"
    )


if __name__ == "__main__":
    if "--work" in sys.argv:
        work(int(sys.argv[-1]))
    else:
        sys.stdout.write(f"{row(measure())}\n")
