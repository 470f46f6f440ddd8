from datetime import datetime

import pytest

from tests.makers import make_organizer, make_program


@pytest.fixture
def program():
    return make_program()


@pytest.fixture
def organizer(client, set_clock):
    """Signed in; it is 09:30 of Tuesday 24 July in Jakarta."""
    set_clock(datetime.fromisoformat("2018-07-24T09:30:00+07:00"))
    user = make_organizer(first_name="Sample", last_name="Organizer")
    client.force_login(user)
    return user
