"""People to a spreadsheet, XLSX or CSV, and the empty one to fill in; an import reads both back."""

from django.utils.translation import gettext as _

from participants.models import Participant, TravelReading, TravelRecord
from program.countries import COLOMBO_PLAN, country_name
from program.spreadsheets.writing import as_csv, as_xlsx

from .columns import COLUMNS, WORDS, in_words

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
