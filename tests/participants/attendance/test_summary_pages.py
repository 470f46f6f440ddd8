"""The summary as a page, as a picture and as a spreadsheet: one set of figures for all of them."""

import csv
import io

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from participants.models import LetterheadSettings
from program.agenda.kinds import Status
from tests.makers import at, make_group, make_release
from tests.participants.people.makers import make_participant
from tests.reading import Page

from .test_summary import counting, say

pytestmark = pytest.mark.django_db
PAGE = "/ikm-2018/attendance/summary/"
XLSX = "/ikm-2018/attendance/summary.xlsx"
CSV = "/ikm-2018/attendance/summary.csv"


@pytest.fixture(autouse=True)
def noon(set_clock, program):
    """It is noon of 24 July."""
    set_clock(at(24, "12:00", program.tz))


@pytest.fixture
def world(program, staff):
    """Two items on the 23rd, one of them for group A, one on the 24th and one to come."""
    group = make_group(program, "A")
    make_group(program, "B")
    counting(program, "Opening", day=23)
    counting(program, "Workshop", "11:00", "12:00", day=23, groups=[group], kind="workshop")
    counting(program, "Lecture", day=24)
    counting(program, "Closing", day=30)
    make_release(program)
    amal = make_participant(program, name="Amal", group=group, institution="Sample Institution")
    say(amal, Opening="present", Workshop="late", Lecture="sick")
    say(make_participant(program, name="Bina"), Opening="present", Lecture="present")
    say(make_participant(program, name="Tika", country="ID"), Opening="absent")
    return program


def people(page):
    """The rows of the matrix, each as its cells' texts."""
    matrix = page.one("table", "matrix")
    rows = page.all("tr", within=page.one("tbody", within=matrix))
    return [[cell.text for cell in row.nodes if cell.tag in ("th", "td")] for row in rows]


def tables_of(page, css):
    rows = page.all("tr", within=page.one("table", css))
    return [[cell.text for cell in row.nodes if cell.tag in ("th", "td")] for row in rows][1:]


# The page


def test_the_matrix_says_who_was_where(client, world):
    page = Page(client.get(PAGE))

    assert people(page) == [
        ["Tika Indonesia", "0% ▼ below", "0/2", "1", "A", "", "–"],
        ["Amal Nepal · A", "66% ▼ below", "2/3", "", "●", "L", "S"],
        ["Bina Nepal", "100%", "2/2", "", "●", "", "●"],
    ]
    heads = [head.text for head in page.all("th", "m-item")]
    assert heads == ["09:00 Opening", "11:00 Workshop", "09:00 Lecture"]
    assert page.texts("tfoot")[0].split() == ["All:", "3", "people", "57%", "4/7", "1", "66%", "100%", "33%"]


def test_every_sign_of_the_matrix_is_explained(client, world):
    legend = Page(client.get(PAGE)).one("p", "legend").text
    for word in (
        "● Present",
        "L Late",
        "E Excused",
        "S Sick",
        "A Absent",
        "– Not marked",
        "of another group",
    ):
        assert word in legend


def test_the_figures_on_top_name_the_moment_and_the_threshold(client, world):
    LetterheadSettings.objects.create(program=world, threshold=60)

    page = Page(client.get(PAGE))

    assert "24 July 2018, 12:00 WIB: 3 of the 4 items that count are over." in page.main.text
    assert page.one("dl", "figures").text == (
        "reach 60 percent 2 of 3 are below 60 percent ▼ 1 average attendance 57%"
        " not marked: they count as not present 1"
    )


def test_days_items_and_countries_have_their_shares(client, world):
    page = Page(client.get(PAGE))

    assert tables_of(page, "by-day") == [
        ["Monday 23 July", "75%", "3/4", "0"],
        ["09:00 Opening", "66%", "2/3", ""],
        ["11:00 Workshop Group A", "100%", "1/1", ""],
        ["Tuesday 24 July", "33%", "1/3", "1"],
        ["09:00 Lecture", "33%", "1/3", "1"],
    ]
    assert tables_of(page, "by-country") == [
        ["Indonesia", "0%", "0/2", "1", "▼ 1"],
        ["Nepal", "80%", "4/5", "2", "▼ 1"],
    ]


