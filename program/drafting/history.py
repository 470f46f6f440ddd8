"""Who changed what of an agenda item, and when; and undoing it.

An item's timeline is made of the versions that its own class keeps, and of the rows that tie groups (and
speakers) to it. Every change saves the item first and its rows after, so a row belongs to the version
that was saved last before it.
"""

from dataclasses import dataclass
from datetime import datetime

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.formats import date_format, time_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from program.agenda import reasons
from program.models import AgendaItem
from program.models.operation import InOperation

ADDED, CHANGED, DELETED = "+", "~", "-"
BEFORE_DELETING = "deleted"


@dataclass(frozen=True)
class Line:
    """One thing that changed, in words; "" means that there was or is nothing."""

    label: str
    old: str
    new: str

    @property
    def sentence(self):
        words = {"label": self.label, "old": self.old, "new": self.new}
        if not self.old:
            return _("%(label)s: now “%(new)s”") % words
        if not self.new:
            return _("%(label)s: no longer “%(old)s”") % words
        return _("%(label)s: “%(new)s” instead of “%(old)s”") % words


@dataclass(frozen=True)
class Entry:
    """One save of an item: ``sort`` is ADDED, CHANGED or DELETED; ``user`` is None for the portal itself.

    ``fields`` are (field, old, new) raw values, ``rows`` (name, ids before, ids after) of what is tied to it.
    """

    record: object
    fields: tuple
    rows: tuple
    lines: tuple[Line, ...]

    @property
    def sort(self):
        return self.record.history_type

    @property
    def version(self):
        return self.record.version

    @property
    def at(self) -> datetime:
        return self.record.history_date

    @property
    def user(self):
        return self.record.history_user

    @property
    def who(self):
        return self.user.get_full_name() or self.user.get_username() if self.user else _("The portal")

    @property
    def reason(self):
        operation = getattr(self.record, "operation", None)
        return operation.sentence if operation else reasons.told(self.record.history_change_reason)

    @property
    def shows(self):
        """Whether it tells a reader something: the save just before an item is deleted does not."""
        return self.record.history_change_reason != BEFORE_DELETING

    @property
    def can_be_taken_back(self):
        return self.sort == CHANGED and bool(self.fields or self.rows)

    @property
    def sentence(self):
        """All of it in one line: "Room: “Hall B” instead of “Hall A”; Groups: now “A”"."""
        return "; ".join(line.sentence for line in self.lines) or self.reason or _("nothing visible")


def item_classes():
    """AgendaItem and every class of items that an app adds to it; AgendaItem itself comes first."""
    return [model for model in apps.get_models() if issubclass(model, AgendaItem)]


def timeline(item):
    """All Entries of ``item`` (of its own class), newest first. A fixed number of queries.

    It tells of whatever belongs to a program and keeps a history; only items have versions that can be
    undone.
    """
    history = type(item).history
    related = ["history_user", *(["operation"] if issubclass(history.model, InOperation) else [])]
    records = history.filter(**{item._meta.pk.attname: item.pk}).select_related(*related)
    records = list(records.order_by("history_date", "history_id"))
    rows = {name: _row_records(item, name) for name in getattr(item, "HISTORY_ROWS", ())}
    states = {name: {} for name in rows}
    drafts = []
    for place, record in enumerate(records):
        until = records[place + 1].history_date if place + 1 < len(records) else None
        tied = []
        for name, changes in rows.items():
            state = states[name]
            before = tuple(state.values())
            while changes and (until is None or changes[0][0] < until):
                _at, sort, row, thing = changes.pop(0)
                if sort == DELETED:
                    state.pop(row, None)
                else:
                    state[row] = thing
            if tuple(state.values()) != before:
                tied.append((name, before, tuple(state.values())))
        fields = () if record.history_type != CHANGED or not place else _fields(record, records[place - 1])
        drafts.append((record, fields, tuple(tied)))
    return _in_words(item, drafts)[::-1]


def _row_records(item, name):
    """(when, sort, row, thing) of every change to the rows ``name`` of ``item``, in order."""
    rows = item._meta.get_field(name)
    thing = _thing(item, name)
    history = rows.related_model.history.filter(**{rows.field.attname: item.pk})
    return list(
        history.order_by("history_date", "history_id").values_list(
            "history_date", "history_type", rows.related_model._meta.pk.attname, thing.attname
        )
    )


def _thing(item, name):
    """The foreign key of the rows ``name`` that leads away from ``item``: to a group, or a speaker."""
    rows = item._meta.get_field(name)
    return next(
        field
        for field in rows.related_model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field != rows.field
    )


def _fields(record, before):
    changes = record.diff_against(before).changes
    model = record.instance_type
    found = [(model._meta.get_field(change.field), change.old, change.new) for change in changes]
    order = {field.name: place for place, field in enumerate(model._meta.get_fields())}
    return tuple(sorted(found, key=lambda change: order[change[0].name]))


def _in_words(item, drafts):
    names = names_of(item, drafts)
    return [
        Entry(
            record,
            fields,
            rows,
            lines_of(item, fields, rows, names) if record.history_type == CHANGED else (),
        )
        for record, fields, rows in drafts
    ]


def lines_of(item, fields, rows, names):
    """The Lines of (field, old, new) values, and of (name, ids before, ids after) of what is tied."""
    tz = item.program.tz
    lines = [
        Line(capfirst(field.verbose_name), _words(field, old, tz, names), _words(field, new, tz, names))
        for field, old, new in fields
    ]
    for name, before, after in rows:
        model = _thing(item, name).related_model
        old, new = (", ".join(sorted(names[model].get(pk, _gone()) for pk in ids)) for ids in (before, after))
        lines.append(Line(capfirst(model._meta.verbose_name_plural), old, new))
    return tuple(lines)


