import pytest

from program.models import Release
from tests.makers import make_program, make_release

pytestmark = pytest.mark.django_db


def test_current_release_is_the_newest_of_that_program():
    program, other = make_program(), make_program("other")
    make_release(program)
    newest = make_release(program)
    make_release(other)

    assert Release.objects.current_key("ikm-2018") == newest.key


def test_program_that_is_not_published_has_no_current_release():
    make_release(make_program(published=False))

    assert Release.objects.current_key("ikm-2018") is None


def test_program_without_release_or_unknown_has_no_current_release():
    make_program()

    assert Release.objects.current_key("ikm-2018") is None
    assert Release.objects.current_key("' OR 1=1 --") is None
