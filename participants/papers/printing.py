"""What the lists that staff print have in common: what is read for them, and the frame of a list."""

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.http import HttpResponse
from django.utils import translation
from django.utils.formats import date_format, time_format
from django.utils.text import slugify

from participants.models import Attendance, LetterheadSettings, Participant
from participants.people.names import sort_key
from program import clock
from program.agenda.dates import times_text
from program.agenda.kinds import Role
from program.countries import country_name
from program.database import one_moment
from program.printing.documents import breakable, render
from program.printing.fonts import font_of
from program.publishing import releases
from program.team.roles import roles_with

from . import logos

DOTS = "." * 48  # to be written on
# Documents of more rows than this are set in a process of their own. A list's head and foot cost as much as
# twenty rows.
MANY_ROWS, ROWS_OF_HEAD = 150, 20
ORGANIZING = (Role.ORGANIZER, Role.CO_ORGANIZER)
CANCELLED = {"id": "dibatalkan", "en": "cancelled"}


@dataclass(frozen=True)
class Moment:
    """What lists are made from, all of one moment.

    ``items`` are those of the release that lists are for; ``people`` the confirmed participants with their
    groups, by name; ``states`` is {item id: {participant id: state}}; ``committee`` the names of those who
    may mark attendance.
    """

    published: releases.Published
    settings: LetterheadSettings
    printed_at: datetime
    items: list
    people: list
    states: dict = field(default_factory=dict)
    committee: list = field(default_factory=list)

    @property
    def agenda(self):
        return self.published.agenda

    def people_of(self, item):
        """Those of ``people`` whom ``item`` expects."""
        return [p for p in self.people if item.expects(p.group_id)]

    @cached_property
    def logos(self):
        """{"logo" or "second_logo": bytes of the file}, of those there are."""
        return logos.read(self.settings)


def read(program, choose, *, states=False, committee=False):
    """The Moment of ``program``, or None before its first release.

    ``choose(agenda)`` gives the items that lists are for. States and committee are read when asked for.
    """
    with one_moment():
        published = releases.current(program)
        if published is None:
            return None
        items = choose(published.agenda)
        people = Participant.objects.expected().filter(program=program).select_related("group")
        return Moment(
            published=published,
            settings=LetterheadSettings.of(program),
            printed_at=clock.now().astimezone(program.tz),
            items=items,
            people=sorted(people, key=sort_key),
            states=_states(items) if states else {},
            committee=_committee(program) if committee else [],
        )


def _states(items):
    found = {item.id: {} for item in items}
    records = Attendance.objects.filter(item__in=found)
    for item, participant, state in records.values_list("item_id", "participant_id", "state"):
        found[item][participant] = state
    return found


def _committee(program):
    """Names of the team that marks attendance there; an account without a name gets no row."""
    roles = roles_with("participants.mark_attendance")
    team = program.memberships.filter(role__in=roles, user__is_active=True).select_related("user")
    names = (membership.user.get_full_name() for membership in team)
    return sorted(filter(None, names), key=str.casefold)


class Wording:
    """Writes the texts of a document in Bahasa Indonesia, in English or in ``both``, as {"id", "en"}."""

    def __init__(self, language):
        self.language = language

    @property
    def main(self):
        """The language of what is written once."""
        return "en" if self.language == "en" else "id"

    def two(self, local, english):
        """Both texts as chosen; what reads the same in both is written once."""
        if self.language == "both":
            return {"id": local, "en": english if english != local else ""}
        return {"id": local, "en": ""} if self.language == "id" else {"id": "", "en": english}

    def title(self, thing):
        """The title of an Item or of ProgramFacts, English where there is no other."""
        return self.two(thing.local_title or thing.english_title, thing.english_title)

    def written(self, write):
        """What ``write()`` returns under each language of the document."""
        with translation.override("id"):
            local = write()
        with translation.override("en"):
            return self.two(local, write())

    def once(self, local, english):
        return english if self.language == "en" else local

    def title_once(self, thing):
        return self.once(thing.local_title or thing.english_title, thing.english_title)

    def name_once(self, organization):
        return self.once(organization.local_name or organization.english_name, organization.english_name)

    def country(self, code):
        """Written once; where both languages stand, in English: participants read it."""
        with translation.override("id" if self.language == "id" else "en"):
            return country_name(code)


def item_number(words, item):
    """How the small line of a list identifies ``item``."""
    return words.once("mata acara {}", "item {}").format(item.id)


def running(words, item):
    """What names ``item`` above the table of further pages: {"title", "when"}."""
    with translation.override(words.main):
        when = f"{date_format(item.starts_at)}, {times_text(item)}"
    return {"title": words.title_once(item), "when": when}


def item_about(words, item):
    """How the small line of a list names ``item``: its title, its date and its number."""
    with translation.override(words.main):
        day = date_format(item.starts_at, "j F Y")
    return words.title_once(item), day, item_number(words, item)


def labelled(words, label, value, weight="regular"):
    """A line of the text above a list."""
    return {"label": words.two(*label), "weight": weight} | value


def once(text):
    """A value that reads the same in every language."""
    return {"id": text, "en": ""}


def column(words, key, local, english):
    return {"key": key} | words.two(local, english)


