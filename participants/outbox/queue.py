"""The outbox: every mail except the sign-in code waits here until it is sent, and can be looked at
afterwards.

To send a mail, call ``queue``; no request waits for a mail server. What is due is sent by a thread of
the process that queued it (``send_soon``) and by the command send_mails, which also tries again what failed.
Any number of them may work at the same time: each mail is sent by one. The words are made when a mail is
sent, by the function that its kind was registered with, so that no mail says what is no longer true.
"""

import logging
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.core.mail import EmailMessage
from django.db import connection, transaction
from django.db.models import F, Q

from participants.models import Mail, Participant
from program import clock
from program.mail_check import is_printed

from . import refusals
from .signature import signed

log = logging.getLogger(__name__)

# The wait after a first attempt; it doubles with each. No attempt takes longer than settings.EMAIL_TIMEOUT.
FIRST_WAIT = timedelta(minutes=5)
Status = Mail.Status


@dataclass(frozen=True)
class Kind:
    """What the outbox knows of one kind of mail.

    ``words(mail)`` gives the EmailMessage, without its address, or None when nothing is left to say; what it
    writes into ``mail.data`` is kept with a mail that was sent. ``about(mail)`` says for organizers what the
    mail is about. ``merge(older, newer)`` makes the ``data`` of one mail out of that of two to one person.
    ``sent(mail)`` is called when it was sent, in the transaction that records that.
    """

    words: Callable[[Mail], EmailMessage | None]
    about: Callable[[Mail], str]
    merge: Callable[[dict, dict], dict] = lambda older, newer: newer
    sent: Callable[[Mail], None] = lambda mail: None


_kinds = {}


def register(name, kind):
    """Let mails of the kind ``name`` be queued; called in an AppConfig.ready()."""
    _kinds[name] = kind


def about(mail):
    """What ``mail`` is about, in the page's language."""
    return _kinds[mail.kind].about(mail)


def draft_of(mail):
    """The EmailMessage that ``mail``, which waits, would be if it was sent now, or None."""
    return _words(mail)


# Queueing


@transaction.atomic
def queue(
    kind, *, program, portal, by=None, participant=None, address="", name="", data=None, wait=timedelta(0)
):
    """Queue one mail to ``participant``, or to the ``address`` of someone else; return the Mail.

    ``name`` is the name of the person at ``address``. ``portal`` is the portal's address, without a slash at
    the end; ``by`` the user who wants the mail sent. It is sent when the time ``wait`` is over. Where a mail
    of that kind to the same person waits already, that one takes up ``data`` and keeps its time, or is sent
    now without a ``wait``; one that was given up is tried again.
    """
    whom = {"kind": kind, "program": program, "participant": participant, "address": address.strip().lower()}
    if participant:  # two that queue for the same person at the same moment do so one after the other
        Participant.objects.select_for_update().only("pk").get(pk=participant.pk)
    now = clock.now()
    mail, is_new = Mail.objects.select_for_update().get_or_create(
        **whom,
        status=Status.WAITING,
        defaults={
            "name": name,
            "data": data or {},
            "by": by,
            "portal": portal,
            "created_at": now,
            "send_after": now + wait,
        },
    )
    if not is_new:
        mail.data, mail.by, mail.portal = _kinds[kind].merge(mail.data, data or {}), by, portal
        if mail.is_given_up:
            mail.attempts, mail.error, mail.refused, mail.send_after = 0, "", False, now + wait
        elif not wait:
            mail.send_after = min(mail.send_after, now)
        mail.save()
    if not wait:
        send_soon()
    return mail


def send_soon():
    """Send what is due in the background, once this transaction is committed.

    What is not sent then, because the process ends for example, is sent by the command send_mails.
    """
    transaction.on_commit(_start_thread)


def _start_thread():
    threading.Thread(target=_send_and_disconnect, name="outbox", daemon=True).start()


