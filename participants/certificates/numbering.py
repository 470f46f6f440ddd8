"""How certificates are numbered: 007/SERT/VII/2018, by a pattern with {number}, {month} and {year}."""

import re
from string import Formatter

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MONTHS = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
NAMES = ("number", "month", "year")
DIGITS = re.compile(r"0?[1-6]d?|d?")  # {number}, {number:3d}, {number:03d}


def number_text(pattern, sequence, day):
    """The number of the ``sequence``-th certificate, issued on the local date ``day``."""
    return pattern.format(number=sequence, month=MONTHS[day.month - 1], year=day.year)


def validate_pattern(pattern):
    """Raise ValidationError with what is wrong in ``pattern``, unless ``number_text`` can use it."""
    try:
        fields = [
            (name, spec, how) for _text, name, spec, how in Formatter().parse(pattern) if name is not None
        ]
    except ValueError:
        raise ValidationError(
            _("A brace { or } has no partner. Use braces only around number, month and year."), "braces"
        ) from None
    for name, spec, how in fields:
        if name not in NAMES:
            text = _("{%(name)s} is unknown. Only {number}, {month} and {year} can be filled in.")
            raise ValidationError(text % {"name": name}, "unknown")
        if how or (spec and (name != "number" or not DIGITS.fullmatch(spec))):
            text = _("Write {%(name)s} alone. Only the number takes digits: {number:03d} gives 007.")
            raise ValidationError(text % {"name": name}, "form")
    if not any(name == "number" for name, _spec, _how in fields):
        raise ValidationError(_("Without {number} all certificates would have the same number."), "number")
