"""What the document of a certificate says, and how it looks; and the signatures on it."""

from datetime import date
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from PIL import Image

from participants.certificates import document as certificate_document
from participants.certificates import issuing as certificates
from participants.models import LetterheadSettings
from participants.papers import signatures
from program.agenda.kinds import Kind
from tests import codes, images
from tests.makers import at, make_group, make_item, make_release
from tests.participants.papers.badging import placed
from tests.participants.papers.documents import Document
from tests.participants.people.makers import make_participant

from .certifying import address_of, after_the_end, decide, issue, make_attender, make_course
from .makers import make_signatory, scan

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(program, set_clock):
    made = make_course(program)
    set_clock(after_the_end(program.tz))
    return made


def document_of(certificate):
    return Document(bytes(certificate.pdf))


def test_paper_is_a_landscape_a4_of_two_pages_with_its_fonts_for_everybody(program, course):
    (made,) = issue(program, make_attender(program, course, 5))

    document = document_of(made)
    assert len(document.pages) == 2
    sizes = {(round(float(p.mediabox.width)), round(float(p.mediabox.height))) for p in document.pdf.pages}
    assert sizes == {(842, 595)}
    assert all(document.fonts.values())
    assert "NotoSerif-Regular" in document.fonts
    assert document.is_for_everybody


def test_first_page_says_who_took_part_in_what_where_and_when(program, course):
    program.theme = "From research to market"
    program.save()
    make_release(program)
    make_signatory(program, name="Sample Director", position="Director of Samples", nip="19000101")
    person = make_attender(
        program, course, 5, name="Sample Participant 06", country="BT", institution="Sample Institution B"
    )

    (made,) = issue(program, person)

    first = document_of(made).pages[0]
    for words in (
        "Sample Ministry",
        "Certificate of Participation Sertifikat Keikutsertaan",
        "Number 001/SERT/VII/2018",
        "Sample Participant 06",
        "Sample Institution B, Bhutan",
        "took part in the Program on small industry, held in Jakarta and Bandung, Indonesia, from 18 to 30"
        " July 2018, under the theme From research to market.",
        "Diberikan kepada / This is awarded to Sample Participant 06",
        "telah mengikuti Program on small industry, yang diselenggarakan di Jakarta dan Bandung, Indonesia,"
        " pada tanggal 18 sampai 30 Juli 2018, dengan tema From research to market.",
        "Bandung, 30 Juli 2018 / 30 July 2018 Director of Samples",
        "Sample Director NIP 19000101",
        "Issued on 30 July 2018.",
        f"https://portal.example.org/verify/{made.code}/",
    ):
        assert words in first


def test_issued_before_the_end_it_counts_what_took_place_and_says_until_when(program, course, set_clock):
    person = make_attender(program, course, 3)
    set_clock(at(22, "12:00", program.tz))

    (made,) = issue(program, person)

    first, second = document_of(made).pages
    assert "this certificate counts what took place until 22 July 2018." in first
    assert "sertifikat ini menghitung kegiatan sampai dengan 22 Juli 2018." in first
    assert "counted until 22 July 2018, dihitung sampai dengan 22 Juli 2018" in second
    assert "Evaluation" in second
    assert "Dyeing cloth" not in second
    assert "45 menit) 5" in second


def test_a_reissue_after_the_end_counts_the_whole_program(program, course, set_clock):
    person = make_attender(program, course, 5)
    set_clock(at(22, "12:00", program.tz))
    (made,) = issue(program, person)
    set_clock(after_the_end(program.tz))

    made = certificates.reissue(made, address_of=address_of)

    assert made.data["until"] == ""
    assert "Dyeing cloth" in document_of(made).pages[1]
    assert codes.on_page(made.pdf) == [f"https://portal.example.org/verify/{made.code}/?issue=2"]


