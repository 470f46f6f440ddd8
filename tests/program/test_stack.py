"""Calls of a request find memory at hand, however deep they are nested."""

import pytest

from program.stack import with_room

resource = pytest.importorskip("resource")
CALLS = 3_000


def leaf():
    return None


def run(depth, _start_response=None):
    """Many calls at one depth, as a template's loop makes them. How often memory was asked for."""
    if depth:
        return run(depth - 1)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for _call in range(CALLS):
        leaf()
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


def test_no_depth_of_calls_asks_for_memory_again_and_again():
    depths = range(400)

    assert max(with_room(run)(depth, None) for depth in depths) < CALLS / 10


def test_application_gets_what_the_server_gives_and_the_server_what_it_returns():
    answer = with_room(lambda environ, start_response: [environ, start_response])({"PATH_INFO": "/"}, print)

    assert answer == [{"PATH_INFO": "/"}, print]
