"""What a move on the board costs: ``python tests/bench/board.py``. A row of tests/bench/run.py as well.

One organizer moves an item of the demo five minutes later and back; after each move the board asks for its
parts, with the conflicts found anew, and once more whether anything changed.
"""

import json
import sys
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(ROOT))

MOVES = 100
TIMES = (("10:00", "11:00"), ("10:05", "11:05"))


def measure():
    """Milliseconds of the server's CPU: of a move, of the parts after it, of asking when nothing changed."""
    from tests.bench.servers import served_demo, sign_in

    with served_demo() as portal:
        from program.models import AgendaItem

        item = AgendaItem.objects.filter(program__slug="ikm-2018", kind="workshop").first()
        day = item.starts_at.astimezone(item.program.tz).date()
        address = f"/admin/program/agendaitem/board/?program={item.program_id}&day={day}"
        cookie = sign_in(portal, "organizer")
        server = HTTPConnection("127.0.0.1", portal.port, timeout=60)
        version = item.version

        def move(number):
            nonlocal version
            start, end = TIMES[number % 2]
            row = {"item": item.pk, "version": version, "start": f"{day}T{start}", "end": f"{day}T{end}"}
            body = urlencode({"do": "place", "moves": json.dumps([row])})
            versions = json.loads(_ask(server, cookie, "POST", address, body))["versions"]
            version = versions.get(str(item.pk), version)

        def parts(_number):
            return _ask(server, cookie, "GET", f"{address}&since=")

        def costs(act):
            for number in range(4):  # both workers, warm
                act(number)
            before = portal.cpu_seconds()
            for number in range(MOVES):
                act(number)
            return (portal.cpu_seconds() - before) / MOVES * 1000

        moving, drawing = costs(move), costs(parts)
        signature = parts(0).decode().partition('data-signature="')[2].partition('"')[0]
        return moving, drawing, costs(lambda _n: _ask(server, cookie, "GET", f"{address}&since={signature}"))


def _ask(server, cookie, method, address, body=None):
    token = cookie.partition("csrftoken=")[2].partition(";")[0]
    headers = {"Cookie": cookie, "X-CSRFToken": token, "Accept": "application/json"}
    if body:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    server.request(method, address, body, headers)
    answer = server.getresponse()
    text = answer.read()
    assert answer.status in (200, 204), (answer.status, text[:200])
    return text


def row(told):
    moving, drawing, asking = told
    return (
        f"Board of a day, CPU of the server: {moving:.1f} ms for a move, {drawing:.1f} ms for the parts "
        f"after it, {asking:.1f} ms for asking when nothing changed"
    )


if __name__ == "__main__":
    sys.stdout.write(f"{row(measure())}\n")
