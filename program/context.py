"""What every page may show, whoever renders it. Runs no query."""

from functools import partial
from zoneinfo import ZoneInfo

from django.conf import settings
from django.shortcuts import resolve_url
from django.urls import translate_url

from . import addresses, clock
from .publishing.pages import theme_of

# The demo's program takes place in Jakarta and Bandung: its clock is told in their time everywhere.
REHEARSAL_ZONE = ZoneInfo("Asia/Jakarta")


def portal(request):
    return {
        "theme": theme_of(request),
        "reader": getattr(request, "reader", ""),
        "rehearsal": clock.now().astimezone(REHEARSAL_ZONE) if settings.DEMO else None,
        "clock_offset": settings.CLOCK_OFFSET,
        "sign_in_url": resolve_url(settings.LOGIN_URL),
        "addresses": partial(_addresses, request),
        "site_address": partial(addresses.site_of, request),
        "calendar_site": partial(addresses.calendar_site_of, request),
    }


def _addresses(request):
    """The absolute address of this page in each language, by its code."""
    here = addresses.here(request)
    return {code: translate_url(here, code) for code, _name in settings.LANGUAGES}
