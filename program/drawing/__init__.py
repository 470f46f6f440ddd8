"""What is drawn from an agenda: the cloth and maps of venues."""
