import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def forget_language():
    """A page in Indonesian would leave its language to the next test of the thread."""
    yield
    translation.deactivate()