def row(number, *cells, person=None, own=False, state=""):
    """A row of a list: ``number`` is printed where one signs; ``own`` adds the name in own script."""
    font = font_of(person.own_script_name) if own and person else ""
    language = person.own_script_language.partition("-")[0] if font else ""
    return {
        "no": str(number),
        "cells": [" ".join(str(cell).split()) for cell in cells],
        "own": " ".join(person.own_script_name.split()) if font else "",
        "own_font": font,
        "own_lang": language if language not in ("", "und") else "en",
        "state": state,
    }


def kop(moment):
    """The letterhead: the lines of the settings, else the organizers of the release."""
    names = [text.strip() for text in moment.settings.letterhead.splitlines() if text.strip()]
    if not names:
        found = [o for o in moment.agenda.organizations if o.role in ORGANIZING]
        found.sort(key=lambda o: (ORGANIZING.index(o.role), bool(o.parent)))
        names = [o.local_name or o.english_name for o in found]
    return {
        "names": names,
        "address": moment.settings.address,
        "logos": list(moment.logos),
        "alt": "Lambang resmi",
    }


def place_text(venue, room=""):
    """A venue on one line: name, room, address, city; the city once."""
    if venue is None:
        return ""
    parts = [venue.name, room, venue.address]
    if venue.city not in (venue.address or venue.name):
        parts.append(venue.city)
    return ", ".join(filter(None, parts))


def item_facts(words, program, item, group=None):
    """What is printed above the list of ``item``: program, item, date, time, venue and, if any, group."""
    title = words.title(item)
    if item.cancelled:
        title = {key: text and f"{text} ({CANCELLED[key]})" for key, text in title.items()}
    with translation.override(words.main):
        times = once(times_text(item))
    facts = [
        labelled(words, ("Program", "Program"), words.title(program)),
        labelled(words, ("Kegiatan", "Item"), title, weight="bold"),
        labelled(words, ("Hari, tanggal", "Date"), words.written(lambda: date_format(item.starts_at))),
        labelled(words, ("Waktu", "Time"), times),
    ]
    place = place_text(item.venue, item.room)
    if item.destination:
        place = " – ".join(filter(None, [place, place_text(item.destination)]))
    facts.append(labelled(words, ("Tempat", "Venue"), once(place)))
    groups = [group] if group else item.groups
    if groups:
        facts.append(labelled(words, ("Kelompok", "Group"), once(", ".join(group.name for group in groups))))
    return facts


def signers(words, settings, place=""):
    """The blocks of who acknowledges and of the officer in charge; ``place`` is printed above the latter."""
    return [
        {
            "place": "\u00a0",
            "role": words.two("Mengetahui", "Acknowledged by"),
            "position": settings.acknowledged_position,
            "name": settings.acknowledged_name,
            "nip": settings.acknowledged_nip,
        },
        {
            "place": place,
            "role": words.two("Petugas penanggung jawab", "Officer in charge"),
            "position": settings.officer_position,
            "name": settings.officer_name,
            "nip": settings.officer_nip,
        },
    ]


def place_of_issue(agenda, settings):
    """The city above signatures: as the settings say, else that of the last item at a venue."""
    cities = (
        item.arrives_at.city for item in reversed(agenda.items) if item.arrives_at and not item.cancelled
    )
    return settings.certificate_place or next(filter(None, cities), "")


def place_and_date(words, city, moment):
    with translation.override(words.main):
        return ", ".join(filter(None, [city, date_format(moment, "j F Y")]))


def trace(words, moment, *what):
    """The small line that says what a list is and when it was printed."""
    with translation.override(words.main):
        day, clock_time = date_format(moment.printed_at, "j F Y"), time_format(moment.printed_at)
    zone = moment.printed_at.tzname()
    return " · ".join(
        [
            *what,
            words.once("versi terbit {}", "release {}").format(moment.published.number),
            words.once("dicetak {} pukul {} {}", "printed {} {} {}").format(day, clock_time, zone),
        ]
    )


def document(words, moment, title, lists):
    """The data of templates/documents/hadir.typ."""
    return {
        "lang": words.main,
        "title": title,
        "code_alt": words.once("Kode QR lembar ini", "QR code of this sheet"),
        "page_word": words.once("Halaman", "Page"),
        "kop": kop(moment),
        "lists": lists,
    }


def pdf(moment, document):
    """The PDF of a ``document()``; any word fits its column."""
    data = _breakable(document)
    rows = sum(len(one["rows"]) for one in data["lists"])
    return render(
        "hadir.typ",
        data,
        printed_at=moment.printed_at,
        pictures=moment.logos,
        apart=rows + ROWS_OF_HEAD * len(data["lists"]) > MANY_ROWS,
    )


def _breakable(value):
    if isinstance(value, dict):
        return {key: part if key == "qr" else _breakable(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_breakable(part) for part in value]
    return breakable(value) if isinstance(value, str) else value


def pdf_response(moment, data, *name):
    """The PDF of ``data``, shown in the browser; kept by nobody, since the next print may read otherwise."""
    file = "-".join(slugify(word) for word in ("daftar", *name) if word)
    headers = {"Content-Disposition": f'inline; filename="{file}.pdf"', "Cache-Control": "no-store, private"}
    return HttpResponse(pdf(moment, data), content_type="application/pdf", headers=headers)
