"""People from a sheet: django-import-export does the rows, this says what a row of ours is.

An import is all or nothing. People are recognised by e-mail address (letter case does not count) within one
program. An empty cell changes nothing, and so does a column that is not there.
"""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from import_export import fields, resources, widgets
from simple_history.utils import bulk_create_with_history, bulk_update_with_history
from tablib import Dataset

from .columns import COLUMNS, find_group, find_head, find_word, in_words
from .countries import find_country
from .models import Participant
from .names import tidy
from .spreadsheets import BadSpreadsheet, unescape

HEAD_WITHIN = 10  # rows: above the heads there may be a title


@dataclass
class People:
    """A sheet whose columns are recognised: ``rows`` [(row number, {column: text})], without comment rows.

    ``unread`` are the heads of columns that are none of ours; ``problems`` {row number: [message]}.
    """

    columns: list
    rows: list
    unread: list = field(default_factory=list)
    problems: dict = field(default_factory=dict)


def recognise(sheet):
    """The People in a Spreadsheet. Raises BadSpreadsheet when its columns make no sense."""
    place, columns = _heads(sheet)
    head_row, heads = sheet.rows[place]
    people = People(
        columns=[name for name in columns if name],
        rows=[],
        unread=[head for head, name in zip(heads, columns, strict=True) if head.strip() and not name],
    )
    for number, texts in sheet.rows[place + 1 :]:
        row = _named(columns, texts)
        if not row["email"].startswith("#"):  # so does the template's sample row
            people.rows.append((number, row))
    if not people.rows:
        raise BadSpreadsheet(_("There is nobody in the sheet below its heads."))
    for number, index, message in sheet.problems:
        name = columns[index] if index < len(columns) else None
        if number >= head_row and name:
            people.problems.setdefault(number, []).append(f"{COLUMNS[name]}: {message}")
    return people


def _heads(sheet):
    """(place among the sheet's rows, [name of each column or None]) of the row of heads."""
    for place, (_number, cells) in enumerate(sheet.rows[:HEAD_WITHIN]):
        columns = [find_head(cell) for cell in cells]
        double = next((cells[i] for i, name in enumerate(columns) if name and name in columns[:i]), None)
        if "email" in columns and double:
            raise BadSpreadsheet(
                _("Two columns mean the same; one of them is “%(head)s”.") % {"head": double}
            )
        if "email" in columns:
            return place, columns
    raise BadSpreadsheet(_("No column is called “E-mail”: people are recognised by it. Take the template."))


def _named(columns, texts):
    texts = [*texts, *[""] * len(columns)]  # a short row ends with empty cells
    return {name: tidy(text) for name, text in zip(columns, texts, strict=False) if name}


def _at_column(columns, index, message):
    name = columns[index] if index < len(columns) else None
    return f"{COLUMNS[name]}: {message}" if name else message


class TextWidget(widgets.Widget):
    def clean(self, value, row=None, **kwargs):
        if any(ord(char) < 32 or ord(char) == 127 for char in value):
            raise ValueError(_("This is more than one line, or holds a sign that cannot be printed."))
        return unescape(value)


class CountryWidget(widgets.Widget):
    def clean(self, value, row=None, **kwargs):
        code = find_country(value)
        if code is None:
            raise ValueError(
                _("“%(text)s” is no country we know. Write its code, such as NP.") % {"text": value}
            )
        return code


class WordWidget(widgets.Widget):
    """A cell that means one of the choices of ``column``."""

    def __init__(self, column):
        super().__init__()
        self.column = column

    def clean(self, value, row=None, **kwargs):
        choice = find_word(self.column, value)
        if choice is None:
            choices = Participant._meta.get_field(self.column).flatchoices
            known = ", ".join(str(label) for _code, label in choices)
            raise ValueError(_("“%(text)s” is none of: %(known)s.") % {"text": value, "known": known})
        return choice


class GroupWidget(widgets.Widget):
    """``groups`` are those of the program that the sheet is for."""

    groups = ()

    def clean(self, value, row=None, **kwargs):
        group = find_group(self.groups, value)
        if group is None:
            known = ", ".join(group.name for group in self.groups) or _("none yet")
            message = _("There is no group “%(text)s” in this program. Its groups: %(known)s.")
            raise ValueError(message % {"text": value, "known": known})
        return group


class Cell(fields.Field):
    """An empty cell changes nothing."""

    def __init__(self, name, widget=None):
        super().__init__(attribute=name, column_name=name, widget=widget or TextWidget())

    def save(self, instance, row, is_m2m=False, **kwargs):
        if row[self.column_name]:
            super().save(instance, row, is_m2m, **kwargs)


