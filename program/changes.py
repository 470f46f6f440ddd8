"""The difference of two agendas in words, old value beside new. No database here."""

from dataclasses import dataclass, fields
from enum import StrEnum

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .agenda import Item
from .kinds import Status

LABELS = {
    "activity": gettext_lazy("What you will do"),
    "address": gettext_lazy("Address"),
    "attendance_counts": gettext_lazy("Attendance counts"),
    "bring": gettext_lazy("Bring"),
    "capacity": gettext_lazy("Capacity"),
    "city": gettext_lazy("City"),
    "description": gettext_lazy("Description"),
    "destination": gettext_lazy("Destination"),
    "dress": gettext_lazy("Dress"),
    "ends_on": gettext_lazy("Last day"),
    "headline_text": gettext_lazy("Headline"),
    "kind": gettext_lazy("Kind"),
    "latitude": gettext_lazy("Position"),
    "lesson_hours": gettext_lazy("Lesson hours"),
    "longitude": gettext_lazy("Position"),
    "meeting_point": gettext_lazy("Meeting point"),
    "name": gettext_lazy("Name"),
    "note_text": gettext_lazy("Note"),
    "notes": gettext_lazy("Notes"),
    "objectives": gettext_lazy("Objectives"),
    "organization": gettext_lazy("Organization"),
    "origin": gettext_lazy("Origin"),
    "role": gettext_lazy("Role"),
    "room": gettext_lazy("Room"),
    "safety": gettext_lazy("Safety"),
    "seats": gettext_lazy("Seats"),
    "size": gettext_lazy("Size"),
    "speakers": gettext_lazy("Speakers"),
    "starts_on": gettext_lazy("First day"),
    "summary_text": gettext_lazy("Summary"),
    "theme": gettext_lazy("Theme"),
    "timezone": gettext_lazy("Time zone"),
    "vehicle": gettext_lazy("Vehicle"),
    "website": gettext_lazy("Website"),
}
# Told in a sentence of their own, below.
TOLD_APART = {"id", "name", "starts_at", "ends_at", "venue", "groups", "status"}


class Sort(StrEnum):
    NEW = "new"
    MOVED = "moved"
    CANCELLED = "cancelled"
    REMOVED = "removed"
    CHANGED = "changed"
    DETAILS = "details"  # of the program, a day, a place: no item


SORT_LABELS = {
    Sort.NEW: gettext_lazy("New"),
    Sort.MOVED: gettext_lazy("Moved"),
    Sort.CANCELLED: gettext_lazy("Cancelled"),
    Sort.REMOVED: gettext_lazy("Taken out"),
    Sort.CHANGED: gettext_lazy("Changed"),
    Sort.DETAILS: gettext_lazy("Details"),
}


@dataclass(frozen=True)
class Change:
    """What happened to one item (``old`` or ``new`` is None when it came or went), or, without both,
    to something that is not an item. ``lines`` are sentences, each old beside new."""

    sort: Sort
    title: str
    lines: tuple[str, ...]
    old: Item | None = None
    new: Item | None = None

    @property
    def item(self):
        """The item as it is now, or as it was before it went; None for details."""
        return self.new or self.old

    @property
    def label(self):
        return SORT_LABELS[self.sort]

    @property
    def sentence(self):
        """All of it in one line: "Workshop: trying the CNC machine: 10:30 instead of 10:00"."""
        return _("%(title)s: %(changes)s") % {"title": self.title, "changes": "; ".join(self.lines)}

    def concerns(self, group):
        """Whether ``group`` (a name; None for everybody) took or takes part in the item."""
        items = [item for item in (self.old, self.new) if item]
        return not items or any(item.concerns(group) for item in items)


def compare(old, new):
    """All Changes from the Agenda ``old`` (None: there was none) to ``new``, items by start first."""
    before = {item.id: item for item in old.items} if old else {}
    after = {item.id: item for item in new.items}
    changes = [
        change
        for pk in before.keys() | after.keys()
        if (change := _compare_item(before.get(pk), after.get(pk)))
    ]
    changes.sort(key=lambda change: (change.item.starts_at, change.item.id))
    return changes + (_details(old, new) if old else [])


def for_group(changes, group):
    """The changes that concern ``group`` (its name), told from its side.

    An item that is given to the group is new for it; one that is taken from it is told as changed.
    """
    return [change for change in changes if change.concerns(group)]


def _compare_item(old, new):
    if old is None:
        return Change(Sort.NEW, new.title, (_new_line(new),), new=new)
    if new is None:
        if old.cancelled:
            return None  # it was cancelled before: that it is gone is no news
        return Change(Sort.REMOVED, old.title, (_removed_line(old),), old=old)
    lines = tuple(_lines(old, new))
    if not lines:
        return None
    if new.cancelled and not old.cancelled:
        sort = Sort.CANCELLED
    elif (old.starts_at, old.ends_at, old.venue) != (new.starts_at, new.ends_at, new.venue):
        sort = Sort.MOVED
    else:
        sort = Sort.CHANGED
    return Change(sort, new.title, lines, old=old, new=new)


