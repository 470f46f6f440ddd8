"""Who rotates with whom: groups of equal size in which people of one country meet others."""

from collections import Counter
from itertools import groupby

from django.db import transaction
from simple_history.utils import bulk_update_with_history

from participants.models import Participant
from program.drafting.operations import Kind, begin

from .names import sort_key


def balance(people, groups, keep=True):
    """The group of each of ``people`` as {participant pk: Group}; nothing is saved.

    Sizes differ by at most one, and so do the numbers of each country's people in the groups. With ``keep``
    those who have a group stay in it: then both hold as far as the other people allow. The same
    people always give the same groups, whatever their order. Empty when there are no groups.
    """
    groups = sorted(groups, key=lambda group: group.name)
    if not groups:
        return {}
    known = {group.pk: group for group in groups}
    people = sorted(people, key=lambda person: (person.country, *sort_key(person)))
    placed = {p.pk: known[p.group_id] for p in people if keep and p.group_id in known}
    sizes = Counter(group.pk for group in placed.values())
    room = _room_left(groups, sizes, len(people) - len(placed))
    for _country, same in groupby(people, key=lambda person: person.country):
        same = list(same)
        here = Counter(placed[p.pk].pk for p in same if p.pk in placed)
        for person in same:
            if person.pk in placed:
                continue
            free = [group for group in groups if room[group.pk]]
            group = min(free, key=lambda group: (here[group.pk], sizes[group.pk], group.name))
            placed[person.pk] = group
            here[group.pk] += 1
            sizes[group.pk] += 1
            room[group.pk] -= 1
    return placed


def _room_left(groups, sizes, count):
    """How many of ``count`` further people each group takes so that the sizes end as even as can be."""
    sizes, room = Counter(sizes), Counter()
    for _ in range(count):
        smallest = min(groups, key=lambda group: (sizes[group.pk], group.name))
        sizes[smallest.pk] += 1
        room[smallest.pk] += 1
    return room


@transaction.atomic
def assign(program, people, placed, by, group=None):
    """Save the groups of ``placed`` (see ``balance``; None: no group) of those ``people`` who change theirs.

    Returns the Operation of ``by``, which can be undone; None when nobody moves. ``group`` is the name of the
    one that all were put into, "" for none; None when they were balanced.
    """
    movers = [person for person in people if person.pk in placed and placed[person.pk] != person.group]
    if not movers:
        return None
    operation = begin(Kind.GROUPS, program, by, count=len(movers), group=group)
    for person in movers:
        person.group = placed[person.pk]
    in_operation = {"operation": operation}
    bulk_update_with_history(
        movers, Participant, ["group"], default_user=by, custom_historical_attrs=in_operation
    )
    return operation