def test_the_table_scrolls_in_a_named_frame_that_a_keyboard_reaches(client, world):
    page = Page(client.get(PAGE))
    frame = page.one("div", "matrix-box")

    assert frame.attributes["tabindex"] == "0"
    assert (frame.attributes["role"], frame.attributes["aria-label"]) == ("region", "Participants and items")


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("country=NP", ["Amal", "Bina"]),
        ("group=A", ["Amal"]),
        ("people=below", ["Tika", "Amal"]),
        ("people=below&country=NP", ["Amal"]),
        ("country=XX&day=tomorrow&group=Z&people=all", ["Tika", "Amal", "Bina"]),
    ],
)
def test_a_part_of_the_people(client, world, query, shown):
    assert [row[0].split()[0] for row in people(Page(client.get(f"{PAGE}?{query}")))] == shown


def test_a_day_shows_its_items_and_keeps_the_percent_of_the_program(client, world):
    page = Page(client.get(f"{PAGE}?day=2018-07-24"))

    assert page.one("h2", id="people-h").text == "3 participants, Tuesday 24 July"
    assert [row[1:] for row in people(page)] == [
        ["0% ▼ below", "0/1", "1", "–"],
        ["66% ▼ below", "0/1", "", "S"],
        ["100%", "1/1", "", "●"],
    ]
    assert [head.text for head in page.all("th", "m-item")] == ["09:00 Lecture"]


def test_a_part_without_people_says_so(client, world):
    page = Page(client.get(f"{PAGE}?group=B"))

    assert "There is nobody in this selection." in page.main.text
    assert page.all("table") == []


def test_before_anything_is_over_nobody_is_below(client, program, staff):
    counting(program, "Tomorrow", day=25)
    make_release(program)
    make_participant(program, name="Amal")

    page = Page(client.get(PAGE))

    assert "No item that counts is over yet." in page.main.text
    assert people(page) == [["Amal Nepal", "–", "0/0", ""]]


def test_a_program_without_participants_says_so(client, program, staff):
    counting(program)
    make_release(program)

    assert "There is no confirmed participant yet." in Page(client.get(PAGE)).main.text


def test_cancelled_items_are_not_shown(client, world):
    world.items.filter(title="Lecture").update(status=Status.CANCELLED)
    make_release(world)

    assert [head.text for head in Page(client.get(PAGE)).all("th", "m-item")] == [
        "09:00 Opening",
        "11:00 Workshop",
    ]


def test_many_people_stand_on_several_pages_or_on_one(client, program, staff, monkeypatch):
    monkeypatch.setattr("participants.attendance.views.summary.PAGE", 2)
    counting(program, "Opening")
    make_release(program)
    for name in ("A", "B", "C"):
        make_participant(program, name=name)

    first = Page(client.get(f"{PAGE}?country=NP"))
    pager = dict(first.links(first.one("nav", "pager")))

    assert len(people(first)) == 2
    assert "All: 3 people" in first.one("tfoot").text
    assert [row[0][0] for row in people(Page(client.get(pager["Next people"].partition("#")[0])))] == ["C"]
    assert len(people(Page(client.get(pager["All 3 on one page"].partition("#")[0])))) == 3


def test_what_people_and_organizers_typed_is_text(client, program, staff):
    counting(program, "<b>Opening</b>")
    make_release(program)
    make_participant(program, name="<script>alert(1)</script>")

    html = client.get(PAGE).content.decode()

    assert "&lt;script&gt;alert(1)" in html
    assert "<script>alert" not in html
    assert "<b>Opening" not in html


def test_an_indonesian_page_is_in_indonesian_figures(client, world):
    page = Page(client.get(f"/id{PAGE}"))

    assert page.one("svg", "glance").attributes["viewbox"] == "0 0 240 208"
    assert page.all("th", "m-item")[0].text == "09.00 Opening"


def test_the_number_of_queries_does_not_grow(client, program, staff):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as found:
            assert client.get(PAGE).status_code == 200
        return len(found)

    say_of = {}
    for number in range(1, 4):
        counting(program, f"item{number}", day=18 + number)
        make_release(program)
        person = make_participant(program)
        say(person, **{f"item{number}": "present"})
        client.get(PAGE)  # reads the release
        say_of[number] = queries()

    assert say_of[1] == say_of[3]


# The picture


