import pytest

from tests.browser.state import signed_in
from tests.makers import at
from tests.participants.people.makers import make_participant

from .page import ME


@pytest.fixture
def program(demo, set_clock):
    """The program of the demo, on Tuesday 24 July at 10:52."""
    set_clock(at(24, "10:52", demo.tz))
    return demo


@pytest.fixture
def me(program):
    return make_participant(program, user=True, group=program.groups.get(name="B"), seen_release=1)


@pytest.fixture
def open_me(me, visit):
    """Opens My schedule of a signed-in participant of group B; its clock stands until it is moved on."""

    def open_page(address=ME, **options):
        page = visit("about:blank", storage_state=signed_in(me.user), **options)
        page.clock.install()
        page.goto(address)
        return page

    return open_page
