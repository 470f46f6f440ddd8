import pytest

from tests.makers import make_group, make_program, make_release

from .makers import make_participant


@pytest.fixture
def person(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    program = make_program()
    make_release(program)
    return make_participant(
        program,
        email="person@example.org",
        user=True,
        country="BT",
        institution="Sample Institution",
        group=make_group(program, "A"),
    )


@pytest.fixture
def mine(client, person):
    client.force_login(person.user)
    return client
