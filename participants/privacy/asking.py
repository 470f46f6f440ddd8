"""Asking to be erased: the organizers are told by mail, and erase the person on their page.

The mails remember who asked and when; they say no names, so nothing of an erased person stays in them.
"""

from datetime import datetime

from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participants.models import Mail, Participant
from participants.outbox import queue as outbox
from program import addresses, clock
from program.models import Contacts
from program.team.models import Membership

KIND = "erasure"


def ask(participant, site, by):
    """Tell the organizers that ``participant`` asks to be erased; whether there is anybody to tell."""
    offices = _offices(participant.program)
    data = {"asked": {str(participant.pk): clock.now().isoformat()}}
    for address in offices:
        outbox.queue(KIND, program=participant.program, portal=site, by=by, address=address, data=data)
    return bool(offices)


def asked_at(participant):
    """When ``participant`` asked, an aware moment; None if they did not."""
    moments = [mail.data["asked"].get(str(participant.pk)) for mail in _mails(participant.program)]
    return min((datetime.fromisoformat(moment) for moment in moments if moment), default=None)


def all_who_asked(program):
    """The primary keys of the people of ``program`` who asked and are not erased yet. One query."""
    return {int(pk) for mail in _mails(program) for pk in mail.data["asked"]}


def forget(participant):
    """Who is erased asks no more."""
    for mail in _mails(participant.program):
        if mail.data["asked"].pop(str(participant.pk), None):
            if mail.data["asked"]:
                mail.save(update_fields=["data"])
            else:
                mail.delete()


def merge(older, newer):
    return {"asked": newer["asked"] | older["asked"]}


def words(mail):
    """The EmailMessage of ``mail`` from the outbox; None when all who asked are erased."""
    people = Participant.objects.filter(pk__in=mail.data["asked"], erased_at=None).values_list(
        "pk", flat=True
    )
    if not people:
        return None
    pages = [
        addresses.whole(mail.portal, reverse("admin:participants_participant_erase", args=[pk]))
        for pk in people
    ]
    title = mail.program.short_title
    count = {"count": len(pages), "title": title}
    subject = ngettext(
        "%(title)s: %(count)d participant asks to be erased",
        "%(title)s: %(count)d participants ask to be erased",
        len(pages),
    )
    text = render_to_string("participants/privacy/mail/erasure.txt", {"pages": pages, "title": title})
    return EmailMessage(subject % count, text)


def about(mail):
    """What ``mail`` is, for organizers."""
    return _("Request to be erased")


def _mails(program):
    return Mail.objects.filter(program=program, kind=KIND)


def _offices(program):
    """The addresses of the program's organizers; where none has one, the address for answers."""
    members = Membership.objects.organizers().filter(program=program).exclude(user__email="")
    offices = {email.lower() for email in members.values_list("user__email", flat=True)}
    reply_to = Contacts.objects.of(pk=program.pk).reply_to
    return sorted(offices) or ([reply_to] if reply_to else [])
