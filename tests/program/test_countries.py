import pytest
from django.utils.translation import override

from program.countries import country_name, country_names, listed


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