class PeopleResource(resources.ModelResource):
    """Reads the rows of a People into ``program``; ``by`` is the user who does it."""

    email = Cell("email")
    name = Cell("name")
    preferred_name = Cell("preferred_name")
    own_script_name = Cell("own_script_name")
    country = Cell("country", CountryWidget())
    institution = Cell("institution")
    position = Cell("position")
    phone = Cell("phone")
    group = Cell("group", GroupWidget())
    status = Cell("status", WordWidget("status"))
    diet = Cell("diet", WordWidget("diet"))
    diet_note = Cell("diet_note")
    room = Cell("room")

    class Meta:
        model = Participant
        fields = tuple(COLUMNS)
        import_id_fields = ("email",)
        clean_model_instances = True
        skip_diff = True
        report_skipped = True
        store_instance = True
        use_bulk = True
        use_transactions = True

    def __init__(self, program, by):
        super().__init__()
        self.program, self.by = program, by
        self.fields["group"].widget.groups = list(program.groups.all())
        everybody = program.participants.select_related("group", "program")
        self.known = {person.email.lower(): person for person in everybody}
        self.seen = {}
        self.former = {}

    def get_instance(self, instance_loader, row):
        return self.known.get(unescape(row["email"]).lower())

    def before_import_row(self, row, row_number=None, **kwargs):
        address = unescape(row["email"]).lower()
        person = self.known.get(address)
        if person and person.erased_at:
            raise ValidationError({"email": _("This person was erased.")})
        if address and address in self.seen:
            message = _("The same address stands in row %(row)s.") % {"row": self.numbers[self.seen[address]]}
            raise ValidationError({"email": message})
        self.seen[address] = row_number - 1

    def after_init_instance(self, instance, new, row, **kwargs):
        if new:
            instance.program = self.program
        else:
            row["email"] = instance.email  # an address differs in letter case only: it stays as it is
        self.former[row["email"]] = {name: getattr(instance, name) for name in COLUMNS}

    def skip_row(self, instance, original, row, import_validation_errors=None):
        return bool(instance.pk) and not import_validation_errors and not self.changes(instance)

    def changes(self, instance):
        """[(head, old, new)] of what the row changes of a person, in words."""
        former = self.former.get(instance.email, {})
        return [
            (COLUMNS[name], in_words(name, old), in_words(name, getattr(instance, name)))
            for name, old in former.items()
            if old != getattr(instance, name)
        ]

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        errors = dict(import_validation_errors or {})
        try:
            # What would ask the database row by row is certain here: program, group, one row a person.
            instance.full_clean(
                exclude={"program", "user", "group", *errors},
                validate_unique=False,
                validate_constraints=False,
            )
        except ValidationError as error:
            error.update_error_dict(errors)
        if errors:
            raise ValidationError(errors)

    def bulk_create(self, using_transactions, dry_run, raise_errors, batch_size=None, result=None):
        if not dry_run:
            bulk_create_with_history(self.create_instances, Participant, default_user=self.by)
        self.create_instances.clear()

    def bulk_update(self, using_transactions, dry_run, raise_errors, batch_size=None, result=None):
        if not dry_run:
            people = self.update_instances
            changed = {
                name for p in people for name in COLUMNS if getattr(p, name) != self.former[p.email][name]
            }
            # Larger batches cost more a row than they save: each looks through all cases of its batch.
            bulk_update_with_history(
                people, Participant, sorted(changed), batch_size=50, default_user=self.by
            )
        self.update_instances.clear()

    def read(self, people, dry_run):
        """Import ``people`` and return the Report. A dry run writes nothing; neither does one with errors.

        Raises IntegrityError, and writes nothing, when somebody added one of these people at the same moment.
        """
        self.numbers = [number for number, _row in people.rows]
        rows = [[row.get(name, "") for name in people.columns] for _number, row in people.rows]
        result = self.import_data(
            Dataset(*rows, headers=people.columns),
            dry_run=dry_run or bool(people.problems),
            rollback_on_validation_errors=True,
        )
        return _report(self, people, result)


@dataclass(frozen=True)
class ReadRow:
    """One row of the sheet as the preview shows it: ``sort`` is new, update, skip or invalid."""

    number: int
    sort: str
    person: Participant | None = None
    changes: tuple = ()
    errors: tuple = ()


@dataclass(frozen=True)
class Report:
    rows: list

    def of_sort(self, sort):
        return [row for row in self.rows if row.sort == sort]

    @property
    def new(self):
        return self.of_sort("new")

    @property
    def changed(self):
        return self.of_sort("update")

    @property
    def same(self):
        return self.of_sort("skip")

    @property
    def wrong(self):
        return self.of_sort("invalid")

    @property
    def writes(self):
        """Whether importing it would change anything."""
        return bool(self.new or self.changed)


def _report(resource, people, result):
    rows = []
    problems = dict(people.problems)
    for number, row in zip(resource.numbers, result.rows, strict=True):
        errors = [*problems.pop(number, ()), *_messages(row)]
        if errors:
            rows.append(ReadRow(number, "invalid", errors=tuple(errors)))
        else:
            changes = resource.changes(row.instance) if row.import_type == row.IMPORT_TYPE_UPDATE else ()
            rows.append(ReadRow(number, row.import_type, row.instance, tuple(changes)))
    rows.extend(ReadRow(number, "invalid", errors=tuple(errors)) for number, errors in problems.items())
    return Report(sorted(rows, key=lambda row: row.number))


def _messages(row):
    if row.validation_error:
        for name, messages in row.validation_error.message_dict.items():
            head = COLUMNS.get(name)
            yield from (f"{head}: {message}" if head else message for message in messages)
    for error in row.errors:
        raise error.error  # none is expected: a fault of ours must not look like one of the sheet
