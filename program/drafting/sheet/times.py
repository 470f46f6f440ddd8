"""Reads times as people type them into agendas: "08.00 – 09.30 WIB", "0800-0930", "8:00 AM s/d 9:30". Pure.

Times are minutes since local midnight; an end on the next day counts on, from 1440. What can be read in one
way only is read; what was guessed is said in ``notes``, what cannot be read in ``errors``.
"""

import re
from dataclasses import dataclass, replace
from datetime import time

from django.utils.translation import gettext as _

from program import digits
from program.folding import fold

from .days import read_serial

DAY = 24 * 60
ZONES = re.compile(r"(?<![a-z])(wib|wita|wit|(?:gmt|utc) ?[+-] ?\d{1,2}|hrs)\b")
BETWEEN = re.compile(
    r"\s*(?:-+|~|\bs\s?[/.]?\s?d\b\.?|\bsampai(?: dengan)?\b|\bhingga\b|\bto\b|\bun?till?\b)\s*"
)
BEFORE = re.compile(r"\b(?:pukul|pkl|jam|at|from|dari|mulai)\b\.?")
OPEN_END = re.compile(r"selesai|finish|finished|end|done|onwards?|\.{2,}|\?")
CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?:\s?[:.,h]\s?(?P<minute>\d{1,2})(?:[:.]\d\d)?)?\s*"
    r"(?P<half>[ap]\.?m\b\.?|pagi|siang|sore|malam)?"
)
TOGETHER = re.compile(r"(?P<hour>\d{1,2})(?P<minute>\d\d)\s*(?P<half>[ap]\.?m\b\.?)?")
FRACTION = re.compile(r"0?[.,]\d{3,}")  # of a day: a spreadsheet's time whose cell is not shown as one
DATED = re.compile(r"(?P<day>\d{4}-\d\d-\d\d)[ t](?P<clock>\d\d:\d\d.*)")
NEXT_DAY = re.compile(r"\(?\+ ?1\)?")
NO_DAY = "1899-12-3"  # the date that a spreadsheet gives a time without one
MINUTES = re.compile(r"(?:(\d+)\s*(?:jam|hours?|h)\b)?\s*(?:(\d+)\s*(?:menit|minutes?|min|m|'|’)?)?")


@dataclass(frozen=True)
class Clock:
    """One time: ``minutes`` since midnight, None when it is not said. ``half`` is "am", "pm" or ""."""

    minutes: int | None = None
    half: str = ""
    together: bool = False
    day: str = ""  # the date beside it, as it was written
    notes: tuple = ()
    error: str = ""


@dataclass(frozen=True)
class Span:
    """When something is; ``end`` is past 1440 when it ends on the next day. ``day`` is a date beside it."""

    start: int | None = None
    end: int | None = None
    day: str = ""
    notes: tuple = ()
    errors: tuple = ()


def clock_text(minutes):
    """Minutes since midnight as "08:05"; what is past midnight says so: "01:00 +1"."""
    days, rest = divmod(minutes, DAY)
    return f"{rest // 60:02}:{rest % 60:02}" + (f" +{days}" if days else "")


def clock_time(text):
    """The time of day that ``text`` holds and nothing else: "1030", "10.30", "10:30", "9 pm", "১০.৩০".

    Raises ValueError when it is none, or would have to be guessed: "25.00", "10.75", "10:3", "1030-1100", "".
    """
    clock = read_clock(text)
    if clock.minutes is None or clock.minutes >= DAY or clock.error or clock.notes or clock.day:
        raise ValueError(f"no time of day: {text!r}")
    return time(*divmod(clock.minutes, 60))


def read_clock(text):
    """The Clock that ``text`` means."""
    plain = _plain(text)
    if not plain or OPEN_END.fullmatch(plain):
        return Clock()
    if dated := DATED.fullmatch(plain):
        day = "" if dated["day"].startswith(NO_DAY) else dated["day"]
        return replace(read_clock(dated["clock"]), day=day)
    if serial := read_serial(plain):
        day, fraction = serial
        return Clock(round(fraction * DAY), day=day.isoformat()) if fraction else Clock(error=_no_time(text))
    if FRACTION.fullmatch(plain):
        return Clock(round(float(plain.replace(",", ".")) * DAY))
    later = bool(NEXT_DAY.search(plain))
    plain = NEXT_DAY.sub("", plain).strip()
    found = TOGETHER.fullmatch(plain) or CLOCK.fullmatch(plain)
    if not found:
        return Clock(error=_no_time(text))
    together = bool(TOGETHER.fullmatch(plain))
    return _clock(text, found["hour"], found["minute"], found["half"] or "", together, later)


