"""Mails to participants about what a release changes for them: to whom, when, and what they say.

They are queued in the admin; the outbox sends them.
"""

from collections import defaultdict
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property

from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participants.models import Mail, Participant
from participants.outbox import queue as outbox
from program import addresses, clock
from program.agenda.facts import Group
from program.agenda.kinds import Status
from program.publishing import feeds, releases

from .schedule import own_changes

KIND = "changes"
# Releases that follow within this time become one mail.
PATIENCE = timedelta(minutes=10)
# A moment at which nothing is over yet.
_ALL_AHEAD = datetime(1, 1, 1, tzinfo=UTC)


def reachable():
    """The participants who get mails: accepted or confirmed, with an address."""
    return Participant.objects.taking_seats().filter(erased_at=None).exclude(email="")


@dataclass(frozen=True)
class Affected:
    """Those for whom a release changes the same: of one group, or without one (``group`` None).

    ``mail`` is what one of them would be told, in English where anybody reads English: the others are told
    the same.
    """

    group: Group | None
    participants: tuple[Participant, ...]
    mail: "News"


def affected(release, portal=""):
    """The Affected of ``release`` (against the one before), by group; who was told already is left out.

    Nobody before the second release, or while the program is not visible. At most five queries.
    """
    program = release.program
    previous = program.releases.filter(number__lt=release.number).keys().first()
    if not previous or not program.published:
        return []
    told = _told_since(release)
    people = reachable().filter(program=program).select_related("group").order_by("name", "pk")
    by_group = {}
    for person in people:
        by_group.setdefault(person.group_id, []).append(person)
    old, new = releases.load(*previous), releases.load(*release.key)
    found = []
    for group, people in by_group.items():
        news = News(max(people, key=_reads_english), old, new, portal, ((old, new),))
        things = {_thing(change) for change in news.changes}
        untold = [person for person in people if not things <= _told_of(told[person.pk], things)]
        if untold:
            news = replace(news, participant=max(untold, key=_reads_english))
            found.append(Affected(new.agenda.group(group), tuple(untold), news))
    return sorted(found, key=lambda part: str(part.group or ""))


def _told_since(release):
    """{primary key of a participant: the data of mails that told them of ``release`` or a later one}."""
    found = defaultdict(list)
    sent = Mail.objects.sent().filter(kind=KIND, program=release.program)
    for participant, data in sent.values_list("participant", "data"):
        if data["as_of"] >= release.number:
            found[participant].append(data)
    return found


def _told_of(told, things):
    """Those of ``things`` that mails with the data ``told`` tell of; a mail of an older version: of all."""
    return {thing for data in told for thing in data.get("items", things)}


def _reads_english(person):
    return person.mail_language == "en"


def waiting_for(release):
    """The mails about ``release`` that wait or are on their way, as a list."""
    return _of(release, Mail.objects.unsent().select_related("participant"))


def _of(release, mails):
    """Those of the queryset ``mails`` that tell of ``release``. One query; JSON is read here, not there."""
    found = mails.filter(kind=KIND, program=release.program)
    return [mail for mail in found if release.number in mail.data["releases"]]


def queue(release, portal, by=None, wait=PATIENCE):
    """Queue a mail for everybody whom ``release`` affects; a mail that waits already takes it up.

    It is sent after ``wait``, with what is published until then. ``portal`` is the portal's address, without
    a slash at the end. Returns how many people get one.
    """
    sending = _of(release, Mail.objects.filter(status=Mail.Status.SENDING))
    on_its_way = {mail.participant_id for mail in sending}
    found = [person for part in affected(release) for person in part.participants]
    people = [person for person in found if person.pk not in on_its_way]
    with transaction.atomic():
        for person in people:
            outbox.queue(
                KIND,
                program=release.program,
                participant=person,
                portal=portal,
                by=by,
                data={"since": release.number - 1, "releases": [release.number]},
                wait=wait,
            )
    return len(people)


def merge(older, newer):
    """One mail tells of the releases of both."""
    return {
        "since": min(older["since"], newer["since"]),
        "releases": sorted({*older["releases"], *newer["releases"]}),
    }


