"""Tables of texts as XLSX or CSV files; ``files.read_spreadsheet`` reads both back."""

import csv
import io

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from .files import as_cell, escape

CONTENT_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


def as_csv(table):
    """``table`` as CSV in UTF-8 with the mark by which spreadsheet programs know it."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([escape(str(text)) for text in row] for row in table)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(tables, notes=()):
    """``tables`` [(title, table)] as the sheets of an XLSX file, every cell a text but whole numbers.

    ``notes`` are texts for the heads of the first sheet, in their order; "" for none.
    """
    book = Workbook(write_only=True)
    for title, table in tables:
        sheet = book.create_sheet(title)
        sheet.freeze_panes = "A2"
        for index in range(len(table[0])):
            sheet.column_dimensions[get_column_letter(index + 1)].width = 24
        for number, row in enumerate(table):
            cells = [_cell(sheet, text, bold=number == 0) for text in row]
            if number == 0:
                for cell, note in zip(cells, notes, strict=False):
                    cell.comment = Comment(note, "portal", width=320, height=120) if note else None
            sheet.append(cells)
        notes = ()
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet, text, bold):
    is_number = isinstance(text, int)
    cell = WriteOnlyCell(sheet, text if is_number else as_cell(text))
    if not is_number:
        cell.data_type = "s"  # a text whatever it begins with, +62 812 too: nothing has to be put before it
    cell.font = Font(bold=bold)
    if not is_number:
        cell.number_format = "@"  # text: or "0812" would lose its zero when someone types it
    cell.alignment = Alignment(vertical="top")
    return cell
