from .agenda_item import AgendaItem, ItemGroup
from .places import Organization, Venue
from .program import Group, Program, ProgramDay
from .release import Release

__all__ = [
    "AgendaItem",
    "Group",
    "ItemGroup",
    "Organization",
    "Program",
    "ProgramDay",
    "Release",
    "Venue",
]
