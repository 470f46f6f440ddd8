"""Invitations of colleagues to the team of a program: their words are the team's, the outbox sends them."""

from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

from participants.outbox import queue as outbox
from program.team.invitations import words as words_of
from program.team.models import Membership

KIND = "team"


def queue(membership, site, by, language):
    """Queue the invitation of ``membership``, in ``language``; answers go to ``by`` (a user)."""
    user = membership.user
    outbox.queue(
        KIND,
        program=membership.program,
        portal=site,
        by=by,
        address=user.email,
        name=user.get_full_name(),
        data={"membership": membership.pk, "language": language},
    )


def words(mail):
    """The EmailMessage of ``mail`` from the outbox; None for who is no longer in the team."""
    rows = Membership.objects.select_related("program", "user")
    membership = rows.filter(pk=mail.data["membership"]).first()
    if membership is None:
        return None
    subject, text = words_of(membership, mail.portal, mail.by, mail.data["language"])
    return EmailMessage(subject, text)


def about(mail):
    """What ``mail`` is, for organizers."""
    return _("Invitation to the team")
