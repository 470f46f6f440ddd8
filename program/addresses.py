"""Whole addresses of pages, with scheme and host: in calendars, feeds, mails, QR codes and heads of pages.

The portal has no fixed host in its settings: it goes by the name it was asked under (one of ALLOWED_HOSTS).
What is written without a request, such as a mail that waits, keeps the ``site`` of the request it came from.
"""

from django.urls import reverse
from django.utils import translation
from django.utils.encoding import iri_to_uri


def site_of(request):
    """The portal as ``request`` names it, without a slash at the end: "https://example.org"."""
    return f"{request.scheme}://{_host_of(request)}"


def calendar_site_of(request):
    """The same for calendars: programs for calendars subscribe to what is linked so."""
    return f"webcal://{_host_of(request)}"


def whole(site, path):
    """The whole address of ``path`` (from the root, with its query), on a ``site`` of ``site_of``."""
    return f"{site}{iri_to_uri(path)}"


def page(site, name, *args):
    """The whole address of the page with that URL name, in the language that is active."""
    return whole(site, reverse(name, args=args))


def printed(site, name, *args):
    """The same in English, as documents are, whatever language is active."""
    with translation.override("en"):
        return page(site, name, *args)


def here(request):
    """The whole address of the page that is asked for, without its query."""
    return whole(site_of(request), request.path)


def item_pages(site, slug):
    """A function of an agenda item of the program at ``slug``: the whole address of its page."""
    return lambda item: page(site, "program:agenda-item", slug, item.id)


def _host_of(request):
    return request.get_host().lower()
