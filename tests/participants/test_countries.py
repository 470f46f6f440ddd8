import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import translation

from participants.countries import (
    COLOMBO_PLAN,
    by_country,
    country_choices,
    country_name,
    find_country,
    validate_country,
)
from participants.models import Participant
from participants.names import fold, language_of, sort_key, tidy

from .names import NAMES


def test_every_colombo_plan_member_comes_first_in_order_of_its_name():
    choices = country_choices()
    members = choices[: len(COLOMBO_PLAN)]

    assert {code for code, _name in members} == COLOMBO_PLAN
    assert len(COLOMBO_PLAN) == 28
    assert [name for _code, name in members] == sorted(name for _code, name in members)
    assert ("DE", "Germany") in choices[len(COLOMBO_PLAN) :]


def test_names_and_their_order_follow_the_language_of_the_page():
    form = type("F", (forms.Form,), {"country": forms.ChoiceField(choices=country_choices)})
    with translation.override("id"):
        indonesian = dict(form().fields["country"].choices)
    english = dict(form().fields["country"].choices)

    assert (english["KR"], indonesian["KR"]) == ("South Korea", "Korea Selatan")
    assert list(english) != list(indonesian)


@pytest.mark.parametrize("language", ["en", "id"])
def test_myanmar_is_myanmar(language):
    with translation.override(language):
        assert country_name("MM") == "Myanmar"


def test_unions_and_test_codes_are_no_countries():
    codes = dict(country_choices())

    assert not {"EU", "UN", "ZZ", "XA", "EZ"} & set(codes)
    assert len(codes) > 240
    with pytest.raises(ValidationError):
        validate_country("EU")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("NP", "NP"),
        ("np", "NP"),
        ("  Nepal ", "NP"),
        ("Sri Lanka", "LK"),
        ("Korea Selatan", "KR"),
        ("Republic of Korea", "KR"),
        ("Lao PDR", "LA"),
        ("laos", "LA"),
        ("Viet Nam", "VN"),
        ("Filipina", "PH"),
        ("Burma", "MM"),
        ("Turkiye", "TR"),
        ("AS", "AS"),
        ("Atlantis", None),
        ("", None),
    ],
)
def test_country_is_found_by_code_or_name_in_both_languages(text, code):
    assert find_country(text) == code


@pytest.mark.parametrize("name", NAMES)
def test_no_name_is_changed_by_being_tidied(name):
    assert tidy(f"  {name} ") == name


def test_signs_that_turn_the_text_around_go():
    assert tidy("\u202eSample\u202c \u2067Person\u2069") == "Sample Person"


def test_joiners_inside_a_name_stay():
    with_joiner = "නිශ්‍ශංක"  # Sinhala; a zero width joiner makes the ligature

    assert "‍" in tidy(with_joiner)


@pytest.mark.parametrize(
    ("text", "country", "language"),
    [
        ("အောင်ဆန်း", "MM", "my"),
        ("ສົມສັກ", "LA", "lo"),
        ("དབང་ཕྱུག", "BT", "dz"),
        ("احمد", "AF", "prs"),
        ("احمد", "PK", "ur"),
        ("احمد", "GB", "und-Arab"),
        ("रमेश", "NP", "ne"),
        ("(ရွှေ)", "MM", "my"),
        ("Sukarno", "ID", ""),
        ("123", "ID", ""),
        ("", "ID", ""),
    ],
)
def test_language_of_a_name_in_its_own_script(text, country, language):
    assert language_of(text, country) == language


def test_search_and_order_do_not_care_for_case_and_accents_of_letters():
    assert fold(" José ÑANDÚ") == fold("jose nandu")
    people = [type("P", (), {"name": name, "pk": 1}) for name in ("zaw", "Élise", "Aung", "aye", "Zeya")]

    assert [p.name for p in sorted(people, key=sort_key)] == ["Aung", "aye", "Élise", "zaw", "Zeya"]


def test_people_are_by_country_in_the_language_of_the_page_and_by_name_within():
    people = [
        Participant(pk=n, name=name, country=code)
        for n, (name, code) in enumerate([("zaw", "KR"), ("Bima", "ID"), ("Aung", "KR")])
    ]

    english = [(country.name, [p.name for p in country.people]) for country in by_country(people)]
    with translation.override("id"):
        indonesian = [country.name for country in by_country(people)]

    assert english == [("Indonesia", ["Bima"]), ("South Korea", ["Aung", "zaw"])]
    assert indonesian == ["Indonesia", "Korea Selatan"]
