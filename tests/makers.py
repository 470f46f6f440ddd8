"""Makers of the least valid object. Times are local clock times of the program, on its days of July 2018."""

from datetime import date, datetime, time
from itertools import count

from django.contrib.auth import get_user_model

from program.agenda.kinds import Kind, Status
from program.models import AgendaItem, Group, Organization, Program, Venue
from program.publishing.releases import publish
from program.team.members import add_member
from program.team.roles import Role
from sessions.models import ClassroomSession, SessionSpeaker, Speaker
from visits.models import Transfer, Visit

_numbers = count(1)
# Who works on every program of a test, as {user: (role, reads_travel)}; see make_user.
_everywhere = {}
ROLES = {"Organizers": Role.ORGANIZER, "Staff": Role.STAFF}

CLASS_OF_KIND = {
    Kind.SESSION: ClassroomSession,
    Kind.VISIT: Visit,
    Kind.WORKSHOP: Visit,
    Kind.CULTURE: Visit,
    Kind.TRAVEL: Transfer,
}


def make_program(slug="ikm-2018", **fields):
    """A published program, 18 to 30 July 2018, Asia/Jakarta."""
    defaults = {
        "title": "Program on small industry",
        "short_title": "Small industry",
        "starts_on": date(2018, 7, 18),
        "ends_on": date(2018, 7, 30),
        "timezone": "Asia/Jakarta",
        "published": True,
    }
    program = Program.objects.create(slug=slug, **(defaults | fields))
    for user, (role, reads_travel) in _everywhere.items():
        add_member(program, user, role, reads_travel=reads_travel)
    return program


def make_venue(program, name="Hall", **fields):
    defaults = {"slug": f"venue-{next(_numbers)}", "city": "Bandung", "name": name}
    return Venue.objects.create(program=program, **(defaults | fields))


def make_organization(program, name="Center for Textile", **fields):
    defaults = {"slug": f"org-{next(_numbers)}", "role": "institute", "name": name}
    return Organization.objects.create(program=program, **(defaults | fields))


def make_group(program, name="A", **fields):
    return Group.objects.create(program=program, name=name, **fields)


def at(day, clock, tz):
    """The aware moment of "09:30" on a July day (a number) or a date, in ``tz``."""
    day = date(2018, 7, day) if isinstance(day, int) else day
    return datetime.combine(day, time.fromisoformat(clock), tz)


def make_item(program, title="Visit", start="10:00", end="11:00", day=24, groups=(), **fields):
    """An item of the class its ``kind`` has; ``speakers`` (of a session) are Speaker objects."""
    kind = fields.pop("kind", Kind.VISIT)
    speakers = fields.pop("speakers", ())
    model = CLASS_OF_KIND.get(kind, AgendaItem)
    item = model.objects.create(
        program=program,
        kind=kind,
        title=title,
        starts_at=at(day, start, program.tz),
        ends_at=at(day, end, program.tz),
        status=fields.pop("status", Status.CONFIRMED),
        **fields,
    )
    item.set_groups(groups)
    for speaker in speakers:
        SessionSpeaker.objects.create(session=item, speaker=speaker)
    return item


def make_speaker(program, name="Sample Speaker", **fields):
    return Speaker.objects.create(program=program, name=name, **fields)


def make_user(username=None, role=None, program=None, reads_travel=False, **fields):
    """A user; ``role`` "Organizers" or "Staff" puts them into the team of ``program``.

    Without a program they work on every one of the test, those that are made later included: most tests
    have one program. What is about two programs names the one that each person works on.
    """
    fields = {"is_staff": bool(role)} | fields
    user = get_user_model().objects.create_user(username or f"user{next(_numbers)}", **fields)
    if role and program is None:
        _everywhere[user] = (ROLES[role], reads_travel)
    if role:
        for one in [program] if program else Program.objects.all():
            add_member(one, user, ROLES[role], reads_travel=reads_travel)
    return user


def forget_users():
    """At the end of a test: primary keys come again."""
    _everywhere.clear()


def make_organizer(**fields):
    return make_user(role="Organizers", **fields)


def make_release(program, by=None, **fields):
    """Publish the draft, conflicts or not."""
    return publish(program, by or make_organizer(), reason=fields.pop("reason", "test"), **fields)
