"""Reads a table from an XLSX, ODS or CSV file that someone else made, and trusts nothing in it.

Every limit is checked before the work it limits is done. ``BadSpreadsheet`` says in words what is wrong.
"""

import csv
import io
import re
import warnings
import zipfile
from dataclasses import dataclass, field
from datetime import datetime, time
from itertools import islice

from defusedxml import DefusedXmlException
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter, range_boundaries

from . import ods

MAX_BYTES = 4 * 1024 * 1024
MAX_UNPACKED = 24 * 1024 * 1024
MAX_PARTS = 500
MAX_ROWS = 10_000
MAX_COLUMNS = 60
LAST_ROW = 10 * MAX_ROWS  # empty ones count too: a file of a few bytes can have very many
LOOKED_AT = 200  # rows of a further sheet, to tell whether it is empty
MAX_MERGED = 2_000
WITHOUT_RESULT = "=?"
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
OLE = b"\xd0\xcf\x11\xe0"  # begins an XLS file, and an XLSX file that is encrypted
# A cell of a CSV file that begins like this is treated as a formula. A quotation mark is put in front and
# removed when the file is read; one that was there before is doubled.
FORMULA = re.compile(r"'*[=+\-@\t\r\n]")


class BadSpreadsheet(Exception):
    """The file cannot be read as a spreadsheet; the message is for the person who sent it."""


@dataclass
class Spreadsheet:
    """The rows of a file that hold anything, as [(row number, [text])]; texts as they were written.

    ``problems`` are [(row number, column index from 0, message)] about single cells. ``merged`` are areas of
    cells that are one, [(first row, first column from 0, last row, last column)]: all but the first look
    empty. ``unread`` are the names of the file's other visible sheets that hold anything.
    """

    title: str = ""
    rows: list = field(default_factory=list)
    problems: list = field(default_factory=list)
    merged: list = field(default_factory=list)
    unread: list = field(default_factory=list)

    def add(self, number, cells):
        if number > LAST_ROW:
            raise BadSpreadsheet(far_too_large())
        if any(cells):
            if len(self.rows) > MAX_ROWS:
                raise BadSpreadsheet(
                    ngettext(
                        "A spreadsheet may have %(count)d row. Split this one.",
                        "A spreadsheet may have %(count)d rows. Split this one.",
                        MAX_ROWS,
                    )
                    % {"count": MAX_ROWS}
                )
            self.rows.append((number, cells))

    @property
    def merged_problems(self):
        """Each merged area as a problem in each of its columns, for tables in which every cell counts."""
        for top, left, bottom, right in self.merged:
            cells = f"{get_column_letter(left + 1)}{top}:{get_column_letter(right + 1)}{bottom}"
            message = _("The cells %(cells)s are merged. Split them, and fill in each.") % {"cells": cells}
            for index in range(left, min(right + 1, MAX_COLUMNS)):
                yield top, index, message

    def fill_down(self):
        """Write what a merged area says into each of its rows, as people mean it; across it is said once."""
        rows = dict(self.rows)
        for top, left, bottom, _right in self.merged:
            first = rows.get(top, ())
            text = first[left] if left < len(first) else ""
            for number in range(top + 1, bottom + 1):
                if text and number in rows:
                    cells = rows[number]
                    cells += [""] * (left + 1 - len(cells))
                    cells[left] = text


def escape(text):
    """``text`` as it may stand in a CSV file without being taken for a formula; no control characters."""
    text = CONTROL.sub("", text)
    return "'" + text if FORMULA.match(text) else text


def as_cell(text):
    """``text`` for a cell of an XLSX file, which is written as a text and can be no formula.

    Only a quotation mark that ``unescape`` would take away is doubled.
    """
    return escape(text) if text.startswith("'") else CONTROL.sub("", text)


def unescape(text):
    return text[1:] if text.startswith("'") and FORMULA.match(text) else text


def too_large():
    return _("The file is larger than %(size)d MB. Split it.") % {"size": MAX_BYTES // 1024 // 1024}


def far_too_large():
    return _("This file contains far more than one table. Copy the table to a new spreadsheet.")


def read_spreadsheet(data, results=False):
    """The Spreadsheet in ``data`` (bytes), whatever the file was called. Raises BadSpreadsheet.

    A formula is a problem; with ``results`` its result is read, where the file has one.
    """
    if len(data) > MAX_BYTES:
        raise BadSpreadsheet(too_large())
    if not data.strip():
        raise BadSpreadsheet(_("The file is empty."))
    sheet = _read_zip(data, results) if data.startswith(b"PK") else _read_csv(data)
    if not sheet.rows:
        raise BadSpreadsheet(_("The spreadsheet is empty."))
    return sheet


def _read_zip(data, results):
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive, warnings.catch_warnings(action="ignore"):
            _check_size(archive)  # the warnings are openpyxl's, about what it leaves out
            if ods.is_ods(archive):
                return _read_ods(archive)
            _check(archive)
            return _read_xlsx(data, archive, results)
    except BadSpreadsheet:
        raise
    except Exception as error:  # openpyxl raises many kinds of errors for broken files
        # It reads with defusedxml: entities, which can expand to huge texts, are refused.
        if isinstance(error, DefusedXmlException) or isinstance(error.__context__, DefusedXmlException):
            raise BadSpreadsheet(
                _(
                    "This file contains something that does not belong in a spreadsheet. Copy the list to a "
                    "new one."
                )
            ) from error
        raise BadSpreadsheet(_("This file is incomplete. Save it again as XLSX.")) from error


def _read_xlsx(data, archive, results):
    book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False, data_only=results)
    source, *others = [s for s in book.worksheets if s.sheet_state == "visible"] or [None]
    if source is None:
        raise BadSpreadsheet(_("The file has no sheet."))
    xml = archive.read(source._worksheet_path.lstrip("/"))
    sheet = _rows_of(source, xml)
    if results and re.search(rb"<(\w+:)?f[ >/]", xml):
        _mark_without_result(sheet, data)
    sheet.unread = [other.title for other in others if _holds_anything(other)]
    return sheet


