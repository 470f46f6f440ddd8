"""What tests of certificates need: who was there, who signs, and a certificate that is issued."""

from datetime import datetime
from decimal import Decimal
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw
from pypdf import PdfWriter

from participants.certificates import issuing as certificates
from participants.models import Attendance, Certificate, Signatory
from participants.papers import signatures
from program import clock
from program.agenda.kinds import Kind, Role
from tests.makers import make_item, make_organization, make_release, make_speaker, make_venue
from tests.participants.makers import make_participant

HOST = "https://portal.example.org"


def address_of(code):
    return f"{HOST}/verify/{code}/"


def make_course(program):
    """Five items that count, on five days, and their organizer, released: {title: item}."""
    make_organization(program, "Sample Ministry", role=Role.ORGANIZER)
    hall, center = make_venue(program, "Hall", city="Jakarta"), make_venue(program, "Center", city="Bandung")
    teacher = make_speaker(program, "Sample Teacher", position="Researcher")
    session = {"kind": Kind.SESSION, "attendance_counts": True, "venue": hall, "speakers": [teacher]}
    items = [
        make_item(program, "Small industry", day=19, lesson_hours=Decimal("2"), **session),
        make_item(program, "Exports", day=20, lesson_hours=Decimal("1.5"), **session),
        make_item(program, "Evaluation", day=21, **session),
        make_item(
            program,
            "Dyeing cloth",
            "10:00",
            "11:30",
            23,
            kind=Kind.WORKSHOP,
            attendance_counts=True,
            venue=center,
        ),
        make_item(program, "A factory", day=24, attendance_counts=True, venue=center),
    ]
    make_release(program)
    return {item.title: item for item in items}


def attend(person, *items, state=Attendance.State.PRESENT):
    for item in items:
        Attendance.objects.create(
            participant=person, item=item, state=state, how=Attendance.How.TAP, marked_at=item.starts_at
        )


def make_attender(program, course, times, **fields):
    """A confirmed participant who was at the first ``times`` of the items."""
    person = make_participant(program, **fields)
    attend(person, *list(course.values())[:times])
    return person


def make_signatory(program, signature=False, **fields):
    made = Signatory(program=program, **{"name": "Sample Signatory", "position": "Director"} | fields)
    if signature:
        signatures.exchange(made, signatures.ink(scan()))
    made.save()
    return made


def scan(color=(20, 30, 90), size=(600, 400), format="PNG", **options):
    """The upload of a picture of a signature: a stroke on paper that is not quite white."""
    picture = Image.new("RGB", size, (245, 243, 238))
    ImageDraw.Draw(picture).line([(150, 200), (250, 120), (300, 260), (450, 180)], color, width=8)
    written = BytesIO()
    picture.save(written, format, **options)
    return SimpleUploadedFile(f"signature.{format.lower()}", written.getvalue())


def issue(program, *people, by=None):
    return certificates.issue(program, people, by=by, address_of=address_of)


def decide(program, *people, speakers=(), reason="Ill for two days", by=None):
    return certificates.issue_by_decision(
        program, people, speakers, reason=reason, by=by, address_of=address_of
    )


def make_certificate(holder, **fields):
    """A certificate of a participant as if it were issued; its document is one empty page with their name."""
    program = holder.program
    data = {
        "kind": "participant",
        "number": "001/SERT/VII/2018",
        "name": holder.name,
        "own_script_name": holder.own_script_name,
        "institution": holder.institution,
        "program": program.title,
        "local_program": program.local_title,
        "starts_on": program.starts_on.isoformat(),
        "ends_on": program.ends_on.isoformat(),
        "issued_on": "2018-07-30",
    }
    made = {"sequence": 1, "number": data["number"], "data": data, "pdf": _empty_page(holder.name)}
    return Certificate.objects.create(
        program=program, participant=holder, issued_at=clock.now(), **(made | fields)
    )


def _empty_page(title):
    writer, written = PdfWriter(), BytesIO()
    writer.add_blank_page(842, 595)
    writer.add_metadata({"/Title": title})
    writer.write(written)
    return written.getvalue()


def after_the_end(tz):
    return datetime(2018, 7, 30, 17, 0, tzinfo=tz)
