"""The rows of a table that was pasted from Excel, Word or Google Sheets, and back to such a text. Pure."""

import csv
import io
import re

from .days import NTH, WEEKDAYS
from .words import key

NEEDS_QUOTES = re.compile(r'[\t\n"]')
BEGINS_ROW = re.compile(r"\s*(\d{1,2}([.:]\d\d|\s*[-–])|\d{1,4}[-/.]\d|\d{4}\s*[-–])")


def read_pasted(text):
    """[(row number, [cell])] of a text whose cells are parted by tabs; without any tab by ";" or ",".

    A cell with line breaks stands in quotation marks, as Excel writes it; Word does not, so lines that are
    too short to be a row are put together. Empty rows are left out, and counted.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n")
    if "\t" not in text:
        return _parted(text, max(";,", key=text.split("\n", 1)[0].count))
    if re.search(r'(^|[\t\n])"', text) and text.count('"') % 2 == 0:
        return _parted(text, "\t")
    return _from_word(text.split("\n"))


def as_text(rows):
    """The text that ``read_pasted`` reads as ``rows``: each keeps its number, and all are equally long."""
    filled = (place for _number, cells in rows for place, cell in enumerate(cells, 1) if cell)
    width = max(filled, default=0)
    lines, at = [], 1
    for number, cells in rows:
        lines += [""] * (number - at)
        lines.append("\t".join(_quoted(cell) for cell in (*cells, *[""] * width)[:width]))
        at = number + 1
    return "\n".join(lines)


def _quoted(cell):
    cell = cell.replace("\r\n", "\n").replace("\r", "\n")
    return '"' + cell.replace('"', '""') + '"' if NEEDS_QUOTES.search(cell) else cell


def _parted(text, delimiter):
    # Not strict: in pasted text a quotation mark may stand anywhere.
    rows = enumerate(csv.reader(io.StringIO(text, ""), delimiter=delimiter), 1)
    return [(number, cells) for number, cells in rows if any(cell.strip() for cell in cells)]


def _from_word(lines):
    width = max(line.count("\t") for line in lines)
    rows, open_ = [], False
    for number, line in enumerate(lines, 1):
        tabs = line.count("\t")
        last = rows[-1][1] if rows else ""
        fits = last.count("\t") + tabs <= width
        if open_ and fits and tabs < width and not _begins_row(line) and line.strip():
            rows[-1] = (rows[-1][0], f"{last}\n{line}")
        elif line.strip():
            rows.append((number, line))
        open_ = bool(rows) and "\t" in rows[-1][1]
    return [(number, line.split("\t")) for number, line in rows]


def _begins_row(line):
    """Whether a line that is too short begins a row: with a time, a date, or as the head of a day."""
    first = line.split("\t", 1)[0]
    words = key(first).split()
    return bool(BEGINS_ROW.match(first) or NTH.match(first.casefold()) or (words and words[0] in WEEKDAYS))
