"""The printed attendance list (daftar hadir): what is on it. No query here; see printing.read()."""

from collections.abc import Callable
from dataclasses import dataclass, field

from participants.models import Attendance
from participants.people.names import sort_key
from participants.people.numbers import numbered
from program.agenda.facts import Group
from program.agenda.kinds import Kind
from program.folding import fold
from program.printing import qr

from . import printing
from .printing import DOTS, Wording, column, labelled, once, row
from .sheets import Sheet

State = Attendance.State
# Columns one may choose, with their heads; number and name are always there. "own" may be chosen too: the
# name in own script below the name.
COLUMNS = {
    "country": ("Negara", "Country"),
    "institution": ("Instansi", "Institution"),
    "position": ("Jabatan", "Position"),
    "group": ("Kelompok", "Group"),
}
HEADINGS = {
    "participants": ("Daftar hadir", "Attendance List"),
    "speakers": ("Daftar hadir narasumber", "Attendance List of resource persons"),
    "committee": ("Daftar hadir panitia", "Attendance List of the committee"),
    "spare": ("Daftar hadir", "Attendance List"),
}
STATES = {
    State.PRESENT: ("hadir", "present"),
    State.LATE: ("terlambat", "late"),
    State.EXCUSED: ("izin", "excused"),
    State.SICK: ("sakit", "sick"),
    State.ABSENT: ("tanpa keterangan", "absent"),
}
# What is counted at the foot: the label, and the states that belong to it.
COUNTS = (
    (("Hadir", "Present"), Attendance.THERE),
    (("Sakit", "Sick"), (State.SICK,)),
    (("Izin", "Excused"), (State.EXCUSED,)),
    (("Tanpa keterangan", "Absent"), (State.ABSENT,)),
)
MANY_EMPTY, FEW_EMPTY = 20, 5  # rows of a spare list; of one for people who are not known
NOON = 12


@dataclass(frozen=True)
class Choices:
    """How lists are printed. ``group`` None: everybody; ``marked`` prints what was marked and its counts."""

    order: str = "number"
    columns: tuple = ("own", "country", "institution")
    empty: int = 0
    language: str = "both"
    lists: tuple = ("participants",)
    group: Group | None = None
    marked: bool = False


def chosen_items(agenda, *, items=(), day=None, half="", group=None, main=False):
    """The Items of ``agenda`` that lists are printed for, in order.

    Those with the ids ``items``, else those of ``day`` (none: of the whole program), of its ``half`` by the
    hour they start: all that are not cancelled, with ``main`` only what participants come for or what counts.
    Either way only those at which ``group`` (a Group; None: anybody) is expected.
    """
    if items:
        return [
            item for item in agenda.items if item.id in items and (group is None or item.expects(group.id))
        ]
    return [
        item
        for item in agenda.items
        if (not main or item.main or item.attendance_counts)
        and not item.cancelled
        and (day is None or item.day == day)
        and (not half or half == half_of(item))
        and (group is None or item.expects(group.id))
    ]


def half_of(item):
    return "morning" if item.starts_at.hour < NOON else "afternoon"


def document(moment, choices, *, address_of=None):
    """The data of templates/documents/hadir.typ: for each item of ``moment`` the lists chosen.

    ``address_of(item, code)`` is where the QR code of a participants' list leads; None prints none. A list of
    resource persons is left out where an item that is one of many has none. Without items it is one spare
    list that belongs to none.
    """
    items = moment.items
    writer = _Writer(moment, choices, address_of)
    lists = [writer.list_of(item, kind) for item in items for kind in writer.kinds(item, len(items))]
    if not items:
        lists = [writer.spare()]
    title = writer.words.once(*HEADINGS["participants"])
    if len(items) == 1:
        title = f"{title}: {writer.words.title_once(items[0])}"
    else:
        title = f"{title}: {writer.words.title_once(moment.agenda.program)}"
    return printing.document(writer.words, moment, title, lists)


