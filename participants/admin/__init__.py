"""The organizers' workplace for people: one module per subject."""

from . import announcements, notices, people, retention

__all__ = ["announcements", "notices", "people", "retention"]
