"""People from a spreadsheet: each row becomes a person, previewed first and then imported.

An import is all or nothing. People are recognised by e-mail address (letter case does not count) within one
program. An empty cell changes nothing, nor does a missing column.
"""

import re
from dataclasses import dataclass, field, replace
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from participants.models import Participant
from participants.people import numbers
from participants.people.names import tidy
from program import digits
from program.countries import find_country
from program.drafting.operations import Kind, begin
from program.models import Operation
from program.spreadsheets.files import BadSpreadsheet, unescape

from .columns import COLUMNS, find_group, find_head, find_word, in_words

IN_WORDS = ("name", "preferred_name", "own_script_name", "institution", "position")
# As a spreadsheet writes it: 2018-07-24, 24/07/2018, 24-Jul-18, with a time or without.
DATE = re.compile(
    r"(\d{1,4}([-/.])\d{1,2}\2\d{1,4}|\d{1,2}[- ][A-Za-z]{3,9}[- ]\d{2,4})( \d{1,2}:\d\d(:\d\d)?)?"
)
HEAD_WITHIN = 10  # rows: above the heads there may be a title


@dataclass
class People:
    """A spreadsheet whose columns are recognised: ``rows`` [(row number, {column: text})], comments left out.

    ``unread`` are the heads of columns that are none of ours, ``unread_sheets`` the names of further sheets;
    ``problems`` {row number: [message]}.
    """

    columns: list
    rows: list
    unread: list = field(default_factory=list)
    problems: dict = field(default_factory=dict)
    unread_sheets: list = field(default_factory=list)


def recognise(sheet):
    """The People in a Spreadsheet. Raises BadSpreadsheet when its columns make no sense."""
    place, columns = _heads(sheet)
    head_row, heads = sheet.rows[place]
    people = People(
        columns=[name for name in columns if name],
        rows=[],
        unread=[head for head, name in zip(heads, columns, strict=True) if head.strip() and not name],
        unread_sheets=sheet.unread,
    )
    for number, texts in sheet.rows[place + 1 :]:
        row = _named(columns, texts)
        if not row["email"].startswith("#"):  # so does the template's sample row
            people.rows.append((number, row))
    if not people.rows:
        raise BadSpreadsheet(_("There is nobody in the spreadsheet below its column headings."))
    for number, index, message in (*sheet.problems, *sheet.merged_problems):
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
    if sheet.unread:
        message = _("The first sheet, “%(title)s”, has no column “E-mail”. Put the list of people first.")
        raise BadSpreadsheet(message % {"title": sheet.title})
    raise BadSpreadsheet(_("No column is called “E-mail”: people are recognised by it. Use the template."))


def _named(columns, texts):
    texts = [*texts, *[""] * len(columns)]  # a short row ends with empty cells
    return {name: tidy(text) for name, text in zip(columns, texts, strict=False) if name}


# Reads a cell, by its column; ValueError says why it cannot be read.


def _text(text):
    if any(ord(char) < 32 or ord(char) == 127 for char in text):
        raise ValueError(_("This is more than one line, or contains a character that cannot be printed."))
    return unescape(text)


def _words(text):
    """A name or the like: a date is what a spreadsheet has made of it, or is in the wrong column."""
    if DATE.fullmatch(text):
        raise ValueError(
            _("“%(text)s” is a date. Is it in the wrong column? Write the words here.") % {"text": text}
        )
    return _text(text)


def _phone(text):
    return digits.plain(_text(text))


def _country(text):
    code = find_country(text)
    if code is None:
        raise ValueError(_("“%(text)s” is not a known country. Write its code, such as NP.") % {"text": text})
    return code


def _choice(column, text):
    choice = find_word(column, text)
    if choice is None:
        choices = Participant._meta.get_field(column).flatchoices
        known = ", ".join(str(label) for _code, label in choices)
        raise ValueError(_("“%(text)s” is not one of: %(known)s.") % {"text": text, "known": known})
    return choice


def _group(groups, text):
    group = find_group(groups, text)
    if group is None:
        known = ", ".join(group.name for group in groups) or _("none yet")
        message = _("There is no group “%(text)s” in this program. Its groups: %(known)s.")
        raise ValueError(message % {"text": text, "known": known})
    return group


def read_people(program, people):
    """The Report of what importing ``people`` (a People) into ``program`` would do. Two queries."""
    rows = _Rows(program)
    problems = dict(people.problems)
    found = [rows.read(number, row, problems.pop(number, ())) for number, row in people.rows]
    found += [ReadRow(number, "invalid", errors=tuple(errors)) for number, errors in problems.items()]
    return Report(sorted(found, key=lambda row: row.number))


