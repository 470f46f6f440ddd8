"""Times of day in all the ways people type them."""

from datetime import time

import pytest

from program.drafting.sheet.times import clock_time


@pytest.mark.parametrize(
    "text",
    [
        "10:30",
        "10.30",
        "1030",
        "10,30",
        "10h30",
        " 10 : 30 ",
        "10:30:00",
        "10.30 am",
        "၁၀.၃၀",
        "١٠:٣٠",
        "১০৩০",
    ],
)
def test_ways_to_type_half_past_ten(text):
    assert clock_time(text) == time(10, 30)


@pytest.mark.parametrize(
    ("text", "found"),
    [("9", time(9)), ("930", time(9, 30)), ("0900", time(9)), ("0", time(0)), ("2:15 PM", time(14, 15)),
     ("12:00 am", time(0)), ("12 pm", time(12)), ("13 pm", time(13)), ("8 pagi", time(8)),
     ("23.59", time(23, 59))],
)  # fmt: skip
def test_hours_alone_joined_digits_and_halves_of_the_day(text, found):
    assert clock_time(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "",
        "noon",
        "25:00",
        "24.00",
        "10.75",
        "10:3",
        "13 am",
        "0:30 pm",
        "10-30",
        "10304",
        "2018-07-24 10:30",
        "½",
    ],
)
def test_what_is_no_time_is_refused_and_never_guessed(text):
    with pytest.raises(ValueError):
        clock_time(text)
