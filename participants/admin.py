"""The organizers' workplace for people: one module per subject."""

from .certificates.admin import certificates
from .me.admin import announcements, notices, on_agenda
from .papers.admin import letterhead
from .people.admin import groups, people
from .privacy.admin import retention

__all__ = [
    "announcements",
    "certificates",
    "groups",
    "letterhead",
    "notices",
    "on_agenda",
    "people",
    "retention",
]
