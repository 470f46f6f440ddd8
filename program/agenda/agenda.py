"""The agenda as everybody reads it: frozen value objects built from one release.

No database here. ``Agenda.read(data)`` takes the JSON of a release (or of a draft), version 1:

    {"format": "agenda/1",
     "program": {"slug", "title", "local_title", "short_title", "local_short_title", "theme",
                 "local_theme" if there is one, "framework", "local_framework", "headline",
                 "local_headline", "summary", "local_summary", "sources", "local_sources",
                 "countries": [ISO code], "starts_on", "ends_on", "timezone", "seats"},
     "days": [{"date", "title", "local_title", "note", "local_note"}],
     "groups": [{"id", "name", "size"}],
     "organizations": [{"slug", "name", "local_name", "role", "parent", "description",
                        "local_description", "website", "origin"}],
     "venues": [{"slug", "name", "local_name" if there is one, "city", "address", "latitude",
                 "longitude", "approximate", "capacity", "origin"}],
     "items": [{"id", "kind", "title", "local_title", "starts_at", "ends_at", "venue",
                "organization", "groups": [name], "group_ids": [id], "status", "attendance_counts",
                "notes", "origin", and if there are any: "local_notes", "bring", "local_bring",
                "dress", "local_dress": [line]
                session: "room", "objectives": [line], "lesson_hours",
                         "speakers": [{"id", "name", "position", "organization"}]
                visit, workshop, culture: "activity", "bring", "dress", "safety": [line], "capacity",
                         and if there are any: "room", "local_activity", "local_safety": [line]
                transfer: "destination", "vehicle", "meeting_point", and if there are any:
                         "local_vehicle", "local_meeting_point", "be_there" (minutes, where not 10)}]}

Dates are ISO dates in the program's zone, moments ISO with the offset of that zone. Places are named by their
``slug``; no group means everybody. Keys may be added under the same version, never changed or removed: an old
release always stays readable.

Groups are told apart by their ``id``, within a release and from one to the next; a name is only what people
read, and may change. The ids came later: a migration filled them in for the releases kept before, while names
still told which group was meant (below zero: a group that was gone by then). In a file from before, which has
none, a group's name stands for its id.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cached_property
from itertools import groupby

from .audience import ForGroups
from .facts import (
    Group,
    Organization,
    ProgramFacts,
    Speaker,
    Venue,
    from_row,
    group_asked,
    in_readers_language,
)
from .kinds import BE_THERE, GET_READY, MAIN_KINDS, Kind, Origin, Status

FORMAT = "agenda/1"
# Keys of an item that hold a list of lines.
LINES = ("objectives", "bring", "local_bring", "dress", "local_dress", "safety", "local_safety")


@dataclass(frozen=True)
class Item(ForGroups):
    """One entry of the agenda; ``starts_at`` and ``ends_at`` are aware, in the program's zone."""

    id: int
    kind: str
    english_title: str
    local_title: str
    starts_at: datetime
    ends_at: datetime
    venue: Venue | None = None
    organization: Organization | None = None
    groups: tuple[Group, ...] = ()
    status: str = Status.CONFIRMED
    attendance_counts: bool = False
    english_notes: str = ""
    local_notes: str = ""
    origin: str = Origin.ILLUSTRATIVE
    room: str = ""
    objectives: tuple[str, ...] = ()
    lesson_hours: float | None = None
    speakers: tuple[Speaker, ...] = ()
    english_activity: str = ""
    local_activity: str = ""
    english_bring: tuple[str, ...] = ()
    local_bring: tuple[str, ...] = ()
    english_dress: tuple[str, ...] = ()
    local_dress: tuple[str, ...] = ()
    english_safety: tuple[str, ...] = ()
    local_safety: tuple[str, ...] = ()
    capacity: int | None = None
    destination: Venue | None = None
    english_vehicle: str = ""
    local_vehicle: str = ""
    english_meeting_point: str = ""
    local_meeting_point: str = ""
    be_there: int = BE_THERE

    title = in_readers_language("title")
    notes = in_readers_language("notes")
    activity = in_readers_language("activity")
    bring = in_readers_language("bring")
    dress = in_readers_language("dress")
    safety = in_readers_language("safety")
    vehicle = in_readers_language("vehicle")
    meeting_point = in_readers_language("meeting_point")

    @property
    def day(self):
        """The local date it starts on: an item past midnight belongs to the day it starts."""
        return self.starts_at.date()

    @property
    def cancelled(self):
        return self.status == Status.CANCELLED

    @property
    def main(self):
        """Whether participants come for it, as opposed to travel, meals and waiting."""
        return self.kind in MAIN_KINDS

    @property
    def reported(self):
        return self.origin == Origin.REPORTED

    @property
    def kind_label(self):
        return Kind(self.kind).label

    @property
    def status_label(self):
        return Status(self.status).label

    @property
    def css_kind(self):
        return Kind(self.kind).css_kind

    @property
    def ends_another_day(self):
        return self.ends_at.date() != self.day

    @property
    def city(self):
        return self.venue.city if self.venue else ""

    @property
    def be_there_at(self):
        """When to be at the meeting point of a transfer, if that is before it leaves; else None."""
        early = self.kind == Kind.TRAVEL and self.be_there
        return self.starts_at - timedelta(minutes=self.be_there) if early else None

    @property
    def get_ready_at(self):
        """From when on a transfer is what its people think of first; None for other kinds."""
        return self.starts_at - GET_READY if self.kind == Kind.TRAVEL else None

    @property
    def arrives_at(self):
        """The venue where participants are when it ends: a transfer's destination, else its own."""
        return self.destination or self.venue

    @cached_property
    def group_ids(self):
        return frozenset(group.id for group in self.groups)

    def is_on(self, moment):
        return self.starts_at <= moment < self.ends_at and not self.cancelled


