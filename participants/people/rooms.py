"""Who shares a hotel room: people whose rooms have the same name."""

from itertools import groupby

from program.folding import fold


def key(room):
    """What rooms of one name have in common, whatever its case; sorts 9 before 10."""
    parts = groupby(fold(room), key=str.isdecimal)
    return [(digits, int("".join(c)) if digits else 0, "" if digits else "".join(c)) for digits, c in parts]
