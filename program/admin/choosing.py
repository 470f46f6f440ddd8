"""Which changes of a draft go out with the next release: what an organizer ticks when publishing."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from program import clock
from program.agenda.changes import compare
from program.publishing.releases import Draft

from .frame import number

ALL, NONE, SOON = "all", "none", "soon"


@dataclass(frozen=True)
class Quick:
    """A button that ticks ``count`` changes and no others."""

    value: str
    label: str
    count: int


@dataclass(frozen=True)
class Choice:
    """The changes of ``draft`` that were chosen, by their keys; ``keys`` is None for everything.

    ``today`` is the date in the program's zone.
    """

    draft: Draft
    keys: frozenset[str] | None
    today: date

    @classmethod
    def of(cls, draft, sent):
        """From the fields ``sent`` by the page: a box for each of ``of`` changes, and a quick button."""
        choice = cls(draft, None, clock.now().astimezone(draft.program.tz).date())
        ticked = sent.getlist("part")
        if "only" in sent:
            keys = choice._only(sent["only"])
        else:
            # With all that were shown goes what came since: the fingerprint makes sure that it is seen first.
            keys = frozenset(ticked) if len(ticked) < number(sent.get("of")) else None
        return cls(draft, keys, choice.today)

    @cached_property
    def part(self):
        """The Draft that would be out."""
        return self.draft if self.keys is None else self.draft.only(self.keys)

    @property
    def is_whole(self):
        return self.keys is None

    @property
    def is_empty(self):
        """Whether nothing was ticked of what can be."""
        return not self.is_whole and not self.keys.intersection(c.key for c in self.draft.choices)

    @cached_property
    def rows(self):
        """The changes as the page lists them, with what becomes of each; ``can`` be chosen by itself."""
        can = {change.key for change in self.draft.choices}
        return [
            {
                "change": change,
                "can": change.key in can,
                "ticked": self.is_whole or change.key in self.keys,
                "brought": change.key in self.part.brought,
                "waits": change.key in self.part.waiting,
            }
            for change in self.draft.changes
        ]

    @cached_property
    def left(self):
        """How many changes stay in the draft."""
        return 0 if self.is_whole else len(compare(self.part.agenda, self.draft.agenda))

    @property
    def quick(self):
        counts = Counter(day for change in self.draft.choices for day in _days(change))
        near = {self.today, self.today + timedelta(days=1)}
        soon = [change for change in self.draft.choices if near & _days(change)]
        yield Quick(ALL, _("Everything"), len(self.draft.choices))
        yield Quick(NONE, _("Nothing"), 0)
        if soon:
            yield Quick(SOON, _("Only today and tomorrow"), len(soon))
        for day, count in sorted(counts.items()):
            yield Quick(day.isoformat(), _("Only %(day)s") % {"day": date_format(day, "D j M")}, count)

    def _only(self, value):
        if value in (ALL, NONE):
            return None if value == ALL else frozenset()
        near = {self.today.isoformat(), (self.today + timedelta(days=1)).isoformat()}
        days = near if value == SOON else {value}
        return frozenset(
            change.key
            for change in self.draft.choices
            if days.intersection(day.isoformat() for day in _days(change))
        )


def _days(change):
    """The dates that a change is about: both, of an item that moved to another day."""
    if change.item:
        return {item.day for item in (change.old, change.new) if item}
    word, _colon, rest = change.about.partition(":")
    return {date.fromisoformat(rest)} if word == "day" else set()
