"""Days as people type them into agendas, in a program from 18 to 30 July 2018."""

from datetime import date

import pytest

from program.drafting.sheet.days import read_day

PROGRAM = date(2018, 7, 18), date(2018, 7, 30)


@pytest.mark.parametrize(
    "text",
    [
        "24/07/2018",
        "24-7-18",
        "2018-07-24",
        "2018-07-24 00:00:00",
        "43305",
        "Selasa, 24 Juli 2018",
        "Selasa / 24 Juli",
        "Tuesday, July 24",
        "DAY 7: Tuesday, July 24th, 2018",
        "Hari ke-7",
        "Hari Ketujuh",
        "Day VII",
        "Selasa",
    ],
)
def test_a_day_is_read_in_the_ways_people_type_it(text):
    found = read_day(text, *PROGRAM)

    assert (found.day, found.note, found.error) == (date(2018, 7, 24), "", "")


@pytest.mark.parametrize("text", ["ISHOMA", "Dari 3 narasumber", "Day trip", "08.00 – 09.00", ""])
def test_other_words_are_no_day(text):
    assert read_day(text, *PROGRAM) is None


@pytest.mark.parametrize(
    ("text", "day", "note"),
    [
        ("07/24/2018", 24, "“07/24/2018” was read as 24 July 2018, the month first."),
        ("Kamis 18 Juli 2018", 18, "18 July 2018 is a Wednesday, not a Thursday: the date was taken."),
        ("24 July 2018, Monday", 24, "24 July 2018 is a Tuesday, not a Monday: the date was taken."),
    ],
)
def test_what_is_guessed_is_said(text, day, note):
    found = read_day(text, *PROGRAM)

    assert (found.day, found.note) == (date(2018, 7, day), note)


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("31/02/2018", "“31/02/2018” is no date."),
        ("Senin", "The program has more than one Monday: write the date."),
        ("1 August 2018", "1 August 2018 is outside the program, which runs from 18 July to 30 July 2018."),
        ("Hari 14", "31 July 2018 is outside the program, which runs from 18 July to 30 July 2018."),
    ],
)
def test_what_cannot_be_is_an_error(text, error):
    assert read_day(text, *PROGRAM).error == error
