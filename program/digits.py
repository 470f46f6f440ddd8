"""Digits of every keyboard as 0 to 9, and the sign-in code found in what someone pasted."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

SIGNS = {"\N{MINUS SIGN}": "-", "\N{FULLWIDTH PLUS SIGN}": "+"}
# Four digits and four more, with a dash or a blank between; not a part of a longer number.
CODE = re.compile(r"(?<![0-9])(?<![0-9]-)([0-9]{4})\s?-?\s?([0-9]{4})(?!-?[0-9])")

# With the country code, so that it can be called from anywhere: a plus, then 7 to 15 digits.
PHONE = re.compile(r"\+[0-9]{7,15}")


def plain(text):
    """``text`` with the digits 0 to 9, plain dashes and a plain plus, and without invisible signs.

    Persian, Arabic, Lao, Bengali, Devanagari, Burmese, Thai, Tibetan, wide and all other decimal digits are
    taken; all else stays as it is.
    """
    return "".join(_plain(char) for char in text)


def _plain(char):
    match unicodedata.category(char):
        case "Nd":
            return str(unicodedata.decimal(char))
        case "Pd":
            return "-"
        case "Cf":  # signs of direction that come along when something is copied
            return ""
    return SIGNS.get(char, char)


def validate_phone(number):
    """Refuse a telephone number without its country code, typed on whatever keyboard."""
    if not PHONE.fullmatch(re.sub(r"[\s().\-/]", "", plain(number))):
        raise ValidationError(
            _("Start with a plus and the country code, for example +62 812 3456 789."), code="phone"
        )


def find_code(text):
    """The eight digits of the first sign-in code in ``text``, or "" when there is none.

    Taken with words around it, as in a mail, or typed with any signs between its digits.
    """
    text = plain(text)
    found = CODE.search(text)
    if found:
        return "".join(found.groups())
    alone = re.sub("[^0-9]", "", text)
    return alone if len(alone) == 8 else ""
