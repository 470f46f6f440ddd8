"""Finds people in a directory by a few letters."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .names import fold

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