@dataclass(frozen=True)
class Day:
    """One local date of the program with the items that start on it, in order."""

    date: date
    english_title: str = ""
    local_title: str = ""
    english_note: str = ""
    local_note: str = ""
    items: tuple[Item, ...] = ()

    title = in_readers_language("title")
    note = in_readers_language("note")

    @property
    def main_items(self):
        return [item for item in self.items if item.main and not item.cancelled]

    @property
    def cities(self):
        """The cities of the day in the order they are reached, each once in a row."""
        cities = []
        for item in self.items:
            if item.cancelled:
                continue
            for venue in (item.venue, item.destination):
                if venue and (not cities or cities[-1] != venue.city):
                    cities.append(venue.city)
        return cities

    @property
    def stops(self):
        """The items as rows of the time rail: items of different groups at one time share a row."""
        rows = []
        for _start, together in groupby(self.items, key=lambda item: item.starts_at):
            shared, parallel = [], []
            for item in together:
                (parallel if item.groups else shared).append(item)
            rows.extend((item,) for item in shared)
            if parallel:
                rows.append(tuple(sorted(parallel, key=lambda item: [g.name for g in item.groups])))
        return rows


@dataclass(frozen=True)
class Moment:
    """Where a group is in the agenda at one moment.

    ``on`` what is going on; ``next`` what starts next (all that starts at that time).
    """

    on: tuple[Item, ...] = ()
    next: tuple[Item, ...] = ()


