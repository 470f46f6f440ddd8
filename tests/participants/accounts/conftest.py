import pytest

from tests.makers import make_program
from tests.participants.people.makers import make_participant


@pytest.fixture
def person():
    return make_participant(make_program(), email="person@example.org", user=True)
