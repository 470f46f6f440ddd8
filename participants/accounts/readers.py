"""Tells the kept pages which kind of reader a signed-in person is, so that they show that person's links."""

from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver

from participants.models import Participant
from program.models import Program
from program.publishing.pages import READER_COOKIE, has_no_reader_yet

MOST_PROGRAMS = 40  # a cookie has room for these; the latest of those who work in more


class ReaderMiddleware:
    """Sets the cookie that ``reader_of`` reads, at sign-in; it goes at sign-out.

    It stays the same as long as the session does: what a browser stored of a page is found again only under
    the same cookies. Who is made a participant or joins a team meanwhile has the new links after "My pages".
    A session that has none yet gets it with the first public page.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if getattr(request, "reader_changed", False) and request.user.is_authenticated:
            _set(response, readers_of(request.user))
        elif hasattr(request, "fresh_reader"):
            _set(response, request.fresh_reader)
        elif READER_COOKIE in request.COOKIES and _has_ended(request):
            response.delete_cookie(READER_COOKIE, samesite="Lax")
        return response

    def process_view(self, request, view, args, kwargs):
        is_asked = getattr(view, "has_readers", False) and has_no_reader_yet(request)
        if (is_asked or getattr(view, "renews_reader", False)) and request.user.is_authenticated:
            fresh = readers_of(request.user)
            if fresh != request.COOKIES.get(READER_COOKIE):
                request.fresh_reader = request.COOKIES[READER_COOKIE] = fresh


def _set(response, reader):
    response.set_cookie(
        READER_COOKIE,
        reader,
        max_age=settings.SESSION_COOKIE_AGE,
        httponly=True,
        samesite="Lax",
        secure=settings.SESSION_COOKIE_SECURE,
    )


def readers_of(user):
    """The cookie of ``user``: "team:<slug>" and "participant:<slug>" of their programs, joined by dots."""
    works = Program.objects.where_allowed(user, "participants.mark_attendance").published()
    mine = Participant.objects.for_account(user).filter(program__published=True)
    slugs = {
        "team": works.order_by("-starts_on").values_list("slug", flat=True),
        "participant": mine.order_by("-program__starts_on").values_list("program__slug", flat=True),
    }
    return ".".join(f"{kind}:{slug}" for kind, found in slugs.items() for slug in found[:MOST_PROGRAMS])


def _has_ended(request):
    """Whether the visitor is known to be nobody: they signed out, or who they are was asked already."""
    signed_out = getattr(request, "reader_changed", False)
    return signed_out or (hasattr(request, "_cached_user") and not request._cached_user.is_authenticated)


@receiver([user_logged_in, user_logged_out])
def reader_changes(request, **kwargs):
    if request is not None:
        request.reader_changed = True
