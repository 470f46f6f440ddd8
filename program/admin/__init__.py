"""The organizers' workplace: Django's admin, one module for one noun."""

from . import items, places, program, publishing

__all__ = ["items", "places", "program", "publishing"]
