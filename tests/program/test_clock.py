from datetime import timedelta

import pytest
from django.utils import timezone

from program import clock


@pytest.mark.parametrize("offset", [0, 3600, -250_000_000])
def test_clock_stands_as_far_from_the_real_time_as_the_settings_say(settings, offset):
    settings.CLOCK_OFFSET = offset

    before, now, after = timezone.now(), clock.now(), timezone.now()

    assert before <= now - timedelta(seconds=offset) <= after


def test_clock_tells_a_moment_of_no_particular_place():
    assert clock.now().utcoffset() == timedelta(0)
