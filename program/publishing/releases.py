"""Drafts become releases here; everything that is not the admin reads releases only."""

import json
from dataclasses import dataclass
from functools import cached_property, lru_cache
from hashlib import blake2b

from django.db import transaction
from django.db.models import Max, prefetch_related_objects

from program import clock
from program.agenda.agenda import FORMAT, Agenda
from program.agenda.changes import compare
from program.agenda.conflicts import errors_of, find_conflicts
from program.agenda.facts import given
from program.models import AcceptedConflict, Program, Release

from .finders import finders_of


class PublishingBlocked(Exception):
    """The draft has conflicts of severity error (``findings``), and no reason was given."""

    def __init__(self, findings):
        super().__init__(f"{len(findings)} conflicts")
        self.findings = findings


class DraftChanged(Exception):
    """The draft or the current release is no longer the one that the organizer decided on."""


@dataclass(frozen=True)
class _Slugs:
    """Turns primary keys of a program's places into the words releases name them by."""

    venues: dict
    organizations: dict

    def venue(self, pk):
        return self.venues.get(pk)

    def organization(self, pk):
        return self.organizations.get(pk)


def snapshot(program):
    """The draft of ``program`` as the JSON of a release, without the items that are not placed yet.

    program/agenda/agenda.py tells the format. A fixed number of queries, however many items there are.
    """
    venues = list(program.venues.all())
    organizations = list(program.organizations.all())
    slugs = _Slugs(
        {venue.pk: venue.slug for venue in venues},
        {organization.pk: organization.slug for organization in organizations},
    )
    return {
        "format": FORMAT,
        "program": _program_facts(program),
        "days": [day.snapshot() for day in program.days.all()],
        "groups": [group.snapshot() for group in program.groups.all()],
        "organizations": [organization.snapshot(slugs) for organization in organizations],
        "venues": [venue.snapshot() for venue in venues],
        "items": [item.snapshot(slugs) for item in _draft_items(program)],
    }


def _draft_items(program):
    items = list(program.items.placed().concrete().prefetch_related("groups"))
    by_class = {}
    for item in items:
        item.program = program
        by_class.setdefault(type(item), []).append(item)
    for model, same in by_class.items():
        if model.SNAPSHOT_PREFETCH:
            prefetch_related_objects(same, *model.SNAPSHOT_PREFETCH)
    return items


def _program_facts(program):
    names = (
        "slug title local_title short_title local_short_title theme framework local_framework "
        "headline local_headline summary local_summary sources local_sources timezone seats"
    )
    other = {
        "countries": program.countries.split(),
        "starts_on": program.starts_on.isoformat(),
        "ends_on": program.ends_on.isoformat(),
    }
    facts = {name: getattr(program, name) for name in names.split()}
    return facts | other | given(local_theme=program.local_theme)


@dataclass(frozen=True)
class Published:
    """A release as pages read it: its number, when it was published, and its agenda."""

    pk: int
    number: int
    published_at: object
    note: str
    data: dict

    @cached_property
    def agenda(self):
        return Agenda.read(self.data)


@lru_cache(maxsize=64)
def load(pk, published_at):
    """The Published of the release with that ReleaseKey. It never changes: each process reads it once."""
    release = Release.objects.get(pk=pk)
    return Published(release.pk, release.number, release.published_at, release.note, release.data)


@lru_cache(maxsize=64)
def last_changes(pk, published_at):
    """{id of an item: (number, published_at) of the release that made it as it is} of the release with that
    ReleaseKey, whatever of the item or its places was changed. One query, once a process.
    """
    number = Release.objects.filter(pk=pk).values("number")
    releases = Release.objects.filter(program__releases=pk, number__lte=number).order_by("number")
    before, made = {}, {}
    for number, moment, data in releases.values_list("number", "published_at", "data"):
        items = {item.id: item for item in Agenda.read(data).items}
        made = {
            key: made[key] if before.get(key) == item else (number, moment) for key, item in items.items()
        }
        before = items
    return made