def _read_ods(archive):
    if ods.has_macros(archive):
        raise BadSpreadsheet(_("This file has macros. Save it as XLSX, without macros."))
    title, rows, merged, unread = ods.read_rows(archive, MAX_COLUMNS)
    sheet = Spreadsheet(title=title, merged=merged, unread=unread)
    for number, cells in rows:
        sheet.add(number, list(cells))
    return sheet


def _check_size(archive):
    """Refuse an archive unless its parts are few, small and complete."""
    # What a part says about its own size is what zipfile reads at most.
    sizes = [info.file_size for info in archive.infolist()]
    if len(sizes) > MAX_PARTS or sum(sizes) > MAX_UNPACKED:
        raise BadSpreadsheet(far_too_large())
    if broken := archive.testzip():
        raise zipfile.BadZipFile(broken)


def _check(archive):
    """Refuse an archive that is no workbook, or one with macros."""
    parts = archive.namelist()
    if "xl/workbook.xml" not in parts:
        raise BadSpreadsheet(_("This is not an XLSX, ODS or CSV file. Save the table as XLSX."))
    macros = any("vbaproject" in name.lower() for name in parts)
    if macros or b"macroenabled" in archive.read("[Content_Types].xml").lower():
        raise BadSpreadsheet(_("This file has macros. Save it as XLSX, without macros."))


def _holds_anything(source):
    source.reset_dimensions()
    rows = source.iter_rows(max_row=LOOKED_AT, max_col=MAX_COLUMNS, values_only=True)
    return any(value not in (None, "") for row in rows for value in row)


def _rows_of(source, xml):
    sheet = Spreadsheet(title=source.title)
    source.reset_dimensions()  # what the file says of its own size may be wrong
    for number, row in enumerate(source.iter_rows(max_col=MAX_COLUMNS), 1):
        cells = []
        for index, cell in enumerate(row):
            if cell.data_type == "f":
                sheet.problems.append((number, index, _no_formula()))
                cells.append("=")
            elif cell.data_type == "e":
                sheet.problems.append((number, index, _("This cell contains a spreadsheet error.")))
                cells.append("#")
            else:
                cells.append(_text(cell.value))
        sheet.add(number, cells)
    areas = re.finditer(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z0-9:]{2,24})"', xml)
    for area in islice(areas, MAX_MERGED):
        left, top, right, bottom = range_boundaries(area[1].decode())
        sheet.merged.append((top, left - 1, bottom, right - 1))
    return sheet


def _no_formula():
    return _("This is a formula. Write the value itself.")


def _mark_without_result(sheet, data):
    """A formula whose result was never saved is read as empty: say so in its cell."""
    rows = dict(sheet.rows)
    book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
    source = next(s for s in book.worksheets if s.sheet_state == "visible")
    source.reset_dimensions()
    for number, row in enumerate(source.iter_rows(max_col=MAX_COLUMNS), 1):
        for index, cell in enumerate(row):
            if cell.data_type == "f" and number in rows and not rows[number][index]:
                rows[number][index] = WITHOUT_RESULT


def _text(value):
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))  # a telephone number that was taken for a number
    if isinstance(value, datetime) and value.time() == time.min:
        return value.date().isoformat()
    return str(value)


def _read_csv(data):
    text = _decode(data)
    if "\0" in text:
        raise BadSpreadsheet(_("This is not an XLSX, ODS or CSV file. Save the table as XLSX."))
    head = "\n".join(text.split("\n", 20)[:20])
    delimiter = max(",;\t", key=head.count)
    sheet = Spreadsheet()
    try:
        # Strict: a quotation mark left open would swallow the rows below it.
        for number, row in enumerate(csv.reader(io.StringIO(text, ""), delimiter=delimiter, strict=True), 1):
            formulas = [index for index, cell in enumerate(row[:MAX_COLUMNS]) if cell.startswith("=")]
            sheet.problems.extend((number, index, _no_formula()) for index in formulas)
            sheet.add(number, row[:MAX_COLUMNS])
    except csv.Error:
        raise BadSpreadsheet(
            _("A quotation mark is not closed, or is in the wrong place. Save the list as XLSX.")
        ) from None
    return sheet


def _decode(data):
    if data.startswith(OLE) and "EncryptedPackage".encode("utf-16-le") in data:
        raise BadSpreadsheet(_("This file is protected by a password. Save it without one."))
    if data.startswith((OLE, b"%PDF", b"{\\rtf")):
        raise BadSpreadsheet(_("This is not an XLSX, ODS or CSV file. Save the table as XLSX."))
    wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    try:
        return data.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError:
        # A wrong guess would damage names.
        raise BadSpreadsheet(
            _("The letters in this file cannot be read reliably. Save it as “CSV UTF-8” or as XLSX.")
        ) from None
