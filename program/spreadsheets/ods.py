"""Reads the first sheet of an ODS file.

A reader of our own: odfpy parses whatever it is given, whole and without limits, and of the format a table
needs little.
"""

import io

from defusedxml.ElementTree import iterparse

MIME = b"application/vnd.oasis.opendocument.spreadsheet"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


def is_ods(archive):
    """Whether the ZipFile says that it is an OpenDocument spreadsheet."""
    return "mimetype" in archive.namelist() and archive.read("mimetype").strip() == MIME


def has_macros(archive):
    return any(name.startswith(("Basic/", "Scripts/")) for name in archive.namelist())


def read_rows(archive, most_columns):
    """(title, rows, merged, titles of further sheets that hold anything) of the first sheet.

    ``rows`` yields (row number from 1, cells); ``merged`` [(top, left, bottom, right)], columns from 0. Cells
    that are repeated are repeated up to ``most_columns``; empty rows are counted, and left out.
    """
    title, rows, merged, others = "", [], [], []
    number = sheets = 0
    for event, element in iterparse(io.BytesIO(archive.read("content.xml")), events=("start", "end")):
        if event == "start":
            if element.tag == f"{TABLE}table":
                sheets += 1
                name = element.get(f"{TABLE}name", "")
                title, number = (name, 0) if sheets == 1 else (title, 0)
                others += [name] if sheets > 1 else []
            continue
        if element.tag != f"{TABLE}table-row" or sheets == 0:
            continue
        cells = _cells(element, number + 1, most_columns, merged if sheets == 1 else [])
        repeated = _count(element, "number-rows-repeated")
        if any(cells):
            if sheets == 1:
                rows += [(number + n, cells) for n in range(1, min(repeated, 1000) + 1)]
            else:
                others[-1:] = [(others[-1], True)] if isinstance(others[-1], str) else others[-1:]
        number += repeated
        element.clear()
    return title, rows, merged, [other[0] for other in others if isinstance(other, tuple)]


def _cells(row, number, most, merged):
    cells = []
    for cell in row:
        if cell.tag not in (f"{TABLE}table-cell", f"{TABLE}covered-table-cell") or len(cells) >= most:
            continue
        down, across = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
        if down > 1 or across > 1:
            merged.append((number, len(cells), number + down - 1, min(len(cells) + across, most) - 1))
        text = _text(cell)
        cells += [text] * min(_count(cell, "number-columns-repeated"), most - len(cells))
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _count(element, name):
    text = element.get(f"{TABLE}{name}", "1")
    return max(1, int(text)) if text.isdecimal() else 1


def _text(cell):
    sort = cell.get(f"{OFFICE}value-type")
    if sort == "date":
        return cell.get(f"{OFFICE}date-value", "").replace("T", " ")
    if sort == "time":
        return _clock(cell.get(f"{OFFICE}time-value", ""))
    return "\n".join("".join(part.itertext()) for part in cell.iter(f"{TEXT}p")).strip()


def _clock(text):
    """ "08:30:00" of the duration "PT08H30M00S"."""
    parts = text.removeprefix("PT").replace("H", ":").replace("M", ":").partition("S")[0]
    return ":".join(part.partition(".")[0] for part in parts.split(":"))
