"""The agenda in the admin: one list of all kinds, and a form for each kind."""
