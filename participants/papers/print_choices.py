"""How a member of the team printed lists last, in each program."""

from participants.models import PrintChoices


def of(user, program):
    """What a form of ``user`` in ``program`` starts with, {field: [value]}; {} before they chose anything."""
    found = PrintChoices.objects.filter(user=user, program=program).values_list("choices", flat=True)
    return found.first() or {}


def keep(user, program, choices):
    PrintChoices.objects.update_or_create(user=user, program=program, defaults={"choices": choices})
