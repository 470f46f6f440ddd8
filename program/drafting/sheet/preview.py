"""What a sheet would change of a program's agenda: a Plan, shown first and then applied."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from django.utils.translation import gettext as _

from program.agenda.kinds import Kind, Status
from program.drafting.history import item_classes
from program.models import AgendaItem

from .answers import NONE, Answers
from .columns import Known, find_heads, recognise
from .matching import Asked, Entry, folded, match
from .names import Places
from .rows import Row, read_rows
from .times import DAY
from .words import find_groups, find_kind, find_status, guess_kind

MAX_ROWS = 400  # of one agenda
LIMITS = {"title": 200, "local_title": 200, "contact": 120}
TEXTS = ("title", "local_title", "notes", "local_notes")


@dataclass
class Planned:
    """One row and what would become of it: ``sort`` is new, changed, same, error or left.

    ``item`` is what is there (of its own class), ``values`` {field: new value} what would be written of it;
    ``groups`` and ``people`` only when they would be: primary keys of groups, Chosen speakers.
    """

    row: Row
    sort: str = "same"
    item: AgendaItem | None = None
    guessed: bool = False  # that it is about this item
    kind: Kind = Kind.SESSION
    kind_guessed: bool = False
    values: dict = field(default_factory=dict)
    groups: frozenset | None = None
    people: tuple | None = None
    places: dict = field(default_factory=dict)  # {"venue": Chosen, …} of what the row names

    @property
    def writes(self):
        return self.sort in ("new", "changed")

    @property
    def notes(self):
        return self.row.notes

    @property
    def errors(self):
        return list(dict.fromkeys(self.row.errors.values()))


@dataclass
class Plan:
    """All of a sheet against ``program`` as it is. ``gone`` are items of its days that no row is about."""

    program: object
    columns: list
    rows: list
    gone: list
    unread: list
    places: Places
    answers: Answers
    group_names: dict

    def of_sort(self, sort):
        return [planned for planned in self.rows if planned.sort == sort]

    @property
    def counts(self):
        """{sort: how many rows}."""
        return {sort: len(self.of_sort(sort)) for sort in ("new", "changed", "same", "error", "left")}

    @property
    def first_error(self):
        """The number of the first row with an error, or None."""
        return next((planned.row.number for planned in self.of_sort("error")), None)

    @property
    def writes(self):
        return [planned for planned in self.rows if planned.writes]

    @property
    def cancelled(self):
        return [item for item in self.gone if item.pk in self.answers.cancel]

    @property
    def count(self):
        """How many rows and items would be written."""
        return len(self.writes) + len(self.cancelled)

    @property
    def seen(self):
        """{primary key: version} of the items that the plan is about, as they were when it was made."""
        items = [planned.item for planned in self.rows if planned.item] + self.gone
        return {item.pk: item.version for item in items}

    @property
    def mapping(self):
        """What the columns are taken for, as one word."""
        return ".".join(f"{column.index}-{column.name}" for column in self.columns)


class Reader:
    """Reads sheets against one program. A fixed number of queries, whatever the number of items."""

    def __init__(self, program):
        self.program, self.tz = program, program.tz
        items = AgendaItem.objects.filter(program=program).select_related("venue", "organization")
        items = items.concrete().prefetch_related("groups")
        self.items = {item.pk: item for item in items}
        for item in self.items.values():
            item.program = program
        self.groups = {group.name: group.pk for group in program.groups.all()}
        self.group_names = {pk: name for name, pk in self.groups.items()}
        self.places = Places(program)
        self.zone = datetime.combine(program.starts_on, time(), self.tz).tzname()
        self.classes = {kind: model for model in item_classes() for kind in model.KINDS}

    def plan(self, table, answers=None):
        """The Plan of ``table`` [(row number, cells)]."""
        answers = answers or Answers()
        first, last = self.program.starts_on, self.program.ends_on
        place, heads = find_heads(table)
        known = Known(first, last, self.groups, self.places.venue_keys)
        columns = recognise(heads, table[place:], known, answers.columns)
        rows, unread = read_rows(table[place:], columns, first, last, self.zone, answers.mends)
        self.places.answers = answers
        planned = [self._prepare(row, answers) for row in rows]
        self._match(planned, answers.fresh)
        for one in planned:
            self._compare(one, answers)
        self.places.settle_cities()
        return Plan(
            self.program,
            columns,
            planned,
            self._gone(planned),
            unread,
            self.places,
            answers,
            self.group_names,
        )

    def _prepare(self, row, answers):
        """``row`` with what its words mean; errors are noted in the row."""
        if (
            row.number in answers.next_day
            and row.start is not None
            and row.end is not None
            and row.end <= row.start
        ):
            row.end += DAY
            row.errors.pop("time", None)
        planned = Planned(row)
        for name in ("venue", "organization"):
            if row.text(name):
                planned.places[name] = self.places.choose(name, row.text(name))
        if row.text("speakers"):
            planned.places["speakers"] = self.places.people(row.text("speakers"))
        for name, limit in LIMITS.items():
            if len(row.text(name)) > limit:
                row.errors[name] = _("A text is longer than %(limit)d letters.") % {"limit": limit}
        if row.text("groups"):
            try:
                planned.groups = find_groups(row.text("groups"), self.groups)
            except LookupError as error:
                row.errors["groups"] = _("There is no group “%(name)s”.") % {"name": error.args[0]}
        if row.text("status") and find_status(row.text("status")) is None:
            row.errors["status"] = _("“%(text)s” is no status.") % {"text": row.text("status")}
        return planned

    def _match(self, planned, fresh):
        seen = {}
        for one in planned:
            self._find_double(one, seen)
        rows = [
            Asked(
                one.row.number,
                folded(one.row.titles),
                self._pk(one.row),
                one.row.day,
                one.row.start,
                one.row.end,
                one.groups,
                getattr(one.places.get("venue"), "pk", None),
            )
            for one in planned
            if "double" not in one.row.errors and one.row.number not in fresh
        ]
        found = match(rows, [self._entry(item) for item in self.items.values()])
        for one in planned:
            pk, one.guessed = found.get(one.row.number, (None, False))
            one.item = self.items.get(pk)
            if one.guessed:
                note = _("It was taken for “%(title)s”, which is at this time or has this title.")
                one.row.notes.append(note % {"title": one.item.title})

    def _find_double(self, one, seen):
        """An error in a row that is there twice."""
        row = one.row
        pk = self._pk(row)
        whole = pk or (row.day, row.start, row.end, folded(row.titles), one.groups)
        if whole in seen and (pk or row.start is not None):
            row.errors["double"] = _("It is the same item as row %(row)d.") % {"row": seen[whole]}
        seen.setdefault(whole, row.number)

    def _pk(self, row):
        """The primary key in a row, or None; one of another program is said, and passed over."""
        text = row.text("id")
        if not text:
            return None
        if text.isdecimal() and int(text) in self.items:
            return int(text)
        note = _("“%(text)s” is the ID of no item here: it is matched by day, time and title.") % {
            "text": text
        }
        if note not in row.notes:
            row.notes.append(note)
        return None

    def _entry(self, item):
        day, start, end = self.when(item)
        titles = folded([item.title, item.local_title])
        groups = frozenset(item.group_ids)
        return Entry(item.pk, titles, item.kind, day, start, end, groups, item.venue_id)

    def when(self, item):
        """(local date, start, end) of ``item``, in minutes since that midnight; all None unplaced."""
        if not item.is_placed:
            return None, None, None
        start, end = item.starts_at.astimezone(self.tz), item.ends_at.astimezone(self.tz)
        days = (end.date() - start.date()).days
        return start.date(), _minutes(start), _minutes(end) + days * DAY

    def moment(self, day, minutes):
        days, rest = divmod(minutes, DAY)
        return datetime.combine(day + timedelta(days=days), time(rest // 60, rest % 60), self.tz)

    # What would change

    def _compare(self, one, answers):
        row, item = one.row, one.item
        if item and not item.is_placed and not row.text("time") and not row.text("start"):
            row.errors.pop("time", None)  # it waits for its place, there and here
            row.errors.pop("day", None)
        self._choose_kind(one, answers)
        values = self._values(one)
        if item:
            one.values = {name: value for name, value in values.items() if _differs(item, name, value)}
            if one.groups == frozenset(item.group_ids):
                one.groups = None
            if one.people is not None and self.places.same_people(item, one.people):
                one.people = None
            one.sort = "changed" if one.values or one.groups is not None or one.people is not None else "same"
        else:
            one.values, one.sort = values, "new"
        if row.errors:
            one.sort = "error"
        if row.number in answers.left_out:
            one.sort = "left"
        for chosen in one.places.values():
            self.places.use(chosen, one)

    def _choose_kind(self, one, answers):
        row, item = one.row, one.item
        said = find_kind(row.text("kind")) if row.text("kind") else None
        if row.text("kind") and said is None:
            row.notes.append(_("“%(text)s” is no kind that is known.") % {"text": row.text("kind")})
        if item:
            one.kind = Kind(item.kind)
            if said and said != item.kind and self.class_of(said) is not type(item):
                words = {"kind": one.kind.label, "said": said.label}
                row.notes.append(_("It stays a “%(kind)s”: make a new item to have a “%(said)s”.") % words)
            elif said:
                one.kind = said
            return
        guess = said or guess_kind(" ".join(row.titles), teaches=bool(row.text("speakers")))
        one.kind = answers.kinds.get(row.number) or guess or Kind.SESSION
        one.kind_guessed = said is None and row.number not in answers.kinds

    def class_of(self, kind):
        return self.classes.get(kind, AgendaItem)

    def _values(self, one):
        """{field: value} that the row says; an empty cell says nothing."""
        row, item = one.row, one.item
        model = type(item) if item else self.class_of(one.kind)
        values = {"kind": one.kind} | {name: row.text(name) for name in TEXTS if row.text(name)}
        local = values.get("local_title")
        if local and "title" not in values:
            if item is None:
                values["title"] = local  # there has to be one; the Indonesian one stands in
            elif not item.local_title and item.title == local:
                del values["local_title"]
        if row.day and row.start is not None and row.end is not None and row.end > row.start:
            values["starts_at"] = self.moment(row.day, row.start)
            values["ends_at"] = self.moment(row.day, row.end)
        if row.text("status") and (status := find_status(row.text("status"))):
            values["status"] = status
        for name in ("venue", "organization"):
            if (chosen := one.places.get(name)) and chosen.answer != NONE:
                values[name] = chosen
        if row.text("contact"):
            if hasattr(model, "contact_name"):
                values["contact_name"] = row.text("contact")
            else:
                row.notes.append(_("Only visits and workshops have a contact: that cell is left out."))
        if people := one.places.get("speakers"):
            if model.PEOPLE_ROWS:
                one.people = tuple(person for person in people if person.answer != NONE)
            else:
                row.notes.append(_("Only sessions name speakers: that cell is left out."))
                del one.places["speakers"]
        return values

    def _gone(self, planned):
        days = {one.row.day for one in planned} - {None}
        taken = {one.item.pk for one in planned if one.item}
        gone = [
            item
            for item in self.items.values()
            if item.pk not in taken and item.status != Status.CANCELLED and self.when(item)[0] in days
        ]
        return sorted(gone, key=lambda item: (item.starts_at, item.pk))


def _minutes(moment):
    return moment.hour * 60 + moment.minute


def _differs(item, name, value):
    if name in ("venue", "organization"):
        return value.pk is None or value.pk != getattr(item, f"{name}_id")
    return getattr(item, name) != value
