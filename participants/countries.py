"""Countries by ISO 3166 code, named in the page's language."""

from functools import lru_cache

from babel import Locale
from django.core.exceptions import ValidationError
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

# Members of the Colombo Plan (public membership list); offered first, none refused by design.
COLOMBO_PLAN = frozenset(
    (
        *("AF", "AU", "BD", "BN", "BT", "CL", "FJ", "ID", "IN", "IR", "JP", "KR", "LA", "LK"),
        *("MM", "MN", "MV", "MY", "NP", "NZ", "PG", "PH", "PK", "SA", "SG", "TH", "US", "VN"),
    )
)
# The usual short names where CLDR has a longer one.
SHORT_NAMES = {"MM": {"en": "Myanmar", "id": "Myanmar"}}


@lru_cache(maxsize=8)
def _territories(language):
    names = Locale.parse(language, sep="-").territories
    codes = {code: name for code, name in names.items() if len(code) == 2 and code.isalpha()}
    for code, short in SHORT_NAMES.items():
        codes[code] = short.get(language, codes[code])
    for pseudo in ("EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"):
        codes.pop(pseudo, None)
    return codes


def country_name(code):
    """The short name of the country ``code`` in the page's language; the code itself when unknown."""
    return _territories(get_language() or "en").get(code, code)


def country_choices():
    """(code, name) of every country in the page's language: Colombo Plan members first, each part sorted."""
    names = _territories(get_language() or "en")
    key = lambda row: (row[0] not in COLOMBO_PLAN, row[1].casefold())  # noqa: E731
    return sorted(names.items(), key=key)


def validate_country(code):
    if code not in _territories("en"):
        raise ValidationError(_("Choose a country from the list."), code="country")