@dataclass(frozen=True)
class Agenda:
    """A whole release. ``items`` are in order of start; ``days`` are all dates of the program, and
    further ones that have items."""

    program: ProgramFacts
    items: tuple[Item, ...]
    groups: tuple[Group, ...] = ()
    organizations: tuple[Organization, ...] = ()
    venues: tuple[Venue, ...] = ()
    day_texts: dict = field(default_factory=dict)

    @classmethod
    def read(cls, data):
        """Build from a release's ``data``. Raises ValueError for a format this code does not know."""
        if data.get("format") != FORMAT:
            raise ValueError(f"This is not {FORMAT}: {data.get('format')!r}")
        program = ProgramFacts.read(data["program"])
        venues = {row["slug"]: from_row(Venue, row) for row in data["venues"]}
        organizations = {row["slug"]: from_row(Organization, row) for row in data["organizations"]}
        groups = [from_row(Group, {"id": row["name"]} | row) for row in data["groups"]]
        by_key = {group.name: group for group in groups} | {group.id: group for group in groups}
        items = [_read_item(row, program.tz, venues, organizations, by_key) for row in data["items"]]
        return cls(
            program=program,
            items=tuple(sorted(items, key=lambda item: (item.starts_at, item.ends_at, item.id))),
            groups=tuple(groups),
            organizations=tuple(organizations.values()),
            venues=tuple(venues.values()),
            day_texts={date.fromisoformat(row["date"]): row for row in data["days"]},
        )

    @cached_property
    def days(self):
        program = self.program
        count = (program.ends_on - program.starts_on).days + 1
        dates = {program.starts_on + timedelta(days=n) for n in range(count)}
        by_day = {}
        for item in self.items:
            by_day.setdefault(item.day, []).append(item)
        return tuple(self._make_day(day, tuple(by_day.get(day, ()))) for day in sorted(dates | set(by_day)))

    def _make_day(self, day, items):
        return from_row(Day, self.day_texts.get(day, {}) | {"date": day, "items": items})

    @cached_property
    def _days_by_date(self):
        return {day.date: day for day in self.days}

    @cached_property
    def _items_by_id(self):
        return {item.id: item for item in self.items}

    def day(self, day):
        """The Day of a local date, or None when it is not one of the program's."""
        return self._days_by_date.get(day)

    def item(self, pk):
        """The item with that id, or None."""
        return self._items_by_id.get(pk)

    def organization(self, slug):
        return next((o for o in self.organizations if o.slug == slug), None)

    @cached_property
    def _groups_by_id(self):
        return {group.id: group for group in self.groups}

    def group(self, pk):
        """The Group with that id; None for None, and for one that the release does not know yet."""
        return self._groups_by_id.get(pk)

    def group_asked(self, text):
        """The Group that ``text`` of an address means, or None."""
        return group_asked(self.groups, text)

    def name_of(self, group):
        """What everybody reads for ``group``, a row of the draft or None: its name in this release.

        "" for None, and for a group that is not published yet: only the admin names that.
        """
        known = self.group(group.pk) if group else None
        return known.name if known else ""

    def replace_items(self, items):
        """The same agenda with only ``items``: for a group, or for a filter."""
        return Agenda(
            self.program, tuple(items), self.groups, self.organizations, self.venues, self.day_texts
        )

    def for_group(self, group):
        """What is shown to one group (its id): never an item of another group alone. See audience.py."""
        return self.replace_items(item for item in self.items if item.concerns(group))

    def filtered(self, kinds=(), city=""):
        """Only items of these kinds (none: all) that touch ``city`` (none: all)."""
        return self.replace_items(
            item
            for item in self.items
            if (not kinds or item.kind in kinds)
            and (not city or city in {v.city for v in (item.venue, item.destination) if v})
        )

    @cached_property
    def cities(self):
        """Every city that has an item or is the end of a transfer, in the order they are reached."""
        return list(dict.fromkeys(city for day in self.days for city in day.cities))

    @cached_property
    def boundaries(self):
        """All moments, in order, at which a page reads differently: starts, ends, midnights, near buses."""
        moments = {m for item in self.items for m in (item.get_ready_at, item.starts_at, item.ends_at) if m}
        for day in self.days:
            for date_ in (day.date, day.date + timedelta(days=1)):
                moments.add(datetime.combine(date_, time.min, tzinfo=self.program.tz))
        return sorted(moments)

    def at(self, moment):
        """The Moment at an aware ``moment``; cancelled items are never on or next."""
        active = [item for item in self.items if not item.cancelled]
        on = tuple(item for item in active if item.is_on(moment))
        later = [item for item in active if item.starts_at > moment]
        upcoming = tuple(item for item in later if item.starts_at == later[0].starts_at)
        return Moment(on=on, next=upcoming)

    def bus_before(self, item):
        """The last transfer to ``item``'s venue that arrives the same day before it starts, or None."""
        buses = [
            other
            for other in self.items
            if other.destination
            and other.destination == item.venue
            and not other.cancelled
            and other.ends_at.date() == item.day
            and other.ends_at <= item.starts_at
            and other.shares_people_with(item)
        ]
        return buses[-1] if buses else None

    def neighbours(self, item):
        """(the item before, the item after) among those that share people with it; None at the ends."""
        others = [o for o in self.items if o.id == item.id or o.shares_people_with(item)]
        place = others.index(item)
        before = others[place - 1] if place else None
        after = others[place + 1] if place + 1 < len(others) else None
        return before, after

    def held_by(self, organization):
        """Items of an organization: held by it, or taught by one of its speakers."""
        return [
            item
            for item in self.items
            if item.organization == organization
            or any(speaker.organization == organization for speaker in item.speakers)
        ]

    def at_venue(self, venue):
        """Items that take place at ``venue`` or bring participants there."""
        return [item for item in self.items if venue in (item.venue, item.destination)]


def _read_item(row, tz, venues, organizations, groups):
    fields = dict(row)
    for name in ("starts_at", "ends_at"):
        fields[name] = datetime.fromisoformat(fields[name]).astimezone(tz)
    for name in ("venue", "destination"):
        fields[name] = venues.get(fields.get(name))
    fields["organization"] = organizations.get(fields["organization"])
    fields["groups"] = tuple(groups[key] for key in fields.get("group_ids", fields["groups"]))
    for name in LINES:
        fields[name] = tuple(fields.get(name, ()))
    fields["speakers"] = tuple(
        from_row(Speaker, speaker | {"organization": organizations.get(speaker["organization"])})
        for speaker in fields.get("speakers", ())
    )
    return from_row(Item, fields)
