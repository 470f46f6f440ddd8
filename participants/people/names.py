"""Names in any script: shown, searched and sorted without ever being split or changed.

A name is stored as it was written (Unicode NFC). ``fold`` and ``sort_key`` make what is compared, never
what is shown. Names are sorted by their folded code points; full collation (Lao vowels before their
consonant, tone marks, digraphs, Han by reading) is not done.
"""

import unicodedata

from program.folding import fold

# The language that a country writes in a script; the script is the first word of a letter's Unicode name.
# Under "" is the language it is otherwise taken for.
LANGUAGES = {
    "ARABIC": {"AF": "prs", "PK": "ur", "IR": "fa", "SA": "ar", "": "und-Arab"},
    "ARMENIAN": {"": "hy"},
    "BENGALI": {"": "bn"},
    "CYRILLIC": {"MN": "mn", "": "und-Cyrl"},
    "DEVANAGARI": {"NP": "ne", "IN": "hi", "": "und-Deva"},
    "ETHIOPIC": {"ER": "ti", "": "am"},
    "GEORGIAN": {"": "ka"},
    "GUJARATI": {"": "gu"},
    "GURMUKHI": {"": "pa"},
    "HANGUL": {"": "ko"},
    "HEBREW": {"": "he"},
    "HIRAGANA": {"": "ja"},
    "KATAKANA": {"": "ja"},
    "CJK": {"JP": "ja", "KR": "ko", "": "zh"},
    "KANNADA": {"": "kn"},
    "KHMER": {"": "km"},
    "LAO": {"": "lo"},
    "MALAYALAM": {"": "ml"},
    "MEETEI": {"": "mni"},
    "MONGOLIAN": {"": "mn-Mong"},
    "MYANMAR": {"": "my"},
    "OL": {"": "sat"},
    "ORIYA": {"": "or"},
    "SINHALA": {"": "si"},
    "TAMIL": {"": "ta"},
    "TELUGU": {"": "te"},
    "THAANA": {"": "dv"},
    "THAI": {"": "th"},
    "TIBETAN": {"BT": "dz", "": "bo"},
}


def language_of(text, country):
    """The BCP 47 tag of a name's script as people of ``country`` write it; "" for Latin and unknown ones."""
    letter = next((char for char in text if char.isalpha()), "")
    languages = LANGUAGES.get(unicodedata.name(letter, "").partition(" ")[0], {}) if letter else {}
    return languages.get(country) or languages.get("", "")


# Characters that change the direction of text: none belongs in a name.
TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])


# Letters and signs by their Unicode category, with nothing to see: fillers of Hangul, an empty Braille cell.
BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")


def tidy(text):
    """``text`` in Unicode NFC without space around it and without characters that change its direction;
    joiners and marks inside a name stay. "" when there is nothing to see in it.
    """
    text = unicodedata.normalize("NFC", text.translate(TURNING)).strip()
    return text if any(map(_is_seen, text)) else ""


def _is_seen(char):
    return unicodedata.category(char)[0] in "LNPS" and char not in BLANK


def sort_key(person):
    """Sorts people by name as in the passport, not by case or accents; equal names by their number."""
    return fold(person.name), person.name.casefold(), person.pk or 0
