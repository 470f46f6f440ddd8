import pytest

from program import clock
from tests.browser.state import signed_in
from tests.makers import make_group, make_program
from tests.participants.attendance.attending import make_staff, published
from tests.participants.people.makers import make_participant

PEOPLE = (
    ("A" * 90, "", "NP"),
    ("Zoë Ñandú", "", "AT"),
    ("Sample of Afghanistan", "شرکت‌کنندهٔ نمونه", "AF"),
    ("Sample of Bhutan", "དཔེ་ཚད་བཅའ་མར་གཏོགས་མི་", "BT"),
    ("Sample of Myanmar", "နမူနာ ပါဝင်သူ", "MM"),
)


@pytest.fixture
def program():
    return make_program()


@pytest.fixture
def item(program):
    """A workshop that is on, for all of PEOPLE."""
    now = clock.now().astimezone(program.tz)
    program.starts_on = program.ends_on = now.date()
    program.save()
    group = make_group(program, "A")
    for name, own_script, country in PEOPLE:
        make_participant(
            program, name=name, own_script_name=own_script, country=country, group=group, phone="+62 000 0001"
        )
    start = now.replace(hour=0, minute=0)
    made = published(program, "Workshop", "00:00", "23:59", day=start.date(), kind="workshop", groups=[group])
    return made


@pytest.fixture
def staff():
    return signed_in(make_staff())
