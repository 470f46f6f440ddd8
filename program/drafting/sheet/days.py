"""Reads days as people type them into agendas: "Hari 1, Rabu 18 Juli 2018", "DAY 1", "24/07/2018". Pure."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.dates import WEEKDAYS as NAMES
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from program.folding import fold

MONTHS = {
    word: number
    for number, words in enumerate(
        (
            "january januari jan",
            "february februari feb pebruari",
            "march maret mar",
            "april apr",
            "may mei",
            "june juni jun",
            "july juli jul",
            "august agustus aug agu agt ags",
            "september sept sep",
            "october oktober oct okt",
            "november nopember nov nop",
            "december desember dec des",
        ),
        1,
    )
    for word in words.split()
}
WEEKDAYS = {
    word: number
    for number, words in enumerate(
        (
            "monday senin mon sen",
            "tuesday selasa tue tues sel",
            "wednesday rabu wed rab",
            "thursday kamis thu thur thurs kam",
            "friday jumat jum'at jum’at jum at fri",
            "saturday sabtu sat sab",
            "sunday minggu ahad sun min",
        )
    )
    for word in words.split()
    if word != "at"
}
COUNTED = ("pertama", "kedua", "ketiga", "keempat", "kelima", "keenam", "ketujuh", "kedelapan", "kesembilan")
MONTH = f"(?P<month>{'|'.join(sorted(MONTHS, key=len, reverse=True))})"
YEAR = r"(?:[\s,.-]*(?P<year>\d{4}|\d\d(?!\d|[:.]\d)))?"
ISO = re.compile(r"(?<!\d)(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?!\d)")
NUMBERS = re.compile(r"(?<!\d)(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d\d)(?!\d)")
DAY_FIRST = re.compile(rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s.-]*{MONTH}\b\.?{YEAR}")
MONTH_FIRST = re.compile(rf"\b{MONTH}\.?[\s-]*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d){YEAR}")
NTH = re.compile(rf"\b(?:hari|day)\b\s*(?:ke)?[\s:-]*(?:(\d{{1,2}})\b|({'|'.join(COUNTED)}|[ivx]+\b))")
SERIAL = re.compile(r"(\d{5})(?:[.,](\d+))?")
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6, "vii": 7, "viii": 8, "ix": 9, "x": 10}


@dataclass(frozen=True)
class Dated:
    """The date that a text means, or None with the ``error``; ``note`` says what was guessed."""

    day: date | None = None
    note: str = ""
    error: str = ""


def read_serial(text):
    """(date, fraction of the day) of a spreadsheet's number of days since 1899-12-30, or None."""
    found = SERIAL.fullmatch(text.strip())
    if not found or not 20_000 <= int(found[1]) <= 80_000:
        return None
    return date(1899, 12, 30) + timedelta(days=int(found[1])), float(f"0.{found[2] or 0}")


def read_day(text, first, last):
    """The Dated of ``text`` in a program from ``first`` to ``last``, or None when it names no day."""
    plain = re.sub(r"[‐-―−]", "-", fold(text))
    found = _date(plain, first, last)
    if found is None:
        return _day_of_program(plain, first, last)
    day, note = found
    if day is None:
        return Dated(error=_("“%(text)s” is no date.") % {"text": text.strip()})
    weekday = _weekday(plain)
    if weekday is not None and weekday != day.weekday():
        words = {"date": date_format(day, "j F Y"), "is": NAMES[day.weekday()], "said": NAMES[weekday]}
        note = _("%(date)s is a %(is)s, not a %(said)s: the date was taken.") % words
    return Dated(day, note, _outside(day, first, last))


def _date(plain, first, last):
    """(date or None, note) of a date with its month, or None when there is none."""
    if serial := read_serial(plain):
        return serial[0], ""
    if found := ISO.search(plain):
        return _real(found["year"], found["month"], found["day"]), ""
    if found := NUMBERS.search(plain):
        return _day_or_month_first(found, first, last)
    found = DAY_FIRST.search(plain) or MONTH_FIRST.search(plain)
    if not found:
        return None
    month = MONTHS[found["month"]]
    if found["year"]:
        return _real(found["year"], month, found["day"]), ""
    days = [_real(year, month, found["day"]) for year in range(first.year, last.year + 1)]
    return next((day for day in days if day and first <= day <= last), days[0]), ""


def _day_or_month_first(found, first, last):
    """The day comes first, as people write in Indonesia, unless only the other way is in the program."""
    one, _mark, other, year = found.groups()
    usual, turned = _real(year, other, one), _real(year, one, other)
    if usual and (first <= usual <= last or not turned or not first <= turned <= last):
        return usual, ""
    if turned and first <= turned <= last:
        words = {"text": found[0], "date": date_format(turned, "j F Y")}
        return turned, _("“%(text)s” was read as %(date)s, the month first.") % words
    return usual or turned, ""


def _real(year, month, day):
    year = int(year)
    try:
        return date(year + 2000 if year < 100 else year, int(month), int(day))
    except ValueError:
        return None


def _day_of_program(plain, first, last):
    if found := NTH.search(plain):
        word = found[2] or ""
        number = (
            int(found[1])
            if found[1]
            else ROMAN.get(word) or (COUNTED.index(word) + 1 if word in COUNTED else 0)
        )
        day = first + timedelta(days=number - 1)
        return Dated(day, error=_outside(day, first, last)) if number else None
    weekday = _weekday(plain) if len(plain.split()) == 1 else None
    if weekday is None:
        return None
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    days = [day for day in days if day.weekday() == weekday]
    if len(days) == 1:
        return Dated(days[0])
    if not days:
        return Dated(error=_("The program has no %(weekday)s.") % {"weekday": NAMES[weekday]})
    return Dated(
        error=_("The program has more than one %(weekday)s: write the date.") % {"weekday": NAMES[weekday]}
    )


def _weekday(plain):
    """The weekday that a text names, 0 for Monday, or None. Short names count at its beginning only."""
    words = re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)?", plain)
    named = [word for place, word in enumerate(words) if word in WEEKDAYS and (len(word) > 3 or place == 0)]
    return WEEKDAYS[named[0]] if named else None


def _outside(day, first, last):
    if first <= day <= last:
        return ""
    words = {
        "day": date_format(day, "j F Y"),
        "first": date_format(first, "j F"),
        "last": date_format(last, "j F Y"),
    }
    return _("%(day)s is outside the program, which runs from %(first)s to %(last)s.") % words
