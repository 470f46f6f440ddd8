import pytest

from program import clock
from program.agenda.kinds import Kind
from tests.makers import at, make_group, make_item, make_organizer, make_program, make_release, make_venue

from .attendance.attending import Clock, make_staff
from .me.my_schedule import ME
from .people.makers import make_participant


@pytest.fixture
def program():
    return make_program()


@pytest.fixture
def organizer(client):
    """Signed in."""
    user = make_organizer(first_name="Sample", last_name="Organizer", email="office@example.org")
    client.force_login(user)
    return user


@pytest.fixture
def visit_day(program):
    """Tuesday 24 July: a bus, a visit in two turns, a bus back; a session the next morning."""
    hotel, there = make_venue(program, "Hotel"), make_venue(program, "Institute")
    a, b = make_group(program, "A"), make_group(program, "B")
    out = {"kind": Kind.TRAVEL, "vehicle": "Bus 2", "venue": hotel, "destination": there}
    back = out | {"venue": there, "destination": hotel}
    return {
        "out": make_item(program, "Bus out", "08:00", "08:40", meeting_point="Lobby", **out),
        "a": make_item(program, "Workshop", groups=[a], venue=there, dress="Aprons"),
        "b": make_item(program, "Laboratory", groups=[b], venue=there, bring="Your badge"),
        "back": make_item(program, "Bus back", "13:00", "13:40", meeting_point="Gate", **back),
        "last": make_item(program, "Closing session", "09:00", "10:00", day=30, kind=Kind.SESSION),
    }


@pytest.fixture
def me(client, program, visit_day):
    """A signed-in participant of group B who has seen the current release."""
    make_release(program)
    person = make_participant(program, user=True, group=program.groups.get(name="B"), seen_release=1)
    client.force_login(person.user)
    return person


@pytest.fixture
def open_me_at(client, set_clock, program):
    """Call with a clock time of 24 July, or of the day ``on``: My schedule as it is then."""

    def open_page(clock, on=24, path=ME, **headers):
        set_clock(at(on, clock, program.tz))
        return client.get(path, headers=headers)

    return open_page


@pytest.fixture
def morning(monkeypatch, program):
    """Tuesday 24 July, 10:05; the clock runs on."""
    running = Clock(at(24, "10:05", program.tz))
    monkeypatch.setattr(clock, "now", running)
    return running


@pytest.fixture
def staff(client):
    user = make_staff()
    client.force_login(user)
    return user