@dataclass
class _Writer:
    moment: printing.Moment
    choices: Choices
    address_of: Callable | None = None
    _numbered: dict = field(default_factory=dict)

    def __post_init__(self):
        self.words = Wording(self.choices.language)

    def kinds(self, item, among):
        if among > 1 and not item.speakers and item.kind != Kind.SESSION:
            return [kind for kind in self.choices.lists if kind != "speakers"]
        return self.choices.lists

    def list_of(self, item, kind):
        facts = printing.item_facts(self.words, self.moment.agenda.program, item, self.choices.group)
        city = item.arrives_at.city if item.arrives_at else ""
        place = printing.place_and_date(self.words, city, item.starts_at)
        about = printing.item_about(self.words, item)
        running = printing.running(self.words, item)
        return self._frame(kind, facts, place, about, running) | getattr(self, f"_{kind}")(item)

    def spare(self):
        """A list with lines to fill in, for what is in no agenda."""
        words = self.words
        labels = (("Kegiatan", "Item"), ("Hari, tanggal", "Date"), ("Waktu", "Time"), ("Tempat", "Venue"))
        facts = [labelled(words, ("Program", "Program"), words.title(self.moment.agenda.program))]
        facts += [labelled(words, label, once(DOTS)) for label in labels]
        about = (words.once("daftar cadangan", "spare list"),)
        running = {"title": words.title_once(self.moment.agenda.program), "when": DOTS}
        return self._frame("spare", facts, DOTS, about, running) | self._spare(None)

    def _frame(self, kind, facts, place, about, running):
        return {
            "heading": self.words.two(*HEADINGS[kind]),
            "facts": facts,
            "running": running,
            "qr": "",
            "signature": True,
            "signature_head": self.words.two("Tanda tangan", "Signature"),
            "signers": printing.signers(self.words, self.moment.settings, place),
            "trace": printing.trace(self.words, self.moment, *about),
        }

    def _participants(self, item):
        everybody = self._people(item)
        people = self._in_order([pair for pair in everybody if self._is_asked_for(pair[1])])
        states = self.moment.states.get(item.id, {}) if self.choices.marked else {}
        rows = [self._person(number, person, states.get(person.pk)) for number, person in people]
        found = [states[person.pk] for _number, person in people if person.pk in states]
        return {
            "columns": self._columns(),
            "rows": rows + self._unnumbered(self.choices.empty, len(self._columns())),
            "counts": self._counts(len(people), found),
            "qr": self._code(item, [number for number, _person in people]),
        }

    def _code(self, item, numbers):
        if not (self.address_of and numbers):
            return ""
        group = self.choices.group.id if self.choices.group else 0
        sheet = Sheet(self.moment.published.number, self.moment.printed_at, group, frozenset(numbers))
        return qr.svg(self.address_of(item, sheet.code))

    def _speakers(self, item):
        cells = [
            (s.name, s.organization and self.words.name_once(s.organization), s.position)
            for s in item.speakers
        ]
        return self._others(cells)

    def _committee(self, item):
        return self._others([(name, "", "") for name in self.moment.committee])

    def _spare(self, item):
        columns = self._columns()
        count = max(self.choices.empty, MANY_EMPTY)
        rows = self._unnumbered(count, len(columns)) if item else self._empty(count, len(columns), 0)
        return {"columns": columns, "rows": rows, "counts": self._counts(None, ())}

    def _others(self, people):
        """A list of (name, institution, position) of people who are no participants."""
        rows = [
            row(number, number, *(cell or "" for cell in cells)) for number, cells in enumerate(people, 1)
        ]
        empty = self.choices.empty or (0 if rows else FEW_EMPTY)
        columns = self._columns(("institution", "position"))
        return {"columns": columns, "rows": rows + self._empty(empty, 4, len(rows)), "counts": []}

    def _people(self, item):
        """[(number, participant)] of those expected at ``item``: as everywhere, see numbers.numbered()."""
        if item.group_ids not in self._numbered:
            self._numbered[item.group_ids] = numbered(self.moment.people_of(item))
        return self._numbered[item.group_ids]

    def _is_asked_for(self, person):
        return not self.choices.group or person.group_id == self.choices.group.id

    def _in_order(self, people):
        if self.choices.order == "name":
            return sorted(people, key=lambda pair: sort_key(pair[1]))
        if self.choices.order == "country":
            return sorted(
                people, key=lambda pair: (fold(self.words.country(pair[1].country)), sort_key(pair[1]))
            )
        return people

    def _columns(self, names=None):
        words = self.words
        chosen = self.choices.columns if names is None else names
        return [
            column(words, "no", "No.", "No."),
            column(words, "name", "Nama", "Name"),
            *(column(words, name, *COLUMNS[name]) for name in COLUMNS if name in chosen),
        ]

    def _person(self, number, person, state):
        cells = {
            "country": self.words.country(person.country),
            "institution": person.institution,
            "position": person.position,
            "group": person.group_in(self.moment.agenda),
        }
        return row(
            number,
            *(number, person.name),
            *(cells[name] for name in COLUMNS if name in self.choices.columns),
            person=person,
            own="own" in self.choices.columns,
            state=self.words.once(*STATES[state]) if state else "",
        )

    def _empty(self, count, width, before):
        numbers = range(before + 1, before + count + 1)
        return [row(number, number, *[""] * (width - 1)) for number in numbers]

    def _unnumbered(self, count, width):
        """Rows to write on in the list of an item, where each number is somebody's."""
        return [row("", *[""] * width) for _row in range(count)]

    def _counts(self, listed, states):
        """The counts, to be filled in by hand unless what is marked is printed."""
        words, marked = self.words, self.choices.marked and listed is not None
        counts = [
            {
                "label": words.two(*label),
                "value": str(sum(state in counted for state in states)) if marked else "",
            }
            for label, counted in COUNTS
        ]
        if marked and listed > len(states):
            label = words.two("Belum dicatat", "Not marked")
            counts.append({"label": label, "value": str(listed - len(states))})
        total = {
            "label": words.two("Terdaftar", "Listed"),
            "value": "" if listed is None else str(listed),
        }
        return [total, *counts]
