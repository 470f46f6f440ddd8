"""Which font has the letters of a name, and that the documents look in the same ones."""

import re

import pytest

from program.printing import fonts
from program.printing.typesetting import FOLDER


def test_the_documents_look_for_letters_in_the_same_fonts():
    written = re.findall(r'"([^"]+)"', (FOLDER / "fonts.typ").read_text().partition("#let sans")[0])

    assert list(fonts.FAMILIES) == ["Noto Sans", *written]


@pytest.mark.parametrize(
    ("text", "family"),
    [
        ("Nguyễn Thị Ánh", "Noto Sans"),
        ("Дорж", "Noto Sans"),
        ("គំរូ", "Noto Sans Khmer"),
        ("ދިވެހި", "Noto Sans Thaana"),
        ("참가자", "Droid Sans Fallback"),
        ("さんか", "Droid Sans Fallback"),
        ("राम Ann 示例", "Noto Sans Devanagari"),
        ("Ann 示例", "Noto Sans"),
        ("شرکت‌کنندهٔ", "Noto Sans Arabic"),  # with a joiner of no width
        ("", ""),
        ("12", ""),
        ("ᏣᎳᎩ", ""),
        ("Ann ᏣᎳᎩ", ""),
        ("Ann 🎉 ❤️", "Noto Sans"),  # pictures are left out, not the name
    ],
)
def test_the_font_of_a_name_has_all_its_letters(text, family):
    assert fonts.font_of(text) == family


def test_signs_that_no_font_has_are_told_once_each():
    assert fonts.missing("Ann ᏣᎳᏣ 𠮷田") == ["Ꮳ", "Ꮃ", "𠮷"]
    assert fonts.missing("Ann O’Neil-Sánchez, 3rd") == []
