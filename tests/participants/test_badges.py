"""Badges on paper, read again as whoever holds them would, and the pages that print and revoke them."""

from io import BytesIO

import pytest
import qrcode
from django.contrib.admin.models import LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader
from pypdf.generic import ContentStream
from qrcode.constants import ERROR_CORRECT_M

from participants import badge_papers, badges, photos
from participants.models import Badge, Participant
from program import clock, releases
from program.kinds import Kind, Status
from tests.makers import at, make_group, make_item, make_organization, make_program, make_release
from tests.reading import Page

from . import images
from .admin import LIST, act
from .attending import make_staff
from .makers import make_participant
from .names import NAMES
from .papers import Paper

pytestmark = pytest.mark.django_db
MM = 72 / 25.4


@pytest.fixture(autouse=True)
def noon(monkeypatch, program, settings, tmp_path):
    """It is noon of 24 July; photos are kept in a folder of the test."""
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(clock, "now", lambda: at(24, "12:00", program.tz))


@pytest.fixture
def agenda(program):
    """Two groups that begin the 24th apart, and a lunch before anything else on the 25th."""
    first, second = make_group(program, "A"), make_group(program, "B")
    make_organization(program, role="organizer", name="Sample Ministry")
    make_item(program, "Bus of A", "07:30", "08:00", day=24, groups=[first])
    make_item(program, "Bus of B", "08:15", "08:45", day=24, groups=[second])
    make_item(program, "Workshop", "10:00", "11:00", day=24)
    make_item(program, "Breakfast", "06:30", "07:00", day=25, kind=Kind.MEAL)
    make_item(program, "Called off", "07:00", "08:00", day=25, status=Status.CANCELLED)
    make_item(program, "Closing", "09:00", "10:00", day=25)
    make_release(program)
    return first, second


def printed(program, people, backs=False):
    return badge_papers.pdf(
        releases.current(program),
        people,
        address_of=lambda code: f"https://portal.example/b/{code}/",
        backs=backs,
    )


def placed(content, number=0):
    """[(text, mm from the left, mm from the top, size)] of what stands on a page, a word or more each."""
    found = []
    page = PdfReader(BytesIO(content)).pages[number]

    def note(text, around, matrix, _font, size):
        if text.strip():
            x = matrix[4] * around[0] + around[4]
            y = matrix[5] * around[3] + around[5]
            found.append((text.strip(), x / MM, 297 - y / MM, abs(size * matrix[3] * around[3])))

    page.extract_text(visitor_text=note)
    return found


def codes_on(content, number=0):
    """The QR codes drawn on a page, each as {(column, row)} of its dark squares, in their order."""
    reader = PdfReader(BytesIO(content))
    found, shapes, corners = [], [], []
    for numbers, operator in ContentStream(reader.pages[number].get_contents(), reader).operations:
        if operator in (b"m", b"l"):
            corners.append(tuple(float(n) for n in numbers))
        elif operator == b"h":
            shapes.append(corners)
            corners = []
        elif operator in (b"f", b"f*", b"n", b"S"):
            if len(shapes) > 100 and all(map(_is_rectangle, shapes)):
                found.append(_grid(shapes))
            shapes, corners = [], []
    return found


def _is_rectangle(corners):
    return len({x for x, _y in corners}) == 2 == len({y for _x, y in corners})


def _grid(shapes):
    boxes = [(*map(min, zip(*shape, strict=True)), *map(max, zip(*shape, strict=True))) for shape in shapes]
    left, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    side = min(box[3] - box[1] for box in boxes)
    return {
        (column, round((y - top) / side))
        for x, y, end, _bottom in boxes
        for column in range(round((x - left) / side), round((end - left) / side))
    }


def squares_of(address):
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(address)
    rows = code.get_matrix()
    return {(x, y) for y, row in enumerate(rows) for x, dark in enumerate(row) if dark}


# The paper


def test_four_badges_stand_on_a_sheet_of_a4_by_country_and_name(program, agenda):
    for name, country in (("Zed", "BD"), ("Amal", "NP"), ("Bina", "BD"), ("Cita", "ID"), ("Dewi", "ID")):
        make_participant(program, name=name, country=country)
    people = program.participants.select_related("group")

    content = printed(program, people)
    paper = Paper(content)
    size = paper.pdf.pages[0].mediabox

    assert (round(size.width / MM), round(size.height / MM), len(paper.pages)) == (210, 297, 2)
    assert paper.found("Bina|Zed|Cita|Dewi|Amal") == [["Bina", "Zed", "Cita", "Dewi"], ["Amal"]]
    spots = {text: (x > 105, y > 148.5) for text, x, y, _size in placed(content) if len(text) < 5}
    assert [spots[name] for name in ("Bina", "Zed", "Cita", "Dewi")] == [
        (False, False),
        (True, False),
        (False, True),
        (True, True),
    ]


