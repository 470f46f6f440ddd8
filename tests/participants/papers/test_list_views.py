"""The pages and files of printed lists, as staff open them."""

import pytest

from participants.models import LetterheadSettings
from participants.papers import logos
from program.agenda.kinds import Kind
from tests import images
from tests.forms import fill, save
from tests.makers import at, make_group, make_item, make_program, make_release
from tests.participants.attendance.makers import make_attendance
from tests.participants.people.makers import make_participant
from tests.reading import Page

from .documents import Document

pytestmark = pytest.mark.django_db
LISTS = "/ikm-2018/attendance/lists.pdf"
PRINT = "/ikm-2018/attendance/print/"
AGENDA = "/admin/program/agendaitem/"
QUERIES = 10
LETTERHEAD = "/admin/participants/letterheadsettings/"


def titles(response):
    """The items whose lists a PDF holds, in order, each once."""
    found = Document(response.content).found(r"Kegiatan / Item : (\w+)")
    return list(dict.fromkeys(title for page in found for title in page))


@pytest.fixture
def days(program, staff):
    """Two days with items, a meal among them, and one participant."""
    make_item(program, "Morning", "09:00", "10:00", day=24)
    make_item(program, "Lunch", "12:00", "13:00", day=24, kind=Kind.MEAL)
    make_item(program, "Afternoon", "14:00", "15:00", day=24)
    make_item(program, "Later", "09:00", "10:00", day=25)
    make_participant(program, name="Sample Person")
    make_release(program)
    return program


def test_the_list_of_an_item_is_a_pdf_that_nobody_keeps(client, program, staff):
    item = make_item(program, "Visit")
    make_participant(program, name="Sample Person")
    make_release(program)

    response = client.get(f"/ikm-2018/attendance/{item.pk}/list.pdf")

    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'inline; filename="daftar-hadir-ikm-2018-{item.pk}.pdf"'
    assert "no-store" in response["Cache-Control"]
    assert "1 Sample Person Nepal" in Document(response.content).text


def test_the_page_has_the_same_list_and_its_choices_go_on_to_the_pdf(client, program, staff):
    group = make_group(program, "A")
    item = make_item(program, "Visit", local_title="Kunjungan")
    make_participant(program, name="Ann", country="NL", group=group, own_script_name="نام")
    make_participant(program, name="Bob")
    make_release(program)

    page = Page(client.get(f"/ikm-2018/attendance/{item.pk}/list/?group=A&language=id&columns=country"))

    printed = page.one("article", "hadir")
    assert page.texts("th", within=printed) == ["No.", "Nama", "Negara", "Tanda tangan"]
    assert page.texts("td", within=printed) == ["2", "Ann", "Belanda", "2"]
    assert "Daftar hadir" in printed.text
    assert "Kunjungan" in printed.text
    assert "versi terbit 1" in printed.text
    pdf = dict(page.links())["Print (opens the PDF)"]
    assert pdf == f"/ikm-2018/attendance/{item.pk}/list.pdf?group=A&language=id&columns=country"
    assert "2 Ann Belanda" in Document(client.get(pdf).content).text


def test_names_in_own_script_say_their_language_on_the_page(client, program, staff):
    item = make_item(program)
    make_participant(program, own_script_name="نام", country="PK")
    make_release(program)

    page = Page(client.get(f"/ikm-2018/attendance/{item.pk}/list/"))

    assert [(node.text, node.attributes["lang"]) for node in page.all("bdi", "own")] == [("نام", "ur")]


def test_nothing_that_people_type_becomes_markup_on_the_page(client, program, staff):
    item = make_item(program, "<b>Visit</b>")
    make_participant(program, name="<script>alert(1)</script>")
    make_release(program)

    page = Page(client.get(f"/ikm-2018/attendance/{item.pk}/list/"))

    assert "<script>alert(1)</script>" in page.one("table").text
    assert "<b>Visit</b>" in page.one("article").text


