"""Pages of the published agenda: answered from the current release, and kept finished.

A release never changes, so a page is a function of (release, address, language, theme, what is on now, kind
of reader) and of the few facts beside the release that it names. Each process keeps the finished bytes, plain
and gzipped, under exactly that name; nothing is ever invalidated. There are two kinds of such pages:

- ``agenda_page``: public, the same for everybody but for the navigation of signed-in readers. The middleware
  ``KeptPages`` answers it before sessions, sign-in and addresses are looked at; it then costs one query:
  which release is current.
- ``shared_page``: for signed-in people, kept a minute for all of them to whom the same facts apply.

A view of either kind never learns who asks. What it made is not kept when it holds a form's token: a form
on a shared page has ``{% reader_token %}`` instead, a place that gets the token of each reader.

Nobody can fill the memory: only values that a page's filter form accepts make another page, each of them
once; addresses and hosts have one spelling; and the settings bound the number of pages a process keeps, of
which those that nobody asks for go first.
"""

import gzip
from bisect import bisect_right
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from hashlib import blake2b
from urllib.parse import urlsplit

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import get_messages
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.cache import caches
from django.http import Http404, HttpResponse, HttpResponseNotModified
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from program import addresses, clock
from program.models import Program, Release

from . import releases

THEMES = ("light", "dark")
READERS = ("participant", "team")  # the kinds of signed-in readers; "" is any other visitor
READER_COOKIE = "reader"
TOKEN_PLACE = "csrf-token-of-whoever-reads"  # stands in kept bytes for the token of a form
SHARED_SECONDS = 120  # how long a shared page is kept: nobody asks for a minute that is over


def theme_of(request):
    """The theme the visitor chose, "light" or "dark"; "" follows the device."""
    theme = request.COOKIES.get("theme", "")
    return theme if theme in THEMES else ""


def reader_of(request, slug):
    """Which of READERS the visitor is in the program at ``slug``; "" for any other.

    It chooses the navigation of a page and protects nothing: the browser itself says it, in a cookie such as
    "participant:ikm-2018.team:ikm-2019" that participants/accounts/readers.py sets.
    """
    signed_in = settings.SESSION_COOKIE_NAME in request.COOKIES
    said = request.COOKIES.get(READER_COOKIE, "").split(".") if signed_in else ()
    return next((kind for kind in READERS if f"{kind}:{slug}" in said), "")


def or_404(found):
    """``found``, or a 404 when it is None: for what an address names in a release."""
    if found is None:
        raise Http404
    return found


# Public pages


def _nothing(published, reader, **kwargs):
    return ()


@dataclass(frozen=True)
class _Page:
    """Which public page an address means; remembered by its address, once it was made."""

    slug: str
    kwargs: dict
    filters: type[forms.Form] | None
    live: Callable


@dataclass(frozen=True)
class _Wanted:
    """A public page as it must be for one request, and the ``key`` it is kept under."""

    published: releases.Published
    now: datetime
    chosen: dict
    live: object
    key: str


class KeptPages:
    """Middleware: answers with the kept public page where there is one, else lets the request go on."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        page = None if has_no_reader_yet(request) else caches["pages"].get(_name(request.path))
        if page and request.method in ("GET", "HEAD"):
            try:
                request.wanted_page = _want(request, page)
            except Http404:  # not a choice of the page: its view says so
                return self.get_response(request)
            kept = request.wanted_page and caches["pages"].get(request.wanted_page.key)
            if kept:
                return _answer(request, kept)
        return self.get_response(request)


def has_no_reader_yet(request):
    """Whether somebody seems to be signed in of whom it is not known yet which kind of reader they are."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and READER_COOKIE not in request.COOKIES


