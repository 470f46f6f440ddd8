"""What tests of attendance need: an item of the current release, its people, and a member of staff."""

from datetime import UTC, timedelta

from django.test import Client

from participants.models import Attendance
from program.publishing import releases
from tests.makers import make_item, make_release, make_user
from tests.reading import Page

DAY = "/ikm-2018/attendance/"
JSON = {"HTTP_ACCEPT": "application/json"}


def make_staff(name="Sample Staff", **fields):
    first, _blank, last = name.partition(" ")
    return make_user(role="Staff", first_name=first, last_name=last, **fields)


def published(program, *args, **fields):
    """A made item, as the newest release has it."""
    made = make_item(program, *args, **fields)
    make_release(program)
    return releases.current(program).agenda.item(made.pk)


def states(item):
    """{name: state} of the records at ``item``."""
    return dict(Attendance.objects.filter(item_id=item.id).values_list("participant__name", "state"))


def history(item):
    """[(name, state, sign of the change)] of ``item``, in the order it was written."""
    rows = Attendance.history.filter(item_id=item.id).order_by("history_id")
    return list(rows.values_list("participant__name", "state", "history_type"))


class Clock:
    """Stands at a moment, and goes on a second each time it is asked; tells it in UTC as the real one."""

    def __init__(self, moment):
        self.moment = moment.astimezone(UTC)

    def __call__(self):
        self.moment += timedelta(seconds=1)
        return self.moment


# On the pages


def address(item, page=""):
    return f"{DAY}{item.id}/{page}"


def rows_of(response):
    """[(name, word)] of the rows of the page, in their order."""
    page = Page(response)
    rows = page.all("li", "one")
    return [(page.one("legend", within=r).text, page.one("span", "state", within=r).text) for r in rows]


def tap(client, item, person, state="present", **fields):
    data = {"participant": person.pk, "state": state, **fields}
    return client.post(address(item, "mark/"), data, **JSON)


def phone_of(user):
    client = Client()
    client.force_login(user)
    return client
