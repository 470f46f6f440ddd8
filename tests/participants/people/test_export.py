import csv
import io
from datetime import date

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from participants.models import Participant, TravelReading
from participants.people.spreadsheets.exports import export
from participants.people.spreadsheets.imports import import_people, recognise
from program.spreadsheets.files import escape, read_spreadsheet, unescape
from tests.makers import at, make_group, make_organizer, make_program
from tests.participants.travel.makers import make_travel_record

from .makers import make_participant
from .names import NAMES

pytestmark = pytest.mark.django_db
DANGEROUS = ('=HYPERLINK("http://example.org")', "+1+1", "-2+3", "@SUM(A1)", "'=1", "''+1")


def table_of(data, form):
    if form == "csv":
        return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), "")))
    sheet = load_workbook(io.BytesIO(data)).worksheets[0]
    return [["" if cell.value is None else cell.value for cell in row] for row in sheet]


def all_people():
    return Participant.objects.all()


def exported(form="csv", people=None, **kwargs):
    return table_of(export(all_people() if people is None else people, form, **kwargs), form)


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_people_are_exported_in_words_with_one_column_each(form):
    program = make_program()
    make_participant(
        program,
        email="a@example.org",
        name="Sample Person",
        country="KR",
        group=make_group(program, "B"),
        diet="no-beef",
    )

    heads, row = exported(form)

    assert dict(zip(heads, row, strict=True)) == {
        "E-mail": "a@example.org",
        "Name as in the passport": "Sample Person",
        "Preferred name": "",
        "Name in own script": "",
        "Country": "South Korea",
        "Institution": "",
        "Position": "",
        "Mobile telephone": "",
        "Group": "B",
        "Status": "Confirmed",
        "Diet": "No beef",
        "Diet, in words": "",
        "Hotel room": "",
    }


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_cell_of_a_csv_file_can_be_taken_for_a_formula(text):
    make_participant(make_program(), name=text, institution=text)

    _heads, row = exported("csv")

    assert row[1] == row[5] == "'" + text


def test_a_cell_of_an_xlsx_file_is_a_text_as_it_is():
    make_participant(make_program(), name="=1+1", institution="'=1", phone="+62 812 0000")

    _heads, row = exported("xlsx")

    assert (row[1], row[5], row[7]) == ("=1+1", "''=1", "+62 812 0000")


def test_no_cell_of_an_xlsx_file_is_a_formula_or_a_number():
    make_participant(make_program(), name="=1+1", phone="0812", room="12")

    sheet = load_workbook(io.BytesIO(export(all_people(), "xlsx"))).active

    assert {cell.data_type for row in sheet for cell in row if cell.value is not None} == {"s"}
    assert {cell.number_format for row in sheet for cell in row} == {"@"}


def test_csv_opens_with_all_letters_in_spreadsheet_programs():
    make_participant(make_program(), name="José")

    assert export(all_people(), "csv").startswith(b"\xef\xbb\xbf")


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_the_quotation_mark_comes_off_again(text):
    assert unescape(escape(text)) == text


@pytest.mark.parametrize("language", ["en", "id"])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_is_exported_comes_back_the_same(form, language):
    program, organizer = make_program(), make_organizer()
    group = make_group(program, "B")
    for n, name in enumerate([*NAMES, *DANGEROUS]):
        make_participant(
            program,
            email=f"p{n}@example.org",
            name=name,
            own_script_name=name,
            phone="+62 0812",
            group=group,
            country="MM",
            diet=Participant.Diet.OTHER,
            diet_note="-",
            room="=1",
            status="accepted",
        )
    before = list(all_people().order_by("pk").values())
    with translation.override(language):
        data = export(all_people(), form)
    people = recognise(read_spreadsheet(data))

    report = import_people(program, people, by=organizer)
    assert {row.sort for row in report.rows} == {"skip"}

    all_people().update(name="x", own_script_name="", phone="", group=None, country="NP", diet="any", room="")
    report = import_people(program, people, by=organizer)

    assert report.wrong == []
    assert list(all_people().order_by("pk").values()) == before


def test_travel_records_are_left_out_unless_asked_for():
    make_travel_record(make_participant(make_program()), passport_number="SENTINEL")

    assert "SENTINEL" not in str(exported())
    assert not TravelReading.objects.exists()


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_travel_records_that_were_asked_for_are_written_down_for_each_person(form):
    program, reader = make_program(), make_organizer(first_name="Sample", last_name="Organizer")
    with_record = make_participant(program, country="AF")
    make_participant(program, country="NP")
    make_travel_record(
        with_record,
        passport_number="=X1",
        passport_expires_on=date(2020, 1, 2),
        arrives_at=at(18, "14:05", program.tz),
    )

    heads, row, other = exported(form, travel_reader=reader)

    told = dict(zip(heads, row, strict=True))
    assert (told["passport number"], told["passport expires on"]) == (
        "'=X1" if form == "csv" else "=X1",
        "2020-01-02",
    )
    assert told["arrives at"] == "2018-07-18 14:05 WIB"
    assert other[13:] == [""] * 13
    reading = TravelReading.objects.get()
    assert (reading.record.participant, reading.reader, reading.where) == (with_record, reader, "export")


def test_erased_people_are_not_exported():
    program = make_program()
    make_participant(program, erased_at=at(31, "10:00", program.tz))

    assert len(exported()) == 1


@pytest.mark.parametrize("count", [1, 3])
def test_query_count_does_not_grow(count, django_assert_num_queries):
    program, reader = make_program(), make_organizer()
    for _ in range(count):
        make_travel_record(make_participant(program, group=make_group(program, str(_))))

    with django_assert_num_queries(3):  # people; records; readings
        table = exported(travel_reader=reader)

    assert len(table) == count + 1
