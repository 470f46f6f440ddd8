"""What a mail server said when it did not take a mail, and whether trying again can help."""

from smtplib import SMTPDataError, SMTPRecipientsRefused, SMTPResponseException


def said(error):
    """The code and the words of the server ("550 No such user"); of other errors their text."""
    code, words = _answer(error)
    if code is None:
        return str(error)
    words = words.decode(errors="replace") if isinstance(words, bytes) else str(words)
    return f"{code} {' '.join(words.split())}"


def is_final(error):
    """Whether the server refused this address or this mail for good, with a code from 500 on.

    A refused sender or sign-in is about the portal, not about the mail: it is tried again.
    """
    code, _words = _answer(error)
    return isinstance(error, (SMTPRecipientsRefused, SMTPDataError)) and code >= 500


def _answer(error):
    """(code, words) of the server; (None, None) where it did not answer."""
    if isinstance(error, SMTPRecipientsRefused) and error.recipients:  # a mail has one recipient
        return next(iter(error.recipients.values()))
    if isinstance(error, SMTPResponseException):
        return error.smtp_code, error.smtp_error
    return None, None
