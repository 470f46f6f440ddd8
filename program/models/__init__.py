from .agenda_item import AgendaItem, ItemGroup
from .conflict import AcceptedConflict
from .contacts import Contact, Contacts
from .former_address import FormerAddress
from .operation import Operation
from .places import Organization, Venue
from .program import Group, Program, ProgramDay
from .release import Release
from .sent_form import SentForm

__all__ = [
    "AcceptedConflict",
    "AgendaItem",
    "Contact",
    "Contacts",
    "FormerAddress",
    "Group",
    "ItemGroup",
    "Operation",
    "Organization",
    "Program",
    "ProgramDay",
    "Release",
    "SentForm",
    "Venue",
]
