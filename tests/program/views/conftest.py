import pytest

from tests.makers import make_program


@pytest.fixture
def program():
    return make_program()
