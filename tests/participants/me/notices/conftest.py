from datetime import timedelta

import pytest

from tests.makers import at, make_group, make_item, make_program, make_release, make_venue
from tests.participants.people.makers import make_participant


@pytest.fixture
def now(set_clock):
    """Tuesday 24 July, 09:00; ``now(minutes)`` sets the clock to so much later."""
    program = make_program()
    begin = at(24, "09:00", program.tz)

    def go_on(minutes=0):
        set_clock(begin + timedelta(minutes=minutes))
        return program

    go_on()
    return go_on


@pytest.fixture
def program(now):
    return now()


@pytest.fixture
def items(program):
    a, b = make_group(program, "A"), make_group(program, "B")
    found = {
        "bus": make_item(program, "Bus", "13:00", "13:40", kind="travel", venue=make_venue(program, "Gate")),
        "a": make_item(program, "Workshop", groups=[a]),
        "b": make_item(program, "Laboratory", groups=[b]),
    }
    make_release(program)
    return found


@pytest.fixture
def people(program, items):
    """One participant of each group, and one without."""
    return {
        name: make_participant(program, name=f"Sample {name}", group=program.groups.filter(name=name).first())
        for name in ("A", "B", "none")
    }
