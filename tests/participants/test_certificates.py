"""Certificates: who gets one, what the paper says, and that it stays as it was issued."""

from datetime import date
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from participants import certificate_paper, certificates, numbering, signatures
from participants.models import Certificate, PaperSettings
from participants.models.attendance import Attendance
from program.kinds import Kind
from program.models import Program
from tests.makers import make_group, make_item, make_program, make_release, make_speaker

from . import images
from .certifying import (
    address_of,
    after_the_end,
    attend,
    decide,
    issue,
    make_attender,
    make_course,
    make_signatory,
    scan,
)
from .makers import make_participant
from .papers import Paper

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(program, set_clock):
    made = make_course(program)
    set_clock(after_the_end(program.tz))
    return made


def obstacles(program):
    return {c.person.name: c.obstacle for c in certificates.candidates(program)}


def paper_of(certificate):
    return Paper(bytes(certificate.pdf))


# Who gets one


def test_who_attended_four_of_five_gets_one_and_three_do_not(program, course):
    four = make_attender(program, course, 4, name="Four")
    three = make_attender(program, course, 3, name="Three")

    made = issue(program, four, three)

    assert [certificate.participant for certificate in made] == [four]
    assert obstacles(program) == {"Three": "few"}


def test_threshold_is_the_programs_own_and_is_not_rounded_up(program, course):
    """Two of three are 66.7 percent: less than 67."""
    Attendance.objects.all().delete()
    for title in ("Evaluation", "Exports"):
        course[title].attendance_counts = False
        course[title].save()
    make_release(program)
    person = make_participant(program, name="Two")
    attend(person, course["Small industry"], course["Dyeing cloth"])
    settings = PaperSettings.objects.create(program=program, threshold=67)

    assert obstacles(program) == {"Two": "few"}
    settings.threshold = 66
    settings.save()
    assert obstacles(program) == {"Two": ""}


def test_late_counts_excused_does_not(program, course):
    late = make_attender(program, course, 3, name="Late")
    excused = make_attender(program, course, 3, name="Excused")
    attend(late, course["Dyeing cloth"], state=Attendance.State.LATE)
    attend(excused, course["Dyeing cloth"], state=Attendance.State.EXCUSED)

    assert obstacles(program) == {"Late": "", "Excused": "few"}


def test_who_is_not_confirmed_or_cannot_be_printed_gets_none_and_the_withdrawn_are_not_named(program, course):
    for name, status in (("Nominated", "nominated"), ("Withdrawn", "withdrawn"), ("王小明", "confirmed")):
        make_attender(program, course, 5, name=name, status=status)

    assert obstacles(program) == {"Nominated": "status", "王小明": "letters"}
    assert issue(program, *program.participants.all()) == []
    assert decide(program, *program.participants.all()) == []


def test_before_anything_that_counts_is_over_nobody_gets_one_in_bulk(program, set_clock):
    course = make_course(program)
    set_clock(course["Small industry"].starts_at)
    person = make_participant(program)

    assert issue(program, person) == []
    assert obstacles(program) == {person.name: "nothing"}


def test_decision_needs_a_reason_and_keeps_it(program, course):
    person = make_attender(program, course, 2)

    with pytest.raises(ValueError, match="reason"):
        decide(program, person, reason="  ")
    (made,) = decide(program, person, reason="Ill for two days")

    assert Certificate.objects.get() == made
    assert made.reason == "Ill for two days"
    assert "Ill" not in paper_of(made).text


def test_nobody_gets_two(program, course):
    person = make_attender(program, course, 5)
    teacher = program.speakers.get()

    made = [*issue(program, person), *decide(program, speakers=[teacher])]

    assert len(made) == 2
    assert issue(program, person) == decide(program, person, speakers=[teacher]) == []


def test_speakers_of_the_release_may_get_one_others_not(program, course):
    idle = make_speaker(program, "Sample Idle")
    teacher = program.speakers.get(name="Sample Teacher")

    made = decide(program, speakers=[teacher, idle], reason="Taught")

    assert [certificate.speaker for certificate in made] == [teacher]


def test_without_a_release_there_is_nothing_to_say(program):
    with pytest.raises(certificates.NotPublished):
        issue(program, make_participant(program))


