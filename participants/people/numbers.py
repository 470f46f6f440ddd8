"""The numbers that people have on printed lists: given once, so that paper stays true.

A person keeps the number whatever happens to them or to others, and nobody ever gets it again: what was
signed on paper is entered by it, months later too.
"""

from django.db import transaction
from django.db.models import Max
from django.utils import translation

from participants.models import LetterheadSettings, Participant
from program.countries import country_name
from program.folding import fold
from program.models import Program

from .names import sort_key


def usual_order(people):
    """``people`` by country and name, the order in which those confirmed together get their numbers.

    Countries go by their English names in every language.
    """
    with translation.override("en"):
        key = lambda person: (fold(country_name(person.country)), person.country, sort_key(person))  # noqa: E731
        return sorted(people, key=key)


@transaction.atomic
def give(program):
    """Give the next numbers to the confirmed participants of ``program`` who have none.

    To be called after whatever may have confirmed somebody. Two give one after the other.
    """
    new = program.participants.expected().filter(list_number=None)
    if not new.exists():
        return
    Program.objects.select_for_update().only("pk").get(pk=program.pk)
    settings, _created = LetterheadSettings.objects.get_or_create(program=program)
    highest = program.participants.aggregate(highest=Max("list_number"))["highest"] or 0
    people = usual_order(new.all())
    for number, person in enumerate(people, max(highest, settings.last_list_number) + 1):
        person.list_number = settings.last_list_number = number
    Participant.objects.bulk_update(people, ["list_number"])
    settings.save(update_fields=["last_list_number"])


def numbered(people):
    """[(number, participant)] of ``people`` by their numbers, as every list is printed, and entered later.

    Those without a number, who are not confirmed, come after them in the usual order.
    """
    people = list(people)
    have = sorted((p for p in people if p.list_number), key=lambda person: person.list_number)
    others = usual_order(p for p in people if not p.list_number)
    last = have[-1].list_number if have else 0
    return [(p.list_number, p) for p in have] + list(enumerate(others, last + 1))