def words(mail):
    """The EmailMessage of ``mail`` from the outbox as of now; None when nothing is left to tell.

    Writes into its data what it tells: of which items, as of which release.
    """
    if not reachable().filter(pk=mail.participant_id).exists():
        return None
    current = releases.current(mail.program)
    news = News.of(mail, current)
    if not news.changes:
        return None  # what was moved and moved back is no news
    if _was_sent(mail, {_thing(change) for change in news.changes}, current):
        return None  # the button was pressed twice while the first mail was on its way
    mail.data |= {"as_of": current.number, "items": [_thing(change) for change in news.changes]}
    return news.message()


def _was_sent(mail, things, current):
    """Whether a mail to the same person told of ``things`` as they are in ``current``."""
    sent = Mail.objects.sent().filter(kind=KIND, participant=mail.participant).values_list("data", flat=True)
    return things <= _told_of([data for data in sent if data["as_of"] == current.number], things)


def about(mail):
    """What ``mail`` tells of, for organizers."""
    numbers = mail.data["releases"]
    text = ngettext("Changes of release %(numbers)s", "Changes of releases %(numbers)s", len(numbers))
    return text % {"numbers": get_text_list(numbers, _("and"))}


def told_changes(group, old, new, steps):
    """The Changes from ``old`` to ``new`` (Published) that people of ``group`` (an id, or None) are told of.

    Those that one of ``steps``, pairs of releases, made, and that are not over. In the language and the zone
    that are active.
    """
    told = {
        _thing(change)
        for one, two in steps
        for change in own_changes(one.agenda, two.agenda, group, _ALL_AHEAD)
    }
    return [
        change for change in own_changes(old.agenda, new.agenda, group, clock.now()) if _thing(change) in told
    ]


def _thing(change):
    """What a change is about, by name: an item by its id; None for what is no item."""
    return change.item and change.item.id


@dataclass(frozen=True)
class News:
    """What a participant is told of the way from the release ``old`` to the release ``new``.

    ``steps`` are the releases to tell of, each after the one before it. What only other releases changed is
    left out: an organizer chose not to tell of them. What these changed is told as it is in ``new``.
    """

    participant: Participant
    old: releases.Published
    new: releases.Published
    portal: str
    steps: tuple[tuple[releases.Published, releases.Published], ...]

    @classmethod
    def of(cls, mail, current):
        """From the release that ``mail`` starts at to the ``current`` one: no mail tells of stale times."""
        told = mail.data["releases"]
        numbers = {mail.data["since"], *told, *(number - 1 for number in told)}
        keys = mail.program.releases.filter(number__in=numbers).keys()
        loaded = {published.number: published for published in (releases.load(*key) for key in keys)}
        steps = tuple((loaded[number - 1], loaded[number]) for number in told)
        return cls(mail.participant, loaded[mail.data["since"]], current, mail.portal, steps)

    @cached_property
    def changes(self):
        with self._as_written():
            return told_changes(self.participant.group_id, self.old, self.new, self.steps)

    @property
    def notes(self):
        """What the organizers wrote about the releases, for everybody."""
        return [new.note for _old, new in self.steps if new.note]

    @cached_property
    def text(self):
        program = self.new.agenda.program
        with self._as_written():
            context = {
                "changes": self.changes,
                "notes": self.notes,
                "program": program,
                "person": self.participant,
                "now": clock.now().astimezone(program.tz),
                "address": addresses.page(self.portal, "participants:me", program.slug),
            }
            return render_to_string("participants/me/mail/changes.txt", context)

    @property
    def subject(self):
        count = len(self.changes)
        with self._as_written():
            words = ngettext(
                "%(count)d change to your schedule: %(program)s",
                "%(count)d changes to your schedule: %(program)s",
                count,
            )
            return words % {"count": count, "program": self.new.agenda.program.short_title}

    def message(self):
        message = EmailMessage(self.subject, self.text)
        message.attach("changes.ics", self.calendar().decode(), "text/calendar")
        return message

    def calendar(self):
        """The changed items for a calendar: as in the feeds, so that those with them are brought up to date.

        What is no longer the participant's is cancelled.
        """
        changes = [change for change in self.changes if change.item]
        items = [change.new or replace(change.old, status=Status.CANCELLED) for change in changes]
        slug = self.new.agenda.program.slug
        with self._as_written():
            return feeds.calendar(self.new, items, addresses.item_pages(self.portal, slug))

    @contextmanager
    def _as_written(self):
        """In the language of the person's mails, and in the program's time."""
        with (
            translation.override(self.participant.mail_language),
            timezone.override(self.new.agenda.program.tz),
        ):
            yield
