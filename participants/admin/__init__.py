"""The organizers' workplace for people: one module per subject."""

from . import announcements, notices, papers, people, retention

__all__ = ["announcements", "notices", "papers", "people", "retention"]
