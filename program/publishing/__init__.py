"""Releases, the pages kept of them, feeds and what search engines read."""
