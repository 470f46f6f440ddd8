"""Makers of people: plainly sample people, the least valid ones."""

from itertools import count

from participants.accounts.accounts import account_for
from participants.models import Participant

_numbers = count(1)


def make_participant(program, user=False, **fields):
    """A confirmed participant of ``program``.

    ``user=True`` gives an account that can sign in; a User gives that one.
    """
    number = next(_numbers)
    defaults = {
        "name": f"Sample Participant {number}",
        "email": f"participant{number}@example.org",
        "country": "NP",
        "status": Participant.Status.CONFIRMED,
    }
    if user and user is not True:
        defaults["user"] = user
    participant = Participant.objects.create(program=program, **(defaults | fields))
    if user is True:
        account_for(participant)
    return participant


def make_people(program, number_of, **fields):
    """``number_of`` confirmed participants, named by their number."""
    Participant.objects.bulk_create(
        Participant(
            program=program,
            name=f"Sample Person {number:03}",
            email=f"person{number}@example.org",
            country="NP",
            institution="Sample Institution",
            status=Participant.Status.CONFIRMED,
            **fields,
        )
        for number in range(1, number_of + 1)
    )
