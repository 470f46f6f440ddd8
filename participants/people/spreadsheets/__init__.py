"""People from a spreadsheet and to one."""
