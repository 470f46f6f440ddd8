"""What importing 500 people costs: ``python tests/bench/people.py``. A row of tests/bench/run.py as well.

The sheet is XLSX with all columns; it is read and looked at (the preview), then read and imported, as an
organizer does, in a process of its own whose peak memory is told.
"""

import json
import resource
import sys
import time
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

from tests.bench.servers import work_alone  # noqa: E402

PEOPLE = 500


def measure(people=PEOPLE):
    """Seconds of the preview and of the import, and megabytes: at rest and at the peak."""
    return work_alone(__file__, people)


def work(count):
    import django

    django.setup()
    from django.contrib.auth.models import User

    from participants.people.spreadsheets.imports import import_people, read_people, recognise
    from program.models import Group, Program
    from program.spreadsheets.files import read_spreadsheet

    organizer = User.objects.create_user("organizer")
    program = Program.objects.create(
        slug="bench", title="Bench", short_title="Bench", starts_on="2018-07-18", ends_on="2018-07-30"
    )
    for name in "AB":
        Group.objects.create(program=program, name=name)
    data = sheet(count)
    told = {"rest": peak()}
    steps = {"preview": read_people, "import": partial(import_people, by=organizer)}
    for name, step in steps.items():
        start = time.perf_counter()
        report = step(program, recognise(read_spreadsheet(data)))
        told[name] = time.perf_counter() - start
        assert len(report.new) == count
    assert program.participants.count() == count
    sys.stdout.write(json.dumps(told | {"peak": peak()}))


def sheet(count):
    from participants.people.spreadsheets.columns import COLUMNS
    from program.spreadsheets.writing import as_xlsx

    row = (
        *("Sample Person", "Sample", "နမူနာ ပါဝင်သူ", "Myanmar", "Sample Institution", "Sample Position"),
        *("+95 1 234 567", "A", "accepted", "halal", "", "101"),
    )
    heads = [str(head) for head in COLUMNS.values()]
    return as_xlsx([("People", [heads, *([f"person-{n}@example.org", *row] for n in range(count))])])


def peak():
    """The most memory this process ever held, in megabytes (Linux counts in kilobytes, macOS in bytes)."""
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return held / (1e6 if sys.platform == "darwin" else 1e3)


def row(told):
    return (
        f"Import of {PEOPLE} people from XLSX: preview {told['preview']:.2f} s, "
        f"import {told['import']:.2f} s, peak memory {told['peak']:.0f} MB ({told['rest']:.0f} MB at rest)"
    )


if __name__ == "__main__":
    if "--work" in sys.argv:
        work(int(sys.argv[-1]))
    else:
        sys.stdout.write(f"{row(measure())}\n")
