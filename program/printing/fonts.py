"""Which of the fonts of templates/documents/fonts has the letters of a text: read from their files."""

import struct
import unicodedata
from bisect import bisect_right
from functools import cache, lru_cache

from .typesetting import FOLDER

LATIN = "Noto Sans"
# The families in the order in which documents look for a letter; templates/documents/fonts.typ has the same.
FAMILIES = (
    LATIN,
    *(
        f"Noto Sans {script}"
        for script in (
            *("Devanagari", "Bengali", "Myanmar", "Lao", "Sinhala", "Tamil", "Thai", "Arabic", "Khmer"),
            *("Gujarati", "Gurmukhi", "Telugu", "Malayalam", "Kannada", "Oriya", "Thaana", "Hebrew"),
            *("Ethiopic", "Georgian", "Armenian", "Mongolian", "Ol Chiki", "MeeteiMayek"),
        )
    ),
    "Noto Serif Tibetan",
    "Droid Sans Fallback",  # Chinese, Japanese and Korean
)


VARIANTS = frozenset(map(chr, range(0xFE00, 0xFE10)))  # they choose between forms of the letter before


@lru_cache(maxsize=4096)
def family_of(char):
    """The first of FAMILIES that has ``char``; "" when none has."""
    return next((family for family in FAMILIES if _has(family, ord(char))), "")


def font_of(text):
    """The family of the first letter of ``text``; "" when a letter in it has none.

    Letters of other scripts in it are set in their own fonts. Boxes for a name would help nobody; pictures in
    it are never printed, and do not count.
    """
    letters = [char for char in text if unicodedata.category(char)[0] in "LM" and char not in VARIANTS]
    found = [family_of(char) for char in letters]
    return found[0] if found and all(found) else ""


def missing(text):
    """The signs of ``text`` that no font of ours has, each once, in order. Blanks and joiners need none."""
    seen = dict.fromkeys(unicodedata.normalize("NFC", text))
    seen = [char for char in seen if unicodedata.category(char)[0] not in "CZ" and char not in VARIANTS]
    return [char for char in seen if not family_of(char)]


def _has(family, point):
    starts, ends = _ranges(family)
    place = bisect_right(starts, point) - 1
    return place >= 0 and point <= ends[place]


@cache
def _ranges(family):
    """([first], [last]) of the code points that ``family`` has, from the tables of its file."""
    content = (FOLDER / "fonts" / f"{family.replace(' ', '')}-Regular.ttf").read_bytes()
    tables = (struct.unpack_from(">4sLLL", content, 12 + 16 * n) for n in range(int.from_bytes(content[4:6])))
    cmap = next(offset for tag, _sum, offset, _length in tables if tag == b"cmap")
    count = int.from_bytes(content[cmap + 2 : cmap + 4])
    parts = [struct.unpack_from(">HHL", content, cmap + 4 + 8 * n) for n in range(count)]
    places = [cmap + offset for platform, _encoding, offset in parts if platform in (0, 3)]
    by_format = {int.from_bytes(content[place : place + 2]): place for place in places}
    # Format 12 has all code points where there is one; format 4 those up to FFFF.
    found = _groups(content, by_format[12]) if 12 in by_format else _segments(content, by_format[4])
    return [first for first, _last in found], [last for _first, last in found]


def _segments(content, at):
    count = struct.unpack_from(">H", content, at + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", content, at + 14)
    starts = struct.unpack_from(f">{count}H", content, at + 16 + 2 * count)
    return list(zip(starts, ends, strict=True))[:-1]  # the last one only closes the table


def _groups(content, at):
    count = struct.unpack_from(">L", content, at + 12)[0]
    return [struct.unpack_from(">LL", content, at + 16 + 12 * n) for n in range(count)]
