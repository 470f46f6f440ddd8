"""The state of a mail, and why it was not sent, in words for organizers."""

from django.utils.translation import gettext as _

from participants.models import Mail
from program.drafting.history import moment_words

NO_ANSWER = frozenset(
    {
        "BrokenPipeError",
        "ConnectionAbortedError",
        "ConnectionRefusedError",
        "ConnectionResetError",
        "SMTPConnectError",
        "SMTPServerDisconnected",
        "SSLError",
        "TimeoutError",
        "gaierror",
    }
)


def state(mail):
    """The state of ``mail``, with its moment in the program's time."""
    when = {"when": moment_words(mail.sent_at or mail.send_after, mail.program.tz)}
    if mail.status == Mail.Status.SENT:
        return _("Sent %(when)s") % when
    if mail.is_unsent and mail.refused:
        return _("Refused, not tried again")
    if mail.is_given_up:
        return _("Given up")
    if mail.status == Mail.Status.WAITING:
        if mail.attempts:
            return _("Failed, tried again %(when)s") % when
        return _("Waiting until %(when)s") % when
    return mail.get_status_display()


def failure(mail):
    """A sentence for the ``error`` of ``mail`` ("SMTPRecipientsRefused: …"); "" where there is none."""
    name = mail.error.partition(":")[0]
    if not name:
        return ""
    if name == "SMTPRecipientsRefused":
        return _("The mail server refuses this address.")
    if name == "ValueError":
        return _("This is not a valid address.")
    if name in NO_ANSWER:
        return _("The mail server does not answer.")
    return _("The mail server did not accept the mail.")
