"""The organizers' workplace for people: one module per subject."""

from .certificates.admin import certificates
from .me.admin import announcements, on_agenda
from .outbox.admin import mails
from .papers.admin import papers
from .people.admin import groups, people
from .privacy.admin import retention

__all__ = [
    "announcements",
    "certificates",
    "groups",
    "mails",
    "on_agenda",
    "papers",
    "people",
    "retention",
]
