"""The difference of two agendas in words, old value beside new. No database here."""

from dataclasses import dataclass, fields, replace
from datetime import date
from enum import StrEnum

from django.utils.formats import date_format, number_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .agenda import Day, Item
from .dates import times_text
from .facts import Group, Organization, Speaker, Venue
from .kinds import Kind, Origin, Role, Status

# What each field is called; "english_" and "local_" before its name are told by _label.
LABELS = {
    "activity": gettext_lazy("What you will do"),
    "address": gettext_lazy("Address"),
    "approximate": gettext_lazy("Position is approximate"),
    "attendance_counts": gettext_lazy("Attendance counts"),
    "be_there": gettext_lazy("Minutes to be there before it leaves"),
    "bring": gettext_lazy("Bring"),
    "capacity": gettext_lazy("Capacity"),
    "city": gettext_lazy("City"),
    "countries": gettext_lazy("Countries"),
    "description": gettext_lazy("Description"),
    "destination": gettext_lazy("Destination"),
    "dress": gettext_lazy("Dress"),
    "ends_on": gettext_lazy("Last day"),
    "framework": gettext_lazy("Framework"),
    "headline": gettext_lazy("Headline"),
    "kind": gettext_lazy("Kind"),
    "latitude": gettext_lazy("Latitude"),
    "lesson_hours": gettext_lazy("Lesson hours"),
    "longitude": gettext_lazy("Longitude"),
    "meeting_point": gettext_lazy("Meeting point"),
    "name": gettext_lazy("Name"),
    "note": gettext_lazy("Note"),
    "notes": gettext_lazy("Notes"),
    "objectives": gettext_lazy("Objectives"),
    "organization": gettext_lazy("Organization"),
    "origin": gettext_lazy("Origin"),
    "parent": gettext_lazy("Part of"),
    "role": gettext_lazy("Role"),
    "room": gettext_lazy("Room"),
    "safety": gettext_lazy("Safety"),
    "seats": gettext_lazy("Seats"),
    "short_title": gettext_lazy("Short title"),
    "size": gettext_lazy("Size"),
    "slug": gettext_lazy("Address"),
    "sources": gettext_lazy("Sources"),
    "speakers": gettext_lazy("Speakers"),
    "starts_on": gettext_lazy("First day"),
    "summary": gettext_lazy("Summary"),
    "theme": gettext_lazy("Theme"),
    "timezone": gettext_lazy("Time zone"),
    "title": gettext_lazy("Title"),
    "vehicle": gettext_lazy("Vehicle"),
    "website": gettext_lazy("Website"),
}
CHOICES = {"kind": Kind, "origin": Origin, "role": Role}
# Of an item, told in sentences of their own; the date and the items of a day are no words about it.
TOLD_APART = {"id", "starts_at", "ends_at", "venue", "groups", "status", "date", "items"}


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
    Sort.REMOVED: gettext_lazy("Removed"),
    Sort.CHANGED: gettext_lazy("Changed"),
    Sort.DETAILS: gettext_lazy("Details"),
}


@dataclass(frozen=True)
class Change:
    """What happened to one item (``old`` or ``new`` is None when it came or went), or, without both,
    to something that is not an item: ``about`` is then its key, as in program/publishing/parts.py. ``lines``
    are sentences, each old beside new; they do not say again what the label says."""

    sort: Sort
    title: str
    lines: tuple[str, ...]
    old: Item | None = None
    new: Item | None = None
    about: str = ""

    @property
    def key(self):
        """What it is about, as program/publishing/parts.py names it: "item:17", "venue:hall"."""
        return f"item:{self.item.id}" if self.item else self.about

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
    """The changes that concern ``group`` (a Group; None for everybody), from its point of view.

    An item that is given to the group is new for it, and one that is given to others instead is removed.
    """
    told = (_from_the_side_of(group, group.id if group else None, change) for change in changes)
    return [change for change in told if change]