@transaction.atomic
def import_people(program, people, by):
    """Import ``people`` and return the Report; nothing is written when one row is wrong.

    Raises IntegrityError, and writes nothing, when someone added one of these people at the same moment.
    """
    report = read_people(program, people)
    if report.wrong or not report.writes:
        return report
    changed = {name for row in report.changed for name in row.former}
    history = {field.name for field in Participant.history.model.tracked_fields}
    operation = begin(
        Kind.IMPORT,
        program,
        by,
        new=len(report.new),
        changed=len(report.changed),
        kept=sorted(changed - history),
    )
    said = {"default_user": by, "custom_historical_attrs": {"operation": operation}}
    if report.new:
        bulk_create_with_history([row.person for row in report.new], Participant, **said)
    if changed:
        # Larger batches are slower per row: each row looks through all cases of its batch.
        people = [row.person for row in report.changed]
        bulk_update_with_history(people, Participant, sorted(changed), batch_size=50, **said)
    numbers.give(program)
    return replace(report, operation=operation)


class _Rows:
    """Reads rows, one person each, for ``program``; nothing is saved."""

    def __init__(self, program):
        self.program = program
        groups = list(program.groups.all())
        everybody = program.participants.select_related("group", "program")
        self.known = {person.email.lower(): person for person in everybody}
        self.seen = {}  # {address: row number}
        self.readers = dict.fromkeys(COLUMNS, _text) | dict.fromkeys(IN_WORDS, _words)
        self.readers |= {
            "country": _country,
            "phone": _phone,
            "group": partial(_group, groups),
            "status": partial(_choice, "status"),
            "diet": partial(_choice, "diet"),
        }

    def read(self, number, row, problems):
        """The ReadRow of one row; ``problems`` are what its cells are in the file."""
        address = unescape(row["email"]).lower()
        person = self.known.get(address) or Participant(program=self.program)
        errors = [*problems, *self._wrong_address(number, address, person)]
        former = {}
        if not errors:
            former, errors = self._fill(person, row)
        if errors:
            return ReadRow(number, "invalid", errors=tuple(errors))
        sort = "new" if person.pk is None else "update" if former else "skip"
        return ReadRow(number, sort, person, former if person.pk else {})

    def _wrong_address(self, number, address, person):
        if person.erased_at:
            yield f"{COLUMNS['email']}: {_('This person was erased.')}"
        elif address and address in self.seen:
            message = _("The same address is in row %(row)s.") % {"row": self.seen[address]}
            yield f"{COLUMNS['email']}: {message}"
        self.seen.setdefault(address, number)

    def _fill(self, person, row):
        """Write the cells that say something into ``person``: ({column: earlier value}, errors)."""
        former, errors = {}, {}
        for name, text in row.items():
            # Of an address that differs in letter case only, the one that is there stays.
            if not text or (name == "email" and person.pk):
                continue
            try:
                new = self.readers[name](text)
            except ValueError as error:
                errors[name] = [str(error)]
                continue
            if new != (old := getattr(person, name)):
                former[name] = old
                setattr(person, name, new)
        try:
            # What would ask the database row by row is certain here: program, group, one row a person.
            person.full_clean(
                exclude={"program", "user", "group", *errors},
                validate_unique=False,
                validate_constraints=False,
            )
        except ValidationError as error:
            errors |= error.message_dict
        return former, list(_in_sentences(errors))


def _in_sentences(errors):
    for name, messages in errors.items():
        head = COLUMNS.get(name)
        yield from (f"{head}: {message}" if head else message for message in messages)


@dataclass(frozen=True)
class ReadRow:
    """One row of the spreadsheet as the preview shows it: ``sort`` is new, update, skip or invalid.

    ``former`` is what the row changes of ``person``, {column: earlier value}.
    """

    number: int
    sort: str
    person: Participant | None = None
    former: dict = field(default_factory=dict)
    errors: tuple = ()

    @property
    def changes(self):
        """[(head, old, new)] in words."""
        return [
            (COLUMNS[name], in_words(name, old), in_words(name, getattr(self.person, name)))
            for name, old in self.former.items()
        ]


@dataclass(frozen=True)
class Report:
    """``operation`` is the Operation of an import that wrote something."""

    rows: list
    operation: Operation | None = None

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
