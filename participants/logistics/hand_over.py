"""Lists for handing over and counting people, set as the attendance list: kits, meals, bus, rooms.

They hold the confirmed participants. No query here; see printing.read().
"""

from django.utils import translation
from django.utils.formats import date_format

from participants.models import Participant
from participants.papers import printing
from participants.papers.printing import (
    DOTS,
    Wording,
    column,
    item_facts,
    labelled,
    once,
    place_and_date,
    row,
)
from participants.people.numbers import numbered
from program.agenda.dates import times_text
from program.agenda.kinds import Kind

from . import lists

Diet = Participant.Diet
DIETS = {
    Diet.ANY: ("tanpa pantangan", "no restrictions"),
    Diet.HALAL: ("halal", "halal"),
    Diet.VEGETARIAN: ("vegetarian", "vegetarian"),
    Diet.VEGAN: ("vegan", "vegan"),
    Diet.NO_BEEF: ("tanpa daging sapi", "no beef"),
    Diet.OTHER: ("lainnya", "other"),
}
HEADINGS = {
    "kits": ("Tanda terima perlengkapan", "Receipt of kits"),
    "meals": ("Daftar konsumsi", "Meals"),
    "bus": ("Daftar penumpang", "Bus manifest"),
    "rooms": ("Daftar kamar", "Rooming list"),
}
HEADS = {
    "no": ("No.", "No."),
    "name": ("Nama", "Name"),
    "country": ("Negara", "Country"),
    "group": ("Kelompok", "Group"),
    "phone": ("Telepon", "Telephone"),
    "diet": ("Pola makan", "Diet"),
    "note": ("Catatan", "Note"),
    "room": ("Kamar", "Room"),
    "check": ("Berangkat", "On board"),
    "back": ("Kembali", "Back"),
    "when": ("Waktu", "Time"),
    "meal": ("Makan", "Meal"),
    "total": ("Jumlah", "Total"),
    "plates": ("Rincian", "Of which"),
}
RECEIVED = ("Tanda terima", "Received")
KEY_RECEIVED = ("Tanda terima kunci", "Key received")


def chosen_items(agenda, kind, *, items=(), day=None):
    """The Items of ``agenda`` that the list ``kind`` is about: its meals or its transfers, of ``day`` if any.

    Kits and rooms are about no items.
    """
    wanted = {"meals": Kind.MEAL, "bus": Kind.TRAVEL}.get(kind)
    return [
        item
        for item in agenda.items
        if item.kind == wanted
        and not item.cancelled
        and (not items or item.id in items)
        and (day is None or item.day == day)
    ]


def document(moment, kind, language="both"):
    """The data of templates/documents/hadir.typ for the list ``kind``, a key of HEADINGS.

    Kits and rooms are one list each; the bus has one for each transfer; meals are a list of plates and one
    of people for each meal.
    """
    writer = _Writer(moment, kind, Wording(language))
    title = f"{writer.words.once(*HEADINGS[kind])}: {writer.program_title}"
    return printing.document(writer.words, moment, title, getattr(writer, kind)())


class _Writer:
    def __init__(self, moment, kind, words):
        self.moment, self.kind, self.words = moment, kind, words
        self.program = moment.agenda.program
        self.program_title = words.title_once(self.program)

    def kits(self):
        rows = [
            row(number, number, p.name, self.words.country(p.country), self._group(p), person=p, own=True)
            for number, p in numbered(self.moment.people)
        ]
        return [self._list(("no", "name", "country", "group"), rows, sign=RECEIVED)]

    def rooms(self):
        """By room, and those without one at the end, with a line to write it on."""
        shared, without = lists.rooms(self.moment.people)
        housed = [(room, person) for room, people in shared for person in people]
        housed += [("", person) for person in without]
        rows = [
            row(number, room, p.name, self.words.country(p.country), self._group(p), person=p, own=True)
            for number, (room, p) in enumerate(housed, 1)
        ]
        return [self._list(("room", "name", "country", "group"), rows, sign=KEY_RECEIVED)]

    def bus(self):
        return [self._manifest(item) for item in self.moment.items]

    def _manifest(self, item):
        rows = [
            row(number, number, p.name, self.words.country(p.country), p.phone, "", "", person=p, own=True)
            for number, p in numbered(self.moment.people_of(item))
        ]
        words = self.words
        facts = item_facts(words, self.program, item)
        if item.vehicle:
            facts.append(labelled(words, ("Kendaraan", "Vehicle"), once(item.vehicle)))
        if item.meeting_point:
            facts.append(labelled(words, ("Titik kumpul", "Meeting point"), once(item.meeting_point)))
        counts = [{"label": words.two("Terdaftar", "Listed"), "value": str(len(rows))}]
        counts += [{"label": words.two(*HEADS[key]), "value": ""} for key in ("check", "back")]
        columns = ("no", "name", "country", "phone", "check", "back")
        return self._list(columns, rows, facts=facts, counts=counts, item=item)

    def meals(self):
        plates = lists.plates(self.moment.agenda, self.moment.people)
        asked = {item.id for item in self.moment.items}
        rows = [self._plates(n, p) for n, p in enumerate((p for p in plates if p.item.id in asked), 1)]
        if not rows:
            return []
        eating = [self._eating(item) for item in self.moment.items]
        return [self._list(("when", "meal", "total", "plates"), rows), *eating]

    def _eating(self, item):
        rows = [
            row(number, number, p.name, self._diet(p.diet), p.diet_note, person=p, own=True)
            for number, p in numbered(self.moment.people_of(item))
        ]
        city = item.arrives_at.city if item.arrives_at else ""
        return self._list(
            ("no", "name", "diet", "note"),
            rows,
            sign=RECEIVED,
            place=place_and_date(self.words, city, item.starts_at),
            facts=item_facts(self.words, self.program, item),
            item=item,
        )

    def _plates(self, number, plates):
        item = plates.item
        with translation.override(self.words.main):
            when = f"{date_format(item.starts_at, 'D j M')}, {times_text(item)}"
        title = self.words.title_once(item)
        groups = f" ({', '.join(group.name for group in item.groups)})" if item.groups else ""
        counts = "; ".join(f"{self._diet(diet)} {count}" for diet, count in plates.counts if count)
        return row(number, when, f"{title}{groups}", plates.total, counts)

    def _list(self, columns, rows, *, sign=None, place=DOTS, facts=None, counts=(), item=None):
        words = self.words
        running = {"title": self.program_title, "when": ""}
        if facts is None:
            facts = [labelled(words, ("Program", "Program"), words.title(self.program), weight="bold")]
        heading = words.once(*HEADINGS[self.kind])
        about = printing.item_about(words, item) if item else ()
        return {
            "heading": words.two(*HEADINGS[self.kind]),
            "facts": facts,
            "columns": [column(words, key, *HEADS[key]) for key in columns],
            "rows": rows,
            "signature": bool(sign),
            "signature_head": words.two(*(sign or RECEIVED)),
            "counts": list(counts),
            "signers": printing.signers(words, self.moment.settings, place) if sign else [],
            "running": printing.running(words, item) if item else running,
            "qr": "",
            "trace": printing.trace(words, self.moment, heading, *about),
        }

    def _group(self, person):
        return person.group_in(self.moment.agenda)

    def _diet(self, diet):
        return self.words.once(*DIETS[Diet(diet)])
