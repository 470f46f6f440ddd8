"""Mails to participants about what a release changes for them: to whom, when, and what they say.

They are queued in the admin and sent by the command send_notices. No mail is sent inside a transaction.
"""

import logging
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import ngettext

from participants.models import Notice, Participant
from program import addresses, clock
from program.agenda.facts import Group
from program.agenda.kinds import Status
from program.publishing import feeds, releases

from .schedule import own_changes

log = logging.getLogger(__name__)

# Releases that follow within this time become one mail.
PATIENCE = timedelta(minutes=10)
# The wait after a first attempt; it doubles with each. No attempt takes longer than settings.EMAIL_TIMEOUT.
FIRST_WAIT = timedelta(minutes=5)


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
    mail: "Mail"


def affected(release, portal=""):
    """The Affected of ``release`` (against the one before), by group; who was told already is left out.

    Nobody before the second release, or while the program is not visible. At most five queries.
    """
    program = release.program
    previous = program.releases.filter(number__lt=release.number).keys().first()
    if not previous or not program.published:
        return []
    told = Notice.objects.filter(sent_at__isnull=False, to_release__gte=release.number)
    people = (
        reachable()
        .filter(program=program)
        .exclude(pk__in=told.values("participant"))
        .select_related("group")
        .order_by("name", "pk")
    )
    by_group = {}
    for person in people:
        by_group.setdefault(person.group_id, []).append(person)
    old, new = releases.load(*previous), releases.load(*release.key)
    found = [
        Affected(
            new.agenda.group(group), tuple(people), Mail(max(people, key=_reads_english), old, new, portal)
        )
        for group, people in by_group.items()
    ]
    return sorted((part for part in found if part.mail.changes), key=lambda part: str(part.group or ""))


def _reads_english(person):
    return person.mail_language == "en"


def waiting_for(release):
    """The notices about ``release``, or a later one, that are not sent yet."""
    return Notice.objects.waiting().filter(
        participant__program=release.program, to_release__gte=release.number
    )


def queue(release, portal):
    """Queue a mail for everybody whom ``release`` affects; a mail that waits already is widened to it.

    ``portal`` is the portal's address, without a slash at the end. Returns how many people get one.
    """
    now = clock.now()
    people = [person for part in affected(release) for person in part.participants]
    with transaction.atomic():
        Notice.objects.given_up().filter(participant__in=people).update(
            attempts=0, error="", send_after=now + PATIENCE
        )
        for person in people:
            Notice.objects.update_or_create(
                participant=person,
                sent_at=None,
                defaults={"to_release": release.number, "portal": portal},
                create_defaults={
                    "from_release": release.number - 1,
                    "to_release": release.number,
                    "portal": portal,
                    "created_at": now,
                    "send_after": now + PATIENCE,
                },
            )
    return len(people)


def send_due():
    """Send what is due and return a Counter of "sent", "failed" and "dropped" (nothing left to tell).

    Any number of runs may work at the same time: each mail is sent by one of them.
    """
    due = Notice.objects.due(clock.now()).order_by("send_after", "pk").values_list("pk", flat=True)
    return Counter(outcome for pk in list(due) if (outcome := _send(pk)))


def _send(pk):
    notice = Notice.objects.filter(pk=pk).first()
    if notice is None:
        return None
    person = reachable().select_related("program", "group").filter(pk=notice.participant_id).first()
    current = releases.current(person.program) if person else None
    if not _claim(notice, current):
        return None  # another run was faster
    mail = Mail.about(notice, person, current) if person else None
    if not mail or not mail.changes:
        # Who withdrew gets nothing; what was moved and moved back is no news.
        Notice.objects.filter(pk=pk).delete()
        return "dropped"
    try:
        mail.message().send()
    except (OSError, ValueError) as error:  # a mail server's refusal, a network's failure; a bad address
        log.warning("The mail of notice %s failed: %s", pk, type(error).__name__)
        Notice.objects.filter(pk=pk).update(error=f"{type(error).__name__}: {error}"[:200])
        return "failed"
    _note_sent(notice, current.number, mail.text)
    return "sent"


def _claim(notice, current):
    """Take ``notice`` for this run, up to the ``current`` release. False when another run did.

    One conditional update is carried out for one run only, on any database. A run that dies keeps its claim
    for the wait, and then the notice is due again.
    """
    now = clock.now()
    return (
        Notice.objects.due(now)
        .filter(pk=notice.pk, attempts=notice.attempts)
        .update(
            attempts=F("attempts") + 1,
            send_after=now + FIRST_WAIT * 2**notice.attempts,
            to_release=current.number if current else notice.to_release,
        )
    )


@transaction.atomic
def _note_sent(notice, number, text):
    """Write down that ``text`` was sent, up to release ``number``; what was queued meanwhile waits on."""
    now = clock.now()
    # One that was stopped while it was on its way was sent all the same: it is written down again.
    row = Notice.objects.select_for_update().filter(pk=notice.pk).first() or notice
    queued = row.to_release
    row.to_release, row.sent_at, row.error, row.text = number, now, "", text
    row.save()
    if queued > number:
        Notice.objects.create(
            participant_id=row.participant_id,
            from_release=number,
            to_release=queued,
            portal=row.portal,
            created_at=now,
            send_after=now + PATIENCE,
        )


def draft_of(notice):
    """What a waiting notice would say if it was sent now; "" when there is nothing left to tell."""
    person = notice.participant
    mail = Mail.about(notice, person, releases.current(person.program))
    return mail.text if mail.changes else ""


@dataclass(frozen=True)
class Mail:
    """What a participant is told of the way from the release ``old`` to the release ``new``."""

    participant: Participant
    old: releases.Published
    new: releases.Published
    portal: str

    @classmethod
    def about(cls, notice, participant, current):
        """From the release that ``notice`` starts at to the ``current`` one: no mail tells of stale times."""
        before = participant.program.releases.keys().get(number=notice.from_release)
        return cls(participant, releases.load(*before), current, notice.portal)

    @cached_property
    def changes(self):
        with self._as_written():
            return own_changes(self.old.agenda, self.new.agenda, self.participant.group_id, clock.now())

    @cached_property
    def text(self):
        program = self.new.agenda.program
        with self._as_written():
            context = {
                "changes": self.changes,
                "program": program,
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
        return words % {"count": count, "program": self.new.agenda.program.english_short_title}

    def message(self):
        mail = EmailMessage(self.subject, self.text, to=[self.participant.email])
        mail.attach("changes.ics", self.calendar().decode(), "text/calendar")
        return mail

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


def forget(participant):
    """Delete the mails, those that wait too."""
    participant.notices.all().delete()
