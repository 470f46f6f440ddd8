"""The numbers that people have on printed lists."""

from django.utils import translation

from program.countries import country_name
from program.folding import fold

from .names import sort_key


def numbered(people):
    """[(number, participant)] of those expected at one item, as its list is printed, and entered later.

    Counted from 1 by country and name, whatever order the list is printed in. Countries go by their English
    names in every language, so that a list printed in Bahasa Indonesia has the numbers of the page.
    """
    with translation.override("en"):
        key = lambda person: (fold(country_name(person.country)), person.country, sort_key(person))  # noqa: E731
        return list(enumerate(sorted(people, key=key), start=1))
