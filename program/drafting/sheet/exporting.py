"""The agenda as a spreadsheet; importing it again changes nothing."""

from django.utils.translation import gettext as _

from program.agenda.kinds import Kind, Status
from program.spreadsheets.writing import as_csv, as_xlsx

from .columns import COLUMNS
from .preview import Reader
from .times import clock_text

LEFT_OUT = (
    "time",
    "minutes",
    "contact",
)  # said by other columns; a contact is not for a file that goes round
EXPORTED = [name for name in COLUMNS if name not in LEFT_OUT]


def agenda_table(program):
    """[heads, row, …] of the program's items in order, texts only. A fixed number of queries."""
    reader = Reader(program)
    names = reader.places.names
    table = [[str(COLUMNS[name]) for name in EXPORTED]]
    placed = [item for item in reader.items.values() if item.is_placed]
    waiting = [item for item in reader.items.values() if not item.is_placed]
    for item in sorted(placed, key=lambda item: (item.starts_at, item.ends_at, item.pk)) + waiting:
        day, start, end = reader.when(item)
        groups = sorted(reader.group_names[pk] for pk in item.group_ids)
        texts = {
            "id": str(item.pk),
            "day": day.isoformat() if day else "",
            "start": clock_text(start) if day else "",
            "end": clock_text(end) if day else "",
            "kind": str(Kind(item.kind).label),
            "title": item.title,
            "local_title": item.local_title,
            "venue": names["venue"].name(item.venue_id) if item.venue_id else "",
            "organization": names["organization"].name(item.organization_id) if item.organization_id else "",
            "speakers": "\n".join(
                names["speakers"].name(pk) for pk in reader.places.people_of.get(item.pk, ())
            ),
            "groups": ", ".join(groups) or _("Everybody"),
            "status": str(Status(item.status).label),
            "notes": item.notes,
            "local_notes": item.local_notes,
        }
        table.append([texts[name] for name in EXPORTED])
    return table


def export(program, form):
    """The bytes of the agenda as ``form``, "xlsx" or "csv"."""
    table = agenda_table(program)
    return as_csv(table) if form == "csv" else as_xlsx([(_("Agenda"), table)])


def template(program):
    """The bytes of an XLSX file with the heads, and one row that shows how."""
    heads = [
        "day",
        "time",
        "kind",
        "title",
        "local_title",
        "venue",
        "organization",
        "speakers",
        "groups",
        "notes",
    ]
    example = {
        "day": program.starts_on.isoformat(),
        "time": "08:30–09:30",
        "kind": str(Kind.SESSION.label),
        "title": _("Sample row: delete it"),
    }
    table = [[str(COLUMNS[name]) for name in heads], [example.get(name, "") for name in heads]]
    return as_xlsx([(_("Agenda"), table)])
