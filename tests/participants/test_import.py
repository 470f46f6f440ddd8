import csv
import io
import struct
import zipfile

import pytest
from django.db import IntegrityError
from django.utils import translation
from openpyxl import Workbook, load_workbook

from participants.models import Participant
from participants.sheet_export import template
from participants.sheet_files import MAX_BYTES, MAX_ROWS, BadSheet, read_sheet
from participants.sheets import PeopleResource, recognise
from tests.makers import at, make_group, make_organizer, make_program

from .makers import make_participant
from .names import NAMES

pytestmark = pytest.mark.django_db
HEADS = ["E-mail", "Name as in the passport", "Country"]


def as_csv(*rows, encoding="utf-8", delimiter=",", heads=HEADS):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows([heads, *rows])
    return out.getvalue().encode(encoding)


def as_xlsx(*rows, heads=HEADS, change=None):
    book = Workbook()
    for row in [heads, *rows]:
        book.active.append(row)
    if change:
        change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def run(program, data, dry_run=False, by=None):
    return PeopleResource(program, by or make_organizer()).read(recognise(read_sheet(data)), dry_run)


def errors_of(report):
    return {row.number: list(row.errors) for row in report.wrong}


def message_of(data):
    with pytest.raises(BadSheet) as error:
        recognise(read_sheet(data))
    return str(error.value)


SOMEBODY = ("a@example.org", "Sample Person", "Nepal")


# What becomes of the people


@pytest.mark.parametrize("make", [as_csv, as_xlsx])
def test_new_people_come_in_with_a_history_of_who_imported_them(make):
    program, organizer = make_program(), make_organizer()

    report = run(program, make(SOMEBODY, ("b@example.org", "Sukarno", "ID")), by=organizer)

    people = program.participants.order_by("email")
    assert [(p.email, p.name, p.country, p.status) for p in people] == [
        ("a@example.org", "Sample Person", "NP", "nominated"),
        ("b@example.org", "Sukarno", "ID", "nominated"),
    ]
    assert [row.sort for row in report.rows] == ["new", "new"]
    assert [p.history.get().history_user for p in people] == [organizer, organizer]


def test_a_dry_run_says_the_same_and_writes_nothing():
    program = make_program()

    report = run(program, as_csv(SOMEBODY), dry_run=True)

    assert [(row.number, row.sort, row.person.name) for row in report.rows] == [(2, "new", "Sample Person")]
    assert not program.participants.exists()


def test_people_are_recognised_by_address_whatever_its_case_and_keep_what_the_sheet_does_not_say():
    program = make_program()
    person = make_participant(program, email="Person@Example.org", phone="+62 1", institution="Old", room="7")
    data = as_csv(
        ("PERSON@EXAMPLE.ORG", "Sample New", "", "New institution", ""),
        heads=["E-mail", "Name", "Country", "Institution", "Phone"],
    )

    report = run(program, data)

    person.refresh_from_db()
    assert (person.email, person.name, person.country) == ("Person@Example.org", "Sample New", "NP")
    assert (person.institution, person.phone, person.room) == ("New institution", "+62 1", "7")
    (row,) = report.rows
    assert [(str(head), old, new) for head, old, new in row.changes][1] == (
        "Institution",
        "Old",
        "New institution",
    )
    assert program.participants.count() == 1


def test_a_row_that_changes_nothing_is_left_alone():
    program = make_program()
    person = make_participant(program, email="a@example.org", name="Sample Person", country="NP")

    report = run(program, as_csv(SOMEBODY))

    assert [row.sort for row in report.rows] == ["skip"]
    assert person.history.count() == 1


def test_the_same_address_in_another_program_is_another_participant():
    other = make_participant(make_program(slug="other"), email="a@example.org", name="Other Name")
    program = make_program()

    run(program, as_csv(SOMEBODY))

    other.refresh_from_db()
    assert other.name == "Other Name"
    assert program.participants.get().name == "Sample Person"


