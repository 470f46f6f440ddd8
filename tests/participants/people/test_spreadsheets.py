import io
import struct
import zipfile

import pytest
from openpyxl import load_workbook

from participants.people.spreadsheets.exports import template
from participants.people.spreadsheets.imports import recognise
from program.spreadsheets.files import MAX_BYTES, MAX_ROWS, read_spreadsheet
from tests.makers import make_group, make_program

from .spreadsheets import SOMEBODY, as_csv, as_xlsx, message_of, run

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_of_usual_encodings_and_delimiters_is_read(encoding, delimiter):
    program = make_program()

    run(program, as_csv(("a@example.org", "Doe, José", "MM"), encoding=encoding, delimiter=delimiter))

    assert program.participants.get().name == "Doe, José"


CONTENT_TYPE_OF_MACROS = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"


def rezipped(data, change):
    """The XLSX ``data`` with the parts that ``change({name: bytes})`` makes of its own."""
    with zipfile.ZipFile(io.BytesIO(data)) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    change(parts)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts.items():
            new.writestr(name, content)
    return out.getvalue()


def with_macros(parts):
    name = "[Content_Types].xml"
    old = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    parts[name] = parts[name].replace(old, CONTENT_TYPE_OF_MACROS)


def with_vba(parts):
    parts["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0"


def with_entities(parts):
    name = "xl/worksheets/sheet1.xml"
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    parts[name] = bomb + parts[name]


def with_entities_in_utf16(parts):
    name = "xl/worksheets/sheet1.xml"
    text = '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x [<!ENTITY a "aa">]>' + parts[name].decode()
    parts[name] = text.encode("utf-16")


def with_zeros(parts):
    parts["xl/media/image1.png"] = bytes(200_000_000)


def with_thousand_parts(parts):
    parts.update({f"xl/media/{n}.png": b"" for n in range(1000)})


def without_workbook(parts):
    del parts["xl/workbook.xml"]


def with_broken_sheet(parts):
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"][:-40]


def with_far_row(parts):
    name = "xl/worksheets/sheet1.xml"
    parts[name] = parts[name].replace(b'r="2"', b'r="99999999999"')


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (with_macros, "macros"),
        (with_vba, "macros"),
        (with_entities, "does not belong in a spreadsheet"),
        (with_entities_in_utf16, "does not belong in a spreadsheet"),
        (with_zeros, "contains far more"),
        (with_thousand_parts, "contains far more"),
        (without_workbook, "not an XLSX, ODS or CSV file"),
        (with_broken_sheet, "This file is incomplete"),
        (with_far_row, "contains far more"),
    ],
)
def test_hostile_xlsx_is_refused_in_words(change, words):
    assert words in message_of(rezipped(as_xlsx(SOMEBODY), change))


def test_a_part_that_lies_about_its_size_is_not_unpacked_beyond_it():
    data = bytearray(rezipped(as_xlsx(SOMEBODY), with_zeros))
    size = struct.pack("<I", 200_000_000)
    assert data.count(size) == 2  # local header and directory
    lying = bytes(data).replace(size, struct.pack("<I", 1000))

    assert "This file is incomplete" in message_of(lying)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"  \r\n ", "empty"),
        (b",,,\n,,,\n", "The spreadsheet is empty"),
        (as_csv(SOMEBODY)[:40] + b"\0" + as_csv(SOMEBODY)[40:], "not an XLSX, ODS or CSV file"),
        (as_csv(("a@example.org", "José", "NP"), encoding="cp1252"), "CSV UTF-8"),
        (as_csv(("a@example.org", "José", "NP"), encoding="utf-16")[:-1], "CSV UTF-8"),
        (b'E-mail,Name,Country\na@example.org,"Sample,NP\nb@example.org,Other,NP\n', "quotation mark"),
        (b"PK\x03\x04 and nothing more", "This file is incomplete"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "Save the table as XLSX"),
        (
            b"\xd0\xcf\x11\xe0" + b"\0" * 100 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 100,
            "protected by a password",
        ),
        (b"%PDF-1.7 ...", "Save the table as XLSX"),
        (as_xlsx(SOMEBODY)[:-30], "This file is incomplete"),
        (b"Name,Country\nSample,NP\n", "E-mail"),
        (b"E-mail,Surel,Name\na@example.org,a@example.org,Sample\n", "Two columns mean the same"),
        (b"E-mail,Name,Country\n", "nobody in the spreadsheet"),
        (b"x" * (MAX_BYTES + 1), "larger than 4 MB"),
    ],
)
def test_wrong_files_are_refused_in_words(data, words):
    assert words in message_of(data)


def test_a_sheet_of_ten_thousand_rows_is_read_and_one_more_is_not():
    rows = [(f"p{n}@example.org", "Sample", "NP") for n in range(MAX_ROWS)]

    assert len(recognise(read_spreadsheet(as_csv(*rows))).rows) == MAX_ROWS
    assert "10000 rows" in message_of(as_csv(*rows, ("one@example.org", "Sample", "NP")))


def test_the_first_visible_sheet_is_read():
    def hide_first(book):
        book.create_sheet("Old", 0).append(["E-mail"])
        book.worksheets[0].sheet_state = "hidden"
        book.active = 1

    sheet = read_spreadsheet(as_xlsx(SOMEBODY, change=hide_first))

    assert (sheet.title, len(sheet.rows)) == ("Sheet", 2)


def test_template_tells_the_words_that_are_understood():
    program = make_program()
    make_group(program, "A")

    book = load_workbook(io.BytesIO(template(program, "xlsx")))

    assert book.sheetnames == ["Participants", "Countries", "Words"]
    assert ["NP", "Nepal"] in [[cell.value for cell in row] for row in book["Countries"]]
    assert [cell.value for cell in book["Words"][1]] == ["Status", "Diet", "Group"]
    assert book["Words"]["C2"].value == "A"
    assert book["Participants"]["A1"].comment.text == "Required for each new person."