@lru_cache(maxsize=64)
def first_slug(pk, published_at):
    """The address of the program in its first release, by the ReleaseKey of any. Asked once a process."""
    first = Release.objects.filter(program__releases=pk, number=1)
    return first.values_list("data__program__slug", flat=True).first()


def current(program):
    """The newest Published of ``program``, or None before the first release. One or two queries."""
    key = program.releases.order_by("-number").keys().first()
    return load(*key) if key else None


@dataclass(frozen=True)
class Draft:
    """What an organizer decides on before publishing."""

    program: Program
    data: dict
    published: Published | None

    @cached_property
    def agenda(self):
        return Agenda.read(self.data)

    @cached_property
    def changes(self):
        """What a release of this draft would change; everything is new before the first release."""
        return compare(self.published.agenda if self.published else None, self.agenda)

    @cached_property
    def finders(self):
        """What finds conflicts by more than the agenda; see find_conflicts()."""
        return finders_of(self.program)

    @cached_property
    def findings(self):
        """All conflicts, known or not."""
        return find_conflicts(self.agenda, self.finders)

    @cached_property
    def accepted(self):
        """{key of a Finding: AcceptedConflict} of what organizers know and leave so; some may be gone."""
        rows = AcceptedConflict.objects.filter(program=self.program).select_related("accepted_by")
        return {row.key: row for row in rows}

    @cached_property
    def conflicts(self):
        """The Findings that somebody still has to look at."""
        return [finding for finding in self.findings if finding.key not in self.accepted]

    @property
    def known(self):
        """[(Finding, AcceptedConflict)] of the others."""
        return [(f, self.accepted[f.key]) for f in self.findings if f.key in self.accepted]

    @property
    def is_published(self):
        """Whether a release of this draft would be the same as the current one.

        Without changes it may still differ: removing a cancelled item is no news, but it makes a release.
        """
        return self.published is not None and self.published.data == self.data

    @property
    def number(self):
        """The number its release would get."""
        return self.published.number + 1 if self.published else 1

    @cached_property
    def fingerprint(self):
        return _fingerprint(self.number, self.data)


def _fingerprint(number, data):
    text = json.dumps([number, data], sort_keys=True)
    return blake2b(text.encode(), digest_size=12).hexdigest()


def draft(program):
    """The Draft of ``program`` beside its current release. A fixed number of queries."""
    return Draft(program, snapshot(program), current(program))


def publish(program, by, note="", reason="", seen=""):
    """Publish the draft of ``program`` as its next release and return the Release.

    ``by`` the user who publishes; ``reason`` why, when the draft has conflicts of severity error. Organizers
    who publish at the same moment are served one after the other: release n and release n + 1.
    ``seen`` is the fingerprint of the Draft that ``by`` looked at.
    Raises PublishingBlocked, and publishes nothing, when there are errors and no reason; DraftChanged when
    there is another draft or release by now than the one seen.
    """
    reason = reason.strip()
    with transaction.atomic():
        program = Program.objects.select_for_update().get(pk=program.pk)
        last = program.releases.aggregate(last=Max("number"))["last"] or 0
        data = _whole_snapshot(program)
        if seen and seen != _fingerprint(last + 1, data):
            raise DraftChanged
        errors = errors_of(Draft(program, data, None).conflicts)
        if errors and not reason:
            raise PublishingBlocked(errors)
        return Release.objects.create(
            program=program,
            number=last + 1,
            published_at=clock.now(),
            published_by=by,
            note=note,
            reason=reason if errors else "",
            data=data,
        )


def _whole_snapshot(program):
    """A snapshot that never contains only half of an edit.

    On PostgreSQL each query sees what was saved up to then, so an edit of several tables may happen between
    two of them; it did not if two readings are the same.
    """
    data = snapshot(program)
    while (again := snapshot(program)) != data:
        data = again
    return data
