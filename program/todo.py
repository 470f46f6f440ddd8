"""What waits for somebody's hand, on the start page of the admin: each slice registers its own.

A slice registers in its AppConfig.ready(); the start page shows what comes and knows none of them.
"""

from typing import NamedTuple


class Todo(NamedTuple):
    """``words`` that lead to ``address``, the page in the admin where it is done."""

    words: str
    address: str


_askers = []


def register(ask):
    """Have ``ask(program, user)`` asked for the Todos of a program on which the user works."""
    if ask not in _askers:
        _askers.append(ask)


def todos_of(program, user):
    return [todo for ask in _askers for todo in ask(program, user)]
