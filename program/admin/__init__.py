"""The organizers' workplace: Django's admin, one module for one noun."""

from . import items, places

__all__ = ["items", "places"]
