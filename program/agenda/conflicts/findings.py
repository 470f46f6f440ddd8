"""What a conflict is in words, and the few questions that finders share. No database here."""

from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b

from django.utils.formats import time_format

from ..agenda import Item
from ..kinds import Kind


class Severity(StrEnum):
    ERROR = "error"  # stops a release until there is a reason
    WARNING = "warning"  # look at it: somebody will stand in front of a closed door
    HINT = "hint"  # may well be meant so


@dataclass(frozen=True)
class Finding:
    """One conflict: what it is (``code``), in words, what to do next, and the items it is about.

    ``counts`` are the numbers that make it what it is, such as (12 places, 20 people).
    """

    severity: Severity
    code: str
    message: str
    items: tuple[Item, ...]
    advice: str = ""
    counts: tuple = ()

    @property
    def is_error(self):
        return self.severity == Severity.ERROR

    @property
    def is_warning(self):
        return self.severity == Severity.WARNING

    @property
    def is_hint(self):
        return self.severity == Severity.HINT

    @property
    def text(self):
        return f"{self.message} {self.advice}".strip()

    @property
    def key(self):
        """The same for the same conflict of the same items, for the same groups, on the same date.

        It outlives new titles, notes and clock times; on another date, for other groups, or with other
        ``counts`` it is another conflict.
        """
        items = sorted((item.id, sorted(map(str, item.group_ids))) for item in self.items)
        facts = (self.code, self.items[0].day.isoformat(), items, self.counts)
        return blake2b(repr(facts).encode(), digest_size=16).hexdigest()


def clock(moment):
    return f"{time_format(moment)} {moment.tzname()}"


def overlapping(items):
    """Pairs of ``items``, in order of start, that share time: each looks only at those near it."""
    for place, item in enumerate(items):
        for other in items[place + 1 :]:
            if other.starts_at >= item.ends_at:
                break
            yield item, other


def is_window(item):
    """Whether people come and go during ``item``, each at their own time: registration, or travel that
    brings nobody to a named place, such as arrivals."""
    return item.kind == Kind.REGISTRATION or (item.kind == Kind.TRAVEL and not item.destination)


def group_keys(agenda):
    """The ids of the groups whose ways differ; [None] where everybody goes together."""
    return [group.id for group in agenda.groups] or [None]


def titles(items):
    """“One”, “Two”"""
    return ", ".join(f"“{item.title}”" for item in items)


def shared_groups(item, other):
    """The Groups that are at both; () when it is everybody."""
    if item.groups and other.groups:
        return tuple(group for group in item.groups if group.id in other.group_ids)
    return item.groups or other.groups


def people_at(agenda, items):
    """How many people ``items`` bring together: each group once, everybody when one is for everybody."""
    if any(not item.groups for item in items):
        return agenda.program.seats
    return sum({group.id: group.size for item in items for group in item.groups}.values())
