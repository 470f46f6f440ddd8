import pytest

from tests import test_access as access

from .elsewhere import make_elsewhere

world = access.world  # the fixture: one of everything of the own program


@pytest.fixture
def elsewhere(world):
    return make_elsewhere()
