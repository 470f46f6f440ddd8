"""What a certificate says, and its PDF.

``facts`` makes the data that a certificate is frozen with, "certificate/2":

    {"format", "kind": "participant" or "speaker", "number", "code", "address",
     "name", "own_script_name", "own_script_language", "position", "institution", "country",
     "program", "local_program", "theme", "starts_on", "ends_on", "cities": [name], "host_country",
     "local_host_country", "hosts": [name], "signatories": [{"name", "position", "nip", "signature"}],
     "subjects": [{"date", "title", "local_title", "hours"}], "until",
     "place", "issued_on", "reissued_on", "issue": 1, 2 …}

``until`` is the date up to which it counts, "" when everything had taken place; ``place`` is where it is
issued, ``issue`` how often it was issued under its number. "certificate/1" had neither of the three, nor NIP
and local_host_country. Dates are ISO dates in the program's zone, hours are JP of 45 minutes, names of
countries English.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from babel.core import get_global
from django.utils import translation
from django.utils.formats import date_format, number_format
from django.utils.text import get_text_list

from participants.models import LetterheadSettings, Participant, Signatory
from participants.papers import logos, signatures
from participants.papers.printing import place_of_issue
from program.agenda import overview
from program.agenda.agenda import Item
from program.agenda.kinds import Kind, Role
from program.countries import country_name
from program.drawing import cloth
from program.models import Program
from program.printing import documents, qr
from program.printing.documents import breakable
from program.printing.fonts import font_of
from program.publishing import releases

FORMAT = "certificate/2"
LESSON = timedelta(minutes=45)
TAUGHT = (Kind.SESSION, Kind.WORKSHOP)


@dataclass(frozen=True)
class Stationery:
    """What all certificates of a program have in common, read once for all that are made together."""

    program: Program
    published: releases.Published
    settings: LetterheadSettings
    signatories: tuple[Signatory, ...]

    @classmethod
    def of(cls, program):
        """None before the first release."""
        published = releases.current(program)
        if published is None:
            return None
        return cls(program, published, LetterheadSettings.of(program), tuple(program.signatories.all()))

    @property
    def agenda(self):
        return self.published.agenda

    @cached_property
    def cloth(self):
        return cloth.draw(self.agenda, cloth.TALL)

    @cached_property
    def pictures(self):
        """{name in the template: bytes} of the logos, and of the signatures by their keys."""
        found = {signatory.signature: signatures.read(signatory.signature) for signatory in self.signatories}
        return logos.read(self.settings) | {key: content for key, content in found.items() if content}


def coming(agenda, now):
    """The Items of ``agenda`` that a certificate issued at ``now`` leaves out, since they are not over."""
    return [
        item
        for item in agenda.items
        if (item.kind in TAUGHT or item.attendance_counts) and not item.cancelled and item.ends_at > now
    ]


def subjects_of(agenda, holder, now=None):
    """The Items listed on the second page: a participant's sessions and workshops, a speaker's sessions.

    Of those that are over at ``now``; of all without it. For a person without a group, an item that is held
    once for each group is listed once.
    """
    held = [
        item
        for item in agenda.items
        if item.kind in TAUGHT and not item.cancelled and (now is None or item.ends_at <= now)
    ]
    if not isinstance(holder, Participant):
        return [item for item in held if any(speaker.id == holder.pk for speaker in item.speakers)]
    mine = [item for item in held if item.concerns(holder.group_id)]
    if holder.group_id:
        return mine
    firsts = {(item.kind, item.english_title): item for item in reversed(mine) if item.groups}
    return [item for item in mine if not item.groups or firsts[item.kind, item.english_title] is item]


def lesson_hours(item: Item):
    """The JP of ``item`` as released; if the release does not say, its length to the nearest half JP."""
    return item.lesson_hours or max(round(2 * (item.ends_at - item.starts_at) / LESSON), 1) / 2


def facts(stationery, holder, *, now=None, **printed):
    """The data of a certificate for ``holder``, a Participant or a classroom.Speaker, as things are now.

    It counts what is over at ``now`` (aware); without it the whole program. ``printed`` is number, code,
    address, issue, issued_on and reissued_on.
    """
    program = stationery.agenda.program
    host_country = get_global("zone_territories").get(program.timezone, "")
    subjects = subjects_of(stationery.agenda, holder, now)
    partly = now and _is_partly(stationery.agenda, holder, subjects, now)
    with translation.override("id"):
        local_host_country = country_name(host_country)
    with translation.override("en"):
        return {
            "format": FORMAT,
            **(_participant(holder) if isinstance(holder, Participant) else _speaker(holder)),
            "program": program.english_title,
            "local_program": program.local_title,
            "theme": program.theme,
            "starts_on": program.starts_on.isoformat(),
            "ends_on": program.ends_on.isoformat(),
            "cities": list(dict.fromkeys(leg.city for leg in overview.journey(stationery.agenda))),
            "host_country": country_name(host_country),
            "local_host_country": local_host_country,
            "hosts": [
                organization.english_name
                for role in (Role.ORGANIZER, Role.CO_ORGANIZER)
                for organization in stationery.agenda.organizations
                if organization.role == role and not organization.parent
            ],
            "signatories": [
                {"name": s.name, "position": s.position, "nip": s.nip, "signature": s.signature}
                for s in stationery.signatories
            ],
            "subjects": [
                {
                    "date": item.day.isoformat(),
                    "title": item.english_title,
                    "local_title": item.local_title,
                    "hours": lesson_hours(item),
                }
                for item in subjects
            ],
            "until": now.astimezone(stationery.program.tz).date().isoformat() if partly else "",
            "place": place_of_issue(stationery.agenda, stationery.settings),
            **printed,
        }


def _is_partly(agenda, holder, subjects, now):
    """Whether something is still to come that a certificate for ``holder`` would have counted."""
    if isinstance(holder, Participant):
        return any(item.concerns(holder.group_id) for item in coming(agenda, now))
    return len(subjects) < len(subjects_of(agenda, holder))


def lesson_hours_of(data):
    """The lesson hours of all subjects, as a text: "14.5"."""
    return _hours(sum(subject["hours"] for subject in data.get("subjects", ())))


def _participant(person):
    return {
        "kind": "participant",
        "name": person.name,
        "own_script_name": person.own_script_name,
        "own_script_language": person.own_script_language,
        "position": "",
        "institution": person.institution,
        "country": person.country_name,
    }


def _speaker(speaker):
    return {
        "kind": "speaker",
        "name": speaker.name,
        "own_script_name": "",
        "own_script_language": "",
        "position": speaker.position,
        "institution": speaker.organization.english_name if speaker.organization else "",
        "country": "",
    }


def pdf(stationery, data, *, printed_at, sample=""):
    """The document of ``data`` (see ``facts``) as bytes; ``sample`` is printed across it."""
    own = "" if data["own_script_name"] == data["name"] else data["own_script_name"]
    font = font_of(own)
    cities = data["cities"]
    until, day = data.get("until", ""), data["reissued_on"] or data["issued_on"]
    local_country = data.get("local_host_country") or data["host_country"]
    words = {
        "local_program": data["local_program"] or data["program"],
        "local_dates": span_text(data, "id"),
        "local_place": ", ".join(filter(None, [get_text_list(cities, "dan"), local_country])),
        "until": _day(until),
        "local_until": _day(until, "id"),
        "signed": ", ".join(filter(None, [data.get("place", ""), _two(_day(day, "id"), _day(day))])),
        "name": breakable(data["name"], 40),
        "dates": span_text(data),
        "place": ", ".join(filter(None, [get_text_list(cities, "and"), data["host_country"]])),
        "from": breakable(
            ", ".join(filter(None, [data["position"], data["institution"], data["country"]])), 40
        ),
        "own": own if font else "",
        "own_font": font,
        "own_lang": data["own_script_language"].partition("-")[0] or "en",
        "issued": _day(data["issued_on"]),
        "reissued": _day(data["reissued_on"]),
        "rows": [
            {
                "date": _day(subject["date"]),
                "title": breakable(subject["title"]),
                "local_title": breakable(subject["local_title"]),
                "hours": _hours(subject["hours"]),
            }
            for subject in data["subjects"]
        ],
        "signatories": [
            {
                "name": breakable(s["name"], 14),
                "position": breakable(s["position"], 14),
                "nip": breakable(s.get("nip", ""), 14),
                "signature": s["signature"],
            }
            for s in data["signatories"]
        ],
        "total": lesson_hours_of(data),
        "logos": [name for name in logos.FIELDS if name in stationery.pictures],
        "with_picture": [
            s["signature"] for s in data["signatories"] if s["signature"] in stationery.pictures
        ],
        "cloth": stationery.cloth,
        "qr": qr.svg(data["address"]),
        "sample": sample,
    }
    return documents.render(
        "certificate.typ", data | words, printed_at=printed_at, pictures=stationery.pictures
    )


# On one day, and from one day to another.
SPANS = {
    "en": ("on {last}", "from {first} to {last}"),
    "id": ("pada tanggal {last}", "pada tanggal {first} sampai {last}"),
}


def span_text(data, language="en"):
    """The dates of the program in a sentence: "from 18 to 30 July 2018"."""
    first, last = date.fromisoformat(data["starts_on"]), date.fromisoformat(data["ends_on"])
    one_day, several = SPANS[language]
    with translation.override(language):
        if first == last:
            return one_day.format(last=date_format(last, "j F Y"))
        same = {(True, True): "j", (False, True): "j F"}.get(
            (first.month == last.month, first.year == last.year)
        )
        return several.format(first=date_format(first, same or "j F Y"), last=date_format(last, "j F Y"))


def _two(local, english):
    return local if local == english else f"{local} / {english}"


def _day(iso, language="en"):
    with translation.override(language):
        return date_format(date.fromisoformat(iso), "j F Y") if iso else ""


def _hours(hours):
    with translation.override("en"):
        return number_format(hours, 0 if hours == int(hours) else 1)