def test_a_badge_says_who_it_is_and_can_be_read_out(program, agenda):
    make_participant(
        program,
        name="Amal Sample Sharma",
        preferred_name="Amal",
        own_script_name="अमल",
        institution="Sample Institution",
        group=agenda[0],
    )
    content = printed(program, program.participants.all())
    paper = Paper(content)

    assert paper.is_for_everybody
    assert all(paper.fonts.values())
    assert {"NotoSerif-Regular", "NotoSans-Regular", "NotoSansDevanagari-Regular"} <= set(paper.fonts)
    for word in ("Amal Sample Sharma", "अमल", "Nepal", "Sample Institution", "Group A", "18–30 July 2018"):
        assert word in paper.text
    sizes = {text: size for text, _x, _y, size in placed(content)}
    assert sizes["Amal"] > 2 * sizes["Amal Sample Sharma"]


def test_the_name_in_the_passport_stands_once_where_there_is_no_other(program, agenda):
    make_participant(program, name="Amal Sharma", preferred_name="Amal Sharma")
    make_participant(program, name="Bina Thapa")

    paper = Paper(printed(program, program.participants.all()))

    assert paper.found("Amal Sharma|Bina Thapa") == [["Amal Sharma", "Bina Thapa"]]


def test_a_name_written_in_own_script_alone_stands_once(program, agenda):
    make_participant(program, name="நமசிவாயம்", own_script_name="நமசிவாயம்", country="IN")

    sizes = [
        size for text, _x, _y, size in placed(printed(program, program.participants.all())) if "சி" in text
    ]

    assert len(sizes) == 1


@pytest.mark.parametrize("name", NAMES)
def test_names_of_any_script_and_length_are_printed_within_the_badge(program, agenda, name):
    make_participant(program, name=name, own_script_name=name, country="MM")

    content = printed(program, program.participants.all())
    paper = Paper(content)
    found = placed(content)

    assert len(paper.pages) == 1
    assert all(paper.fonts.values())
    assert min(x for _text, x, _y, _size in found) >= 5.5
    assert max(y for _text, _x, y, _size in found) < 148
    if name.isascii():
        assert name.replace(" ", "") in paper.text.replace(" ", "").replace("\u200b", "")


def test_a_long_name_is_smaller_and_a_word_of_it_is_not_broken(program, agenda):
    short = make_participant(program, name="Li")
    long = make_participant(program, name="Thiruvenkatanathapuram Subramanian")

    content = printed(program, [short, long])
    sizes = {text.split()[0]: size for text, _x, _y, size in placed(content)}

    assert sizes["Li"] > sizes["Thiruvenkatanathapuram"] > 12


def test_letters_that_no_font_of_ours_has_are_left_out_of_the_own_script(program, agenda):
    make_participant(program, name="Sok Sample", own_script_name="សុខ", country="KH")

    paper = Paper(printed(program, program.participants.all()))

    assert paper.is_for_everybody
    assert "សុខ" not in paper.text


def test_what_a_participant_typed_is_text(program, agenda):
    typed = '#image("/etc/passwd") $x$ *b* <a> \\'
    make_participant(program, name=typed, institution='#panic("no") ]', country="NP")

    text = Paper(printed(program, program.participants.all())).text

    assert typed.replace(" ", "") in text.replace(" ", "")
    assert '#panic("no") ]' in text


def test_the_code_leads_to_the_address_of_the_badge_and_says_nothing_else(program, agenda):
    people = [make_participant(program, name=name) for name in ("Amal", "Bina")]

    drawn = codes_on(printed(program, people))

    issued = badges.issue(people)
    addresses = [f"https://portal.example/b/{issued[person.pk].code}/" for person in people]
    assert drawn == [squares_of(address) for address in addresses]


def test_printing_again_does_not_change_the_code(program, agenda):
    person = make_participant(program)

    first, second = (codes_on(printed(program, [person])) for _time in range(2))

    assert first == second
    assert Badge.objects.count() == 1


# Photo and initials


def photographed(program, **fields):
    person = make_participant(program, name="Amal Sharma", **fields)
    photos.save_photo(person, photos.squares(images.upload(images.picture())))
    return person


def pictures_on(content):
    things = PdfReader(BytesIO(content)).pages[0]["/Resources"]["/XObject"].values()
    return [thing for thing in things if thing.get_object()["/Subtype"] == "/Image"]