def _new_line(item):
    return _("new, %(when)s") % {"when": when(item)}


def _removed_line(item):
    return _("taken out of the agenda, was %(when)s") % {"when": when(item)}


def when(item):
    """The day and times of an item in words: "Tuesday 24 July 2018, 10:00–11:00 WIB"."""
    return _("%(day)s, %(start)s–%(end)s %(zone)s") % {
        "day": date_format(item.starts_at),
        "start": time_format(item.starts_at),
        "end": time_format(item.ends_at),
        "zone": item.starts_at.tzname(),
    }


def _lines(old, new):
    if old.status != new.status:
        yield _status_line(old, new)
    yield from _time_lines(old, new)
    if old.venue != new.venue and _venue_name(old) != _venue_name(new):
        yield _("now at %(new)s instead of %(old)s") % {
            "new": _venue_name(new),
            "old": _venue_name(old),
        }
    if old.groups != new.groups:
        yield _("now for %(new)s instead of %(old)s") % {
            "new": groups_text(new.groups),
            "old": groups_text(old.groups),
        }
    if old.name != new.name:
        yield _("now called “%(new)s” instead of “%(old)s”") % {"new": new.name, "old": old.name}
    for name in (f.name for f in fields(Item) if f.name not in TOLD_APART | {"local_name"}):
        line = _field_line(name, getattr(old, name), getattr(new, name))
        if line:
            yield line
    if old.local_name != new.local_name:
        yield _instead(_("Title in Bahasa Indonesia"), old.local_name, new.local_name)


def _status_line(old, new):
    if new.cancelled:
        return _("cancelled, was %(when)s") % {"when": when(old)}
    if old.cancelled:
        return _("takes place after all")
    return _("confirmed") if new.status == Status.CONFIRMED else _("not yet confirmed")


def _time_lines(old, new):
    if old.day != new.day:
        yield _("%(new)s instead of %(old)s") % {"new": when(new), "old": when(old)}
        return
    if old.starts_at != new.starts_at:
        yield _("%(new)s instead of %(old)s") % {
            "new": time_format(new.starts_at),
            "old": time_format(old.starts_at),
        }
    if old.ends_at != new.ends_at:
        yield _("ends %(new)s instead of %(old)s") % {
            "new": time_format(new.ends_at),
            "old": time_format(old.ends_at),
        }


def groups_text(groups):
    """The names of groups in words: "group A", "groups A, B", "everybody"."""
    if not groups:
        return _("everybody")
    if len(groups) == 1:
        return _("group %(name)s") % {"name": groups[0]}
    return _("groups %(names)s") % {"names": ", ".join(groups)}


def _venue_name(item):
    return item.venue.name if item.venue else _("no venue")


def _field_line(name, old, new):
    """A line for a field whose value reads differently now; None when it reads the same."""
    old, new = _readable(old), _readable(new)
    return None if old == new else _instead(LABELS.get(name, name), old, new)


def _instead(label, old, new):
    if not old:
        return _("%(label)s: now “%(new)s”") % {"label": label, "new": new}
    if not new:
        return _("%(label)s: no longer “%(old)s”") % {"label": label, "old": old}
    return _("%(label)s: “%(new)s” instead of “%(old)s”") % {"label": label, "new": new, "old": old}


def _readable(value):
    if value is None or value is False:
        return ""
    if value is True:
        return _("yes")
    if isinstance(value, tuple):
        return ", ".join(_readable(part) for part in value)
    return str(getattr(value, "name", value))


def _details(old, new):
    """Changes outside the items: the program itself, its days, groups, organizations and venues."""
    changes = []
    program_lines = _object_lines(old.program, new.program)
    if program_lines:
        changes.append(Change(Sort.DETAILS, _("Program"), tuple(program_lines)))
    old_days, new_days = ({day.date: day for day in agenda.replace_items(()).days} for agenda in (old, new))
    for before, after in _pairs(old_days, new_days):
        lines = _object_lines(before, after) if before and after else ()
        if lines:
            changes.append(Change(Sort.DETAILS, date_format(after.date), tuple(lines)))
    for rows in ("groups", "organizations", "venues"):
        key = "name" if rows == "groups" else "slug"
        old_rows, new_rows = (
            {getattr(row, key): row for row in getattr(agenda, rows)} for agenda in (old, new)
        )
        for before, after in _pairs(old_rows, new_rows):
            if before and after:
                lines = _object_lines(before, after)
            else:
                lines = [_("new") if after else _("taken out")]
            if lines:
                changes.append(Change(Sort.DETAILS, (after or before).name, tuple(lines)))
    return changes


def _pairs(old, new):
    return [(old.get(key), new.get(key)) for key in dict.fromkeys([*old, *new])]


def _object_lines(old, new):
    """One line per field that differs; several fields with one label are told once."""
    lines = {}
    for name in (f.name for f in fields(old) if f.name != "items"):
        before, after = getattr(old, name), getattr(new, name)
        if before == after:
            continue
        label = str(LABELS.get(name.removeprefix("local_"), _("Other details")))
        lines.setdefault(label, _instead(label, _readable(before), _readable(after)))
    return list(lines.values())