def renamed(old, new, group):
    """The Change that says how the group with the id ``group`` is called now; None when it keeps its name."""
    before, after = old.group(group), new.group(group)
    if not before or not after or before.name == after.name:
        return None
    return Change(Sort.DETAILS, _title(before), (_name_line(after),))


def _name_line(group):
    return _("is now called “%(name)s”") % {"name": group.name}


def _from_the_side_of(group, pk, change):
    old, new = change.old, change.new
    if not change.item:
        return change
    if not (old and new):
        return change if change.item.concerns(pk) else None
    had, has = old.concerns(pk), new.concerns(pk)
    if had and has:
        return change
    if has:
        return _compare_item(None, new)
    if not had or old.cancelled:
        return None
    line = _("no longer for %(whom)s, was %(when)s") % {"whom": groups_text((group,)), "when": when(old)}
    return Change(Sort.REMOVED, old.title, (line,), old=old)


def _compare_item(old, new):
    if old is None:
        return Change(Sort.NEW, new.title, tuple(_new_lines(new)), new=new)
    if new is None:
        if old.cancelled:
            return None  # it was cancelled before, so its removal is no news
        line = _("no longer in the agenda, was %(when)s") % {"when": when(old)}
        return Change(Sort.REMOVED, old.title, (line,), old=old)
    lines = tuple(_lines(old, new)) if old != new else ()
    if not lines:
        return None
    if new.cancelled and not old.cancelled:
        sort = Sort.CANCELLED
    elif (old.starts_at, old.ends_at) != (new.starts_at, new.ends_at) or _is_elsewhere(old, new):
        sort = Sort.MOVED
    else:
        sort = Sort.CHANGED
    return Change(sort, new.title, lines, old=old, new=new)


def _new_lines(item):
    yield when(item)
    if item.cancelled:
        yield _("cancelled")


def when(item):
    """The day and times of an item in words: "Tuesday 24 July 2018, 10:00–11:00 WIB"."""
    return _("%(day)s, %(times)s") % {"day": date_format(item.starts_at), "times": times_text(item)}


def _lines(old, new):
    if old.status != new.status:
        yield _status_line(old, new)
    yield from _time_lines(old, new)
    if _is_elsewhere(old, new):
        same_name = _venue_name(old) == _venue_name(new)
        name = _venue_words if same_name else _venue_name
        yield _("now at %(new)s instead of %(old)s") % {"new": name(new), "old": name(old)}
    if old.group_ids != new.group_ids:
        yield _("now for %(new)s instead of %(old)s") % {
            "new": groups_text(new.groups),
            "old": groups_text(old.groups),
        }
    if old.english_title != new.english_title:
        titles = {"new": new.english_title, "old": old.english_title}
        yield _("now called “%(new)s” instead of “%(old)s”") % titles
    yield from _field_lines(old, new, leave=TOLD_APART | {"english_title", "local_title"})
    if old.local_title != new.local_title:
        yield _instead(_("Title in Bahasa Indonesia"), old.local_title, new.local_title)


def _status_line(old, new):
    if new.cancelled:
        return _("was %(when)s") % {"when": when(old)}
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
    """The names of ``groups`` (of a release or a draft) in words: "group A", "groups A, B", "everybody"."""
    return group_names_text([group.name for group in groups])


def group_names_text(names):
    """Names of groups in words, as groups_text() says them."""
    if not names:
        return _("everybody")
    if len(names) == 1:
        return _("group %(name)s") % {"name": names[0]}
    return _("groups %(names)s") % {"names": ", ".join(names)}


def _venue_name(item):
    return item.venue.name if item.venue else _("no venue")


def _venue_words(item):
    return ", ".join(filter(None, (item.venue.name, item.venue.city, item.venue.address)))