def test_the_photo_of_who_agreed_to_be_shown_is_printed(program, agenda):
    content = printed(program, [photographed(program, shown_in_directory=True)])

    assert len(pictures_on(content)) == 1
    assert "AS" not in [text for text, *_place in placed(content)]


def test_who_did_not_agree_to_be_shown_has_initials(program, agenda):
    content = printed(program, [photographed(program)])

    assert pictures_on(content) == []
    assert "AS" in [text for text, *_place in placed(content)]


def test_a_photo_whose_file_is_gone_stops_no_badge(program, agenda):
    person = make_participant(program, name="Amal Sharma", photo="gone", shown_in_directory=True)

    assert "AS" in [text for text, *_place in placed(printed(program, [person]))]


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Amal", "A"), ("amal b. sharma", "AS"), ("Sample 07", "S"), ("123", ""), ("ñora Ünal", "ÑÜ"), ("", "")],
)
def test_initials(name, letters):
    assert badge_papers.initials(name) == letters


# The back


def test_the_back_says_when_the_days_of_the_group_begin(program, agenda):
    make_participant(program, name="Amal", group=agenda[0])

    front, back = Paper(printed(program, program.participants.all(), backs=True)).pages

    assert "First departure" not in front
    assert "First departure or start, WIB Tue 24 07:30 Bus of A Wed 25 09:00 Closing" in back
    assert "If found, please hand to: Sample Ministry." in back
    assert "Bus of B" not in back
    assert "Breakfast" not in back
    assert "Called off" not in back


def test_backs_lie_behind_their_fronts_when_the_sheet_is_turned_on_its_long_edge(program, agenda):
    make_participant(program, name="Amal", group=agenda[0])
    make_participant(program, name="Bina", group=agenda[1])

    content = printed(program, program.participants.all(), backs=True)
    left = {text: x < 105 for text, x, _y, _size in placed(content) + placed(content, 1)}

    assert left["Amal"] and not left["Bina"]
    assert left["Bus of B"] and not left["Bus of A"]


# The pages of the admin


def address(thing, page=""):
    place = f"badges/{thing.pk}/" if not isinstance(thing, Participant) else f"{thing.pk}/badge/{page}"
    return LIST + place


@pytest.fixture
def staff(client):
    user = make_staff()
    client.force_login(user)
    return user


def test_staff_print_the_badges_that_are_missing(client, program, agenda, staff):
    has, misses = (make_participant(program, name=name) for name in ("Has one", "Has none"))
    make_participant(program, name="Not confirmed", status="accepted")
    badges.issue([has])
    page = client.get(address(program))

    assert "2 people are confirmed. 1 has no badge yet." in Page(page).one("div", id="content").text
    response = client.post(address(program), {"who": "new", "sides": "front"})

    assert response["Content-Type"] == "application/pdf"
    assert "no-store" in response["Cache-Control"]
    paper = Paper(response.content)
    assert (len(paper.pages), "Has none" in paper.text) == (1, True)
    assert "Has one" not in paper.text
    assert "Not confirmed" not in paper.text
    assert badges.find(misses.badges.get().code)


def test_the_form_asks_for_both_sides_and_for_all_once_everybody_has_one(client, program, agenda, staff):
    badges.issue([make_participant(program), make_participant(program)])
    page = client.get(address(program))
    sent = {"who": ["all"], "sides": ["both"]}
    asked = {
        field.attributes["name"]: [field.attributes["value"]]
        for field in Page(page).all("input", type="radio")
        if "checked" in field.attributes
    }

    assert asked == sent
    assert len(Paper(client.post(address(program), sent).content).pages) == 2


def test_a_group_is_printed_alone(client, program, agenda, staff):
    make_participant(program, name="Amal", group=agenda[0])
    make_participant(program, name="Bina", group=agenda[1])

    response = client.post(address(program), {"who": str(agenda[1].pk), "sides": "front"})

    assert Paper(response.content).found("Amal|Bina") == [["Bina"]]


def test_the_code_on_paper_has_the_address_of_the_portal(client, program, agenda, staff):
    person = make_participant(program)
    assert "The QR codes lead to http://testserver/b/…/ " in client.get(address(program)).content.decode()

    response = client.post(
        "/id" + address(program), {"who": "all", "sides": "front"}, headers={"host": "testserver"}
    )

    code = person.badges.get().code
    assert codes_on(response.content) == [squares_of(f"http://testserver/b/{code}/")]
    assert client.get(f"/b/{code}/").status_code == 200