# Numbers


def test_numbers_follow_the_pattern_with_a_roman_month(program, course):
    PaperSettings.objects.create(program=program, number_pattern="{number:04d}/IKM/{month}/{year}")
    people = [make_attender(program, course, 5, name=name) for name in ("Aye", "Bo")]

    made = issue(program, *people)

    assert [certificate.number for certificate in made] == ["0001/IKM/VII/2018", "0002/IKM/VII/2018"]


def test_numbers_are_counted_per_program_and_a_revoked_one_is_not_given_again(program, course):
    first, second = (make_attender(program, course, 5) for _n in range(2))
    (made,) = issue(program, first)
    certificates.revoke(made, reason="Wrong person")
    other = make_program(slug="other")
    elsewhere = make_attender(other, make_course(other), 5)

    assert [certificate.sequence for certificate in issue(program, second)] == [2]
    assert [certificate.sequence for certificate in issue(other, elsewhere)] == [1]


@pytest.mark.parametrize("month, roman", [(1, "I"), (4, "IV"), (8, "VIII"), (9, "IX"), (12, "XII")])
def test_months_are_roman(month, roman):
    assert numbering.number_text("{number}/{month}", 7, date(2018, month, 1)) == f"7/{roman}"


@pytest.mark.parametrize(
    "pattern, said",
    [
        ("{numbr:03d}/SERT", "There is no {numbr}."),
        ("{}/SERT", "There is no {}."),
        ("{number.__class__}", "There is no {number.__class__}."),
        ("{number[0]}", "There is no {number[0]}."),
        ("{number!r}", "Write {number} alone."),
        ("{number:x}", "Write {number} alone."),
        ("{number:{year}d}", "Write {number} alone."),
        ("{number:099d}", "Write {number} alone."),
        ("{number}/{month:03d}", "Write {month} alone."),
        ("{number}/{", "A brace"),
        ("{number}}", "A brace"),
        ("SERT/{month}/{year}", "Without {number}"),
    ],
)
def test_wrong_patterns_are_refused_where_they_are_typed(pattern, said):
    settings = PaperSettings(program=make_program(), number_pattern=pattern)

    with pytest.raises(ValidationError) as refused:
        settings.full_clean()

    assert said in refused.value.message_dict["number_pattern"][0]


@pytest.mark.parametrize(
    "pattern", ["{number}", "{number:d}", "B-{number:3}/{month}/{year}", "{{x}} {number:06d}"]
)
def test_right_patterns_are_taken(pattern):
    PaperSettings(program=make_program(), number_pattern=pattern).full_clean()

    assert "7" in numbering.number_text(pattern, 7, date(2018, 7, 30))


@given(st.text(st.sampled_from("{}numberyeamonth:03d!.[] "), max_size=30))
def test_whatever_is_typed_is_refused_or_makes_a_number(pattern):
    try:
        numbering.validate_pattern(pattern)
    except ValidationError:
        return
    assert "7" in numbering.number_text(pattern, 7, date(2018, 7, 30))


# The paper


def test_paper_is_a_landscape_a4_of_two_pages_with_its_fonts_for_everybody(program, course):
    (made,) = issue(program, make_attender(program, course, 5))

    paper = paper_of(made)
    assert len(paper.pages) == 2
    sizes = {(round(float(p.mediabox.width)), round(float(p.mediabox.height))) for p in paper.pdf.pages}
    assert sizes == {(842, 595)}
    assert all(paper.fonts.values())
    assert "NotoSerif-Regular" in paper.fonts
    assert paper.is_for_everybody


def test_first_page_says_who_took_part_in_what_where_and_when(program, course):
    program.theme = "From research to market"
    program.save()
    make_release(program)
    make_signatory(program, name="Sample Director", position="Director of Samples")
    person = make_attender(
        program, course, 5, name="Sample Participant 06", country="BT", institution="Sample Institution B"
    )

    (made,) = issue(program, person)

    first = paper_of(made).pages[0]
    for words in (
        "Sample Ministry",
        "Certificate of Participation Sertifikat Keikutsertaan",
        "Number 001/SERT/VII/2018",
        "Sample Participant 06",
        "Sample Institution B, Bhutan",
        "took part in the Program on small industry, held in Jakarta and Bandung, Indonesia, from 18 to 30"
        " July 2018, under the theme From research to market.",
        "Sample Director Director of Samples",
        "Issued on 30 July 2018.",
        f"https://portal.example.org/ikm-2018/verify/{made.code}/",
    ):
        assert words in first


