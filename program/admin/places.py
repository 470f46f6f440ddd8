"""Organizations, venues and groups in the admin."""
