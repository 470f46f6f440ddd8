"""The only place of the portal that asks what time it is."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone


def now():
    """The current moment, aware, in UTC; in the demo moved by ``settings.CLOCK_OFFSET`` seconds."""
    return moved(timezone.now())


def moved(moment):
    """A ``moment`` that Django noted itself, such as a sign-in, as the portal's clock shows it."""
    return moment + timedelta(seconds=settings.CLOCK_OFFSET)