def test_second_page_lists_subjects_with_lesson_hours(program, course):
    """The session without hours is 60 minutes long, the workshop 90: one and a half, and two of 45."""
    (made,) = issue(program, make_attender(program, course, 5))

    second = paper_of(made).pages[1]
    for words in (
        "Subjects and lesson hours",
        "19 July 2018 Small industry 2",
        "20 July 2018 Exports 1.5",
        "21 July 2018 Evaluation 1.5",
        "23 July 2018 Dyeing cloth 2",
        "45 menit 7",
    ):
        assert words in second
    assert "A factory" not in second


def test_subjects_are_those_of_the_own_group_without_cancelled_ones(program, course):
    a, b = make_group(program, "A"), make_group(program, "B")
    for group, start, end in ((a, "13:00", "14:00"), (b, "14:00", "15:00")):
        make_item(program, "CNC", start, end, kind=Kind.WORKSHOP, groups=[group])
    make_item(program, "Only B", day=25, kind=Kind.SESSION, groups=[b])
    make_item(program, "Called off", day=26, kind=Kind.SESSION, status="cancelled")
    agenda = certificate_paper.releases.current(make_release(program).program).agenda

    def titles(group):
        person = make_participant(program, group=group)
        return [item.name for item in certificate_paper.subjects_of(agenda, person)][4:]

    assert titles(a) == ["CNC"]
    assert titles(b) == ["CNC", "Only B"]
    assert titles(None) == ["CNC", "Only B"]


def test_a_speakers_paper_thanks_and_lists_what_they_taught(program, course):
    (made,) = decide(program, speakers=program.speakers.all(), reason="Taught")

    first, second = paper_of(made).pages
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

    assert certificate_paper.span_text(span) == said


def test_paper_is_english_whatever_the_organizer_reads(program, course):
    with translation.override("id"):
        (made,) = issue(program, make_attender(program, course, 5, country="LK"))

    assert "Sri Lanka" in paper_of(made).text
    assert "30 July 2018" in paper_of(made).text


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

    assert any(name.startswith(font) for name in paper_of(made).fonts)
    assert paper_of(made).is_for_everybody


def test_name_in_a_script_without_a_font_is_left_out(program, course):
    (made,) = issue(
        program, make_attender(program, course, 5, name="Wang Xiaoming", own_script_name="王小明")
    )

    assert "Wang Xiaoming" in paper_of(made).text
    assert "王" not in paper_of(made).text


@pytest.mark.parametrize("name", ["Sample Participant " * 6, "Samplesampleparticipant" * 5, "A"])
def test_names_of_any_length_stay_on_the_first_page(program, course, name):
    name = name.strip()[:120]
    (made,) = issue(program, make_attender(program, course, 5, name=name))

    paper = paper_of(made)
    assert len(paper.pages) == 2
    # A long word may be broken, a long name stands on several lines.
    printed = paper.pages[0].replace("\u200b", "").replace(" ", "")
    assert name.replace(" ", "") in printed


def test_what_is_typed_is_text_and_nothing_else(program, course):
    name = '#read("/etc/passwd") $x^2$ *bold* \\ "quoted" <label> @ref'
    (made,) = issue(program, make_attender(program, course, 5, name=name, institution="#pagebreak() // x"))

    paper = paper_of(made)
    assert len(paper.pages) == 2
    assert name in paper.pages[0].replace("\u200b", "")
    assert "#pagebreak() // x" in paper.pages[0]


def test_many_subjects_go_on_with_the_head_of_the_table(program, course):
    for n in range(60):
        make_item(
            program,
            f"Lesson {n}",
            f"{8 + n // 6:02}:00",
            f"{9 + n // 6:02}:00",
            25 + n % 6,
            kind=Kind.SESSION,
        )
    make_release(program)

    (made,) = decide(program, make_participant(program))

    pages = paper_of(made).pages[1:]
    assert len(pages) > 1
    assert all("Mata pelajaran" in page for page in pages)
    assert [n for n in range(60) if f" Lesson {n} " not in " ".join(pages)] == []


