"""Digits of one's own keyboard, and codes that come with words around them."""

import pytest

from program import digits

OWN = {
    "Persian": "۰۱۲۳۴۵۶۷۸۹",
    "Arabic": "٠١٢٣٤٥٦٧٨٩",
    "Lao": "໐໑໒໓໔໕໖໗໘໙",
    "Bengali": "০১২৩৪৫৬৭৮৯",
    "Devanagari": "०१२३४५६७८९",
    "Burmese": "၀၁၂၃၄၅၆၇၈၉",
    "Thai": "๐๑๒๓๔๕๖๗๘๙",
    "Tibetan": "༠༡༢༣༤༥༦༧༨༩",
    "Khmer": "០១២៣៤៥៦៧៨៩",
    "wide": "０１２３４５６７８９",
}


@pytest.mark.parametrize("script", OWN)
def test_own_digits_are_read(script):
    assert digits.plain(OWN[script]) == "0123456789"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("＋62 812", "+62 812"),
        ("\u202a+62\u00a0812\u202c", "+62\u00a0812"),
        ("12–34 \u2212", "12-34 -"),
        ("Sonam སོ ², ½", "Sonam སོ ², ½"),
    ],
)
def test_plain_changes_digits_and_signs_and_nothing_else(text, found):
    assert digits.plain(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "4351-1692",
        "43511692",
        " 4351 1692 ",
        "4351–1692",
        "4 3 5 1 1 6 9 2",
        "4351-1692 is your code to sign in",
        "4351-1692 adalah kode masuk Anda",
        "Your code to sign in:4351-1692Type it on the page you asked on. It is valid for 15 minutes",
        "Kode masuk Anda:\r\n\r\n4351-1692\r\n\r\nKode berlaku 15 menit. https://portal.example.org:8000",
        "24/07/2018 09:30 4351-1692",
        "\u200e٤٣٥١-١٦٩٢",
        "۴۳۵۱۱۶۹۲",
        "４３５１　１６９２",
    ],
)
def test_code_is_found(text):
    assert digits.find_code(text) == "43511692"


@pytest.mark.parametrize(
    "text",
    ["", "-", "is your code", "4351-169", "4351-16920", "4351-1692-0000", "14351-1692", "on 24/07/2018, 9"],
)
def test_what_holds_no_code_gives_none(text):
    assert digits.find_code(text) == ""
