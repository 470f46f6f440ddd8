"""People to a spreadsheet, XLSX or CSV, and the empty one to fill in; an import reads both back."""

import csv
import io

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from participants.models import Participant, TravelReading, TravelRecord
from program.countries import COLOMBO_PLAN, country_name

from .columns import COLUMNS, WORDS, in_words
from .files import as_cell, escape

CONTENT_TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}
TRAVEL = tuple(name for part in TravelRecord.PARTS.values() for name in part)
NEEDED = ("email", "name", "country")


def people_table(people, travel_reader=None):
    """[heads, row, …] of ``people`` (a queryset), texts only; erased people are left out.

    ``travel_reader`` is a user with the permission who asked for the travel records as well: their columns
    follow, and that this user read them is written down.
    """
    people = list(people.filter(erased_at=None).select_related("group", "program"))
    table = [[str(head) for head in COLUMNS.values()]]
    table += [[in_words(name, getattr(person, name)) for name in COLUMNS] for person in people]
    if travel_reader:
        fields = [TravelRecord._meta.get_field(name) for name in TRAVEL]
        records = TravelRecord.objects.filter(participant__in=people).select_related("participant")
        records = {record.participant_id: record for record in records}
        TravelReading.objects.note(records.values(), travel_reader, TravelReading.Where.EXPORT)
        table[0] += [str(field.verbose_name) for field in fields]
        for person, row in zip(people, table[1:], strict=True):
            row += _travel_texts(records.get(person.pk, TravelRecord()), person.program.tz)
    return table


def _travel_texts(record, tz):
    for name in TRAVEL:
        value = getattr(record, name)
        if name.endswith("_at") and value:
            yield f"{value.astimezone(tz):%Y-%m-%d %H:%M %Z}"
        else:
            yield "" if value is None else str(value)


def as_csv(table):
    """``table`` as CSV in UTF-8 with the mark by which spreadsheet programs know it."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([escape(str(text)) for text in row] for row in table)
    return out.getvalue().encode("utf-8-sig")


def as_xlsx(tables, notes=()):
    """``tables`` [(title, table)] as the sheets of an XLSX file, every cell a text but whole numbers.

    ``notes`` are texts for the heads of the first sheet, in their order; "" for none.
    """
    book = Workbook(write_only=True)
    for title, table in tables:
        sheet = book.create_sheet(title)
        sheet.freeze_panes = "A2"
        for index in range(len(table[0])):
            sheet.column_dimensions[get_column_letter(index + 1)].width = 24
        for number, row in enumerate(table):
            cells = [_cell(sheet, text, bold=number == 0) for text in row]
            if number == 0:
                for cell, note in zip(cells, notes, strict=False):
                    cell.comment = Comment(note, "portal", width=320, height=120) if note else None
            sheet.append(cells)
        notes = ()
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet, text, bold):
    is_number = isinstance(text, int)
    cell = WriteOnlyCell(sheet, text if is_number else as_cell(text))
    if not is_number:
        cell.data_type = "s"  # a text whatever it begins with, +62 812 too: nothing has to be put before it
    cell.font = Font(bold=bold)
    if not is_number:
        cell.number_format = "@"  # text: or "0812" would lose its zero when someone types it
    cell.alignment = Alignment(vertical="top")
    return cell


def export(people, form, travel_reader=None):
    """The bytes of ``people`` as ``form``, "xlsx" or "csv"; see ``people_table``."""
    table = people_table(people, travel_reader)
    return as_csv(table) if form == "csv" else as_xlsx([(_("Participants"), table)])


def template(program, form):
    """The bytes of an empty spreadsheet with one row that shows how, as ``form``; that row is not read."""
    table = [[str(head) for head in COLUMNS.values()], list(_example(program).values())]
    if form == "csv":
        return as_csv(table)
    return as_xlsx(
        [(_("Participants"), table), (_("Countries"), _countries()), (_("Words"), _words(program))],
        notes=[_note(name) for name in COLUMNS],
    )


def _example(program):
    group = program.groups.first()
    example = dict.fromkeys(COLUMNS, "") | {
        # The importer passes over rows that begin with this sign.
        "email": _("# Sample row, not read: sample.person@example.org"),
        "name": _("Sample Person"),
        "preferred_name": _("Sample"),
        "country": country_name("NP"),
        "institution": _("Sample Institution"),
        "position": _("Sample Position"),
        "phone": "+977 00 0000000",
        "group": group.name if group else "",
        "status": in_words("status", Participant.Status.ACCEPTED),
        "diet": in_words("diet", Participant.Diet.VEGETARIAN),
    }
    return example


def _note(name):
    if name in NEEDED:
        return _("Required for each new person.")
    if name in WORDS or name == "group":
        return _("One of the values on the sheet “Words”.")
    return ""


def _countries():
    codes = sorted(COLOMBO_PLAN, key=country_name)
    return [[_("Code"), _("Country")], *([code, country_name(code)] for code in codes)]


def _words(program):
    """Below each head the words that are understood there."""
    columns = {name: [in_words(name, choice) for choice in WORDS[name]] for name in WORDS}
    columns["group"] = [group.name for group in program.groups.all()]
    longest = max(map(len, columns.values()))
    rows = [[words[i] if i < len(words) else "" for words in columns.values()] for i in range(longest)]
    return [[str(COLUMNS[name]) for name in columns], *rows]
