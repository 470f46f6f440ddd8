"""Invites participants: an account to sign in with, and a mail that says where."""

import logging
from smtplib import SMTPException, SMTPRecipientsRefused

from django.core.mail import EmailMessage, get_connection
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from participants.models import Participant
from program import addresses, clock
from program.agenda.facts import in_language

from .accounts import account_for

log = logging.getLogger(__name__)


def may_be_invited(person):
    """Only those who take a seat; others would find nothing."""
    return person.status in (Participant.Status.ACCEPTED, Participant.Status.CONFIRMED)


def invite(people, portal, by):
    """Give each of ``people`` an account and send the mail; return the failures as [(person, in words)].

    ``portal`` is the portal's address, without a slash at the end; answers go to ``by`` (a user). Who was
    mailed has ``invited_at`` from then on; a person may be invited again. Not for inside a transaction.
    """
    failures = []
    try:
        with get_connection() as connection:
            for person in people:
                if failure := _invite(person, portal, by, connection):
                    failures.append((person, failure))
    except (SMTPException, OSError) as error:  # not even connected: nobody was mailed
        _log(error)
        failures = [(person, _("The mail server does not answer.")) for person in people]
    return failures


def _invite(person, portal, by, connection):
    """Why the mail did not go out, or None."""
    account_for(person)
    try:
        _mail(person, portal, by, connection).send()
    except SMTPRecipientsRefused as error:
        _log(error)
        return _("The mail server refuses this address.")
    except (SMTPException, OSError) as error:
        _log(error)
        return _("The mail server did not take the mail. Invite this person again later.")
    person.invited_at = clock.now()
    person.save(update_fields=["invited_at"])
    return None


def _mail(person, portal, by, connection):
    program = person.program
    with translation.override(person.mail_language):
        title = in_language(program.title, program.local_title)
        context = {
            "person": person,
            "program": program,
            "title": title,
            "address": addresses.page(portal, "account_login"),
            "answered": bool(by.email),
        }
        subject = _("Your place in the program: sign in to its portal")
        text = render_to_string("participants/accounts/mail/invitation.txt", context)
    answers = [by.email] if by.email else []
    return EmailMessage(subject, text, to=[person.email], reply_to=answers, connection=connection)


def _log(error):
    log.error("An invitation could not be sent: %s", type(error).__name__)  # its words may hold the address