def test_signatures_are_pictures_above_the_names(program, course, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    make_signatory(program, name="With ink", signature=True)
    make_signatory(program, name="By hand")
    (made,) = issue(program, make_attender(program, course, 5))

    assert len(paper_of(made).pdf.pages[0].images) == 1
    assert "With ink" in paper_of(made).text and "By hand" in paper_of(made).text


# Frozen


def test_later_changes_change_no_issued_paper(program, course, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    signatory = make_signatory(program, signature=True)
    person = make_attender(program, course, 5, name="Before")
    (made,) = issue(program, person)
    before = bytes(made.pdf), made.data, made.number

    person.name = "After"
    person.save()
    signatory.delete()
    PaperSettings.objects.create(program=program, number_pattern="X{number}")
    Program.objects.update(title="Another title")
    make_release(program)

    kept = Certificate.objects.get()
    assert (bytes(kept.pdf), kept.data, kept.number) == before
    assert "Before" in paper_of(kept).text


def test_reissue_keeps_number_and_code_and_says_so(program, course, set_clock):
    person = make_attender(program, course, 5, name="Befor")
    (made,) = issue(program, person)
    person.name = "Before"
    person.save()
    PaperSettings.objects.create(program=program, number_pattern="X{number}")
    set_clock(after_the_end(program.tz).replace(month=8, day=3))

    again = certificates.reissue(made, address_of=address_of)

    assert (again.number, again.code, again.sequence, again.reissues) == (made.number, made.code, 1, 1)
    text = paper_of(again).text
    assert "Before" in text
    said = (
        "Reissued on 3 August 2018 under the same number; it replaces the certificate issued on 30 July 2018."
    )
    assert said in text
    assert Certificate.objects.count() == 1


def test_reissued_a_revoked_one_is_valid_again(program, course):
    (made,) = issue(program, make_attender(program, course, 5))
    certificates.revoke(made, reason="Wrong name")

    certificates.reissue(Certificate.objects.get(), address_of=address_of)

    assert list(Certificate.objects.valid()) == [made]


def test_to_revoke_needs_a_reason(program, course):
    (made,) = issue(program, make_attender(program, course, 5))

    with pytest.raises(ValueError, match="reason"):
        certificates.revoke(made, reason=" ")
    assert Certificate.objects.valid().count() == 1


def test_of_an_erased_person_no_certificate_can_be_made_anew(program, course):
    person = make_attender(program, course, 5)
    (made,) = issue(program, person)
    certificates.forget(person)
    made.refresh_from_db()

    with pytest.raises(ValueError, match="gone"):
        certificates.reissue(made, address_of=address_of)


def test_looking_who_gets_one_takes_the_same_queries_for_one_and_for_three(program, course):
    taken = []
    certificates.candidates(program)  # the release is read once
    for count in (1, 3):
        while program.participants.count() < count:
            make_attender(program, course, 5)
        with CaptureQueriesContext(connection) as queries:
            assert len(certificates.candidates(program)) == count
        taken.append(len(queries))

    assert taken[0] == taken[1] < 10


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


@pytest.mark.parametrize(
    "content, said",
    [
        (images.GIF_WITH_SCRIPT, "not a PNG, JPEG or WebP"),
        (images.SVG, "not a PNG, JPEG or WebP"),
        (b"", "not a PNG, JPEG or WebP"),
        (images.picture("PNG", color=(255, 255, 255)), "nothing on this picture"),
        (images.picture()[:200], "not a PNG, JPEG or WebP"),
    ],
)
def test_what_is_no_signature_is_refused(content, said):
    with pytest.raises(ValidationError) as refused:
        signatures.ink(images.upload(content))

    assert said in refused.value.messages[0]


def test_pictures_that_unfold_are_refused_undecoded():
    with pytest.raises(ValidationError) as refused:
        signatures.ink(images.upload(images.png_bomb()))

    assert refused.value.code in ("pixels", "format")
