"""Recognises the columns of an agenda by their heads, in English or Indonesian, or by what they hold."""

import re
from dataclasses import dataclass, field, replace
from functools import cache

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from program.folding import fold

from .days import read_day
from .times import read_clock, read_span
from .words import find_groups, find_kind, is_indonesian, key

# What a column can be, in the order of the export, with its head there.
COLUMNS = {
    "id": gettext_lazy("Item ID"),
    "day": gettext_lazy("Day"),
    "time": gettext_lazy("Start and end"),
    "start": gettext_lazy("Start"),
    "end": gettext_lazy("End"),
    "minutes": gettext_lazy("Minutes"),
    "kind": gettext_lazy("Kind"),
    "title": gettext_lazy("Title"),
    "local_title": gettext_lazy("Title in Bahasa Indonesia"),
    "venue": gettext_lazy("Venue"),
    "organization": gettext_lazy("Organization"),
    "speakers": gettext_lazy("Speakers"),
    "groups": gettext_lazy("Groups"),
    "status": gettext_lazy("Status"),
    "notes": gettext_lazy("Notes for participants"),
    "local_notes": gettext_lazy("Notes in Bahasa Indonesia"),
    "contact": gettext_lazy("Contact at a visit (not public)"),
}
UNUSED = ""
OTHER_HEADS = {
    "id": "id mata acara, nomor mata acara",
    "day": "date, tanggal, hari, tgl, hari tanggal, hari tgl, hari dan tanggal, day date",
    "time": "time, waktu, jam, pukul, start end, time slot, waktu pelaksanaan, schedule, jadwal",
    "start": "begin, begins, from, starts, start time, mulai, jam mulai, waktu mulai, dari, awal",
    "end": "finish, ends, to, until, end time, selesai, jam selesai, waktu selesai, sampai, akhir",
    "minutes": "duration, durasi, menit, lama",
    "kind": "type, jenis, jenis kegiatan, kategori, category",
    "title": (
        "activity, activities, agenda, item, topic, session, event, programme, program, subject, description"
    ),
    "local_title": (
        "kegiatan, acara, materi, uraian, uraian kegiatan, mata acara, topik, judul, nama kegiatan, "
        "susunan acara, rincian kegiatan, judul materi, judul dalam bahasa indonesia"
    ),
    "venue": "place, location, room, tempat, lokasi, ruang, ruangan, tempat kegiatan",
    "organization": "organisation, institution, host, instansi, lembaga, penyelenggara, tuan rumah",
    "speakers": "speaker, resource person, resource persons, narasumber, pembicara, pemateri, pengajar",
    "groups": "group, kelompok, grup, peserta, participants",
    "status": "keadaan",
    "notes": "remarks, remark, note, notes, information, catatan untuk peserta",
    "local_notes": "keterangan, ket, catatan",
    "contact": "pic, contact, contact person, penanggung jawab, narahubung, pj, petugas, kontak",
    UNUSED: "no, nr, nomor, number, jp, jumlah jp",
}
SEVERAL = ("day",)  # what two columns may say together: "Hari" and "Tanggal"
HEAD_WITHIN = 15  # rows: above the heads there may be a title


@dataclass(frozen=True)
class Column:
    """One column: its head, a cell of it, what it is taken for, and whether that is sure."""

    index: int
    head: str
    example: str
    name: str
    sure: bool = True
    why: str = ""
    zone: str = ""  # that the head names: "Waktu (WITA)"


@dataclass(frozen=True)
class Known:
    """What a program has, to guess by: its first and last day, its groups {name: pk}, its venues' names."""

    first: object
    last: object
    groups: dict = field(default_factory=dict)
    venues: frozenset = frozenset()


def find_head(text):
    """What a column with that head is; UNUSED for a number of the row, None when it is not known."""
    plain = re.sub(r"\(.*?\)", " ", text)
    heads = _heads()
    for part in (plain, *re.split(r"[/&,\n]|\bdan\b|\band\b", plain)):
        if (name := heads.get(key(part))) is not None and key(part):
            return name
    return None


@cache
def _heads():
    heads = {}
    for name, others in OTHER_HEADS.items():
        known = [name, *others.split(",")] if name else others.split(",")
        for language in ("en", "id"):
            with translation.override(language):
                known.append(str(COLUMNS[name]) if name else "")
        for head in known:
            heads.setdefault(key(head), name)
    heads.pop("", None)
    return heads


@cache
def _own_heads():
    """The heads of our own export, in both languages."""
    heads = set()
    for language in ("en", "id"):
        with translation.override(language):
            heads |= {key(str(label)) for label in COLUMNS.values()}
    return heads


