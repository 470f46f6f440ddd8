"""People: names, photos, directory, seats, groups, and their import and export."""
