"""What an operation did, as a sentence in the page's language. Pure: made from its kind and summary alone."""

from datetime import date, datetime

from django.utils.formats import date_format, time_format
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from program.agenda.changes import group_names_text
from program.agenda.dates import span_text
from program.agenda.kinds import Status


def sentence(kind, summary):
    """The sentence for an operation of that kind; the text it was kept with, where it has only that."""
    return summary.get("text") or SENTENCES[kind](**summary)


def _delay(minutes, title, group=""):
    words = {
        "minutes": abs(minutes),
        "title": Truncator(title).chars(40),
        "whom": group_names_text((group,) if group else ()),
    }
    if minutes > 0:
        text = ngettext(
            "%(minutes)d minute later from “%(title)s” on, for %(whom)s",
            "%(minutes)d minutes later from “%(title)s” on, for %(whom)s",
            words["minutes"],
        )
    else:
        text = ngettext(
            "%(minutes)d minute earlier from “%(title)s” on, for %(whom)s",
            "%(minutes)d minutes earlier from “%(title)s” on, for %(whom)s",
            words["minutes"],
        )
    return text % words


def _move_day(day, to):
    words = {"from": date_format(date.fromisoformat(day)), "to": date_format(date.fromisoformat(to))}
    return _("Moved from %(from)s to %(to)s") % words


def _status(status, count):
    text = ngettext("%(count)d item set to “%(status)s”", "%(count)d items set to “%(status)s”", count)
    return text % {"count": count, "status": Status(status).label}


def _rows(count, groups=None):
    """``groups`` is for undoing."""
    text = ngettext("%(count)d row of the table saved", "%(count)d rows of the table saved", count)
    return text % {"count": count}


def _place(title="", old=None, new=None, count=1, names=None, added=False, groups=None):
    """``old`` and ``new`` are local (start, end) in ISO, None where it was or is not placed; ``names`` those
    of the groups before and after; ``groups`` is for undoing."""
    if count > 1:
        text = ngettext("%(count)d item moved", "%(count)d items moved", count)
        return text % {"count": count}
    title = Truncator(title).chars(40)
    if added:
        return _("“%(title)s” added") % {"title": title}
    text = "" if names and old == new else _placed(title, old, new)
    if not names:
        return text
    words = {"title": title, "new": group_names_text(names[1]), "old": group_names_text(names[0])}
    if not text:
        return _("“%(title)s” is now for %(new)s, was for %(old)s") % words
    return _("%(what)s; now for %(new)s, was for %(old)s") % (words | {"what": text})


def _placed(title, old, new):
    """Where an item was and is, of local (start, end) in ISO or None."""
    old, new = ([datetime.fromisoformat(moment) for moment in times or ()] for times in (old, new))
    words = {"title": title}
    if not new:
        return _("“%(title)s” taken off the agenda: not placed yet") % words
    if not old:
        return _("“%(title)s” placed on %(new)s") % (words | {"new": span_text(*new, day=True)})
    words |= {"day": date_format(new[0], "j F")}
    if old[0] == new[0]:
        words |= {"old": time_format(old[1]), "new": time_format(new[1])}
        return _("“%(title)s” on %(day)s ends at %(new)s, was %(old)s") % words
    same_day = old[0].date() == new[0].date()
    words |= {"old": span_text(*old, day=not same_day), "new": span_text(*new, day=not same_day)}
    if not same_day:
        return _("“%(title)s” moved: %(old)s → %(new)s") % words
    return _("“%(title)s” moved on %(day)s: %(old)s → %(new)s") % words


def _copy(title, **_more):
    return _("Copy of “%(title)s”") % {"title": title}


def _groups(count, group=None):
    """``group`` is the name of the one that all were put into, "" for none; None when they were balanced."""
    words = {"count": count, "group": group}
    if group is None:
        text = ngettext(
            "Groups balanced: %(count)d person moved", "Groups balanced: %(count)d people moved", count
        )
    elif group:
        text = ngettext(
            "%(count)d person put into group %(group)s", "%(count)d people put into group %(group)s", count
        )
    else:
        text = ngettext(
            "%(count)d person removed from their group", "%(count)d people removed from their groups", count
        )
    return text % words


def _people(status, count):
    if status == "accepted":
        text = ngettext("%(count)d person accepted", "%(count)d people accepted", count)
    elif status == "confirmed":
        text = ngettext("%(count)d person confirmed", "%(count)d people confirmed", count)
    else:
        text = ngettext("%(count)d person withdrawn", "%(count)d people withdrawn", count)
    return text % {"count": count}


def _import(new, changed, **_more):
    return _("Import of participants: %(new)d new, %(changed)d changed") % {"new": new, "changed": changed}


def _undo(of):
    return _("Undone: %(what)s") % {"what": sentence(of["kind"], of["summary"])}


SENTENCES = {
    "delay": _delay,
    "move-day": _move_day,
    "place": _place,
    "status": _status,
    "rows": _rows,
    "copy-item": _copy,
    "copy-program": _copy,
    "groups": _groups,
    "people": _people,
    "import": _import,
    "undo": _undo,
}