def test_the_picture_has_a_ring_for_each_item_and_says_the_same_in_words(client, world):
    page = Page(client.get(PAGE))
    picture = page.one("svg", "glance")

    assert picture.attributes["role"] == "img"
    titles = page.texts("title", within=picture)
    assert titles == [
        "Attendance, day by day",
        "09:00 Opening: 2 of 3",
        "11:00 Workshop: 1 of 1",
        "09:00 Lecture: 1 of 3",
        "09:00 Closing",
    ]
    assert page.one("desc", within=picture).text == "Monday 23 July: 75%. Tuesday 24 July: 33%."
    drawn = [circle.attributes.get("stroke-dasharray") for circle in page.all("circle", "share", picture)]
    assert drawn == ["66 100", None, "33 100"]
    assert len(page.all("circle", "later", within=picture)) == 1


def test_the_picture_of_a_day_still_shows_the_program(client, world):
    page = Page(client.get(f"{PAGE}?day=2018-07-24&group=A"))

    assert len(page.all("g", "glance-day")) == 3


def test_the_picture_of_a_long_program_goes_on_below(client, program, staff):
    for day in range(1, 17):
        counting(program, f"item{day}", day=day)
    make_release(program)
    make_participant(program)

    picture = Page(client.get(PAGE)).one("svg", "glance")

    assert picture.attributes["viewbox"] == "0 0 1120 272"


# The spreadsheet


def sheets_of(response):
    book = load_workbook(io.BytesIO(response.content))
    return {sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book}


def test_the_sheets_have_the_figures_of_the_page(client, world):
    response = client.get(XLSX)
    sheets = sheets_of(response)

    assert response["Content-Disposition"] == 'attachment; filename="attendance-ikm-2018.xlsx"'
    assert sheets["Participants"] == [
        [
            *("No.", "Name as in the passport", "Country", "Institution", "Group"),
            *("Present", "Expected", "Not marked", "Percent of the whole program", "Reaches 80 percent"),
            *("2018-07-23 09:00 Opening", "2018-07-23 11:00 Workshop", "2018-07-24 09:00 Lecture"),
        ],
        [1, "Tika", "Indonesia", None, None, 0, 2, 1, 0, "no", "Absent", None, "Not marked"],
        [2, "Amal", "Nepal", "Sample Institution", "A", 2, 3, 0, 66, "no", "Present", "Late", "Sick"],
        [3, "Bina", "Nepal", None, None, 2, 2, 0, 100, "yes", "Present", None, "Present"],
    ]
    assert sheets["Items"][1:] == [
        ["2018-07-23 09:00", "Opening", 2, 3, 0, 66],
        ["2018-07-23 11:00", "Workshop", 1, 1, 0, 100],
        ["2018-07-24 09:00", "Lecture", 1, 3, 1, 33],
    ]
    assert sheets["Days"][1:] == [["2018-07-23", 2, 3, 4, 0, 75], ["2018-07-24", 1, 1, 3, 1, 33]]
    assert sheets["Countries"][1:] == [["Indonesia", 1, 1, 0, 2, 1, 0], ["Nepal", 2, 1, 4, 5, 0, 80]]


def test_the_csv_file_has_the_people_of_the_part_that_is_shown(client, world):
    response = client.get(f"{CSV}?day=2018-07-24&country=NP")
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))

    assert [row[1:2] + row[5:] for row in rows[1:]] == [
        ["Amal", "0", "1", "0", "66", "no", "Sick"],
        ["Bina", "1", "1", "0", "100", "yes", "Present"],
    ]


def test_the_column_of_numbers_is_not_headed_no_in_indonesian(client, world):
    response = client.get(f"/id{CSV}")

    head = next(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert head[:2] == ["No.", "Nama sesuai paspor"]


def test_no_name_becomes_a_formula(client, program, staff):
    counting(program, "=1+1")
    make_release(program)
    make_participant(program, name='=HYPERLINK("https://example.org")', institution="@SUM(A1)")

    row = sheets_of(client.get(XLSX))["Participants"][1]
    text = client.get(CSV).content.decode("utf-8-sig")

    assert row[1] == '=HYPERLINK("https://example.org")'
    assert row[3] == "@SUM(A1)"
    assert "'@SUM(A1)" in text
    assert ",=" not in text
    assert ",@" not in text


def test_the_page_leads_to_the_sheets_of_the_same_part(client, world):
    links = dict(Page(client.get(f"{PAGE}?country=NP&page=all")).links())

    assert links["Excel file (XLSX)"] == f"{XLSX}?country=NP"
    assert links["CSV file"] == f"{CSV}?country=NP"


def test_the_attendance_page_leads_to_the_summary(client, world):
    page = Page(client.get("/ikm-2018/attendance/"))
    assert (PAGE) in [address for _text, address in page.links()]
