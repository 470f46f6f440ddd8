"""The people of a directory: found by a few letters, and grouped by country."""

from dataclasses import dataclass
from itertools import groupby

from django import forms
from django.utils.translation import gettext_lazy as _

from program.countries import country_name
from program.folding import fold

from .names import sort_key

# What others see of a person, and may therefore search in.
SHOWN = ("name", "preferred_name", "own_script_name", "country_name", "institution")


class SearchForm(forms.Form):
    q = forms.CharField(
        label=_("Find a person"),
        help_text=_("A few letters of a name, a country or an institution."),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"type": "search", "class": "form-control", "dir": "auto"}),
    )


def search(people, words, fields=SHOWN):
    """Those of ``people`` in whose ``fields`` each word is found; countries in the page's language."""
    wanted = fold(words).split()
    return [person for person in people if all(word in _text(person, fields) for word in wanted)]


def _text(person, fields):
    return fold("\n".join(getattr(person, name) for name in fields))


@dataclass(frozen=True)
class Country:
    """A country with those who come from it, by name."""

    code: str
    people: list

    @property
    def name(self):
        return country_name(self.code)


def by_country(people):
    """The Countries of ``people`` in the order of their names in the page's language."""
    people = sorted(people, key=lambda p: (fold(country_name(p.country)), p.country, sort_key(p)))
    return [Country(code, list(same)) for code, same in groupby(people, key=lambda p: p.country)]
