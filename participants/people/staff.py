"""The frame of the pages for those who mark attendance: organizers and staff."""

from functools import wraps

from django.conf import settings
from django.contrib.auth.decorators import permission_required
from django.http import Http404
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import cache_control

from program import clock
from program.models import Release
from program.publishing import frame, releases

MARK = "participants.mark_attendance"
LANGUAGE = "staff_language"  # a cookie: the language that this browser's staff pages were last read in


def staff_page(view):
    """Make ``view(request, program, published, …)`` a page at ``<slug>/…`` for those who mark attendance.

    403 for users who mark nowhere; 404 in another program, and where nothing is published. Runs in the
    program's time zone.
    """

    @permission_required(MARK, raise_exception=True)
    @cache_control(private=True, no_cache=True)
    @wraps(view)
    def for_staff(request, slug, **kwargs):
        found = Release.objects.filter(program__slug=slug, program__published=True).order_by("-number")
        current = found.select_related("program").defer("data").first()
        if current is None or not request.user.has_perm(MARK, current):
            raise Http404
        with timezone.override(current.program.tz):
            response = view(request, current.program, releases.load(*current.key), **kwargs)
        return remember_language(request, response)

    return for_staff


def remember_language(request, response):
    """Badges are printed with the English address: they open in the language of the last staff page."""
    language = get_language()
    if request.COOKIES.get(LANGUAGE) != language:
        secure = settings.SESSION_COOKIE_SECURE
        year = 365 * 24 * 60 * 60
        response.set_cookie(LANGUAGE, language, max_age=year, secure=secure, httponly=True, samesite="Lax")
    return response


def item_page(view):
    """The same for ``view(request, program, published, item, …)`` of one item of the current release."""

    @staff_page
    @wraps(view)
    def of_item(request, program, published, pk, **kwargs):
        item = published.agenda.item(pk)
        if item is None:
            raise Http404
        return view(request, program, published, item, **kwargs)

    return of_item


def show(request, template, published, **context):
    own = {"section": "attendance", "reader": "team"}
    return frame.show(request, template, published, clock.now(), **own | context)