def test_long_words_and_three_signers_stay_on_the_page_one_below_the_other(program, course):
    program.theme = "From research to market, and from the market to everybody who makes things " * 2
    program.save()
    make_release(program)
    position = "Head of the Agency for the Development of Human Resources in Industry of the Sample Ministry"
    for number in range(3):
        make_signatory(
            program, name=f"Prof. Dr. Sample Signatory {number}, M.Sc.", position=position, nip="1" * 18
        )
    person = make_attender(program, course, 5, name="Sample Participant " * 5 + "Long Name")

    (made,) = issue(program, person)

    assert len(document_of(made).pages) == 2
    tops = [y for _text, x, y, _size in placed(made.pdf) if x < 120]  # the column of the first signer
    assert tops == sorted(tops)
    assert max(tops) - min(tops) < 192  # mm: less than the page is high


def test_the_place_of_issue_is_the_one_of_the_settings(program, course):
    LetterheadSettings.objects.create(program=program, certificate_place="Surabaya")

    (made,) = issue(program, make_attender(program, course, 5))

    assert "Surabaya, 30 Juli 2018 / 30 July 2018" in document_of(made).pages[0]


def test_the_code_leads_to_the_public_page_of_the_certificate(program, course):
    (made,) = issue(program, make_attender(program, course, 5))

    assert codes.on_page(made.pdf) == [f"https://portal.example.org/verify/{made.code}/"]


def test_second_page_lists_subjects_with_lesson_hours(program, course):
    """The session without hours is 60 minutes long, the workshop 90: one and a half, and two of 45."""
    (made,) = issue(program, make_attender(program, course, 5))

    second = document_of(made).pages[1]
    for words in (
        "Subjects and lesson hours",
        "19 July 2018 Small industry 2",
        "20 July 2018 Exports 1.5",
        "21 July 2018 Evaluation 1.5",
        "23 July 2018 Dyeing cloth 2",
        "45 menit) 7",
    ):
        assert words in second
    assert "A factory" not in second


def test_subjects_are_those_of_the_own_group_without_cancelled_ones(program, course):
    a, b = make_group(program, "A"), make_group(program, "B")
    for group, start, end in ((a, "13:00", "14:00"), (b, "14:00", "15:00")):
        make_item(program, "CNC", start, end, kind=Kind.WORKSHOP, groups=[group])
    make_item(program, "Only B", day=25, kind=Kind.SESSION, groups=[b])
    make_item(program, "Called off", day=26, kind=Kind.SESSION, status="cancelled")
    agenda = certificate_document.releases.current(make_release(program).program).agenda

    def titles(group):
        person = make_participant(program, group=group)
        return [item.title for item in certificate_document.subjects_of(agenda, person)][4:]

    assert titles(a) == ["CNC"]
    assert titles(b) == ["CNC", "Only B"]
    assert titles(None) == ["CNC", "Only B"]


def test_a_speakers_paper_thanks_and_lists_what_they_taught(program, course):
    (made,) = decide(program, speakers=program.speakers.all(), reason="Taught")

    first, second = document_of(made).pages
    assert "Certificate of Appreciation Sertifikat Penghargaan" in first
    assert "shared knowledge as a resource person of the Program on small industry" in first
    assert "Researcher" in first
    assert "Exports" in second
    assert "Dyeing cloth" not in second


@pytest.mark.parametrize(
    "starts_on, ends_on, said",
    [
        (date(2018, 7, 18), date(2018, 7, 18), "on 18 July 2018"),
        (date(2018, 7, 28), date(2018, 8, 3), "from 28 July to 3 August 2018"),
        (date(2018, 12, 28), date(2019, 1, 3), "from 28 December 2018 to 3 January 2019"),
        (date(2018, 7, 18), date(2019, 7, 18), "from 18 July 2018 to 18 July 2019"),
    ],
)
def test_dates_read_as_a_sentence(starts_on, ends_on, said):
    span = {"starts_on": starts_on.isoformat(), "ends_on": ends_on.isoformat()}

    assert certificate_document.span_text(span) == said


def test_paper_is_english_whatever_the_organizer_reads(program, course):
    with translation.override("id"):
        (made,) = issue(program, make_attender(program, course, 5, country="LK"))

    assert "Sri Lanka" in document_of(made).text
    assert "30 July 2018" in document_of(made).text