def find_heads(rows):
    """(first row below the heads, the heads) of ``rows`` [(number, cells)]; (0, []) without any."""
    best, place = 1, None
    for index, (_number, cells) in enumerate(rows[:HEAD_WITHIN]):
        count = len({find_head(cell) for cell in cells} - {None, UNUSED})
        if count > best:
            best, place = count, index
    if place is None:
        return 0, []
    heads = list(rows[place][1])
    if place + 1 < len(rows) and _is_second_head(rows[place + 1][1]):  # "Waktu" over "Mulai" and "Selesai"
        below = rows[place + 1][1]
        heads += [""] * (len(below) - len(heads))
        heads = [below[i] if i < len(below) and find_head(below[i]) else head for i, head in enumerate(heads)]
        place += 1
    return place + 1, heads


def _is_second_head(cells):
    said = [cell for cell in cells if cell.strip()]
    return bool(said) and all(find_head(cell) is not None for cell in said)


def recognise(heads, rows, known, chosen=()):
    """The Columns of ``rows`` [(number, cells)] below ``heads``. ``chosen`` {index: name} settles some."""
    width = max([len(heads), *(len(cells) for _number, cells in rows)], default=0)
    columns, taken = [], set()
    for index in range(width):
        head = heads[index].strip() if index < len(heads) else ""
        cells = [
            cells[index].strip() for _number, cells in rows if index < len(cells) and cells[index].strip()
        ]
        if not head and not cells:
            continue
        example = cells[0] if cells else ""
        zone = re.search(r"\b(wib|wita|wit)\b", fold(head))
        column = Column(index, head, example, find_head(head), zone=zone[1].upper() if zone else "")
        column = _by_content(column, cells, known, taken)
        if index in chosen:
            column = replace(column, name=chosen[index], sure=True, why="")
        elif column.name in taken and column.name not in SEVERAL:
            column = replace(column, name=UNUSED, sure=False, why=_("another column is that already"))
        taken.add(column.name)
        columns.append(column)
    return _with_title(columns, rows, chosen)


def _by_content(column, cells, known, taken):
    """``column`` with what its cells speak for, where its head says nothing or too little."""
    if column.name in ("title", "local_title"):
        local = is_indonesian(cells)
        name = column.name if local is None else "local_title" if local else "title"
        if name in taken:
            name = "title" if name == "local_title" else "local_title"
        sure = name == column.name
        return replace(column, name=name, sure=sure, why="" if sure else _("by its words"))
    if column.name in ("notes", "local_notes"):
        groups = sum(_is(find_groups, cell, known.groups) for cell in cells) if known.groups else 0
        if groups and groups * 2 >= len(cells) and "groups" not in taken:
            return replace(column, name="groups", sure=False, why=_fits(groups, len(cells)))
        if key(column.head) in _own_heads():
            return column
        return replace(column, sure=False, why=_("participants will read it"))
    if column.name == "contact":
        return replace(column, sure=False, why=_("visits only, for organizers and staff"))
    if column.name is not None:
        return column
    tests = {
        "time": lambda cell: read_span(cell).end is not None,
        "start": lambda cell: read_clock(cell).minutes is not None,
        "day": lambda cell: bool(read_day(cell, known.first, known.last)),
        "venue": lambda cell: key(cell) in known.venues,
        "groups": lambda cell: bool(_is(find_groups, cell, known.groups)),
        "kind": lambda cell: len(cell.split()) < 3 and find_kind(cell) is not None,
    }
    for name, test in tests.items():
        name = "end" if name == "start" and "start" in taken else name
        if name in taken or (name in ("start", "end") and "time" in taken):
            continue
        count = sum(test(cell) for cell in cells)
        if count and count * 10 >= len(cells) * 6:
            return replace(column, name=name, sure=False, why=_fits(count, len(cells)))
    return replace(column, name=UNUSED, sure=False, why=_("not understood"))


def _with_title(columns, rows, chosen):
    """``columns`` with a title: without a head that says so, the column with the longest words."""
    if chosen or any(column.name in ("title", "local_title") for column in columns):
        return columns
    free = [column for column in columns if column.name == UNUSED and not column.sure]
    if not free:
        return columns

    def words(column):
        return sum(len(cells[column.index]) for _number, cells in rows if column.index < len(cells))

    longest = max(free, key=words)
    cells = [cells[longest.index] for _number, cells in rows if longest.index < len(cells)]
    name = "local_title" if is_indonesian(cells) else "title"
    found = replace(longest, name=name, sure=False, why=_("it has the longest texts"))
    return [found if column is longest else column for column in columns]


def _is(reader, *args):
    try:
        return reader(*args) is not None
    except LookupError:
        return False


def _fits(count, total):
    text = ngettext("%(count)d of %(total)d value fits", "%(count)d of %(total)d values fit", total)
    return text % {"count": count, "total": total}
