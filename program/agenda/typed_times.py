"""Clock times as people type them: 1030, 10.30, 10:30, on any keyboard."""

import re
from datetime import time

from program import digits

# Hours and minutes with a sign between, or three or four digits, or hours alone; seconds only when they are
# zero, as a spreadsheet hands them over; "pm" as one set to English does.
CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?:\s*[.:,h]\s*(?P<minute>\d{2})(?:[.:]00)?|(?P<joined>\d{2}))?"
    r"(?:\s*(?P<half>[ap])\.?m\.?)?",
    re.ASCII | re.IGNORECASE,
)


def clock_time(text):
    """The time of day that ``text`` holds and nothing else: "1030", "10.30", "10:30", "9 pm", "১০.৩০".

    Raises ValueError when it is none: "25.00", "10.75", "1030-1100", "".
    """
    found = CLOCK.fullmatch(digits.plain(text).strip())
    if found is None:
        raise ValueError(f"no time of day: {text!r}")
    hour, minute = int(found["hour"]), int(found["minute"] or found["joined"] or 0)
    if found["half"]:
        if not 1 <= hour <= 12:
            raise ValueError(f"no time of day: {text!r}")
        hour = hour % 12 + 12 * (found["half"] in "pP")
    return time(hour, minute)  # raises ValueError, too
