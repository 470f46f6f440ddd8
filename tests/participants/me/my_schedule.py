"""What tests of My schedule share; the participant and the day are fixtures of conftest.py."""

from datetime import timedelta

from participants.models import Announcement
from tests.makers import at
from tests.reading import Page

ME = "/ikm-2018/me/"


def cards(response):
    """The cards on top, each as the words it shows."""
    page = Page(response)
    return [section.text for section in page.all("section", within=page.one("div", "cards"))]


def announce(program, text="Bus at the back gate", hours=2, **fields):
    starts_at = at(24, "10:00", program.tz)
    return Announcement.objects.create(
        program=program,
        text=text,
        starts_at=starts_at,
        expires_at=starts_at + timedelta(hours=hours),
        **fields,
    )
