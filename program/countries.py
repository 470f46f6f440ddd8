"""Countries by ISO 3166 code, named in the page's language."""

from functools import lru_cache

from babel import Locale
from babel.lists import format_list
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .folding import fold

# Babel writes these two ways at once ("Myanmar (Burma)"); the usual short name is enough.
SHORT_NAMES = {"MM": "Myanmar"}
# Members of the Colombo Plan (public membership list); offered first, none refused by design.
COLOMBO_PLAN = frozenset(
    (
        *("AF", "AU", "BD", "BN", "BT", "CL", "FJ", "ID", "IN", "IR", "JP", "KR", "LA", "LK"),
        *("MM", "MN", "MV", "MY", "NP", "NZ", "PG", "PH", "PK", "SA", "SG", "TH", "US", "VN"),
    )
)
# Codes that CLDR names though they are no country's: unions, test codes, parts of others.
NO_COUNTRY = ("AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ")
# Further names that people write in their sheets.
OTHER_NAMES = {
    "BN": ("Brunei Darussalam",),
    "GB": ("UK", "Great Britain", "Inggris"),
    "IR": ("Islamic Republic of Iran", "Iran (Islamic Republic of)"),
    "KR": ("Korea", "Republic of Korea", "Korea, Republic of"),
    "LA": ("Lao", "Lao PDR", "Lao People's Democratic Republic"),
    "MM": ("Burma", "Birma", "Myanmar (Burma)"),
    "PH": ("The Philippines",),
    "TR": ("Turkey",),
    "US": ("USA", "United States of America"),
    "VN": ("Viet Nam",),
}


def country_name(code):
    """The usual short name of the country with the ISO code ``code``; the code itself when unknown."""
    names = Locale.parse(get_language() or "en", sep="-").territories
    return SHORT_NAMES.get(code) or names.get(code, code)


def listed(names):
    """``names`` as the words of a sentence: "A, B, and C", in the page's language."""
    return format_list(list(names), locale=Locale.parse(get_language() or "en", sep="-"))


def country_names(codes):
    """The countries in the order of their names in the page's language."""
    return sorted(country_name(code) for code in codes)


@lru_cache(maxsize=8)
def _territories(language):
    names = Locale.parse(language, sep="-").territories
    codes = {code: name for code, name in names.items() if len(code) == 2 and code.isalpha()}
    codes |= SHORT_NAMES
    for pseudo in NO_COUNTRY:
        codes.pop(pseudo, None)
    return codes


def country_choices():
    """(code, name) of every country in the page's language: Colombo Plan members first, each part sorted."""
    names = _territories(get_language() or "en")
    key = lambda row: (row[0] not in COLOMBO_PLAN, row[1].casefold())  # noqa: E731
    return sorted(names.items(), key=key)


@lru_cache(maxsize=1)
def _codes_by_name():
    names = {fold(code): code for code in _territories("en")}
    for code, others in OTHER_NAMES.items():
        names.update((fold(name), code) for name in others)
    for language in ("id", "en"):
        names.update((fold(name), code) for code, name in _territories(language).items())
    return names


def find_country(text):
    """The code of a country written as code or as name in English or Indonesian; None when unknown."""
    return _codes_by_name().get(fold(text))


def validate_country(code):
    if code not in _territories("en"):
        raise ValidationError(_("Choose a country from the list."), code="country")
