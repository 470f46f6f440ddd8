"""Times as people type them into agendas."""

import pytest

from program.drafting.sheet.times import clock_text, read_clock, read_span, span


def said(text, zone="WIB"):
    found = read_span(text, zone)
    return f"{clock_text(found.start)}–{clock_text(found.end)}"


@pytest.mark.parametrize(
    "text",
    [
        "08.00 – 09.30 WIB",
        "8-9.30",
        "0800-0930",
        "08.00 s.d. 09.30",
        "pukul 08.00 s/d 09.30 wib",
        "08:00 sampai dengan 09:30",
        "8:00 AM s/d 9:30",
        "08.00WIB-09.30WIB",
        "8 am to 9:30 am",
        "08:00:00 - 09:30:00",
        "၀၈.၀၀ – ၀၉.၃၀",
    ],
)
def test_a_span_is_read_in_the_ways_people_type_it(text):
    found = read_span(text, "WIB")

    assert (said(text), found.notes, found.errors) == ("08:00–09:30", (), ())


@pytest.mark.parametrize(
    ("text", "span_read", "note"),
    [
        ("10:30-1045", "10:30–10:45", "“10:30-1045” was read as 10:30–10:45."),
        ("1:00 - 2:30 PM", "13:00–14:30", "“1:00 - 2:30 PM” was read as 13:00–14:30."),
        ("10:30 AM - 1:00", "10:30–13:00", "“10:30 AM - 1:00” was read as 10:30–13:00."),
        ("8.3 - 9", "08:30–09:00", "“8.3” was read as 08:30."),
        ("08.00\n09.30", "08:00–09:30", "Two times with nothing in between were read as start and end."),
    ],
)
def test_what_is_guessed_is_said(text, span_read, note):
    assert (said(text), read_span(text, "WIB").notes) == (span_read, (note,))


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("15:30-15:15", "It ends at 15:15, before it starts at 15:30."),
        ("10.00-10.00", "It ends when it starts, at 10:00."),
        ("19.00", "It has no end."),
        ("19.00 - selesai", "It has no end."),
        ("25:00-26:00", "“25:00” is no time. Write it as 08:00."),
        ("08.00 - 09.00 - 10.00", "“08.00 - 09.00 - 10.00” is no time. Write it as 08:00."),
        ("13.00-14.00 WITA", "It says WITA; the program's times are in WIB."),
    ],
)
def test_what_cannot_be_is_an_error_and_not_guessed(text, error):
    assert read_span(text, "WIB").errors[0] == error


def test_the_next_day_is_said_with_a_plus():
    assert said("22:00–01:00 +1") == "22:00–01:00 +1"
    assert said("16.00-24.00") == "16:00–00:00 +1"


@pytest.mark.parametrize(
    ("cell", "minutes", "day"),
    [
        ("0.3333333333", 480, ""),
        ("1899-12-30 08:00:00", 480, ""),
        ("2018-07-24 08:00:00", 480, "2018-07-24"),
        ("43305.3333333", 480, "2018-07-24"),
        ("jam 7 malam", 1140, ""),
    ],
)
def test_times_of_spreadsheets_are_read_with_their_date(cell, minutes, day):
    found = read_clock(cell)

    assert (found.minutes, found.day) == (minutes, day)


def test_a_length_gives_the_end():
    assert span(read_clock("08.00"), read_clock(""), duration="90 menit").end == 570
    assert span(read_clock("08.00"), read_clock(""), duration="1 jam 30 menit").end == 570
    assert span(read_clock("08.00"), read_clock(""), duration="long").errors
