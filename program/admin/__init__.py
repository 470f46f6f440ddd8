"""The organizers' workplace: Django's admin, one module for one noun."""

from . import contacts, items, operations, places, program, publishing

__all__ = ["contacts", "items", "operations", "places", "program", "publishing"]