def test_one_wrong_row_keeps_all_out():
    program = make_program()
    known = make_participant(program, email="known@example.org", name="Before")
    data = as_csv(SOMEBODY, ("known@example.org", "After", "NP"), ("no address", "Sample", "Atlantis"))

    report = run(program, data)

    known.refresh_from_db()
    assert known.name == "Before"
    assert program.participants.count() == 1
    assert errors_of(report) == {
        4: [
            "Country: “Atlantis” is no country we know. Write its code, such as NP.",
            "E-mail: Enter a valid email address.",
        ]
    }


def test_every_wrong_row_is_named_with_its_row_and_column():
    program = make_program()
    make_group(program, "A")
    heads = [*HEADS, "Status", "Group", "Diet"]
    data = as_csv(
        ("", "Nobody", "NP", "", "", ""),
        ("b@example.org", "", "", "", "", ""),
        ("c@example.org", "A" * 121, "NP", "", "", ""),
        ("d@example.org", "Sample", "NP", "maybe", "Z", "cake"),
        ("d@example.org", "Sample", "NP", "", "", ""),
        heads=heads,
    )

    errors = errors_of(run(program, data, dry_run=True))

    assert errors[2] == ["E-mail: This field cannot be blank."]
    assert set(errors[3]) == {
        "Name as in the passport: This field cannot be blank.",
        "Country: This field cannot be blank.",
    }
    assert errors[4] == [
        "Name as in the passport: Ensure this value has at most 120 characters (it has 121)."
    ]
    assert set(errors[5]) == {
        "Status: “maybe” is none of: Nominated, Accepted, Confirmed, Withdrawn.",
        "Group: There is no group “Z” in this program. Its groups: A.",
        "Diet: “cake” is none of: No restrictions, Halal, Vegetarian, Vegan, No beef, Other.",
    }
    assert errors[6] == ["E-mail: The same address stands in row 5."]


def test_an_erased_person_does_not_come_back():
    program = make_program()
    make_participant(program, email="erased-1@erased.invalid", erased_at=at(31, "10:00", program.tz))

    report = run(program, as_csv(("erased-1@erased.invalid", "Sample", "NP")))

    assert errors_of(report) == {2: ["E-mail: This person was erased."]}


def test_somebody_added_at_the_same_moment_keeps_all_out(monkeypatch):
    program = make_program()
    resource = PeopleResource(program, make_organizer())
    make_participant(program, email="A@example.org")

    with pytest.raises(IntegrityError):
        resource.read(
            recognise(read_sheet(as_csv(("b@example.org", "Sample", "NP"), SOMEBODY))), dry_run=False
        )


# Words and columns


def test_columns_are_found_in_any_order_case_and_in_indonesian():
    program = make_program()
    group = make_group(program, "B")
    heads = [
        " negara ",
        "NAMA_LENGKAP",
        "Kelompok",
        "Alamat  Surel",
        "No. HP",
        "Instansi",
        "STATUS",
        "Diet",
        "Kamar",
    ]
    row = (
        "Laos",
        "Sample",
        "kelompok b",
        "a@example.org",
        "0812",
        "Lembaga",
        "Diterima",
        "tanpa daging sapi",
        "12",
    )

    report = run(program, as_csv(row, heads=heads))

    assert errors_of(report) == {}
    person = program.participants.get()
    assert (person.country, person.name, person.group, person.phone) == ("LA", "Sample", group, "0812")
    assert (person.institution, person.status, person.diet, person.room) == (
        "Lembaga",
        "accepted",
        "no-beef",
        "12",
    )


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_the_template_is_understood_and_its_sample_row_is_not_read(form, language):
    program = make_program()
    with translation.override(language):
        data = template(program, form)

    sheet = read_sheet(data)

    assert "sample.person@example.org" in sheet.rows[1][1][0]
    assert message_of(data) == "There is nobody in the sheet below its heads."
    sheet.rows.append((3, ["a@example.org", "Sample", "", "", "NP"] + [""] * 8))
    people = recognise(sheet)
    assert people.unread == []
    assert [row["email"] for _number, row in people.rows] == ["a@example.org"]


