"""A plan of a sheet in words, as the page of the preview shows it."""

from datetime import time

from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from program.agenda.kinds import Kind, Status
from program.drafting.sheet.columns import COLUMNS
from program.drafting.sheet.rows import MENDED

SORTS = {
    "new": gettext_lazy("new"),
    "changed": gettext_lazy("changed"),
    "same": gettext_lazy("unchanged"),
    "error": gettext_lazy("error"),
    "left": gettext_lazy("left out"),
}
MENDS = {  # what is typed anew for an error in a column
    "day": ("day",),
    "time": ("start", "end"),
    "title": ("title",),
    "local_title": ("title",),
    "groups": ("groups",),
}
APART = ("starts_at", "ends_at", "title", "local_title", "kind", "venue")  # have a column of their own
PLACES = {
    "venue": gettext_lazy("Venues"),
    "organization": gettext_lazy("Organizations"),
    "speakers": gettext_lazy("Speakers"),
}


def days_of_plan(plan):
    """[(date or None, rows)] in the order of the sheet, each row ready for the template."""
    days = {}
    for planned in plan.rows:
        days.setdefault(planned.row.day, []).append(_row(planned, plan))
    return list(days.items())


def _row(planned, plan):
    row, item, values = planned.row, planned.item, planned.values
    starts, ends = values.get("starts_at"), values.get("ends_at")
    was = _local(item, plan.program.tz)
    return {
        "number": row.number,
        "sort": planned.sort,
        "label": SORTS[planned.sort],
        "title": row.title or _("No title"),
        "old_title": _old_title(planned),
        "kind": planned.kind,
        "old_kind": Kind(item.kind).label if item and "kind" in values else "",
        "kind_guessed": planned.kind_guessed,
        "chooses_kind": item is None and planned.sort != "left",
        "start": _clock(starts) or _shown(row.start),
        "end": _clock(ends, starts) or _shown(row.end),
        "old_start": _clock(was[0]) if starts and was[0] and _clock(was[0]) != _clock(starts) else "",
        "old_end": _clock(was[1], was[0]) if ends and was[1] and was[1].time() != ends.time() else "",
        "old_day": was[0] if starts and was[0] and was[0].date() != starts.date() else None,
        "venue": _place(planned, "venue"),
        "groups": _groups(planned, plan),
        "more": _more(planned, plan),
        "errors": planned.errors,
        "notes": planned.notes,
        "fields": _fields(planned),
        "next_day": row.end is not None
        and row.start is not None
        and "time" in row.errors
        and row.end <= row.start,
        "guessed": planned.guessed,
        "is_fresh": row.number in plan.answers.fresh,
        "chose_next_day": row.number in plan.answers.next_day,
        "can_leave": planned.writes or planned.sort == "left" or bool(row.mended),
        "is_left": planned.sort == "left",
    }


def _local(item, tz):
    if item is None or not item.is_placed:
        return None, None
    return item.starts_at.astimezone(tz), item.ends_at.astimezone(tz)


def _clock(moment, start=None):
    if moment is None:
        return ""
    days = (moment.date() - start.date()).days if start else 0
    return time_format(moment) + (f" +{days}" if days else "")


def _shown(minutes):
    if minutes is None:
        return "?"
    days, rest = divmod(minutes, 24 * 60)
    return time_format(time(rest // 60, rest % 60)) + (f" +{days}" if days else "")


def _old_title(planned):
    item, values = planned.item, planned.values
    if item is None:
        return ""
    name = next((name for name in ("title", "local_title") if name in values), "")
    return getattr(item, name) if name else ""


def _place(planned, name):
    """What a row says of a place: its name, what it was before, and what it was understood from."""
    chosen, item = planned.places.get(name), planned.item
    there = getattr(item, name) if item else None
    if chosen is None or chosen.answer == "none":
        return {"name": there.name if there else "", "old": "", "from": "", "is_new": False}
    changes = item is not None and name in planned.values
    return {
        "name": chosen.name,
        "old": there.name if there and changes else "",
        "from": chosen.came_from,
        "is_new": chosen.is_new,
        "changes": changes,
    }


def _groups(planned, plan):
    names = plan.group_names
    there = planned.item.group_ids if planned.item else frozenset()
    now = planned.groups if planned.groups is not None else there
    return {
        "now": sorted(names[pk] for pk in now),
        "old": sorted(names[pk] for pk in there) if planned.item and planned.groups is not None else [],
        "changes": planned.item is not None and planned.groups is not None,
    }


def _more(planned, plan):
    """[(label, old, new)] of what has no column of its own on the page."""
    item, found = planned.item, []
    for name, value in planned.values.items():
        if name in APART:
            continue
        label = COLUMNS["contact" if name == "contact_name" else name]
        old = _words(name, getattr(item, name)) if item else ""
        new = value.name if name == "organization" else _words(name, value)
        if new:
            found.append((label, old, new))
    if planned.people is not None:
        old = (
            [plan.places.names["speakers"].name(pk) for pk in plan.places.people_of.get(item.pk, ())]
            if item
            else []
        )
        found.append(
            (COLUMNS["speakers"], ", ".join(old), ", ".join(person.name for person in planned.people))
        )
    return found


def _words(name, value):
    if value in (None, ""):
        return ""
    return str(Status(value).label) if name == "status" else str(value)


def _fields(planned):
    """What can be typed anew in the row: what is wrong, and what was mended already."""
    row = planned.row
    names = dict.fromkeys(name for error in row.errors for name in MENDS.get(error, ()))
    names |= dict.fromkeys(row.mended)
    return [
        {
            "name": name,
            "label": COLUMNS[name],
            "value": row.text(name) if name in row.mended else row.was.get(name, ""),
            "was": row.was.get(name, ""),
        }
        for name in MENDED
        if name in names
    ]


def places_of_plan(plan):
    """[(sort, label, its Chosen to look at, all there are)]; a sort that no row names is left out."""
    found = []
    for sort, label in PLACES.items():
        used = plan.places.of(sort)
        if used:
            named = sorted(plan.places.names[sort].named, key=lambda one: one.names[0].casefold())
            asked = [one for one in used if one.asks or one.answer != getattr(one.found.named, "pk", None)]
            found.append((sort, label, asked, [one.names[0] for one in _known(used, asked)], named))
    return found


def _known(used, asked):
    return [one.found.named for one in used if one not in asked and one.found.named]
