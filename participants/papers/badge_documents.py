"""Badges on paper: A6, four on a sheet of A4, and on their backs when each day begins."""

from io import BytesIO

from django.core.files.storage import default_storage
from django.utils import translation
from django.utils.formats import date_format, time_format
from PIL import Image

from participants.people import photos
from participants.people.numbers import numbered
from program import clock
from program.agenda import overview
from program.agenda.dates import dates_text
from program.agenda.kinds import Kind, Role
from program.drawing import cloth
from program.models import Contacts
from program.printing import qr
from program.printing.documents import breakable, render
from program.printing.fonts import font_of

from . import badges

# Of the cloth of a program along the top of a badge.
BAND = cloth.Shape(
    *(1300, 585),
    *(60, 1240, 80, 505),
    thirteen=(
        *((96, 484, 0.74), (250, 378, 0.94), (466, 452, 0.94), (640, 490, 0.8), (772, 430, 0.72)),
        *((930, 300, 0.94), (1120, 428, 1.05), (1212, 198, 0.92), (1046, 116, 0.92), (852, 98, 0.86)),
        *((650, 214, 1.0), (436, 148, 0.86), (190, 112, 0.9)),
    ),
    seed=5,
    fades=False,
)
LATIN = font_of("A")
PHOTO = 512  # pixels on 34 mm of paper
# A document of more badges is made in a process of its own, which gives its memory back.
MANY = 40


def line(text):
    """One line of text that fits any column."""
    return breakable(" ".join(text.split()))


def in_order(people):
    """As the lists have them: by country and name."""
    return [person for _number, person in numbered(people)]


def pdf(published, people, *, address_of, backs=True):
    """The badges of ``people`` (with their groups) as the bytes of a PDF; people without a code get one.

    ``address_of(code)`` is where the QR code leads. With ``backs`` every sheet is followed by its back side,
    to be turned on the long edge.
    """
    issued = badges.issue(people)
    faces = {person.pk: face for person in people if (face := _photo(person))}
    with translation.override("en"):
        data = {
            "cloth": cloth.draw(published.agenda, BAND),
            "program": _program(published.agenda),
            "badges": [
                _badge(person, published.agenda, address_of(issued[person.pk].code), faces)
                for person in in_order(people)
            ],
            "backs": _backs(published, people) if backs else {},
            "calls": _calls(published.agenda.program.slug) if backs else [],
        }
    return render(
        "badge.typ",
        data,
        printed_at=clock.now(),
        pictures={str(pk): face for pk, face in faces.items()},
        apart=len(people) > MANY,
    )


def _program(agenda):
    """What is printed on every badge of the program."""
    program = agenda.program
    hosts = [o.english_name for o in agenda.organizations if o.role == Role.ORGANIZER and not o.parent]
    return {
        "title": program.english_title,
        "short": line(program.short_title or program.english_title),
        "dates": dates_text(program.starts_on, program.ends_on, year=True),
        "cities": " and ".join(dict.fromkeys(leg.city for leg in overview.journey(agenda))),
        "host": hosts[0] if hosts else "",
    }


def _badge(person, agenda, address, faces):
    own = person.own_script_name if person.own_script_name not in (person.name, person.called) else ""
    font, name_font = font_of(own), font_of(person.called)
    return {
        "name": person.called,
        "name_font": name_font if name_font != LATIN else "",
        "broken_name": breakable(person.called, 12),
        "passport": line(person.name) if person.preferred_name not in ("", person.name) else "",
        "own": line(own) if font else "",
        "own_font": font,
        "own_lang": person.own_script_language.partition("-")[0] or "en",
        "country": person.country_name,
        "institution": line(person.institution),
        "group": person.group_in(agenda),
        "initials": initials(person.called),
        "photo": str(person.pk) if person.pk in faces else "",
        "qr": qr.svg(address),
    }


def initials(name):
    """The first letters of the first and the last word of ``name``, "SP"; skips words without one."""
    words = [word for word in name.split() if word[0].isalpha()]
    ends = [words[0], words[-1]] if len(words) > 1 else words
    return "".join(word[0] for word in ends).upper()


def _photo(person):
    """The photo as bytes of a JPEG file; None where there is none, or where not everybody may see it.

    A badge is seen by all, so it shows what the directory shows. PDF keeps JPEG as it is.
    """
    if not (person.photo and person.shown_in_directory):
        return None
    try:
        with default_storage.open(photos.path(person.photo, PHOTO)) as file:
            picture = Image.open(file, formats=["WEBP"]).convert("RGB")
    except FileNotFoundError:  # replaced since the person was read
        return None
    written = BytesIO()
    picture.save(written, "JPEG", quality=88)
    return written.getvalue()


def _calls(slug):
    """[[whom, number]] of those whom the participants of a program can call."""
    contact = Contacts.objects.of(slug=slug)
    calls = [
        (f"Officer on duty, {contact.officer}" if contact.officer else "Officer on duty", contact.phone),
        ("WhatsApp", contact.whatsapp if contact.whatsapp != contact.phone else ""),
        (contact.hotel or "Hotel", contact.hotel_phone),
        ("Ambulance, fire brigade, police", contact.emergency_phone),
    ]
    return [[line(whom), line(number)] for whom, number in calls if number]


def _backs(published, people):
    """{group name or "": its back side}, of the groups of ``people``."""
    names = {person.group_in(published.agenda): person.group_id for person in people}
    groups = {name: group if name else None for name, group in names.items()}
    return {
        name: {"days": _days(published.agenda, group), "release": published.number}
        for name, group in groups.items()
    }


def _days(agenda, group):
    """[{"day", "time", "zone", "title"}]: what a group meets for first on each day, meals apart."""
    days = []
    for day in agenda.for_group(group).days:
        items = [i for i in day.items if not i.cancelled and i.kind not in (Kind.MEAL, Kind.BREAK)]
        if items:
            first = items[0]
            days.append(
                {
                    "day": date_format(day.date, "D j"),
                    "time": time_format(first.starts_at),
                    "title": line(first.english_title),
                    "zone": first.starts_at.tzname(),
                }
            )
    return days
