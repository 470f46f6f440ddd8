"""Telling people of a release where they are: by mail, in their messenger; and who has seen it since."""

from dataclasses import dataclass

from program.agenda.changes import Change
from program.agenda.facts import Group
from program.publishing import releases

from . import notices, opened
from .messenger import Message, message, written
from .notices import Affected
from .opened import Opened


@dataclass(frozen=True)
class Part:
    """What a release changes for one group, or for those without one (``group`` None).

    ``untold`` are those who get mails and were not told yet, or None; ``message`` is what their messenger
    group is told.
    """

    group: Group | None
    changes: tuple[Change, ...]
    opened: Opened
    untold: Affected | None
    message: Message


def parts_of(release, portal, language):
    """The Parts of ``release`` (against the one before): messages in ``language``, changes in the page's.

    None before the second release, or while the program is not visible: nobody could look. At most eight
    queries.
    """
    loaded = _with_previous(release)
    if not loaded or not release.program.published:
        return []
    old, new = loaded
    program = new.agenda.program
    untold = {part.participants[0].group_id: part for part in notices.affected(release, portal)}
    parts = []
    for pk, have_opened in opened.by_group(release).items():
        changes = _changes(old, new, pk)
        if not changes:
            continue
        group = new.agenda.group(pk)
        with written(program, language):
            told = _changes(old, new, pk)
        notes = [new.note] if new.note else []
        text = message("changes", program, portal, language, group, changes=told, notes=notes)
        parts.append(Part(group, tuple(changes), have_opened, untold.get(pk), text))
    return sorted(parts, key=lambda part: str(part.group or ""))


def groups_concerned(release):
    """The groups for which ``release`` changes something that is not over: ids, None: those without one.

    Of the first release all. At most three queries.
    """
    loaded = _with_previous(release)
    everybody = opened.by_group(release)
    if not loaded:
        return list(everybody)
    return [group for group in everybody if _changes(*loaded, group)]


def opened_since(release):
    """The Opened of all those for whom ``release`` changes something."""
    rows = opened.by_group(release)
    found = [rows[group] for group in groups_concerned(release)]
    return Opened(sum(row.count for row in found), sum(row.everybody for row in found))


def _with_previous(release):
    previous = release.program.releases.filter(number__lt=release.number).keys().first()
    return previous and (releases.load(*previous), releases.load(*release.key))


def _changes(old, new, group):
    return notices.told_changes(group, old, new, ((old, new),))
