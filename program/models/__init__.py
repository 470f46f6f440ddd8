from .agenda_item import AgendaItem, ItemGroup
from .contacts import Contact, Contacts
from .operation import Operation
from .places import Organization, Venue
from .program import Group, Program, ProgramDay
from .release import Release

__all__ = [
    "AgendaItem",
    "Contact",
    "Contacts",
    "Group",
    "ItemGroup",
    "Operation",
    "Organization",
    "Program",
    "ProgramDay",
    "Release",
    "Venue",
]
