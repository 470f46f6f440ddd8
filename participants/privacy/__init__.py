"""Erasing, retention, and what a person can take away."""
