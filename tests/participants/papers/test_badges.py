"""Badges on paper, read again as whoever holds them would."""

from io import BytesIO

import pytest
from pypdf import PdfReader

from participants.models import Badge
from participants.papers import badge_documents, badges
from participants.people import photos
from program.models import Contacts
from tests import codes, images
from tests.makers import at
from tests.participants.people.makers import make_participant
from tests.participants.people.names import NAMES

from .badging import MM, make_days, placed, printed
from .documents import Document

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon(set_clock, program, settings, tmp_path):
    """It is noon of 24 July; photos are kept in a folder of the test."""
    settings.MEDIA_ROOT = tmp_path
    set_clock(at(24, "12:00", program.tz))


@pytest.fixture
def agenda(program):
    return make_days(program)


def test_four_badges_stand_on_a_sheet_of_a4_by_country_and_name(program, agenda):
    for name, country in (("Zed", "BD"), ("Amal", "NP"), ("Bina", "BD"), ("Cita", "ID"), ("Dewi", "ID")):
        make_participant(program, name=name, country=country)
    people = program.participants.select_related("group")

    content = printed(program, people)
    document = Document(content)
    size = document.pdf.pages[0].mediabox

    assert (round(size.width / MM), round(size.height / MM), len(document.pages)) == (210, 297, 2)
    assert document.found("Bina|Zed|Cita|Dewi|Amal") == [["Bina", "Zed", "Cita", "Dewi"], ["Amal"]]
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
    document = Document(content)

    assert document.is_for_everybody
    assert all(document.fonts.values())
    assert {"NotoSerif-Regular", "NotoSans-Regular", "NotoSansDevanagari-Regular"} <= set(document.fonts)
    for word in ("Amal Sample Sharma", "अमल", "Nepal", "Sample Institution", "Group A", "18–30 July 2018"):
        assert word in document.text
    sizes = {text: size for text, _x, _y, size in placed(content)}
    assert sizes["Amal"] > 2 * sizes["Amal Sample Sharma"]


def test_the_name_in_the_passport_stands_once_where_there_is_no_other(program, agenda):
    make_participant(program, name="Amal Sharma", preferred_name="Amal Sharma")
    make_participant(program, name="Bina Thapa")

    document = Document(printed(program, program.participants.all()))

    assert document.found("Amal Sharma|Bina Thapa") == [["Amal Sharma", "Bina Thapa"]]


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
    document = Document(content)
    found = placed(content)

    assert len(document.pages) == 1
    assert all(document.fonts.values())
    assert min(x for _text, x, _y, _size in found) >= 5.5
    assert max(y for _text, _x, y, _size in found) < 148
    if name.isascii():
        assert name.replace(" ", "") in document.text.replace(" ", "").replace("\u200b", "")


def test_a_long_name_is_smaller_and_a_word_of_it_is_not_broken(program, agenda):
    short = make_participant(program, name="Li")
    long = make_participant(program, name="Thiruvenkatanathapuram Subramanian")

    content = printed(program, [short, long])
    sizes = {text.split()[0]: size for text, _x, _y, size in placed(content)}

    assert sizes["Li"] > sizes["Thiruvenkatanathapuram"] > 12


def test_letters_that_no_font_of_ours_has_are_left_out_of_the_own_script(program, agenda):
    make_participant(program, name="Sok Sample", own_script_name="ᏣᎳᎩ", country="US")

    document = Document(printed(program, program.participants.all()))

    assert document.is_for_everybody
    assert "ᏣᎳᎩ" not in document.text


def test_what_a_participant_typed_is_text(program, agenda):
    typed = '#image("/etc/passwd") $x$ *b* <a> \\'
    make_participant(program, name=typed, institution='#panic("no") ]', country="NP")

    text = Document(printed(program, program.participants.all())).text

    assert typed.replace(" ", "") in text.replace(" ", "")
    assert '#panic("no") ]' in text


def test_the_code_leads_to_the_address_of_the_badge_and_says_nothing_else(program, agenda):
    people = [make_participant(program, name=name) for name in ("Amal", "Bina")]

    drawn = codes.on_page(printed(program, people))

    issued = badges.issue(people)
    addresses = [f"https://portal.example/b/{issued[person.pk].code}/" for person in people]
    assert drawn == addresses


def test_printing_again_does_not_change_the_code(program, agenda):
    person = make_participant(program)

    first, second = (codes.on_page(printed(program, [person])) for _time in range(2))

    assert first == second != []
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
    assert badge_documents.initials(name) == letters


# The back


def test_the_back_says_when_the_days_of_the_group_begin(program, agenda):
    make_participant(program, name="Amal", group=agenda[0])

    front, back = Document(printed(program, program.participants.all(), backs=True)).pages

    assert "First departure" not in front
    assert "First departure or start, WIB Tue 24 07:30 Bus of A Wed 25 09:00 Closing" in back
    assert "If found, please hand to: Sample Ministry." in back
    assert "Bus of B" not in back
    assert "Breakfast" not in back
    assert "Called off" not in back


def test_the_back_says_whom_to_call(program, agenda):
    Contacts.objects.create(
        program=program,
        officer="Sample Officer",
        phone="+62 800 0000 0001",
        whatsapp="+62 800 0000 0001",
        hotel="Sample Hotel",
        hotel_phone="+62 800 0000 0002",
    )
    make_participant(program, name="Amal", group=agenda[0])

    front, back = Document(printed(program, program.participants.all(), backs=True)).pages

    assert (
        "Officer on duty, Sample Officer +62 800 0000 0001 Sample Hotel +62 800 0000 0002"
        " Ambulance, fire brigade, police 112"
    ) in back
    assert "+62" not in front and "WhatsApp" not in back


def test_backs_lie_behind_their_fronts_when_the_sheet_is_turned_on_its_long_edge(program, agenda):
    make_participant(program, name="Amal", group=agenda[0])
    make_participant(program, name="Bina", group=agenda[1])

    content = printed(program, program.participants.all(), backs=True)
    left = {text: x < 105 for text, x, _y, _size in placed(content) + placed(content, 1)}

    assert left["Amal"] and not left["Bina"]
    assert left["Bus of B"] and not left["Bus of A"]