SCRIPTS = {
    "आङ शेर्पा": "NotoSansDevanagari",
    "নমুনা অংশগ্রহণকারী": "NotoSansBengali",
    "နမူနာ ပါဝင်သူ": "NotoSansMyanmar",
    "ຜູ້ເຂົ້າຮ່ວມ": "NotoSansLao",
    "නියැදි සහභාගි": "NotoSansSinhala",
    "மாதிரி பங்கேற்பாளர்": "NotoSansTamil",
    "དཔེ་ཚད་": "NotoSerifTibetan",
    "شرکت‌کنندهٔ نمونه": "NotoSansArabic",
}


@pytest.mark.parametrize("own, font", SCRIPTS.items())
def test_names_in_own_script_print_with_a_font_that_has_them(program, course, own, font):
    (made,) = issue(program, make_attender(program, course, 5, own_script_name=own))

    assert any(name.startswith(font) for name in document_of(made).fonts)
    assert document_of(made).is_for_everybody


def test_name_in_a_script_without_a_font_is_left_out(program, course):
    (made,) = issue(program, make_attender(program, course, 5, name="Sample Cherokee", own_script_name="ᏣᎳᎩ"))

    assert "Sample Cherokee" in document_of(made).text
    assert "Ꮳ" not in document_of(made).text


@pytest.mark.parametrize("name", ["Sample Participant " * 6, "Samplesampleparticipant" * 5, "A"])
def test_names_of_any_length_stay_on_the_first_page(program, course, name):
    name = name.strip()[:120]
    (made,) = issue(program, make_attender(program, course, 5, name=name))

    document = document_of(made)
    assert len(document.pages) == 2
    # A long word may be broken, a long name stands on several lines.
    printed = document.pages[0].replace("\u200b", "").replace(" ", "")
    assert name.replace(" ", "") in printed


def test_what_is_typed_is_text_and_nothing_else(program, course):
    name = '#read("/etc/passwd") $x^2$ *bold* \\ "quoted" <label> @ref'
    (made,) = issue(program, make_attender(program, course, 5, name=name, institution="#pagebreak() // x"))

    document = document_of(made)
    assert len(document.pages) == 2
    assert name in document.pages[0].replace("\u200b", "")
    assert "#pagebreak() // x" in document.pages[0]


def test_many_subjects_go_on_with_the_head_of_the_table(program, course):
    for n in range(60):
        make_item(
            program,
            f"Lesson {n}",
            f"{7 + n // 6:02}:00",
            f"{8 + n // 6:02}:00",
            25 + n % 6,
            kind=Kind.SESSION,
        )
    make_release(program)

    (made,) = decide(program, make_participant(program))

    pages = document_of(made).pages[1:]
    assert len(pages) > 1
    assert all("Mata pelatihan" in page for page in pages)
    assert [n for n in range(60) if f" Lesson {n} " not in " ".join(pages)] == []


def test_signatures_are_pictures_above_the_names(program, course, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    make_signatory(program, name="With ink", signature=True)
    make_signatory(program, name="By hand")
    (made,) = issue(program, make_attender(program, course, 5))

    assert len(document_of(made).pdf.pages[0].images) == 1
    assert "With ink" in document_of(made).text and "By hand" in document_of(made).text


# Signatures


def test_of_a_signature_the_ink_is_kept_and_the_paper_is_not():
    picture = Image.open(BytesIO(signatures.ink(scan(size=(3000, 2000), color=(0, 0, 120)))))

    assert picture.format == "PNG"
    assert picture.mode == "RGBA"
    assert picture.size[0] <= 900 and picture.size[1] <= 360
    assert picture.getextrema()[3] == (0, 255)
    assert picture.getpixel((0, picture.height - 1))[3] == 0


def test_signature_keeps_no_place_and_stands_upright():
    made = Image.open(BytesIO(signatures.ink(images.upload(images.located_jpeg(orientation=6)))))

    assert not made.getexif()
    assert "comment" not in made.info


def test_signature_without_ink_is_refused():
    with pytest.raises(ValidationError, match="This picture is empty"):
        signatures.ink(images.upload(images.picture("PNG", color=(255, 255, 255))))
