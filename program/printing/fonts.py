"""Which of the fonts of templates/documents/fonts has the letters of a text."""

import unicodedata

# By the first word of the Unicode names of letters: the family of templates/documents/fonts that has them.
FONTS = {
    **dict.fromkeys(("LATIN", "GREEK", "CYRILLIC", "MODIFIER"), "Noto Sans"),
    "ARABIC": "Noto Sans Arabic",
    "BENGALI": "Noto Sans Bengali",
    "DEVANAGARI": "Noto Sans Devanagari",
    "LAO": "Noto Sans Lao",
    "MYANMAR": "Noto Sans Myanmar",
    "SINHALA": "Noto Sans Sinhala",
    "TAMIL": "Noto Sans Tamil",
    "THAI": "Noto Sans Thai",
    "TIBETAN": "Noto Serif Tibetan",
}


def font_of(text):
    """The family that has the letters of ``text``; "" when none of ours has: boxes for a name help nobody."""
    found = [FONTS.get(unicodedata.name(c, "").partition(" ")[0], "") for c in text if c.isalpha()]
    return found[0] if found and all(found) else ""