def agenda_page(filters=None, live=_nothing):
    """Make ``view(request, published, now, **kwargs)`` a public, kept page of the program at ``slug``.

    ``filters`` is a form of choices (program/agenda/filters.py) for the query string. The view gets each of
    its fields by name; what it does not accept is a 404, and parameters it does not have are ignored. The
    view runs in the program's time zone. It never learns who asks, for what it shows is kept for everybody of
    the same kind (READERS); ``request.reader`` says which.
    404 when there is no such program; a page that says so while it has no release.

    ``live(published, reader, **kwargs)`` reads what a page shows such a reader beside the release, as
    materials are: a page is kept under what it returned too, and the view gets it as ``live``. It costs its
    queries each time.
    """

    def decorate(view):
        @login_not_required
        @require_safe
        @wraps(view)
        def page(request, slug, **kwargs):
            this = _Page(slug, kwargs, filters, live)
            wanted = getattr(request, "wanted_page", None) or _want(request, this)
            if wanted is None:
                return _no_release(request, slug)
            kept = caches["pages"].get(wanted.key)
            if kept:
                return _answer(request, kept)
            own = wanted.chosen | ({} if live is _nothing else {"live": wanted.live})
            nobody = _from_nobody(request)
            nobody.reader = reader_of(request, slug)
            with timezone.override(wanted.published.agenda.program.tz):
                response = view(nobody, wanted.published, wanted.now, **kwargs, **own)
            if not _may_be_kept(request, response):
                return response
            kept = _keep(response)
            caches["pages"].set_many({_name(request.path): this, wanted.key: kept})
            return _answer(request, kept)

        def unkept(request, preview, **kwargs):
            """The page of the draft as a participant sees it, of a Preview (preview.py)."""
            published, reader = preview.published, READERS[0]
            own = _chosen(request, filters, published.agenda)
            own |= {} if live is _nothing else {"live": live(published, reader, **kwargs)}
            nobody = _from_nobody(request)
            nobody.reader = reader
            return view(nobody, published, preview.now, **kwargs, **own)

        page.has_readers = True
        page.unkept = unkept
        return page

    return decorate


def _want(request, page):
    """The _Wanted for ``request`` of ``page``, or None while its program has no release. One query.

    Http404 when the query string holds what the page's filter form does not accept.
    """
    release = Release.objects.current_key(page.slug)
    if release is None:
        return None
    published = releases.load(*release)
    now = clock.now()
    chosen = _chosen(request, page.filters, published.agenda)
    reader = reader_of(request, page.slug)
    live = page.live(published, reader, **page.kwargs)
    # In a rehearsal each page also shows the clock.
    minute = _minute(now) if settings.DEMO else None
    key = _name(_state(request, published, now), minute, chosen, live, reader)
    return _Wanted(published, now, chosen, live, key)


def _chosen(request, filters, agenda):
    """{field: value} of the filter form; a parameter that comes twice has its last value."""
    if filters is None:
        return {}
    if not any(name in request.GET for name in filters.base_fields):
        return dict.fromkeys(filters.base_fields, "")
    form = filters(request.GET, agenda)
    if not form.is_valid():
        raise Http404
    return form.cleaned_data


# Pages of signed-in people


def shared_page(facts, previewed):
    """Make ``view(request, published, now, mine, state)`` a page at ``<slug>/…`` for signed-in people.

    ``facts(request, slug, now)`` says who sees what: all that the page shows beside the release, with the
    key of that release as its ``release`` (None: there is none yet). None, a 404, when it is no page of
    theirs. It costs its queries each time; what has the same ``repr`` gets the same page. The view gets it as
    ``mine``, and runs in the program's time zone.

    ``previewed(preview)`` is ``mine`` of a Preview (preview.py): it costs queries too, and nothing is kept.

    ``state`` names what the page says, the minutes of the clock apart. A script that asks with it as the ETag
    is told with a 304 that there is no news. Waiting messages are shown once, on a page that is not kept.
    """

    def decorate(view):
        @require_safe
        @wraps(view)
        def page(request, slug):
            now = clock.now()
            mine = or_404(facts(request, slug, now))
            if mine.release is None:
                return _no_release(request, slug)
            published = releases.load(*mine.release)
            today = now.astimezone(published.agenda.program.tz).date()
            state = _state(request, published, now, today, mine)
            if _is_known(request, state):
                response = HttpResponseNotModified(headers={"ETag": f'"{state}"'})
            else:
                key = _name(state, _minute(now))
                kept = None if get_messages(request) else caches["pages"].get(key)
                response = _answer(request, kept) if kept else make(request, key, published, now, mine, state)
            response["Cache-Control"] = "private, no-cache"
            patch_vary_headers(response, ("Accept-Encoding", "Cookie"))
            response["Portal-Clock"] = int(now.timestamp())  # what scripts count the minutes left by
            return response

        def make(request, key, published, now, mine, state):
            is_own = bool(get_messages(request))
            with timezone.override(published.agenda.program.tz):
                reader = request if is_own else _from_nobody(request)
                response = view(reader, published, now, mine, state)
            if not _may_be_kept(request, response):
                return response
            kept = _keep(response)
            if not is_own:
                caches["pages"].set(key, kept, SHARED_SECONDS)
            return _answer(request, kept)

        def unkept(request, preview):
            mine = previewed(preview)
            return view(_from_nobody(request), preview.published, preview.now, mine, "")

        page.unkept = unkept
        return page

    return decorate


