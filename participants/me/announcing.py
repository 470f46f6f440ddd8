"""Mails that say an announcement once to each of those whom it is for, in their language."""

from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from participants.models import Announcement, Mail
from participants.outbox import queue as outbox
from program import addresses, clock
from program.agenda.facts import in_language

from .messenger import written
from .notices import reachable

KIND = "announcement"


def people_of(announcement):
    """Those who get it by mail: accepted or confirmed, with an address, of its group if it has one."""
    people = reachable().filter(program=announcement.program)
    return people.filter(group=announcement.group) if announcement.group_id else people


def told(announcement):
    """Primary keys of those to whom a mail with ``announcement`` was sent, or is on its way. One query."""
    return _those(announcement, Mail.objects.filter(status__in=[Mail.Status.SENT, Mail.Status.SENDING]))


def waiting_for(announcement):
    """Primary keys of those whose mail with ``announcement`` waits. One query."""
    return _those(announcement, Mail.objects.waiting())


def _those(announcement, mails):
    rows = mails.filter(kind=KIND, program=announcement.program_id).values_list("participant", "data")
    return {participant for participant, data in rows if announcement.pk in data["announcements"]}


def untold(announcement):
    """The participants who are still to be told of ``announcement``; a mail may be waiting for them."""
    return people_of(announcement).exclude(pk__in=told(announcement))


@transaction.atomic
def queue(announcement, portal, by, wait):
    """Queue a mail for everybody who was not told yet, to be sent after ``wait``; return how many.

    A mail that waits already takes it up, so nobody is told twice. ``portal`` is the portal's address.
    """
    people = list(untold(announcement))
    for person in people:
        outbox.queue(
            KIND,
            program=announcement.program,
            participant=person,
            portal=portal,
            by=by,
            data={"announcements": [announcement.pk]},
            wait=wait,
        )
    return len(people)


def merge(older, newer):
    return {"announcements": sorted({*older["announcements"], *newer["announcements"]})}


def words(mail):
    """The EmailMessage of ``mail`` as of now; None when nothing of it is shown any more, or all was told."""
    person, program = mail.participant, mail.program
    if not reachable().filter(pk=person.pk).exists():
        return None
    said = Mail.objects.sent().filter(kind=KIND, participant=person).values_list("data", flat=True)
    new = {*mail.data["announcements"]}.difference(*(data["announcements"] for data in said))
    shown = Announcement.objects.current(program, person.group_id, clock.now())
    announcements = list(shown.filter(pk__in=new).order_by("starts_at", "pk"))
    if not announcements:
        return None
    mail.data["announcements"] = [announcement.pk for announcement in announcements]
    with written(program, person.mail_language):
        context = {
            "announcements": announcements,
            "title": in_language(program.title, program.local_title),
            "person": person,
            "now": clock.now().astimezone(program.tz),
            "address": addresses.page(mail.portal, "participants:me", program.slug),
        }
        text = render_to_string("participants/me/mail/announcement.txt", context)
        line = " ".join(announcements[-1].words.split())
        return EmailMessage(f"{in_language(program.short_title, program.local_short_title)}: {line}", text)


def about(mail):
    """What ``mail`` tells of, for organizers."""
    return _("Announcement")
