"""Spans of dates and times in words, in the page's language."""

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _


def dates_text(first, last, year=False):
    """Two dates as a span: "18–30 July", "28 July – 3 August"; with ``year`` also "2018", and across a new
    year "28 December 2026 – 9 January 2027"."""
    if year and first.year != last.year:
        return f"{date_format(first, 'j F Y')} – {date_format(last, 'j F Y')}"
    if first == last:
        text = date_format(first, "j F")
    elif (first.month, first.year) == (last.month, last.year):
        text = f"{first.day}–{date_format(last, 'j F')}"
    else:
        text = f"{date_format(first, 'j F')} – {date_format(last, 'j F')}"
    return f"{text} {last.year}" if year else text


def months_text(first, last):
    """The months of a span of dates: "July 2018", "July–August 2018", "December 2026–January 2027"."""
    if (first.month, first.year) == (last.month, last.year):
        return date_format(last, "F Y")
    if first.year != last.year:
        return f"{date_format(first, 'F Y')}–{date_format(last, 'F Y')}"
    return f"{date_format(first, 'F')}–{date_format(last, 'F Y')}"


def times_text(item):
    """The times of an item with their zone: "10:00–11:00 WIB"; with the day when it ends on another."""
    start, end = time_format(item.starts_at), time_format(item.ends_at)
    if item.ends_another_day:
        end = f"{date_format(item.ends_at, 'j F')}, {end}"
    return f"{start}–{end} {item.starts_at.tzname()}"


def day_text(moment):
    """A day and its number in the month, short enough for a path or a pager: "Tuesday 24 July"."""
    return _("%(weekday)s %(date)s") % {
        "weekday": date_format(moment, "l"),
        "date": date_format(moment, "j F"),
    }


def span_text(start, end, day=False):
    """Two moments, aware in one zone: "10:00–11:00", or with ``day`` "Tuesday 24 July 2018, 10:00–11:00"."""
    words = {"day": date_format(start), "start": time_format(start), "end": time_format(end)}
    return (_("%(day)s, %(start)s–%(end)s") if day else _("%(start)s–%(end)s")) % words