def test_a_title_above_the_heads_is_passed_over_even_when_merged():
    def add_title(book):
        book.active.insert_rows(1, 2)
        book.active["A1"] = "List of participants"
        book.active.merge_cells("A1:C1")

    program = make_program()

    report = run(program, as_xlsx(SOMEBODY, change=add_title))

    assert [(row.number, row.sort) for row in report.rows] == [(4, "new")]


def test_columns_that_are_none_of_ours_are_named():
    people = recognise(read_sheet(as_csv((*SOMEBODY, "X1"), heads=[*HEADS, "Passport number"])))

    assert people.unread == ["Passport number"]
    assert people.rows == [(2, {"email": "a@example.org", "name": "Sample Person", "country": "Nepal"})]


@pytest.mark.parametrize("make", [as_csv, as_xlsx])
def test_names_in_any_script_come_in_untouched(make):
    program = make_program()
    rows = [(f"p{n}@example.org", f"  {name} ", "MM", name) for n, name in enumerate(NAMES)]

    report = run(program, make(*rows, heads=[*HEADS, "Name in own script"]))

    assert errors_of(report) == {}
    people = program.participants.in_bulk([*program.participants.values_list("pk", flat=True)])
    found = sorted(people.values(), key=lambda p: int(p.email[1:].partition("@")[0]))
    assert [p.name for p in found] == list(NAMES)
    assert [p.own_script_name for p in found] == list(NAMES)


def test_decomposed_letters_are_stored_composed():
    program = make_program()

    run(program, as_csv(("a@example.org", "Nguye\u0302\u0303n", "VN")))

    assert program.participants.get().name == "Nguy\u1ec5n"


def test_numbers_that_a_spreadsheet_made_of_telephones_and_rooms_are_texts_again():
    program = make_program()

    run(program, as_xlsx((*SOMEBODY, 62812345678, 12.0), heads=[*HEADS, "Phone", "Room"]))

    person = program.participants.get()
    assert (person.phone, person.room) == ("62812345678", "12")


# Files


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
        (with_entities, "no spreadsheet program writes"),
        (with_entities_in_utf16, "no spreadsheet program writes"),
        (with_zeros, "unpacks to far more"),
        (with_thousand_parts, "unpacks to far more"),
        (without_workbook, "not an XLSX or CSV file"),
        (with_broken_sheet, "not a whole XLSX file"),
        (with_far_row, "nobody in the sheet"),
    ],
)
def test_hostile_xlsx_is_refused_in_words(change, words):
    assert words in message_of(rezipped(as_xlsx(SOMEBODY), change))


def test_a_part_that_lies_about_its_size_is_not_unpacked_beyond_it():
    data = bytearray(rezipped(as_xlsx(SOMEBODY), with_zeros))
    size = struct.pack("<I", 200_000_000)
    assert data.count(size) == 2  # local header and directory
    lying = bytes(data).replace(size, struct.pack("<I", 1000))

    assert "not a whole XLSX file" in message_of(lying)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b"  \r\n ", "empty"),
        (b",,,\n,,,\n", "The sheet is empty"),
        (as_csv(SOMEBODY)[:40] + b"\0" + as_csv(SOMEBODY)[40:], "not an XLSX or CSV file"),
        (as_csv(("a@example.org", "José", "NP"), encoding="cp1252"), "CSV UTF-8"),
        (as_csv(("a@example.org", "José", "NP"), encoding="utf-16")[:-1], "CSV UTF-8"),
        (b'E-mail,Name,Country\na@example.org,"Sample,NP\nb@example.org,Other,NP\n', "quotation mark"),
        (b"PK\x03\x04 and nothing more", "not a whole XLSX file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "Save the list as XLSX"),
        (b"%PDF-1.7 ...", "Save the list as XLSX"),
        (as_xlsx(SOMEBODY)[:-30], "not a whole XLSX file"),
        (b"Name,Country\nSample,NP\n", "E-mail"),
        (b"E-mail,Surel,Name\na@example.org,a@example.org,Sample\n", "Two columns mean the same"),
        (b"E-mail,Name,Country\n", "nobody in the sheet"),
        (b"x" * (MAX_BYTES + 1), "larger than 4 MB"),
    ],
)
def test_wrong_files_are_refused_in_words(data, words):
    assert words in message_of(data)


