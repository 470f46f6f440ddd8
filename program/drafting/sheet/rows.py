"""Reads the rows of an agenda whose columns are known: day, time, title, and the texts of the rest. Pure."""

from dataclasses import dataclass, field, replace
from datetime import date

from django.utils.translation import gettext as _

from .columns import UNUSED
from .days import read_day
from .times import Span, clock_text, read_clock, read_span, span

NOT_A_VALUE = ("=?", "#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!")
MENDED = ("day", "start", "end", "title", "groups")  # what can be mended in the row


@dataclass
class Row:
    """One row: ``texts`` {column: cell}, its local date, minutes since midnight (the end may pass 1440).

    ``notes`` say what was guessed, ``errors`` {column: sentence} what cannot be taken over. ``mended`` are
    the columns typed anew on the page, ``was`` {column: text} what can be, as the sheet says it.
    """

    number: int
    texts: dict
    day: date | None = None
    start: int | None = None
    end: int | None = None
    notes: list = field(default_factory=list)
    errors: dict = field(default_factory=dict)
    mended: frozenset = frozenset()
    was: dict = field(default_factory=dict)

    def text(self, name):
        return self.texts.get(name, "")

    @property
    def title(self):
        return self.text("title") or self.text("local_title")

    @property
    def titles(self):
        return [text for text in (self.text("title"), self.text("local_title")) if text]


def read_rows(rows, columns, first, last, zone="", mends=None):
    """(Rows, [(number, text)] of rows that were not understood) of ``rows`` [(number, cells)].

    ``first`` and ``last`` are the program's days, ``zone`` the short name of its zone. ``mends``
    {row number: {column: text}} are typed anew on the page.
    """
    found, unread = [], []
    above = read_day(first.isoformat(), first, last) if first == last else None
    heading_note = ""
    for number, cells in rows:
        texts = _named(columns, cells)
        mended = {name: text for name, text in (mends or {}).get(number, {}).items() if name in MENDED}
        if heading := _heading(cells, texts, first, last) if not mended else None:
            above, heading_note = heading, heading.note
            continue
        if not any(texts.get(name) for name in ("title", "local_title", "time", "start", "id", "venue")):
            said = " ".join(" ".join(cells).split())
            unread += [(number, said)] if said else []
            continue
        row = Row(
            number, texts | _local(texts, mended), mended=frozenset(mended), was=_was(texts, columns, zone)
        )
        day = read_day(row.text("day"), first, last) if row.text("day").strip() else None
        if row.text("day").strip() and day is None:
            row.errors["day"] = _("“%(text)s” is no day.") % {"text": row.text("day")}
        if heading_note:
            row.notes.append(heading_note)
            heading_note = ""
        if day and "day" not in mended:
            above = replace(day, note="")
        _read_times(row, columns, zone)
        _set_day(row, day or above, first, last)
        if not row.title:
            row.errors["title"] = _("It has no title.")
        for name, text in row.texts.items():
            if text.strip() in NOT_A_VALUE:
                row.errors[name] = _("A cell holds a formula without a result. Write the value itself.")
        found.append(row)
    return found, unread


def _named(columns, cells):
    """{column: text} of a row; columns that say the same thing together, such as the day, are joined."""
    texts = {}
    for column in columns:
        cell = cells[column.index].strip() if column.index < len(cells) else ""
        if column.name != UNUSED and cell:
            texts[column.name] = f"{texts[column.name]} {cell}" if column.name in texts else cell
    return texts


def _local(texts, mended):
    """``mended`` as texts: a title stays in the language it had."""
    if "title" in mended and "local_title" in texts and "title" not in texts:
        return {**mended, "title": "", "local_title": mended["title"]}
    return mended


def _was(texts, columns, zone):
    """What of a row can be mended, as the sheet says it; times of one cell as start and end."""
    was = {"day": texts.get("day", ""), "groups": texts.get("groups", "")}
    was["title"] = texts.get("title") or texts.get("local_title", "")
    if "time" in texts:
        row = Row(0, dict(texts))
        _read_times(row, columns, zone)
        was |= {"start": _clock_text(row.start), "end": _clock_text(row.end)}
    return was | {name: texts[name] for name in ("start", "end") if name in texts}


def _clock_text(minutes):
    return "" if minutes is None else clock_text(minutes)


def _heading(cells, texts, first, last):
    """The Dated of a row that only says which day follows, or None."""
    said = {" ".join(cell.split()) for cell in cells if cell.strip()}
    if len(said) != 1 or "time" in texts or "start" in texts:
        return None
    return read_day(said.pop(), first, last)


def _read_times(row, columns, zone):
    said = next((column.zone for column in columns if column.name in ("time", "start") and column.zone), "")
    said = said if zone and said != zone.upper() else ""  # another than the program's, in the head
    start, end, both = row.text("start"), row.text("end"), row.text("time")
    if {"start", "end"} & row.mended or (not both and (start or end)):
        found = span(read_clock(start), read_clock(end), duration=row.text("minutes"))
        if "start" in row.mended and both and not start.strip():
            found = Span(errors=(_("It has no time."),))
    elif both:
        found = read_span(f"{both} {said}" if said else both, zone)
        if found.end is None and found.start is not None and row.text("minutes"):
            found = span(read_clock(both), read_clock(""), duration=row.text("minutes"))
    else:
        found = Span(errors=(_("It has no time."),))
    if said and not both:
        found = read_span(f"{start} {said}", zone)
    row.start, row.end = found.start, found.end
    row.notes += found.notes
    if found.errors:
        row.errors["time"] = " ".join(found.errors)
    if found.day and not row.text("day"):
        row.texts["day"] = found.day


def _set_day(row, dated, first, last):
    if dated is None and row.text("day"):  # beside the time
        dated = read_day(row.text("day"), first, last)
    if "day" in row.errors:
        return
    if dated is None:
        row.errors["day"] = _("It has no day.")
        return
    row.day = dated.day
    if dated.note:
        row.notes.append(dated.note)
    if dated.error:
        row.errors["day"] = dated.error
