"""Who else works on a draft at the moment, and on what: shown, and nothing is locked.

Kept in the cache only, one entry for all of a program, for a minute after each was last heard of. Two who are
heard of at the same instant may overwrite each other; the next time, seconds later, puts that right.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.core.cache import cache

from program import clock

GONE = timedelta(seconds=60)


@dataclass(frozen=True)
class Place:
    """What somebody has open: an item (its primary key, title and day), a day, or the whole agenda."""

    item: int | None = None
    title: str = ""
    day: date | None = None

    @property
    def is_whole(self):
        return not self.item and not self.day

    @property
    def key(self):
        return f"item-{self.item}" if self.item else f"day-{self.day or ''}"


@dataclass(frozen=True)
class Present:
    """Somebody with the ``name`` that others know, at ``place`` since then; ``seen_at`` is the last sign."""

    user: int
    name: str
    place: Place
    since: datetime
    seen_at: datetime

    def matters_to(self, place):
        """Whether what they do may meet what is done at ``place``: everything meets the whole agenda."""
        here = self.place
        if here.is_whole or place.is_whole:
            return True
        same_item = here.item and here.item == place.item
        return bool(same_item or (here.day and here.day == place.day))


def note(program, user, name, place):
    """``user``, called ``name``, is at ``place`` of the draft of ``program``."""
    now, present = clock.now(), _present(program)
    key = (user.pk, place.key)
    since = present[key].since if key in present else now
    _keep(program, present | {key: Present(user.pk, name, place, since, now)})


def forget(program, user, place):
    """``user`` has left ``place``."""
    present = _present(program)
    if present.pop((user.pk, place.key), None):
        _keep(program, present)


def others_at(program, user, place):
    """The Presents whose work may meet what ``user`` does at ``place``, those at the same item first."""
    found = [one for one in _present(program).values() if one.user != user.pk and one.matters_to(place)]
    return sorted(found, key=lambda one: (one.place.item != place.item, one.since, one.name))


def _name_of(program):
    return f"presence-{program.pk}"


def _present(program):
    limit = clock.now() - GONE
    kept = cache.get(_name_of(program), {})
    return {key: one for key, one in kept.items() if one.seen_at > limit}


def _keep(program, present):
    cache.set(_name_of(program), present, GONE.seconds)
