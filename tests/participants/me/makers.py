from participants.models import Announcement
from tests.makers import at


def make_announcement(program, start="10:00", end="12:00", day=24, **fields):
    defaults = {
        "text": "Bus at the back gate",
        "starts_at": at(day, start, program.tz),
        "expires_at": at(day, end, program.tz),
    }
    return Announcement.objects.create(program=program, **(defaults | fields))