def test_a_sheet_of_ten_thousand_rows_is_read_and_one_more_is_not():
    rows = [(f"p{n}@example.org", "Sample", "NP") for n in range(MAX_ROWS)]

    assert len(recognise(read_sheet(as_csv(*rows))).rows) == MAX_ROWS
    assert "10000 rows" in message_of(as_csv(*rows, ("one@example.org", "Sample", "NP")))


def test_formulas_are_not_taken_for_values():
    program = make_program()
    data = as_xlsx(
        ("a@example.org", '=HYPERLINK("http://example.org","Sample")', "NP"), ("b@example.org", "=1+1", "NP")
    )

    report = run(program, data)

    assert errors_of(report) == {
        2: ["Name as in the passport: This is a formula. Write the value itself."],
        3: ["Name as in the passport: This is a formula. Write the value itself."],
    }
    assert not program.participants.exists()


def test_formulas_in_csv_are_refused_as_well():
    program = make_program()

    report = run(program, as_csv(("a@example.org", "=cmd|' /C calc'!A0", "NP")))

    assert errors_of(report) == {2: ["Name as in the passport: This is a formula. Write the value itself."]}


def test_a_formula_in_a_column_that_is_not_read_does_no_harm():
    program = make_program()

    run(program, as_xlsx((*SOMEBODY, "=1+1"), heads=[*HEADS, "No."]))

    assert program.participants.count() == 1


def test_merged_cells_are_refused_where_people_stand():
    program = make_program()
    data = as_xlsx(
        SOMEBODY, ("b@example.org", "Other", None), change=lambda book: book.active.merge_cells("C2:C3")
    )

    errors = errors_of(run(program, data))

    assert errors[2] == ["Country: The cells C2:C3 are merged. Split them, and fill in each."]
    assert not program.participants.exists()


@pytest.mark.parametrize("name", ["Two\nlines", "Bell\x07"])
def test_signs_that_cannot_be_printed_are_refused(name):
    report = run(make_program(), as_csv(("a@example.org", name, "NP")))

    assert errors_of(report) == {
        2: ["Name as in the passport: This is more than one line, or holds a sign that cannot be printed."]
    }


def test_what_looks_like_markup_is_a_name():
    program = make_program()

    run(program, as_csv(("a@example.org", "<script>alert(1)</script>", "NP")))

    assert program.participants.get().name == "<script>alert(1)</script>"


def test_the_first_visible_sheet_is_read():
    def hide_first(book):
        book.create_sheet("Old", 0).append(["E-mail"])
        book.worksheets[0].sheet_state = "hidden"
        book.active = 1

    sheet = read_sheet(as_xlsx(SOMEBODY, change=hide_first))

    assert (sheet.title, len(sheet.rows)) == ("Sheet", 2)


@pytest.mark.parametrize("count", [1, 30])
def test_query_count_does_not_grow(count, django_assert_num_queries):
    program, organizer = make_program(), make_organizer()
    people = [(f"p{n}@example.org", "Sample", "NP") for n in range(count)]
    data = recognise(read_sheet(as_csv(*people)))

    with django_assert_num_queries(12):  # groups, people, the rows, their history; eight savepoints
        PeopleResource(program, organizer).read(data, dry_run=False)

    assert Participant.objects.count() == count


def test_template_tells_the_words_that_are_understood():
    program = make_program()
    make_group(program, "A")

    book = load_workbook(io.BytesIO(template(program, "xlsx")))

    assert book.sheetnames == ["Participants", "Countries", "Words"]
    assert ["NP", "Nepal"] in [[cell.value for cell in row] for row in book["Countries"]]
    assert [cell.value for cell in book["Words"][1]] == ["Status", "Diet", "Group"]
    assert book["Words"]["C2"].value == "A"
    assert book["Participants"]["A1"].comment.text == "Needed for each new person."
