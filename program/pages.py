"""Public pages of the agenda: answered from the current release, and kept finished.

A release never changes, so a page is a function of (release, address, language, theme, what is on now).
Each process keeps the finished bytes, plain and gzipped, under exactly that name; nothing is ever
invalidated. A kept page costs one query: which release is current. It is the same for everybody, so the
middleware ``KeptPages`` answers it before sessions, sign-in and addresses are looked at.
"""

import gzip
from bisect import bisect_right
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from hashlib import blake2b

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.core.cache import caches
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from . import clock, releases
from .models import Program, Release

THEMES = ("light", "dark")


def theme_of(request):
    """The theme the visitor chose, "light" or "dark"; "" follows the device."""
    theme = request.COOKIES.get("theme", "")
    return theme if theme in THEMES else ""


@dataclass(frozen=True)
class _Kept:
    """A finished page: its bytes plain and gzipped, and its ETag."""

    body: bytes
    zipped: bytes
    etag: str
    content_type: str


def _nothing(published, **kwargs):
    return ()


@dataclass(frozen=True)
class _Page:
    """Which page an address means; remembered by its address, once it was made."""

    slug: str
    kwargs: dict
    parameters: tuple
    live: Callable


@dataclass(frozen=True)
class _Wanted:
    """A page as it must be for one request, and the ``key`` it is kept under."""

    published: releases.Published
    now: datetime
    live: object
    key: str


class KeptPages:
    """Middleware: answers with the kept page where there is one, else lets the request go on."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        page = caches["pages"].get(_name(request.path))
        if page and request.method in ("GET", "HEAD"):
            request.wanted_page = _want(request, page)
            kept = request.wanted_page and caches["pages"].get(request.wanted_page.key)
            if kept:
                return _answer(request, kept)
        return self.get_response(request)


def agenda_page(*parameters, live=_nothing):
    """Make ``view(request, published, now, **kwargs)`` a public, kept page of the program at ``slug``.

    ``parameters`` are the names in the query string that the view reads; any other is ignored, so that
    nobody can fill the cache with addresses that show the same. The view runs in the program's time zone.
    It never learns who asks, for what it shows is kept for everybody.
    404 when there is no such program; a page that says so while it has no release.

    ``live(published, **kwargs)`` reads what a page shows beside the release, such as materials: a page is
    kept under what it returned too, and the view gets it as ``live``. It costs its queries each time.
    """

    def decorate(view):
        @login_not_required
        @require_safe
        @wraps(view)
        def page(request, slug, **kwargs):
            this = _Page(slug, kwargs, parameters, live)
            wanted = getattr(request, "wanted_page", None) or _want(request, this)
            if wanted is None:
                program = get_object_or_404(Program.objects.published(), slug=slug)
                return render(request, "program/no_release.html", {"program": program})
            own = {} if live is _nothing else {"live": wanted.live}
            with timezone.override(wanted.published.agenda.program.tz):
                response = view(_from_nobody(request), wanted.published, wanted.now, **kwargs, **own)
            if response.status_code != 200 or "CSRF_COOKIE_NEEDS_UPDATE" in request.META:
                return response  # the second holds a token of this visitor
            kept = _keep(response)
            caches["pages"].set_many({_name(request.path): this, wanted.key: kept})
            return _answer(request, kept)

        return page

    return decorate


def _want(request, page):
    """The _Wanted for ``request`` of ``page``, or None while its program has no release. One query."""
    pk = Release.objects.current_pk(page.slug)
    if pk is None:
        return None
    published = releases.load(pk)
    now = clock.now()
    live = page.live(published, **page.kwargs)
    # What is on changes at the agenda's boundaries; in a rehearsal each page also shows the clock.
    minute = int(now.timestamp()) // 60
    moment = minute if settings.DEMO else bisect_right(published.agenda.boundaries, now)
    query = [request.GET.getlist(name) for name in page.parameters]
    # Pages name their own whole address (canonical link, calendar), so the host is part of what they are.
    address = request.build_absolute_uri(request.path)
    key = _name(pk, moment, get_language(), theme_of(request), address, live, query)
    return _Wanted(published, now, live, key)


def _name(*parts):
    """The word that ``parts`` are kept under."""
    return blake2b(repr(parts).encode(), digest_size=16).hexdigest()


def _from_nobody(request):
    """The same request without its visitor: no user, no session, no messages."""
    nobody = copy(request)
    nobody.user, nobody.session, nobody._messages = AnonymousUser(), None, ()
    return nobody


def _keep(response):
    body = response.content
    return _Kept(
        body=body,
        zipped=gzip.compress(body, 9, mtime=0),
        etag=blake2b(body, digest_size=12).hexdigest(),
        content_type=response["Content-Type"],
    )


def _answer(request, kept):
    """The kept page, gzipped where the browser takes that; ConditionalGetMiddleware makes the 304."""
    zipped = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(kept.zipped if zipped else kept.body, content_type=kept.content_type)
    if zipped:
        response["Content-Encoding"] = "gzip"
    response["ETag"] = f'"{kept.etag}{"-gz" if zipped else ""}"'
    response["Cache-Control"] = "no-cache"  # may be kept, but asks each time: then a 304
    patch_vary_headers(response, ("Accept-Encoding", "Cookie"))
    return response


def or_404(found):
    """``found``, or a 404 when it is None: for what an address names in a release."""
    if found is None:
        raise Http404
    return found
