"""A sample agenda as a ministry writes one, made by hand: as a workbook, an ODS file, and pasted."""

import io
import zipfile

from openpyxl import Workbook

HEADS = ["No", "Hari/Tanggal", "Waktu (WIB)", "Kegiatan", "Tempat", "Narasumber", "PIC", "Ket."]
TUESDAY = "Selasa, 24 Juli 2018"
ROWS = [
    ["1", TUESDAY, "08.00 – 08.40", "Bus ke BBLM", "Hotel program, Bandung", "", "Panitia contoh", "Semua"],
    ["2", "", "08.45 – 09.45", "Kunjungan: mesin CNC buatan balai", "BBLM", "", "Ibu Contoh", "Semua"],
    ["3", "", "10.00 s.d. 11.00", "Workshop CNC", "BBLM", "", "", "Kelompok A"],
    ["4", "", "10.00 s.d. 11.00", "Workshop pengecoran", "BBLM", "", "", "Kelompok B"],
    ["5", "", "15:30-15:15", "Rehat kopi", "BBLM", "", "", ""],
    ["6", "", "10:30-1045", "Foto bersama", "", "", "", ""],
    ["7", "", "19.00 – selesai", "Makan malam", "Rumah makan contoh, Lembang", "", "", ""],
]
NEXT_DAY = "Hari 8, Rabu 25 Juli 2018"
MORE_ROWS = [
    [
        "8",
        "",
        "0800-0930",
        "Paparan kebijakan IKM",
        "Aula contoh",
        "1. Dr. Sampel Satu, M.T.\n2. Sampel Dua",
        "",
        "",
    ],
    ["9", "", "09.30-10.00", "ISHOMA", "", "", "", ""],
]
TABLE = [HEADS, *ROWS, [NEXT_DAY], *MORE_ROWS]


def as_xlsx():
    """With a title above, the day of the first rows in merged cells, and the second as a line of its own."""
    book = Workbook()
    sheet = book.active
    sheet.append(["SUSUNAN ACARA (CONTOH)"])
    sheet.merge_cells("A1:H1")
    sheet.append([])
    for row in TABLE:
        sheet.append([cell or None for cell in row])
    sheet.merge_cells("B4:B10")
    sheet.merge_cells("A11:H11")
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def as_pasted():
    """As Word puts it on the clipboard: line breaks in cells without quotation marks."""
    return "\n".join("\t".join(row) for row in TABLE)


def as_ods(rows, extra=(), prologue=""):
    """``rows`` of cells as an ODS file; ``extra`` are further (name, content) of it, ``prologue`` stands
    before the document.
    """
    body = "".join(
        "<table:table-row>" + "".join(_ods_cell(cell) for cell in row) + "</table:table-row>" for row in rows
    )
    content = (
        '<?xml version="1.0"?>' + prologue + "<office:document-content"
        ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
        f'<office:body><office:spreadsheet><table:table table:name="Agenda">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        for name, text in extra:
            archive.writestr(name, text)
    return out.getvalue()


def _ods_cell(cell):
    """A text; a ("time", "PT08H30M00S") or ("date", "2018-07-24"); or ("spanned", rows, text)."""
    if isinstance(cell, tuple) and cell[0] == "spanned":
        spanned = f'table:number-rows-spanned="{cell[1]}"'
        return f"<table:table-cell {spanned}><text:p>{cell[2]}</text:p></table:table-cell>"
    if isinstance(cell, tuple):
        sort, value = cell
        return f'<table:table-cell office:value-type="{sort}" office:{sort}-value="{value}"/>'
    lines = "".join(f"<text:p>{line}</text:p>" for line in cell.split("\n"))
    return f"<table:table-cell>{lines}</table:table-cell>"