def _send_and_disconnect():
    if is_printed():  # what is printed would count as sent
        return
    try:
        send_due()
    finally:
        connection.close()


# Sending


def send_due():
    """Send what is due; return a Counter of "sent", "failed" and "unneeded" (nothing was left to tell)."""
    due = Mail.objects.due(clock.now()).order_by("send_after", "pk").values_list("pk", "attempts")
    return Counter(outcome for pk, attempts in list(due) if (outcome := _send(pk, attempts)))


def _send(pk, attempts):
    if not _claim(pk, attempts):
        return None  # another run was faster
    related = ("program", "participant__program", "participant__group", "by")
    mail = Mail.objects.select_related(*related).filter(pk=pk).first()
    if mail is None:
        return None  # its person was erased at this moment
    message = _words(mail)
    if message is None:
        _end(mail, Status.UNNEEDED)
        return "unneeded"
    mail.address = mail.to
    message.to = [mail.to]
    try:
        message.send()
    except (OSError, ValueError) as error:  # a mail server's refusal, a network's failure; a bad address
        log.warning("The mail %s failed: %s", pk, type(error).__name__)  # its text may contain the address
        _note_failure(mail, error)
        return "failed"
    mail.subject, mail.text = message.subject[:300], message.body
    _end(mail, Status.SENT)
    return "sent"


def _claim(pk, attempts):
    """Take the mail for this run. False when another run did.

    One conditional update is carried out for one run only, on any database. A run that dies keeps its claim
    for the wait, and then the mail is due again.
    """
    now = clock.now()
    return (
        Mail.objects.due(now)
        .filter(pk=pk, attempts=attempts)
        .update(status=Status.SENDING, attempts=F("attempts") + 1, send_after=now + FIRST_WAIT * 2**attempts)
    )


def _words(mail):
    """Nothing for people who withdrew, were erased or have no address."""
    person = mail.participant
    if (person and (person.withdrawn or person.erased_at)) or not mail.to:
        return None
    message = _kinds[mail.kind].words(mail)
    return message and signed(message, mail)


@transaction.atomic
def _end(mail, status):
    mail.status, mail.error = status, ""
    if status == Status.SENT:
        mail.sent_at = clock.now()
    # Nothing of a person who was erased in the meantime is written again.
    written = {name: getattr(mail, name) for name in _WRITTEN}
    if Mail.objects.filter(pk=mail.pk).update(**written) and status == Status.SENT:
        _kinds[mail.kind].sent(mail)


_WRITTEN = ("status", "error", "sent_at", "subject", "text", "data", "address")


@transaction.atomic
def _note_failure(mail, error):
    """Let it wait for its next attempt, together with what was queued for the same person meanwhile.

    When the server refused it for good there is none, until an organizer sends it again.
    """
    same = Q(kind=mail.kind, program=mail.program, participant=mail.participant)
    if mail.participant is None:
        same &= Q(address=mail.address)
    data = mail.data
    for newer in Mail.objects.waiting().filter(same).select_for_update():
        data = _kinds[mail.kind].merge(data, newer.data)
        newer.delete()
    text = f"{type(error).__name__}: {refusals.said(error)}"[:200]
    refused = refusals.is_final(error)
    Mail.objects.filter(pk=mail.pk).update(status=Status.WAITING, error=text, refused=refused, data=data)


# What organizers do


def send_now(mails):
    """Send those of the queryset ``mails`` that wait, failed or were given up; returns how many.

    What is on its way already is not sent a second time.
    """
    now = clock.now()
    free = Q(status=Status.WAITING) | Q(status=Status.SENDING, send_after__lte=now)
    count = mails.filter(free).update(send_after=now, attempts=0, refused=False)
    send_soon()
    return count


def stop(mails):
    """Do not send those of the queryset ``mails`` that wait; returns how many."""
    return mails.waiting().update(status=Status.STOPPED)


def forget(participant):
    """Delete the mails, those that wait too."""
    participant.mails.all().delete()
