"""The recap of attendance as a document: on letterhead, with the figures of the summary, to be signed.

No query here; see printing.read() and summary.read().
"""

from django.utils import translation
from django.utils.formats import date_format

from participants.models import Attendance
from participants.papers import printing
from participants.papers.printing import Wording, column, labelled, once, row
from program.agenda.dates import times_text

from .summary import ELSEWHERE

State = Attendance.State
HEADINGS = {
    "people": ("Rekapitulasi kehadiran", "Recap of attendance"),
    "items": ("Rekapitulasi kehadiran per mata acara", "Recap of attendance by item"),
}
# The columns of figures of a person, with the states each counts; "" is without a mark.
FIGURES = {
    "present": (("Hadir", "Present"), (State.PRESENT,)),
    "late": (("Terlambat", "Late"), (State.LATE,)),
    "excused": (("Izin", "Excused"), (State.EXCUSED,)),
    "sick": (("Sakit", "Sick"), (State.SICK,)),
    "absent": (("Tanpa ket.", "Absent"), (State.ABSENT,)),
    "open": (("Belum dicatat", "Not marked"), ("", ELSEWHERE)),
}
OF = ("Dari", "Of")
PERCENT = ("Persen", "Percent")


def document(moment, summary, *, language="both", group=None):
    """The data of templates/documents/hadir.typ: one list of the people of ``summary``, one of its items."""
    words = Wording(language)
    title = words.once(*HEADINGS["people"])
    lists = [_people(words, moment, summary, group), _items(words, moment, summary, group)]
    return printing.document(words, moment, f"{title}: {words.title_once(moment.agenda.program)}", lists)


def _people(words, moment, summary, group):
    columns = [
        column(words, "no", "No.", "No."),
        column(words, "name", "Nama", "Name"),
        column(words, "country", "Negara", "Country"),
        *(column(words, key, *head) for key, (head, _states) in FIGURES.items()),
        column(words, "of", *OF),
        column(words, "percent", *PERCENT),
    ]
    rows = [
        row(
            "",
            *(line.number, line.person.name, words.country(line.person.country)),
            *(sum(state in states for state in line.states) for _head, states in FIGURES.values()),
            *(line.shown.counted, _percent(line.shown)),
        )
        for line in summary.rows
    ]
    counts = [
        {"label": words.two("Peserta", "Participants"), "value": str(len(summary.rows))},
        {
            "label": words.two(f"Mencapai {summary.threshold} %", f"Reach {summary.threshold} percent"),
            "value": str(len(summary.reached)),
        },
        {"label": words.two("Kehadiran seluruhnya", "Attendance in all"), "value": _percent(summary.total)},
    ]
    return _list(words, moment, summary, group, "people", columns, rows) | {
        "counts": counts,
        "signers": printing.signers(words, moment.settings, _place(words, moment)),
    }


def _items(words, moment, summary, group):
    columns = [
        column(words, "no", "No.", "No."),
        column(words, "when", "Waktu", "Time"),
        column(words, "meal", "Mata acara", "Item"),
        column(words, "present", "Hadir", "Present"),
        column(words, "open", "Belum dicatat", "Not marked"),
        column(words, "of", *OF),
        column(words, "percent", *PERCENT),
    ]
    rows = []
    for number, (item, share) in enumerate(summary.by_item, 1):
        with translation.override(words.main):
            when = f"{date_format(item.starts_at, 'D j M')}, {times_text(item)}"
        figures = share.attended, share.open, share.counted, _percent(share)
        rows.append(row("", number, when, words.title_once(item), *figures))
    return _list(words, moment, summary, group, "items", columns, rows) | {
        "signers": printing.signers(words, moment.settings, _place(words, moment))
    }


def _list(words, moment, summary, group, kind, columns, rows):
    program = moment.agenda.program

    def period():
        return f"{date_format(program.starts_on, 'j F Y')} – {date_format(program.ends_on, 'j F Y')}"

    items = len(summary.items)
    counted = words.two(f"{items} mata acara yang sudah selesai", f"{items} items that are over")
    facts = [
        labelled(words, ("Program", "Program"), words.title(program), weight="bold"),
        labelled(words, ("Tanggal", "Dates"), words.written(period)),
        labelled(words, ("Dihitung", "Counted"), counted),
    ]
    if group:
        facts.append(labelled(words, ("Kelompok", "Group"), once(group.name)))
    heading = words.once(*HEADINGS[kind])
    return {
        "heading": words.two(*HEADINGS[kind]),
        "facts": facts,
        "running": {"title": words.title_once(program), "when": ""},
        "qr": "",
        "columns": columns,
        "rows": rows,
        "signature": False,
        "signature_head": once(""),
        "counts": [],
        "trace": printing.trace(words, moment, heading),
    }


def _place(words, moment):
    city = printing.place_of_issue(moment.agenda, moment.settings)
    return printing.place_and_date(words, city, moment.printed_at)


def _percent(share):
    return "–" if share.percent is None else f"{share.percent} %"
