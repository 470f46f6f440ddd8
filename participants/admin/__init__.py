"""The organizers' workplace for people: one module per subject."""

from . import announcements, certificates, notices, on_agenda, papers, people, retention

__all__ = ["announcements", "certificates", "notices", "on_agenda", "papers", "people", "retention"]