def _is_known(request, state):
    """Whether a script asks whose page says ``state`` already."""
    known = parse_etags(request.headers.get("If-None-Match", ""))
    return f'"{state}"' in known or f'W/"{state}"' in known


# What both have in common


def _no_release(request, slug):
    program = get_object_or_404(Program.objects.published(), slug=slug)
    return render(
        request, "program/no_release.html", {"program": program, "reader": reader_of(request, slug)}
    )


def _state(request, published, now, *facts):
    """Names what a page says at ``now``, the minutes of the clock apart."""
    return _name(
        # Both: a restored database gives primary keys out a second time.
        *(published.pk, published.published_at),
        # What is on changes at these moments only.
        bisect_right(published.agenda.boundaries, now),
        # Pages name their own whole address (canonical link, calendar), so the host is part of what they are.
        *(get_language(), theme_of(request), addresses.here(request)),
        # Pages name files of this version of the portal.
        getattr(staticfiles_storage, "manifest_hash", ""),
        *facts,
    )


def _minute(moment):
    return int(moment.timestamp()) // 60


def _name(*parts):
    """The word that ``parts`` are kept under."""
    return blake2b(repr(parts).encode(), digest_size=16).hexdigest()


def _from_nobody(request):
    """The same request without its visitor: no user, no session, no messages."""
    nobody = copy(request)
    nobody.user, nobody.session, nobody._messages = AnonymousUser(), None, ()
    return nobody


def _may_be_kept(request, response):
    """Whether others may get it too: a whole page, without a form's token, under a host as links spell it."""
    used_a_token = "CSRF_COOKIE_NEEDS_UPDATE" in request.META  # Django's get_token says so
    return response.status_code == 200 and not used_a_token and _has_usual_host(request)


def _has_usual_host(request):
    """Django accepts a host in capitals, with a dot at its end, and with any port."""
    host = request.get_host()
    usual = urlsplit(f"//{host}")
    usual_port = not settings.HTTPS or usual.port is None or str(usual.port) == request.get_port()
    return usual_port and host == host.lower() and not usual.hostname.endswith(".")


@dataclass(frozen=True)
class _Kept:
    """A finished page: its bytes plain and gzipped, and its ETag. With a TOKEN_PLACE: plain ones only."""

    body: bytes
    zipped: bytes | None
    etag: str
    content_type: str


def _keep(response):
    body, content_type = response.content, response["Content-Type"]
    if content_type.startswith("text/html"):
        # Templates are indented for people who write them; browsers need no blanks around a line's end.
        body = b"\n".join(filter(None, map(bytes.strip, body.splitlines())))
    return _Kept(
        body=body,
        zipped=None if TOKEN_PLACE.encode() in body else gzip.compress(body, 9, mtime=0),
        etag=blake2b(body, digest_size=12).hexdigest(),
        content_type=content_type,
    )


def _answer(request, kept):
    """The kept page, gzipped where the browser takes that; ConditionalGetMiddleware makes the 304."""
    if kept.zipped is None:
        body = kept.body.replace(TOKEN_PLACE.encode(), get_token(request).encode())
        return HttpResponse(body, content_type=kept.content_type)
    zipped = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(kept.zipped if zipped else kept.body, content_type=kept.content_type)
    if zipped:
        response["Content-Encoding"] = "gzip"
    response["ETag"] = f'"{kept.etag}{"-gz" if zipped else ""}"'
    response["Cache-Control"] = "no-cache"  # may be kept, but asks each time: then a 304
    patch_vary_headers(response, ("Accept-Encoding", "Cookie"))
    return response
