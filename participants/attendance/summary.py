"""How often each confirmed participant attended the items that count and are over."""

from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby

from participants.models import Attendance, LetterheadSettings, Participant
from participants.people.numbers import numbered
from program import clock
from program.database import one_moment
from program.publishing import releases

MARK = ("participant", "item", "state")
# Beside the states of Attendance, "" (not marked) and None (not expected):
GUEST = "guest"  # not expected, and came with this group all the same: it counts for nobody's share
ELSEWHERE = "elsewhere"  # not marked, and with another group at that time: counts as not marked


@dataclass(frozen=True)
class Share:
    """Of ``counted`` times that someone was expected, how often they attended: present or late.

    ``open`` of them are not marked. They count as not present.
    """

    attended: int
    counted: int
    open: int = 0

    @classmethod
    def of(cls, states):
        """Of states as SummaryLine has them."""
        found = Counter(states)
        there = sum(found[state] for state in Attendance.THERE)
        return cls(there, found.total() - found[None] - found[GUEST], found[""] + found[ELSEWHERE])

    @property
    def percent(self):
        """A whole number, rounded down: 79.9 is not yet 80. None when nothing counts yet."""
        return self.attended * 100 // self.counted if self.counted else None

    def reaches(self, threshold):
        """Whether that is ``threshold`` percent or more; nothing is reached before anything counts."""
        return bool(self.counted) and self.attended * 100 >= threshold * self.counted


@dataclass(frozen=True)
class SummaryLine:
    """A participant, the name of their group, and a state for each item of the Summary: "" where they are not
    marked, None where they are not expected, GUEST, ELSEWHERE. ``share`` is of the whole program, whatever
    part of it is shown, and ``reached`` whether it is enough for a certificate.
    """

    number: int
    person: Participant
    group: str
    states: tuple
    share: Share
    reached: bool

    @property
    def is_below(self):
        """Whether it is not enough; before anything counts nobody is below."""
        return bool(self.share.counted) and not self.reached

    @cached_property
    def shown(self):
        """The Share of the items that are shown."""
        return Share.of(self.states)


@dataclass(frozen=True)
class Summary:
    """``items`` count and are over, ``later`` will count; all in order. ``threshold`` is in percent."""

    items: tuple
    later: tuple
    rows: tuple
    threshold: int

    @property
    def count(self):
        """How many items count in all."""
        return len(self.items) + len(self.later)

    @property
    def reached(self):
        return [row for row in self.rows if row.reached]

    @property
    def below(self):
        return [row for row in self.rows if row.is_below]

    @cached_property
    def total(self):
        return Share.of(state for row in self.rows for state in row.states)

    @cached_property
    def by_item(self):
        """[(item, Share)]"""
        columns = (
            zip(*(row.states for row in self.rows), strict=True) if self.rows else ((),) * len(self.items)
        )
        return [(item, Share.of(states)) for item, states in zip(self.items, columns, strict=True)]

    @property
    def by_day(self):
        """[(date, [(item, Share)] of its items, Share of all of them)]"""
        days = ((day, list(same)) for day, same in groupby(self.by_item, key=lambda pair: pair[0].day))
        return [(day, same, _sum(share for _item, share in same)) for day, same in days]

    @property
    def by_country(self):
        """[(ISO code, its SummaryLines, their Share)]"""
        rows = groupby(self.rows, key=lambda row: row.person.country)
        rows = [(country, list(same)) for country, same in rows]
        return [(country, same, _sum(row.shown for row in same)) for country, same in rows]

    def narrowed(self, day=None, country="", group=None, below=False):
        """Only a part: the items of one local date, the people of a country, of a Group, or those
        below the threshold. Each keeps number and ``share``."""
        places = [n for n, item in enumerate(self.items) if day in (None, item.day)]
        rows = self.below if below else self.rows
        return replace(
            self,
            items=tuple(self.items[n] for n in places),
            later=tuple(item for item in self.later if day in (None, item.day)),
            rows=tuple(
                replace(row, states=tuple(row.states[n] for n in places))
                for row in rows
                if country in ("", row.person.country) and (group is None or group.id == row.person.group_id)
            ),
        )


def _sum(shares):
    shares = list(shares)
    return Share(*(sum(getattr(share, name) for share in shares) for name in ("attended", "counted", "open")))


def read(program, agenda, now):
    """The Summary of ``program`` at ``now``, its items taken from ``agenda``. Three queries of one moment."""
    counting = [item for item in agenda.items if item.attendance_counts and not item.cancelled]
    items = tuple(item for item in counting if item.ends_at <= now)
    with one_moment():
        people = numbered(program.participants.expected().select_related("group"))
        marks = Attendance.objects.filter(participant__program=program, item__in=[item.id for item in items])
        said = {(person, item): state for person, item, state in marks.values_list(*MARK)}
        threshold = LetterheadSettings.of(program).threshold
    rows = []
    for number, person in people:
        states = _states(person, items, said)
        share = Share.of(states)
        group = person.group_in(agenda)
        rows.append(SummaryLine(number, person, group, states, share, share.reaches(threshold)))
    later = tuple(item for item in counting if item.ends_at > now)
    return Summary(items, later, tuple(rows), threshold)


def _states(person, items, said):
    """The states of ``person`` at ``items``. ``said`` is {(participant pk, item id): state}."""
    marks = {item: said.get((person.pk, item.id), "") for item in items}
    expected = {item: item.expects(person.group_id) for item in items}
    visits = [item for item in items if not expected[item] and marks[item] in Attendance.THERE]

    def state(item):
        if not expected[item]:
            return GUEST if item in visits else None
        beside = any(one.starts_at < item.ends_at and item.starts_at < one.ends_at for one in visits)
        return marks[item] or (ELSEWHERE if beside else "")

    return tuple(map(state, items))


def shares(program):
    """{participant pk: Share} of the confirmed participants, as of now; empty before the first release."""
    published = releases.current(program)
    found = read(program, published.agenda, clock.now()) if published else None
    return {row.person.pk: row.share for row in found.rows} if found else {}
