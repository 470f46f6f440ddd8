"""Why a mail was not sent, in words for organizers."""

from django.utils.translation import gettext as _

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


def in_words(error):
    """A sentence for the ``error`` of a Mail, "SMTPRecipientsRefused: ..."; "" where there is none."""
    name = error.partition(":")[0]
    if not error:
        return ""
    if name == "SMTPRecipientsRefused":
        return _("The mail server refuses this address.")
    if name == "ValueError":
        return _("This is not a valid address.")
    if name in NO_ANSWER:
        return _("The mail server does not answer.")
    return _("The mail server did not take the mail.")
