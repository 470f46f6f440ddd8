"""What My schedule asks its reader to do, or gives them: each slice registers its own prompts.

A slice registers in ParticipantsConfig.ready(); me/ shows what comes and knows none of them.
"""

from enum import StrEnum
from typing import NamedTuple


class Place(StrEnum):
    TODO = "todo"  # the list of what to do, before the program
    KEEP = "keep"  # the buttons under "Keep it with you"
    CARD = "card"  # a card of its own, after the program


class Prompt(NamedTuple):
    """``page`` is the URL name of a page of the program that ``words`` lead to, or "" for words alone.
    ``note`` is a sentence of a card above them.
    """

    place: Place
    words: str
    page: str = ""
    heading: str = ""
    is_file: bool = False
    note: str = ""


_askers = []
_facts = {}


def register(ask, **facts):
    """Have ``ask(phase, known)`` asked for the Prompts of one reader: an iterable, in the page's language.

    ``phase`` is the me.schedule.Phase of the moment. ``known`` holds the value of each of ``facts``,
    expressions on a Participant, which are read together with everything else in one query: as the database
    writes it.
    """
    if ask not in _askers:
        _askers.append(ask)
        _facts.update(facts)


def facts():
    """{name: expression on a Participant} of all that registered."""
    return dict(_facts)


def prompts_of(phase, known):
    """All Prompts of a reader of whom ``known`` ({name: value}) is known, in the order of registering."""
    return [prompt for ask in _askers for prompt in ask(phase, known)]
