"""A group is deleted: where its people, announcements and agenda items go.

Nobody loses a group by accident.
"""

from dataclasses import dataclass

from django.db import transaction
from simple_history.utils import bulk_update_with_history

from participants.models import Announcement, Participant
from program.agenda import reasons
from program.models import AgendaItem, Group

from .names import sort_key


@dataclass(frozen=True)
class Belongings:
    """What belongs to a group: all its people, those who withdrew too, and what is for it in the draft."""

    people: list[Participant]
    items: list[AgendaItem]
    announcements: list[Announcement]

    @classmethod
    def of(cls, group):
        """Four queries."""
        return cls(
            sorted(group.participants.select_related("program"), key=sort_key),
            list(group.items.concrete().select_related("program").prefetch_related("groups")),
            list(Announcement.objects.filter(group=group)),
        )


@transaction.atomic
def delete(group, *, people_to=None, items_to=None, by):
    """Delete ``group``; its people and announcements go to ``people_to``, its items to ``items_to``: Groups.

    ``people_to`` None: people are without a group, announcements are deleted. ``items_to`` None: an item of
    this group alone is for everybody. What is published stays as it is until the next release.
    """
    Group.objects.select_for_update().get(pk=group.pk)
    had = Belongings.of(group)
    for person in had.people:
        person.group = people_to
    bulk_update_with_history(had.people, Participant, ["group"], default_user=by)
    if people_to:
        Announcement.objects.filter(group=group).update(group=people_to)
    for item in had.items:
        others = [other for other in item.groups.all() if other != group]
        item.set_groups({*others, items_to} - {None})
        item.save_as(reasons.kept(reasons.GROUP_DELETED, group.name))
    group.delete()
