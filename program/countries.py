"""Names of countries in the page's language, from their ISO codes."""

from babel import Locale
from babel.lists import format_list
from django.utils.translation import get_language

# Babel writes these two ways at once ("Myanmar (Burma)"); the usual short name is enough.
SHORT_NAMES = {"MM": "Myanmar"}


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
