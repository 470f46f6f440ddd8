"""Attendance: marking, signed lists and their scans, the summary."""
