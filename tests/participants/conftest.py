import pytest

from tests.makers import make_organizer, make_program


@pytest.fixture
def program():
    return make_program()


@pytest.fixture
def organizer(client):
    """Signed in."""
    user = make_organizer(first_name="Sample", last_name="Organizer", email="office@example.org")
    client.force_login(user)
    return user
