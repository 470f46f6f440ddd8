"""Certificates: who gets one, their numbers, and that they stay as they were issued."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from participants.certificates import issuing as certificates
from participants.certificates import numbering
from participants.models import Certificate, LetterheadSettings
from participants.models.attendance import Attendance
from program.models import Program
from tests.makers import make_program, make_release, make_speaker
from tests.participants.papers.documents import Document
from tests.participants.people.makers import make_participant

from .certifying import address_of, after_the_end, attend, decide, issue, make_attender, make_course
from .makers import make_signatory

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(program, set_clock):
    made = make_course(program)
    set_clock(after_the_end(program.tz))
    return made


def obstacles(program):
    return {c.person.name: c.obstacle for c in certificates.candidates(program)}


def document_of(certificate):
    return Document(bytes(certificate.pdf))


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
    settings = LetterheadSettings.objects.create(program=program, threshold=67)

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
    for name, status in (("Nominated", "nominated"), ("Withdrawn", "withdrawn"), ("ᏣᎳᎩ", "confirmed")):
        make_attender(program, course, 5, name=name, status=status)

    assert obstacles(program) == {"Nominated": "status", "ᏣᎳᎩ": "letters"}
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
    assert "Ill" not in document_of(made).text


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


def test_speakers_whose_sessions_are_all_cancelled_get_none(program, course):
    teacher, other = program.speakers.get(), make_speaker(program, "Sample Second")
    sessions = [course[title] for title in ("Small industry", "Exports", "Evaluation")]
    sessions[0].sessionspeaker_set.create(speaker=other)
    for session in sessions[1:]:
        session.status = "cancelled"
        session.save()
    make_release(program)
    assert certificates.speakers_without(program) == ([other, teacher], [])  # one session is left

    sessions[0].status = "cancelled"
    sessions[0].save()
    make_release(program)

    assert certificates.speakers_without(program) == ([], [])
    assert decide(program, speakers=[teacher, other], reason="Taught") == []


def test_without_a_release_there_is_nothing_to_say(program):
    with pytest.raises(certificates.NotPublished):
        issue(program, make_participant(program))


# Numbers


def test_numbers_follow_the_pattern_with_a_roman_month(program, course):
    LetterheadSettings.objects.create(program=program, number_pattern="{number:04d}/IKM/{month}/{year}")
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
        ("{numbr:03d}/SERT", "{numbr} is unknown."),
        ("{}/SERT", "{} is unknown."),
        ("{number.__class__}", "{number.__class__} is unknown."),
        ("{number[0]}", "{number[0]} is unknown."),
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
    settings = LetterheadSettings(program=make_program(), number_pattern=pattern)

    with pytest.raises(ValidationError) as refused:
        settings.full_clean()

    assert said in refused.value.message_dict["number_pattern"][0]


@pytest.mark.parametrize(
    "pattern", ["{number}", "{number:d}", "B-{number:3}/{month}/{year}", "{{x}} {number:06d}"]
)
def test_right_patterns_are_taken(pattern):
    LetterheadSettings(program=make_program(), number_pattern=pattern).full_clean()

    assert "7" in numbering.number_text(pattern, 7, date(2018, 7, 30))


@given(st.text(st.sampled_from("{}numberyeamonth:03d!.[] "), max_size=30))
def test_whatever_is_typed_is_refused_or_makes_a_number(pattern):
    try:
        numbering.validate_pattern(pattern)
    except ValidationError:
        return
    assert "7" in numbering.number_text(pattern, 7, date(2018, 7, 30))


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
    LetterheadSettings.objects.create(program=program, number_pattern="X{number}")
    Program.objects.update(title="Another title")
    make_release(program)

    kept = Certificate.objects.get()
    assert (bytes(kept.pdf), kept.data, kept.number) == before
    assert "Before" in document_of(kept).text


def test_reissue_keeps_number_and_code_and_says_so(program, course, set_clock):
    person = make_attender(program, course, 5, name="Befor")
    (made,) = issue(program, person)
    person.name = "Before"
    person.save()
    LetterheadSettings.objects.create(program=program, number_pattern="X{number}")
    set_clock(after_the_end(program.tz).replace(month=8, day=3))

    again = certificates.reissue(made, address_of=address_of)

    assert (again.number, again.code, again.sequence, again.reissues) == (made.number, made.code, 1, 1)
    text = document_of(again).text
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


def test_a_name_that_cannot_be_printed_any_more_is_not_reissued(program, course):
    person = make_attender(program, course, 5, name="Amal Sample")
    (made,) = issue(program, person)
    assert certificates.may_be_reissued(made)
    person.name = "\U00013000\U00013001"  # hieroglyphs
    person.save()

    made = Certificate.objects.get()

    assert not certificates.may_be_reissued(made)
    with pytest.raises(ValueError, match="printed"):
        certificates.reissue(made, address_of=address_of)


def test_to_revoke_needs_a_reason(program, course):
    (made,) = issue(program, make_attender(program, course, 5))

    with pytest.raises(ValueError, match="reason"):
        certificates.revoke(made, reason=" ")
    assert Certificate.objects.valid().count() == 1


def test_a_second_revoke_keeps_the_first_reason_and_moment(program, course, set_clock):
    (made,) = issue(program, make_attender(program, course, 5))
    certificates.revoke(made, reason=" Wrong name ")
    first = Certificate.objects.get()
    set_clock(first.revoked_at + timedelta(days=1))

    certificates.revoke(made, reason="Somebody else's reason")

    row = Certificate.objects.get()
    assert (row.revoked_reason, row.revoked_at) == ("Wrong name", first.revoked_at)


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