def _clock(text, hour, minute, half, together, later):
    hour, notes = int(hour), ()
    if minute and len(minute) == 1 and not together:
        minute += "0"  # a spreadsheet took 8.30 for a number
        words = {"text": text.strip(), "time": f"{hour:02}:{minute}"}
        notes = (_("“%(text)s” was read as %(time)s.") % words,)
    contradicts = (hour == 0 and re.match(r"p\.?m", half)) or (hour > 12 and re.match(r"a\.?m", half))
    half = _half(half, hour)
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "pm" else 0)
    minutes = hour * 60 + int(minute or 0) + (DAY if later else 0)
    if contradicts or int(minute or 0) > 59 or hour > 24 or (hour == 24 and int(minute or 0)):
        return Clock(error=_no_time(text))
    return Clock(minutes, half, together, notes=notes)


def _half(word, hour):
    """The half of the day that a word beside an hour means."""
    if word.startswith(("a", "pagi")):
        return "am"
    if word.startswith("siang"):
        return "pm" if hour in (12, 1, 2, 3) else "am"
    return "pm" if word else ""


def read_span(text, zone=""):
    """The Span that one cell means. ``zone`` is the name of the program's, "WIB": another one is an error."""
    if wrong := _other_zone(text, zone):
        return Span(errors=(wrong,))
    plain = _plain(text)
    if DATED.fullmatch(plain) or re.fullmatch(r"\d{5}([.,]\d+)?", plain):
        return span(read_clock(plain), Clock(), text)
    parts = [part.strip() for part in BETWEEN.split(plain)]
    notes = ()
    two = plain.split("\n" if "\n" in plain else " ")
    if len(parts) == 1 and len(two) == 2 and all(read_clock(part).minutes is not None for part in two):
        parts, notes = two, (_("Two times with nothing in between were read as start and end."),)
    if len(parts) > 2:
        return Span(errors=(_no_time(text),))
    found = span(read_clock(parts[0]), read_clock(parts[1] if len(parts) == 2 else ""), text)
    return replace(found, notes=(*notes, *found.notes))


def span(start, end, text="", duration=""):
    """The Span of two Clocks. A missing end is an error without a ``duration`` such as "90 menit"."""
    errors = [clock.error for clock in (start, end) if clock.error]
    notes = [*start.notes, *end.notes]
    day = start.day or end.day
    if errors or start.minutes is None:
        return Span(day=day, errors=tuple(errors or [_("It has no time.")]))
    if end.minutes is None and duration.strip():
        end = _after(start, duration)
        errors = [end.error] if end.error else []
    if end.minutes is None:
        return Span(start.minutes, None, day, tuple(notes), tuple(errors or [_("It has no end.")]))
    begin, finish, guessed = _same_half(start, end)
    shown = {"text": " ".join(text.split()), "start": clock_text(begin), "end": clock_text(finish)}
    if text and (guessed or start.together != end.together):
        notes.append(_("“%(text)s” was read as %(start)s–%(end)s.") % shown)
    if finish <= begin:
        told = _("It ends at %(end)s, before it starts at %(start)s.")
        if finish == begin:
            told = _("It ends when it starts, at %(start)s.")
        return Span(begin, finish, day, tuple(notes), (told % shown,))
    return Span(begin, finish, day, tuple(notes))


def _same_half(start, end):
    """(start, end, whether one was moved to the other half of the day) where only one says am or pm."""
    begin, finish, noon = start.minutes, end.minutes, 12 * 60
    if start.half and not end.half and finish <= begin and begin < finish + noon < DAY:
        return begin, finish + noon, True
    if end.half == "pm" and not start.half and begin < noon and begin + noon < finish:
        return begin + noon, finish, True
    return begin, finish, False


def _after(start, duration):
    found = MINUTES.fullmatch(fold(duration).strip())
    length = found and int(found[1] or 0) * 60 + int(found[2] or 0)
    if not length or length >= DAY:
        return Clock(error=_("“%(text)s” is no length in minutes.") % {"text": duration.strip()})
    return Clock(start.minutes + length)


def _other_zone(text, zone):
    found = ZONES.search(fold(text))
    named = found and found[1].upper()
    if named not in ("WIB", "WITA", "WIT") or not zone or named == zone.upper():
        return ""
    words = {"there": named, "here": zone}
    return _("It says %(there)s; the program's times are in %(here)s.") % words


def _plain(text):
    text = re.sub(r"[‐-―−]", "-", fold(digits.plain(text)))
    text = BEFORE.sub(" ", ZONES.sub(" ", text))
    lines = [" ".join(line.split()) for line in text.split("\n")]
    return "\n".join(line for line in lines if line).strip(" ()")


def _no_time(text):
    return _("“%(text)s” is no time. Write it as 08:00.") % {"text": " ".join(text.split())}
