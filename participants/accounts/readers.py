"""Tells the kept pages which kind of reader a signed-in person is, so that they show that person's links."""

from django.conf import settings
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver

from participants.models import Participant
from program.models import Program
from program.publishing.pages import READER_COOKIE, has_no_reader_yet

HOUR = 60 * 60
MOST_PROGRAMS = 40  # a cookie has room for these; the latest of those who work in more


class ReaderMiddleware:
    """Sets the cookie that ``reader_of`` reads, at the first public page after sign-in and then once an hour.

    Who is made a participant or joins a team while signed in has the new links within the hour. The cookie
    goes at sign-out and when somebody else signs in.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if hasattr(request, "fresh_reader"):
            response.set_cookie(
                READER_COOKIE,
                request.fresh_reader,
                max_age=HOUR,
                httponly=True,
                samesite="Lax",
                secure=settings.SESSION_COOKIE_SECURE,
            )
        elif READER_COOKIE in request.COOKIES and _has_changed(request):
            response.delete_cookie(READER_COOKIE, samesite="Lax")
        return response

    def process_view(self, request, view, args, kwargs):
        if (
            getattr(view, "has_readers", False)
            and has_no_reader_yet(request)
            and request.user.is_authenticated
        ):
            request.fresh_reader = request.COOKIES[READER_COOKIE] = readers_of(request.user)


def readers_of(user):
    """The cookie of ``user``: "team:<slug>" and "participant:<slug>" of their programs, joined by dots."""
    works = Program.objects.where_allowed(user, "participants.mark_attendance").published()
    mine = Participant.objects.for_account(user).filter(program__published=True)
    slugs = {
        "team": works.order_by("-starts_on").values_list("slug", flat=True),
        "participant": mine.order_by("-program__starts_on").values_list("program__slug", flat=True),
    }
    return ".".join(f"{kind}:{slug}" for kind, found in slugs.items() for slug in found[:MOST_PROGRAMS])


def _has_changed(request):
    """Whether somebody signed in or out, or the session that the browser names is over.

    The second is said only where it was asked already.
    """
    ended = hasattr(request, "_cached_user") and not request._cached_user.is_authenticated
    return ended or getattr(request, "reader_changed", False)


@receiver([user_logged_in, user_logged_out])
def reader_changes(request, **kwargs):
    if request is not None:
        request.reader_changed = True