def test_a_wrong_choice_is_told_on_the_page_and_prints_nothing(client, program, staff):
    item = make_item(program)
    make_release(program)

    page = Page(client.get(f"/ikm-2018/attendance/{item.pk}/list/?empty=1000"))

    assert "Empty rows at the end: Ensure this value is less than or equal to 60." in page.main.text
    for query in ("?empty=1000", "?group=Z", "?chosen=1&order=name"):
        response = client.get(f"/ikm-2018/attendance/{item.pk}/list.pdf{query}")
        assert response["Location"] == f"/ikm-2018/attendance/{item.pk}/list/{query}"


def test_the_page_of_an_item_offers_its_own_groups_alone(client, program, staff):
    a, _b = make_group(program, "A"), make_group(program, "B")
    of_a, of_all = make_item(program, groups=[a]), make_item(program)
    make_release(program)

    offered = {
        item: Page(client.get(f"/ikm-2018/attendance/{item.pk}/list/")).texts("option")
        for item in (of_a, of_all)
    }

    assert "B" not in offered[of_a]
    assert {"A", "B"} <= set(offered[of_all])
    assert "B" not in Page(client.get(f"/ikm-2018/attendance/{of_a.pk}/list/?group=B")).texts("dd")


def test_the_page_leaves_out_the_signs_that_the_pdf_leaves_out(client, program, staff):
    item = make_item(program)
    make_participant(program, name="Sam\x07ple \u202ePerson")
    make_release(program)

    page = Page(client.get(f"/ikm-2018/attendance/{item.pk}/list/"))

    assert "Sample Person" in page.texts("td")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Morning", "Lunch", "Afternoon", "Later"]),
        ("?day=2018-07-24", ["Morning", "Lunch", "Afternoon"]),
        ("?day=2018-07-24&main=on", ["Morning", "Afternoon"]),
        ("?day=2018-07-24&half=morning", ["Morning"]),
        ("?day=2018-07-24&half=afternoon", ["Lunch", "Afternoon"]),
        ("?half=morning", ["Morning", "Later"]),
    ],
)
def test_lists_of_a_day_or_half_of_it_come_in_one_pdf(client, days, query, expected):
    assert titles(client.get(LISTS + query)) == expected


def test_lists_of_chosen_items_are_those_of_this_program_alone(client, days):
    other = make_item(make_program(slug="other"), "Elsewhere")
    make_release(other.program)
    lunch, later = (days.items.get(title=title) for title in ("Lunch", "Later"))

    response = client.get(f"{LISTS}?item={later.pk}&item={lunch.pk}&item={other.pk}")

    assert titles(response) == ["Lunch", "Later"]


def test_lists_read_the_release_and_not_the_draft(client, days):
    make_item(days, "Draft", "16:00", "17:00", day=24)

    assert titles(client.get(LISTS + "?day=2018-07-24")) == ["Morning", "Lunch", "Afternoon"]

    make_release(days)

    assert titles(client.get(LISTS + "?day=2018-07-24")) == ["Morning", "Lunch", "Afternoon", "Draft"]


def test_where_there_is_nothing_to_print_the_page_says_so(client, days):
    draft = make_item(days, "Draft", "16:00", "17:00", day=24)

    response = client.get(f"{LISTS}?item={draft.pk}", follow=True)

    assert response.redirect_chain == [(PRINT, 302)]
    assert "There is no list to print" in Page(response).main.text


@pytest.mark.parametrize("query", ["?day=2018-01-01", "?day=x", "?item=x", "?half=night", "?lists=all"])
def test_a_wrong_question_comes_back_to_the_form(client, days, query):
    response = client.get(LISTS + query, follow=True)

    assert response.redirect_chain == [(PRINT + query, 302)]
    assert Page(response).one("div", "alert-danger").text


