"""Invites participants: an account to sign in with, and a mail that says where; the outbox sends it."""

from datetime import timedelta

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from participants.models import Mail, Participant
from participants.outbox import queue as outbox
from program import addresses, clock
from program.agenda.facts import in_language

from .accounts import account_for

KIND = "invitation"
# Who presses twice means one mail; so long after one, another is meant.
TWICE = timedelta(minutes=1)


def may_be_invited(person):
    """Only those who take a seat; others would find nothing."""
    return person.status in (Participant.Status.ACCEPTED, Participant.Status.CONFIRMED)


def invite(people, portal, by):
    """Give each of ``people`` an account and queue the mail; return those who get one, as a list.

    ``portal`` is the portal's address, without a slash at the end; answers go to ``by`` (a user). Who was
    mailed has ``invited_at`` from then on; a person may be invited again, but not twice within a minute.
    """
    return [person for person in people if _invite(person, portal, by)]


@transaction.atomic
def _invite(person, portal, by):
    """Whether a mail was queued."""
    Participant.objects.select_for_update().only("pk").get(pk=person.pk)
    latest = latest_invitation(person)
    if latest and not latest.is_given_up and latest.created_at > clock.now() - TWICE:
        return False
    account_for(person)
    outbox.queue(KIND, program=person.program, participant=person, portal=portal, by=by)
    return True


def latest_invitation(person):
    """The newest Mail that invites ``person``, or None; one that was stopped does not count."""
    mails = Mail.objects.exclude(status__in=[Mail.Status.STOPPED, Mail.Status.UNNEEDED])
    return mails.filter(kind=KIND, participant=person).first()


def with_invitation(people):
    """The queryset ``people`` with ``invitation_attempts``: how often the invitation that waits was tried.

    None where none waits.
    """
    waiting = Mail.objects.unsent().filter(kind=KIND, participant=OuterRef("pk"))
    return people.annotate(invitation_attempts=Subquery(waiting.values("attempts")[:1]))


def words(mail):
    """The EmailMessage of ``mail`` from the outbox; None for who has no seat any more."""
    person, program = mail.participant, mail.program
    if not may_be_invited(person):
        return None
    with translation.override(person.mail_language):
        context = {
            "person": person,
            "program": program,
            "title": in_language(program.title, program.local_title),
            "address": addresses.page(mail.portal, "account_login"),
        }
        subject = _("Your place in the program: sign in to its portal")
        text = render_to_string("participants/accounts/mail/invitation.txt", context)
    return EmailMessage(subject, text)


def about(mail):
    """What ``mail`` is, for organizers."""
    return _("Invitation")


def sent(mail):
    """Write down when the person was invited, and by whom."""
    person = mail.participant
    person.invited_at = mail.sent_at
    person._history_user = mail.by
    person.save(update_fields=["invited_at"])
