"""The organizers' workplace: Django's admin, one module for one noun."""

from . import items, operations, places, program, publishing

__all__ = ["items", "operations", "places", "program", "publishing"]