def test_those_ticked_in_the_list_are_printed(client, program, agenda, staff):
    people = [make_participant(program, name=name) for name in ("Amal", "Bina", "Cita")]
    away = make_participant(program, name="Dewi", status="withdrawn")

    asked = act(client, "print_action", [people[0], people[2], away])
    form = Page(asked).all("form", action=address(program))[0]
    data = {
        "sides": "front",
        "person": [f.attributes["value"] for f in Page(asked).all("input", name="person")],
    }
    response = client.post(form.attributes["action"], data)

    assert "The badges of 2 people" in Page(asked).main.text
    assert Paper(response.content).found("Amal|Bina|Cita|Dewi") == [["Amal", "Cita"]]


def test_nobody_to_print_is_said(client, program, agenda, staff):
    make_participant(program, status="accepted")

    response = client.post(address(program), {"who": "all", "sides": "front"})

    assert "There is no badge to print" in response.content.decode()


def test_before_the_first_release_there_is_no_badge(client, program, staff):
    make_participant(program)

    assert "publish the agenda first" in client.get(address(program)).content.decode()
    client.post(address(program), {"who": "all", "sides": "front"})

    assert Badge.objects.count() == 0


def test_an_organizer_reissues_a_lost_badge_after_a_question(client, program, agenda, organizer):
    person = make_participant(program)
    old = badges.issue([person])[person.pk].code
    page = Page(client.get(address(person)))
    asked = client.get(dict(page.links())["New badge…"])

    assert badges.find(old)
    assert "stops to work at once" in asked.content.decode()
    client.post(address(person, "new/"))

    assert badges.find(old) is None
    new = person.badges.get(revoked_at=None).code
    assert badges.find(new)
    assert client.get(f"/b/{old}/").status_code == 404
    assert client.get(f"/b/{new}/").status_code == 200
    shown = Page(client.get(address(person))).texts("ul", "names")
    assert "valid" in shown[0] and "revoked on Tuesday 24 July 2018, 12:00 WIB" in shown[0]
    assert LogEntry.objects.get().get_change_message() == "Badge reissued."


def test_an_organizer_revokes_a_badge(client, program, agenda, organizer):
    person = make_participant(program)
    code = badges.issue([person])[person.pk].code
    client.get(address(person, "revoke/"))
    assert badges.find(code)

    client.post(address(person, "revoke/"))

    assert badges.find(code) is None
    assert "Has no valid badge." in client.get(address(person)).content.decode()


def test_staff_print_one_badge_but_take_none_back(client, program, agenda, staff):
    person = make_participant(program)
    badges.issue([person])
    page = client.get(address(person))

    assert "New badge…" not in dict(Page(page).links())
    assert client.post(address(person, "new/")).status_code == 403
    assert client.post(address(person, "revoke/")).status_code == 403
    assert badges.find(person.badges.get().code)
    data = {"sides": "front", "person": [person.pk]}
    assert len(codes_on(client.post(address(program), data).content)) == 1


def test_who_withdrew_gets_no_new_badge(client, program, agenda, organizer):
    person = make_participant(program, status="withdrawn")

    client.post(address(person, "new/"))

    assert "gets no new badge" in client.get(address(person)).content.decode()
    assert Badge.objects.count() == 0


def test_who_is_erased_has_no_badge(client, program, agenda, organizer):
    person = make_participant(program, name="Erased person", erased_at=clock.now())
    make_participant(program, name="Amal")

    response = client.post(address(program), {"who": "all", "sides": "front", "person": []})

    assert Paper(response.content).found("Amal|Erased") == [["Amal"]]
    assert client.get(address(person)).status_code == 404
    assert client.post(address(person, "new/")).status_code == 404
    assert not person.badges.exists()


def test_the_list_and_the_person_lead_to_the_badges(client, program, agenda, organizer):
    person = make_participant(program)

    assert address(program) in [link for _text, link in Page(client.get(LIST)).links()]
    assert address(person) in [link for _text, link in Page(client.get(f"{LIST}{person.pk}/change/")).links()]


def test_a_badge_of_another_program_is_not_printed(client, program, agenda, staff):
    other = make_participant(make_program(slug="other"), name="Elsewhere")
    make_participant(program, name="Here")

    response = client.post(address(program), {"sides": "front", "who": "all", "person": [other.pk]})

    assert response["Content-Type"].startswith("text/html")
    assert Badge.objects.count() == 0


def test_the_number_of_queries_does_not_grow(client, program, agenda, staff):
    counts = []
    client.get(address(program))  # reads the release
    for _number in range(3):
        make_participant(program, group=agenda[0])
        with CaptureQueriesContext(connection) as found:
            client.post(address(program), {"who": "all", "sides": "both"})
        counts.append(len(found))

    assert counts[0] == counts[2]