def test_today_is_printed_with_one_press(client, days, set_clock):
    set_clock(at(24, "08:00", days.tz))

    page = Page(client.get(PRINT))

    links = dict(page.links(within=page.one("section", "print-today")))
    assert links["Print today: 3 lists"] == f"{LISTS}?day=2018-07-24"
    assert links["Without meals, breaks and transfers: 2 lists"] == f"{LISTS}?day=2018-07-24&main=on"
    assert links["Only the morning"] == f"{LISTS}?day=2018-07-24&half=morning"
    assert [text for text in links if text in ("Morning", "Lunch", "Afternoon")] == [
        *("Morning", "Lunch", "Afternoon")
    ]
    assert dict(page.links())["The whole program: 4 lists"] == LISTS


def test_today_is_the_day_in_the_programs_zone(client, days, set_clock):
    set_clock(at(24, "23:30", days.tz).astimezone())  # whatever zone the machine has
    assert "Today, Tuesday 24 July" in Page(client.get(PRINT)).main.text

    set_clock(at(25, "00:30", days.tz).astimezone())
    assert "Today, Wednesday 25 July" in Page(client.get(PRINT)).main.text


def test_the_form_sends_what_is_chosen(client, days):
    sent = fill(client.get(PRINT), "print-form", day="2018-07-24", half="morning", columns=["group"])

    response = client.post(PRINT, sent, follow=True)

    assert titles(response) == ["Morning"]
    assert "No. Nama Name Kelompok Group Tanda tangan" in Document(response.content).text


def test_a_spare_list_belongs_to_no_item(client, days):
    text = Document(client.get(LISTS + "?spare=on").content).text

    assert "daftar cadangan" in text
    assert "20" in text
    assert "Sample Person" not in text


def test_hand_over_lists_open_for_a_day_or_one_bus(client, program, staff):
    make_participant(program, name="Sample Person")
    buses = [make_item(program, f"Bus{n}", "08:00", "09:00", day=23 + n, kind=Kind.TRAVEL) for n in range(3)]
    make_item(program, "Lunch", "12:00", "13:00", kind=Kind.MEAL)
    make_release(program)

    def buses_of(query):
        response = client.get(f"/ikm-2018/attendance/hand-over/bus.pdf{query}")
        return titles(response)

    assert buses_of("") == ["Bus0", "Bus1", "Bus2"]
    assert buses_of("?day=2018-07-24") == ["Bus1"]
    assert buses_of(f"?item={buses[2].pk}") == ["Bus2"]
    for kind in ("kits", "meals", "rooms"):
        document = Document(client.get(f"/ikm-2018/attendance/hand-over/{kind}.pdf").content)
        assert "Sample Person" in document.text
    assert client.get("/ikm-2018/attendance/hand-over/gifts.pdf").status_code == 404
    assert client.get("/ikm-2018/attendance/hand-over/bus.pdf?day=x").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_items_people_or_marks(
    client, django_assert_num_queries, program, staff, count
):
    for number in range(count):
        item = make_item(program, f"Visit{number}", day=20 + number)
        person = make_participant(program, name=f"Person {number}")
        make_attendance(person, item)
    make_release(program)
    client.get(LISTS)  # the release is read once by each process

    # session, user, rights; program, release; choices; then the moment of the document: release,
    # people, settings, marks
    with django_assert_num_queries(QUERIES):
        response = client.get(LISTS + "?marked=on&lists=participants&lists=committee")

    assert titles(response) == [f"Visit{number}" for number in range(count)]


def test_the_agenda_of_the_admin_leads_to_the_lists_of_chosen_items(client, days):
    chosen = [days.items.get(title=title).pk for title in ("Later", "Lunch")]

    assert b"Print attendance lists" in client.get(AGENDA).content
    response = client.post(AGENDA, {"action": "print_lists", "_selected_action": chosen})

    assert response.status_code == 302
    assert titles(client.get(response.url)) == ["Lunch", "Later"]
    assert (PRINT, "Print today’s lists") in [(url, text) for text, url in Page(client.get(AGENDA)).links()]


def test_an_agenda_that_nobody_may_see_offers_no_lists(client, days):
    days.published = False
    days.save()

    page = client.get(AGENDA)

    assert b"Lunch" in page.content
    assert b"Print attendance lists" not in page.content
    assert "Print today’s lists" not in page.content.decode()


