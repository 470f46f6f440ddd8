"""Absolute addresses of pages, with scheme and host: in calendars, feeds, mails, QR codes and heads of pages.

The portal has no fixed host in its settings: it uses the host of the request (one of ALLOWED_HOSTS).
What is written without a request, such as a mail that waits, keeps the ``site`` of the request it came from.
"""

from django.urls import reverse
from django.utils import translation
from django.utils.encoding import iri_to_uri


def site_of(request):
    """The portal's address as in ``request``, without a slash at the end: "https://example.org"."""
    return f"{request.scheme}://{_host_of(request)}"


def calendar_site_of(request):
    """The same for calendars: calendar apps subscribe to links of this form."""
    return f"webcal://{_host_of(request)}"


def whole(site, path):
    """The absolute address of ``path`` (from the root, with its query), on a ``site`` of ``site_of``."""
    return f"{site}{iri_to_uri(path)}"


def page(site, name, *args):
    """The absolute address of the page with that URL name, in the language that is active."""
    return whole(site, reverse(name, args=args))


def printed(site, name, *args):
    """The same in English, as on documents, whatever language is active."""
    with translation.override("en"):
        return page(site, name, *args)


def here(request):
    """The absolute address of the requested page, without its query."""
    return whole(site_of(request), request.path)


def item_pages(site, slug):
    """A function of an agenda item of the program at ``slug``: the absolute address of its page."""
    return lambda item: page(site, "program:agenda-item", slug, item.id)


def _host_of(request):
    return request.get_host().lower()
