"""Attendance under load: ``python tests/bench/marks.py``.

Sixteen phones mark at the demo's server (SQLite, two workers), each its next person as soon as the last mark
is acknowledged; each mark changes a state. What was acknowledged is then looked for in the database.
"""

import json
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from itertools import product
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

CLIENTS = 16
MARKS = 3200
STATES = ("present", "late", "excused", "sick", "absent")


def measure():
    """Marks a second, the slowest of a hundred and the server's CPU for each in milliseconds, and how many
    were refused, lost or doubled."""
    from tests.bench.servers import served_demo, sign_in

    with served_demo() as portal:
        from participants.models import Attendance, Participant
        from program.models import AgendaItem

        items = list(AgendaItem.objects.filter(groups=None).order_by("pk").values_list("pk", flat=True))
        people = list(Participant.objects.order_by("pk").values_list("pk", flat=True))
        pairs = list(product(items, people))
        # A pair comes again with another state.
        marks = [(*pair, state) for state in STATES for pair in pairs][:MARKS]
        order = {"cookie": sign_in(portal, "staff"), "port": portal.port, "marks": marks}
        _client("200", order)  # warms the server up
        before = portal.cpu_seconds()
        told = json.loads(_client(str(MARKS), order))
        cpu = (portal.cpu_seconds() - before) / MARKS * 1000
        kept = set(Attendance.history.values_list("item", "participant", "state"))
        lost = len({tuple(mark) for mark in told.pop("acknowledged")} - kept)
        doubled = Attendance.objects.count() - len({(item, person) for item, person, _s in marks})
        return told | {"cpu": cpu, "lost": lost, "doubled": doubled}


def _client(count, order):
    """A process of its own, so that its work is in nobody's figures but the machine's."""
    return subprocess.run(
        [sys.executable, __file__, "--work", count], input=json.dumps(order).encode(), check=True, stdout=-1
    ).stdout


def work(count):
    order = json.load(sys.stdin)
    marks = [tuple(mark) for mark in order["marks"]]
    # The warm-up's marks, from the end, are none of those that are measured first.
    marks = marks[-count:] if count < len(marks) else marks
    begin = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        answers = [pool.submit(_mark_all, order, marks[n::CLIENTS]) for n in range(CLIENTS)]
        took = sorted(second for answer in answers for second, _mark in answer.result()[0])
    acknowledged = [mark for answer in answers for _second, mark in answer.result()[0]]
    told = {
        "rate": len(acknowledged) / (time.perf_counter() - begin),
        "slow": took[int(len(took) * 0.99)] * 1000,
        "refused": sum(answer.result()[1] for answer in answers),
        "acknowledged": acknowledged,
    }
    sys.stdout.write(json.dumps(told))


def _mark_all(order, marks):
    """[(seconds, mark)] of those acknowledged, and how many were refused."""
    token = order["cookie"].partition("csrftoken=")[2].partition(";")[0]
    headers = {
        "Cookie": order["cookie"],
        "X-CSRFToken": token,
        "Accept": "application/json",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    phone = HTTPConnection("127.0.0.1", order["port"], timeout=60)
    acknowledged, refused = [], 0
    for item, person, state in marks:
        begin = time.perf_counter()
        # Asked and answered: the items of the demo are of another day.
        body = urlencode({"participant": person, "state": state, "other_day": "yes"})
        phone.request("POST", f"/ikm-2018/attendance/{item}/mark/", body, headers)
        answer = phone.getresponse()
        answer.read()
        if answer.status == 200:
            acknowledged.append((time.perf_counter() - begin, (item, person, state)))
        else:
            refused += 1
    phone.close()
    return acknowledged, refused


def row(told):
    return (
        f"Marks from {CLIENTS} phones, SQLite, 2 workers: {told['rate']:.0f} a second, 99 of 100 within "
        f"{told['slow']:.0f} ms, {told['cpu']:.1f} ms of CPU each, "
        f"{told['refused']} refused, {told['lost']} lost, {told['doubled']} doubled"
    )


if __name__ == "__main__":
    if "--work" in sys.argv:
        work(int(sys.argv[-1]))
    else:
        sys.stdout.write(f"{row(measure())}\n")
