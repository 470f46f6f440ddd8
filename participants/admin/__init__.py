"""The organizers' workplace for people: one module per subject."""

from . import retention

__all__ = ["retention"]
