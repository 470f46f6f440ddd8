from datetime import datetime

import pytest
from django.db import IntegrityError
from django.utils import translation

from participants.models import Participant
from participants.people.spreadsheets import imports
from participants.people.spreadsheets.exports import template
from participants.people.spreadsheets.imports import import_people, recognise
from program.models import Operation
from program.spreadsheets.files import read_spreadsheet
from tests.makers import at, make_group, make_organizer, make_program
from tests.program.drafting.sheet.sample import as_ods

from .makers import make_participant
from .names import NAMES
from .spreadsheets import HEADS, SOMEBODY, as_csv, as_xlsx, errors_of, message_of, run

pytestmark = pytest.mark.django_db


# What becomes of the people


def as_ods_of_people(*rows):
    return as_ods([HEADS, *rows])


@pytest.mark.parametrize("make", [as_csv, as_xlsx, as_ods_of_people])
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
            "Country: “Atlantis” is not a known country. Write its code, such as NP.",
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
        "Status: “maybe” is not one of: Nominated, Accepted, Confirmed, Withdrawn.",
        "Group: There is no group “Z” in this program. Its groups: A.",
        "Diet: “cake” is not one of: No restrictions, Halal, Vegetarian, Vegan, No beef, Other.",
    }
    assert errors[6] == ["E-mail: The same address is in row 5."]


def test_an_erased_person_does_not_come_back():
    program = make_program()
    make_participant(program, email="erased-1@erased.invalid", erased_at=at(31, "10:00", program.tz))

    report = run(program, as_csv(("erased-1@erased.invalid", "Sample", "NP")))

    assert errors_of(report) == {2: ["E-mail: This person was erased."]}


def test_somebody_added_at_the_same_moment_keeps_all_out(monkeypatch):
    program = make_program()
    data = as_csv(("b@example.org", "Sample", "NP"), SOMEBODY)
    read = imports.read_people

    def read_and_lose(*args):
        report = read(*args)
        make_participant(program, email="A@example.org")
        return report

    monkeypatch.setattr(imports, "read_people", read_and_lose)

    with pytest.raises(IntegrityError):
        run(program, data)

    assert not program.participants.filter(email="b@example.org").exists()
    assert not Operation.objects.exists()


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

    sheet = read_spreadsheet(data)

    assert "sample.person@example.org" in sheet.rows[1][1][0]
    assert message_of(data) == "There is nobody in the spreadsheet below its column headings."
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
    people = recognise(read_spreadsheet(as_csv((*SOMEBODY, "X1"), heads=[*HEADS, "Passport number"])))

    assert people.unread == ["Passport number"]
    assert people.rows == [(2, {"email": "a@example.org", "name": "Sample Person", "country": "Nepal"})]


def with_sheet(title, *cells):
    """Adds a second sheet with one row of ``cells`` to a workbook."""

    def change(book):
        book.create_sheet(title).append(cells)

    return change


def test_further_sheets_with_something_in_them_are_named():
    full = recognise(read_spreadsheet(as_xlsx(SOMEBODY, change=with_sheet("Group B", "b@example.org"))))
    empty = recognise(read_spreadsheet(as_xlsx(SOMEBODY, change=with_sheet("Sheet2"))))

    assert full.unread_sheets == ["Group B"]
    assert empty.unread_sheets == []


def test_first_sheet_without_people_is_named_when_there_are_more():
    data = as_xlsx(("Send it back by Friday",), heads=["Read me"], change=with_sheet("People", *HEADS))

    assert (
        message_of(data) == "The first sheet, “Sheet”, has no column “E-mail”. Put the list of people first."
    )


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (as_xlsx(("a@example.org", datetime(2018, 7, 24), "NP")), "2018-07-24"),
        (as_csv(("a@example.org", "24/07/2018", "NP")), "24/07/2018"),
        (as_csv(("a@example.org", "24-Jul-18", "NP")), "24-Jul-18"),
    ],
)
def test_date_where_a_name_belongs_is_asked_about(data, text):
    report = run(make_program(), data)

    assert errors_of(report) == {
        2: [f"Name as in the passport: “{text}” is a date. Is it in the wrong column? Write the words here."]
    }


@pytest.mark.parametrize("name", ["\u200b\u200d", "\u3164", "\u2800\u00a0", "\ufe0f"])
def test_name_of_which_nothing_is_seen_is_refused(name):
    report = run(make_program(), as_csv(("a@example.org", name, "NP")))

    assert errors_of(report) == {2: ["Name as in the passport: This field cannot be blank."]}


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


def test_telephone_of_a_sheet_is_kept_with_digits_that_can_be_dialled():
    program = make_program()

    run(program, as_csv((*SOMEBODY, "+৯৭৫ ১৭"), heads=[*HEADS, "Phone"]))

    assert program.participants.get().phone == "+975 17"


@pytest.mark.parametrize("count", [1, 30])
def test_query_count_does_not_grow(count, django_assert_max_num_queries):
    program, organizer = make_program(), make_organizer()
    people = [(f"p{n}@example.org", "Sample", "NP") for n in range(count)]
    data = recognise(read_spreadsheet(as_csv(*people)))

    # Groups, people, the operation, the rows, their history, savepoints; on PostgreSQL a counter.
    with django_assert_max_num_queries(13):
        import_people(program, data, by=organizer)

    assert Participant.objects.count() == count


def test_what_looks_like_markup_is_a_name():
    program = make_program()

    run(program, as_csv(("a@example.org", "<script>alert(1)</script>", "NP")))

    assert program.participants.get().name == "<script>alert(1)</script>"


@pytest.mark.parametrize("name", ["Two\nlines", "Bell\x07"])
def test_signs_that_cannot_be_printed_are_refused(name):
    report = run(make_program(), as_csv(("a@example.org", name, "NP")))

    assert errors_of(report) == {
        2: [
            "Name as in the passport: This is more than one line, or contains a character that cannot be "
            "printed."
        ]
    }


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
