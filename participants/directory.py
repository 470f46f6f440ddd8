"""Finds people in a directory by a few letters."""

from django import forms
from django.utils.translation import gettext_lazy as _

from .names import fold


class SearchForm(forms.Form):
    q = forms.CharField(
        label=_("Find a person"),
        help_text=_("A few letters of a name, a country or an institution."),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"type": "search", "class": "form-control", "dir": "auto"}),
    )


def search(people, words):
    """Those of ``people`` in whose names, country (in the page's language) or institution each word is."""
    wanted = fold(words).split()
    return [person for person in people if all(word in _text(person) for word in wanted)]


def _text(person):
    told = (
        person.name,
        person.preferred_name,
        person.own_script_name,
        person.country_name,
        person.institution,
    )
    return fold("\n".join(told))
