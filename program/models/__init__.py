from .agenda_item import AgendaItem, ItemGroup
from .conflict import AcceptedConflict
from .operation import Operation
from .places import Organization, Venue
from .program import Group, Program, ProgramDay
from .release import Release

__all__ = [
    "AcceptedConflict",
    "AgendaItem",
    "Group",
    "ItemGroup",
    "Operation",
    "Organization",
    "Program",
    "ProgramDay",
    "Release",
    "Venue",
]
