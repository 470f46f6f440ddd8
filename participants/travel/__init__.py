"""The travel record, and who has read it."""