def papers_form(**changes):
    data = {
        "letterhead": "Kementerian Contoh",
        "address": "",
        "threshold": "80",
        "number_pattern": "{number:03d}/SERT/{month}/{year}",
    }
    return data | changes


def test_an_organizer_writes_the_letterhead_and_uploads_logos(client, program, organizer, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    item = make_item(program)
    make_release(program)
    original = images.located_jpeg()

    client.post(
        f"{LETTERHEAD}add/",
        papers_form(
            program=program.pk,
            officer_name="Sample Officer",
            new_logo=images.upload(original),
            new_second_logo=images.upload(images.picture("PNG"), "logo.png", "image/png"),
        ),
    )

    saved = LetterheadSettings.objects.get()
    assert (saved.letterhead, saved.officer_name) == ("Kementerian Contoh", "Sample Officer")
    (left, right) = (tmp_path / logos.path(key) for key in (saved.logo, saved.second_logo))
    assert left.read_bytes().startswith(b"\x89PNG")
    assert b"Photographer" not in left.read_bytes()
    assert right.exists()
    document = Document(client.get(f"/ikm-2018/attendance/{item.pk}/list.pdf").content)
    assert len(document.pdf.pages[0].images) >= 2
    page = Page(client.get(f"/ikm-2018/attendance/{item.pk}/list/"))
    first, second = (image.attributes["src"] for image in page.all("img", within=page.one("article")))
    assert client.get(first).content == left.read_bytes()
    assert client.get(second).content == right.read_bytes()


def test_a_logo_is_exchanged_and_taken_away_with_its_file(
    client, program, organizer, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.MEDIA_ROOT = tmp_path
    papers = LetterheadSettings(program=program)
    logos.exchange(papers, "logo", logos.clean(images.upload(images.picture())))
    papers.save()
    former = tmp_path / logos.path(papers.logo)

    with django_capture_on_commit_callbacks(execute=True):
        save(client, papers, new_logo=images.upload(images.picture(color=(200, 0, 0))))
    papers.refresh_from_db()
    exchanged = tmp_path / logos.path(papers.logo)
    assert exchanged.exists()
    assert not former.exists()

    with django_capture_on_commit_callbacks(execute=True):
        save(client, papers, remove_logo="on")
    papers.refresh_from_db()
    assert papers.logo == ""
    assert not exchanged.exists()


@pytest.mark.parametrize("content", [images.SVG, images.GIF_WITH_SCRIPT, b"no picture", images.png_bomb()])
def test_what_is_no_picture_is_refused_as_a_logo(client, program, organizer, settings, tmp_path, content):
    settings.MEDIA_ROOT = tmp_path

    page = client.post(f"{LETTERHEAD}add/", papers_form(program=program.pk, new_logo=images.upload(content)))

    assert page.status_code == 200
    assert "picture" in Page(page).one("ul", "errorlist").text
    assert not LetterheadSettings.objects.exists()
    assert not list(tmp_path.rglob("*.png"))


def test_meals_and_buses_of_a_day_are_linked_in_the_language_chosen(client, days, set_clock):
    set_clock(at(24, "08:00", days.tz))
    bus = make_item(days, "Bus", "08:00", "09:00", day=25, kind=Kind.TRAVEL)
    make_release(days)
    lunch = days.items.get(title="Lunch")

    links = [address for _text, address in Page(client.get(f"{PRINT}?language=en")).links()]

    hand_over = "/ikm-2018/attendance/hand-over"
    assert f"{hand_over}/meals.pdf?item={lunch.pk}&language=en" in links
    assert f"{hand_over}/meals.pdf?day=2018-07-24&language=en" in links
    assert f"{hand_over}/bus.pdf?day=2018-07-25&language=en" in links
    assert f"{hand_over}/bus.pdf?item={bus.pk}&language=en" not in links
    assert "MEALS" in Document(client.get(f"{hand_over}/meals.pdf?item={lunch.pk}&language=en").content).text
