import pytest
from django.utils import translation

from participants.models import Participant
from participants.people.directory import by_country
from participants.people.names import language_of, sort_key, tidy
from program.folding import fold

from .names import NAMES


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
