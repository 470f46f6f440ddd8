"""The organizers' workplace for people: one module per subject."""