def _is_elsewhere(old, new):
    """Whether it is at another venue, not only at one whose name or address was corrected."""
    if not old.venue or not new.venue:
        return old.venue != new.venue
    return old.venue.slug != new.venue.slug and _venue_words(old) != _venue_words(new)


def _field_lines(old, new, leave=TOLD_APART):
    """A line for each field of two objects of one class that reads differently now."""
    for name in (field.name for field in fields(old) if field.name not in leave):
        before, after = getattr(old, name), getattr(new, name)
        if _identity(before) == _identity(after):
            continue
        was, now = _text(name, before), _text(name, after)
        if was != now:
            yield _instead(_label(name), was, now)


def _identity(value):
    """What a place or speaker is to the item that names it: a place's own changes are told once, apart."""
    if isinstance(value, (Organization, Venue)):
        return value.slug
    if isinstance(value, Speaker):
        return value.name, value.position, _identity(value.organization)
    if isinstance(value, tuple):
        return tuple(_identity(part) for part in value)
    return value


def _label(name):
    label = LABELS[name.removeprefix("english_").removeprefix("local_")]
    return _("%(label)s in Bahasa Indonesia") % {"label": label} if name.startswith("local_") else label


def _instead(label, old, new):
    if not old:
        return _("%(label)s: now “%(new)s”") % {"label": label, "new": new}
    if not new:
        return _("%(label)s: no longer “%(old)s”") % {"label": label, "old": old}
    return _("%(label)s: “%(new)s” instead of “%(old)s”") % {"label": label, "new": new, "old": old}


def _text(name, value):
    if value is None or value is False:
        return ""
    if value is True:
        return _("yes")
    if isinstance(value, tuple):
        return ", ".join(_text(name, part) for part in value)
    if isinstance(value, Speaker):
        about = ", ".join(filter(None, (value.position, _text(name, value.organization))))
        return f"{value.name} ({about})" if about else value.name
    if isinstance(value, (Organization, Venue)):
        return _title(value)
    if isinstance(value, date):
        return date_format(value)
    if isinstance(value, float):
        return number_format(str(value).removesuffix(".0"))
    return str(CHOICES[name](value).label if name in CHOICES else value)


def _title(row):
    """What a group, organization or venue is called in the language of the page."""
    if isinstance(row, Group):
        return groups_text((row,))
    return row.name


def _details(old, new):
    """Changes outside the items: the program itself, its days, groups, organizations and venues."""
    told = [("program", _("Program"), _field_lines(old.program, new.program))]
    for date_, before, after in _pairs(_days(old), _days(new)):
        lines = _field_lines(before or Day(date_), after or Day(date_))
        told.append((f"day:{date_.isoformat()}", date_format(date_), lines))
    for key, before, after in _pairs(_rows(old), _rows(new)):
        came_or_went = [_("new") if after else _("removed")]
        lines = _row_lines(before, after) if before and after else came_or_went
        told.append((key, _title(before if isinstance(before, Group) else after or before), lines))
    changes = [Change(Sort.DETAILS, title, tuple(lines), about=key) for key, title, lines in told]
    return [change for change in changes if change.lines]


def _row_lines(old, new):
    if isinstance(old, Group):
        name = [_name_line(new)] if old.name != new.name else []
        return name + list(_field_lines(old, new, leave={"id", "name"}))
    return _field_lines(old, new)


def _pairs(old, new):
    return [(key, old.get(key), new.get(key)) for key in sorted(old.keys() | new.keys(), key=str)]


def _days(agenda):
    return {day.date: day for day in agenda.replace_items(()).days}


def _rows(agenda):
    """All that items are tied to; organizations with the name of what they are part of."""
    names = {row.slug: row.name for row in agenda.organizations}
    return (
        {f"group:{row.id}": row for row in agenda.groups}
        | {
            f"organization:{row.slug}": replace(row, parent=names.get(row.parent))
            for row in agenda.organizations
        }
        | {f"venue:{row.slug}": row for row in agenda.venues}
    )
