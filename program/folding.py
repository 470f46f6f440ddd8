"""Texts made comparable. What is folded is compared, never shown."""

import unicodedata


def fold(text):
    """``text`` for comparison: without case, accents and the space around it."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in letters if not unicodedata.combining(char)).strip()