def lines_of_steps(pairs, tz):
    """[[(label, old, new)]] of what differs in each pair of entries of an item's history, (before, after).

    Nothing where ``before`` is None. One query for each model that the values point at.
    """
    found = [() if before is None else _fields(after, before) for before, after in pairs]
    names = names_of(None, [(None, fields, ()) for fields in found])
    return [
        [
            (capfirst(field.verbose_name), _words(field, old, tz, names), _words(field, new, tz, names))
            for field, old, new in fields
            if field.attname != "version"
        ]
        for fields in found
    ]


def names_of(item, drafts):
    """{model: {pk: its name}} of everything the changes point at: one query for each model."""
    wanted = {}
    for _record, fields, rows in drafts:
        for field, old, new in fields:
            if field.related_model:
                wanted.setdefault(field.related_model, set()).update({old, new} - {None})
        for name, before, after in rows:
            wanted.setdefault(_thing(item, name).related_model, set()).update(before, after)
    return {
        model: {pk: str(found) for pk, found in model._base_manager.in_bulk(pks).items()}
        for model, pks in wanted.items()
    }


def _gone():
    return _("(no longer there)")


def _words(field, value, tz, names):
    if value is None or value == "":
        return ""
    if field.related_model:
        return names[field.related_model].get(value, _gone())
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, datetime):
        return moment_words(value, tz)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value)


def moment_words(moment, tz):
    """ "24 Jul 2018, 09:30 WIB" in the zone ``tz``."""
    local = moment.astimezone(tz)
    return _("%(day)s, %(time)s %(zone)s") % {
        "day": date_format(local, "SHORT_DATE_FORMAT"),
        "time": time_format(local),
        "zone": local.tzname(),
    }


def lines_of_taking_back(item, entry):
    """What ``take_back`` of ``entry`` would do to ``item`` as it is now, as Lines."""
    fields = [(field, field.value_from_object(item), old) for field, old, _new in entry.fields]
    rows = []
    for name, before, after in entry.rows:
        now = set(_tied(item, name).values_list(_thing(item, name).attname, flat=True))
        rows.append((name, now, (now | set(before)) - (set(after) - set(before))))
    names = names_of(item, [(None, fields, rows)])
    return [line for line in lines_of(item, fields, rows, names) if line.old != line.new]


class CannotTakeBack(Exception):
    """The earlier values are no longer possible: ``messages`` say why."""

    def __init__(self, messages):
        super().__init__("; ".join(messages))
        self.messages = messages


@transaction.atomic
def take_back(item, version):
    """Restore the values that the version number ``version`` of ``item`` changed, as a new version.

    Later changes elsewhere in the item stay. Returns the saved item; raises CannotTakeBack,
    and changes nothing, when the item would be invalid.
    """
    AgendaItem.objects.select_for_update().get(pk=item.pk)
    item = AgendaItem.objects.select_related("program").concrete().get(pk=item.pk)
    entry = next((e for e in timeline(item) if e.version == version and e.can_be_taken_back), None)
    if entry is None:
        raise CannotTakeBack([_("There is nothing to undo.")])
    for field, old, _new in entry.fields:
        setattr(item, field.attname, old)
    try:
        item.full_clean()
    except ValidationError as error:
        raise CannotTakeBack(error.messages) from None
    item.save_as(reasons.kept(reasons.UNDONE, version))
    for name, before, after in entry.rows:
        retie(item, name, add=set(before) - set(after), remove=set(after) - set(before))
    return item


def retie(item, name, add, remove=()):
    """Tie to ``item`` the rows ``name`` of what ``add`` names, in that order and where it is still there, and
    untie ``remove``; one by one, so that each enters the history.
    """
    thing = _thing(item, name)
    tied = _tied(item, name)
    for row in tied.filter(**{f"{thing.name}__in": remove}):
        row.delete()
    present = set(tied.values_list(thing.attname, flat=True))
    missing = [pk for pk in add if pk not in present]
    there = thing.related_model._base_manager.in_bulk(missing)
    for pk in missing:
        if pk in there:
            tied.model.objects.create(
                **{item._meta.get_field(name).field.attname: item.pk, thing.attname: pk}
            )


def _tied(item, name):
    rows = item._meta.get_field(name)
    return rows.related_model.objects.filter(**{rows.field.attname: item.pk})


@transaction.atomic
def delete(item, operation=None):
    """Delete ``item`` (of its own class) so that ``restore`` can undo it with all that is tied to it.

    It is saved once more first: the rows that go with it then belong to that version.
    """
    item.save_as(BEFORE_DELETING, operation)
    item.delete()


def deleted(program):
    """The history's records of items of ``program`` that are gone, the last deleted first.

    One query for each class of items, and one.
    """
    present = set(AgendaItem.objects.filter(program=program).values_list("pk", flat=True))
    found = {}
    for model in item_classes():  # AgendaItem comes first: a child's record has more
        records = model.history.filter(program=program, history_type=DELETED).select_related("history_user")
        found |= {
            record.id: record for record in records.order_by("history_date") if record.id not in present
        }
    return sorted(found.values(), key=lambda record: record.history_date, reverse=True)


@transaction.atomic
def restore(record):
    """Restore the item that ``record`` (one of ``deleted``) says was deleted, and return it.

    It has its earlier address, and the groups and speakers that are still there.
    """
    item = record.instance
    last = next(entry for entry in timeline(item) if entry.sort != DELETED)
    item._state.adding = True
    try:
        item.full_clean()
    except ValidationError as error:
        raise CannotTakeBack(error.messages) from None
    item.save_as(reasons.kept(reasons.RESTORED))
    for name in item.HISTORY_ROWS:
        before = next((ids for row_name, ids, _after in last.rows if row_name == name), ())
        retie(item, name, add=before)
    return item
