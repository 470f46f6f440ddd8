"""My schedule, the personal calendar, announcements, and what a release changes for a person."""
