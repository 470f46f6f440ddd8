"""The organizers' workplace for people: one module per subject."""

from . import announcements, certificates, groups, notices, on_agenda, papers, people, retention

__all__ = [
    "announcements",
    "certificates",
    "groups",
    "notices",
    "on_agenda",
    "papers",
    "people",
    "retention",
]
