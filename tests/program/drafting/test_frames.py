"""Kinds of program: each lays out days that raise no alarm, at the dates of a program."""

from datetime import date

import pytest

from program.drafting.frames import frames
from program.publishing import releases
from tests.makers import make_program, make_venue

# What an organizer fills in next: where the visits are, where the buses go, and who teaches.
EXPECTED = {"no-venue", "no-speaker", "no-transfer", "transfer-nowhere"}


@pytest.mark.parametrize("key", ["two-weeks-with-visits", "week", "day"])
@pytest.mark.django_db
def test_a_kind_of_program_needs_only_what_the_organizer_knows(key):
    frame = frames()[key]
    first = date(2027, 7, 5)  # a Monday; what follows has two Fridays
    program = make_program(starts_on=first, ends_on=frame.dates(first)[-1])

    frame.place(program, make_venue(program))

    draft = releases.draft(program)
    assert {finding.code for finding in draft.findings} <= EXPECTED
    assert all(item.local_title for item in draft.agenda.items)
    assert len({item.day for item in draft.agenda.items}) == frame.length
    assert program.items.unplaced().count() == 0


def test_days_that_stay_free_are_left_out_but_never_the_first():
    saturday = date(2027, 7, 3)

    assert [f"{day:%a %d}" for day in frames()["week"].dates(saturday)] == [
        "Sat 03",
        "Mon 05",
        "Tue 06",
        "Wed 07",
        "Thu 08",
    ]
    assert [frame.length for frame in frames().values()] == [12, 5, 1]
