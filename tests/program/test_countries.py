import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import override

from program.countries import (
    COLOMBO_PLAN,
    country_choices,
    country_name,
    country_names,
    find_country,
    listed,
    validate_country,
)


@pytest.mark.parametrize(
    "language, names",
    [
        ("en", ["India", "Laos", "Myanmar", "South Korea", "Sri Lanka"]),
        ("id", ["India", "Korea Selatan", "Laos", "Myanmar", "Sri Lanka"]),
    ],
)
def test_countries_have_their_usual_short_names_in_order(language, names):
    with override(language):
        assert country_names(("LK", "MM", "LA", "IN", "KR")) == names


def test_unknown_code_stands_for_itself():
    assert country_name("QX") == "QX"


@pytest.mark.parametrize(
    "language, names, sentence",
    [
        ("en", ["Nepal"], "Nepal"),
        ("en", ["India", "Laos", "Nepal"], "India, Laos, and Nepal"),
        ("id", ["India", "Laos", "Nepal"], "India, Laos, dan Nepal"),
        ("en", [], ""),
    ],
)
def test_names_are_listed_as_in_a_sentence(language, names, sentence):
    with override(language):
        assert listed(names) == sentence


def test_every_colombo_plan_member_comes_first_in_order_of_its_name():
    choices = country_choices()
    members = choices[: len(COLOMBO_PLAN)]

    assert {code for code, _name in members} == COLOMBO_PLAN
    assert len(COLOMBO_PLAN) == 28
    assert [name for _code, name in members] == sorted(name for _code, name in members)
    assert ("DE", "Germany") in choices[len(COLOMBO_PLAN) :]


def test_names_and_their_order_follow_the_language_of_the_page():
    form = type("F", (forms.Form,), {"country": forms.ChoiceField(choices=country_choices)})
    with override("id"):
        indonesian = dict(form().fields["country"].choices)
    english = dict(form().fields["country"].choices)

    assert (english["KR"], indonesian["KR"]) == ("South Korea", "Korea Selatan")
    assert list(english) != list(indonesian)


@pytest.mark.parametrize("language", ["en", "id"])
def test_myanmar_is_myanmar(language):
    with override(language):
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
