"""The code on a printed list: which list it is, when it was printed, and the numbers that stand on it.

All of it is in the code itself, and no name: a sheet can be entered years later, and printing writes nothing.
People keep their numbers, so numbers are enough to know who stands there.
"""

import re
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime

# Release, minutes since 1970, group (0: everybody), and a bit for each number: 3.25552680.0.Bw
CODE = re.compile(r"(\d{1,9})\.(\d{1,10})\.(\d{1,18})\.([\w-]{1,1800})", re.ASCII)


@dataclass(frozen=True)
class Sheet:
    """``printed_at`` is aware and to the minute; ``group`` the id of the Group it was printed for, or 0."""

    release: int
    printed_at: datetime
    group: int
    numbers: frozenset

    @property
    def code(self):
        minutes = int(self.printed_at.timestamp()) // 60
        bits = sum(1 << number for number in self.numbers)
        content = bits.to_bytes(max((bits.bit_length() + 7) // 8, 1), "big")
        written = urlsafe_b64encode(content).decode().rstrip("=")
        return f"{self.release}.{minutes}.{self.group}.{written}"


def read(code):
    """The Sheet that ``code`` says. Raises ValueError when it is none."""
    found = CODE.fullmatch(code)
    if found is None:
        raise ValueError(code)
    release, minutes, group = map(int, found.groups()[:3])
    bits = int.from_bytes(urlsafe_b64decode(found[4] + "=" * (-len(found[4]) % 4)), "big")
    try:
        printed_at = datetime.fromtimestamp(minutes * 60, UTC)
    except (OverflowError, OSError):
        raise ValueError(code) from None
    numbers = frozenset(number for number in range(1, bits.bit_length()) if bits >> number & 1)
    return Sheet(release, printed_at, group, numbers)
