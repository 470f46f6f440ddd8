"""A second program whose every word says so: where one of them is read, something leaked."""

from datetime import timedelta

from participants.models import LetterheadSettings, RetentionPolicy
from participants.papers import badges
from program.agenda.kinds import Kind
from program.models import AcceptedConflict
from sessions.models import Material
from tests.makers import (
    at,
    make_group,
    make_item,
    make_organization,
    make_organizer,
    make_program,
    make_release,
    make_speaker,
    make_venue,
)
from tests.participants.certificates.makers import make_certificate, make_signatory
from tests.participants.me.makers import make_announcement
from tests.participants.outbox.makers import make_mail
from tests.participants.people.makers import make_participant
from tests.participants.travel.makers import make_travel_record

WORD = "Zanzibar"
ITEM_LIST = "/admin/program/agendaitem/"


def make_elsewhere():
    """One of everything of a program that is not visible yet, by the words of tests/test_access.py."""
    program = make_program(
        "zanzibar", title=f"{WORD} program", short_title=WORD, local_title=WORD, published=False
    )
    program.memberships.all().delete()  # those who work on every program of a test
    group = make_group(program, WORD)
    organization = make_organization(program, f"{WORD} Institute", slug="zanzibar")
    venue = make_venue(program, f"{WORD} Hall", city=f"{WORD} City")
    speaker = make_speaker(program, f"{WORD} Speaker")
    places = {"venue": venue, "organization": organization, "groups": [group]}
    item = make_item(program, f"{WORD} Lunch", kind=Kind.MEAL, **places)
    session = make_item(
        program, f"{WORD} Lecture", "08:00", "09:00", kind=Kind.SESSION, speakers=[speaker], **places
    )
    visit = make_item(program, f"{WORD} Visit", "13:00", "14:00", **places)
    transfer = make_item(
        program, f"{WORD} Bus", "15:00", "16:00", kind=Kind.TRAVEL, venue=venue, destination=venue
    )
    for changed in (item, session, visit, transfer):
        changed.title += " again"
        changed.save_as()
    organizer = make_organizer(program=program, first_name=WORD, email="zanzibar@example.org")
    person = make_participant(
        program,
        user=True,
        group=group,
        name=f"{WORD} Person",
        email="person-zanzibar@example.org",
        institution=WORD,
        shown_in_directory=True,
        room=WORD,
    )
    now = at(24, "12:00", program.tz)
    return {
        "program": program,
        "group": group,
        "organization": organization,
        "venue": venue,
        "speaker": speaker,
        "item": item,
        "agendaitem": item,
        "classroomsession": session,
        "visit": visit,
        "transfer": transfer,
        "material": Material.objects.create(session=session, title=WORD, link="https://example.org/zanzibar"),
        "release": make_release(program, by=organizer, note=WORD),
        "participant": person,
        "person": person,
        "record": make_travel_record(person, passport_number=WORD),
        "badge": badges.issue([person])[person.pk].code,
        "signatory": make_signatory(program, name=WORD),
        "certificate": make_certificate(person),
        "letterheadsettings": LetterheadSettings.objects.create(program=program, letterhead=WORD),
        "retentionpolicy": RetentionPolicy.objects.create(program=program),
        "announcement": make_announcement(
            program, text=WORD, starts_at=now, expires_at=now + timedelta(days=9999)
        ),
        "acceptedconflict": AcceptedConflict.objects.create(
            program=program, code="no-venue", key="0" * 32, reason=WORD, accepted_at=now
        ),
        "mail": make_mail(
            program, kind="invitation", participant=person, created_at=now, send_after=now, text=WORD
        ),
        "membership": program.memberships.get(),
    }


def read(response):
    """All that is in a response, spreadsheets and the like as they are."""
    return b"".join(response.streaming_content if response.streaming else [response.content])


def told(response):
    return WORD.lower() in read(response).decode("utf-8", "replace").lower()
