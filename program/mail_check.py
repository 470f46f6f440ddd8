"""Sign-in codes must not land in the log: without a mail server the portal is not served."""

from django.conf import settings
from django.core.checks import Error, register
from django.core.exceptions import ImproperlyConfigured

PRINTED = (
    "EMAIL_URL is not set to a mail server: sign-in codes would be printed into the log, and nobody would "
    "get them. Set it, as in EMAIL_URL=smtp+tls://user:password@mail.example.org:587."
)


def is_printed():
    """Whether mail is printed to the console although this is neither the demo nor a developer's machine."""
    return settings.EMAIL_BACKEND.endswith("console.EmailBackend") and not (settings.DEMO or settings.DEBUG)


def require_mail():
    """Raise ImproperlyConfigured, with a sentence that says what to set, where mail would be printed."""
    if is_printed():
        raise ImproperlyConfigured(PRINTED)


@register(deploy=True)
def mail_check(**kwargs):
    return [Error(PRINTED, id="program.E001")] if is_printed() else []
