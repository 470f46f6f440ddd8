"""Who works on which program, in which role, and what each role may do."""
