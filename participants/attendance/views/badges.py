"""The page that a badge's QR code leads to: staff mark its participant at the item that is on now."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import translate_url
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from participants.attendance import marking
from participants.attendance.refusals import why_not
from participants.models import Participant
from participants.papers import badges
from participants.people.staff import LANGUAGE, MARK, item_page, show
from program import clock
from program.publishing import releases


@require_safe
@never_cache
def badge(request, code):
    """For staff the item that is on, with one button.

    The participant reads what it is for, others learn nothing. For staff of another program it is an unknown
    code.
    """
    found = badges.find(code)
    if not (found and request.user.has_perm(MARK, found)):
        if found and found.participant.user_id == request.user.pk:
            own = {"program": found.participant.program, "reader": "participant"}
            return render(request, "participants/attendance/badge_own.html", own)
        if not request.user.has_perm(MARK):
            raise PermissionDenied
        found = None
    if request.method == "GET" and (other := _in_staffs_language(request)):
        return other
    program = found.participant.program if found else None
    published = releases.current(program) if program and program.published else None
    if published is None:
        return render(request, "participants/attendance/badge_unknown.html", status=404)
    person = found.participant
    with timezone.override(program.tz):
        items, others = marking.items_for(published.agenda, person, clock.now())
        guest_items = marking.others_on(published.agenda, person, clock.now())
        records = marking.words_on(person, [*items, *others, *guest_items])
        return show(
            request,
            "participants/attendance/badge.html",
            published,
            badge=found,
            person=person,
            expected=person.status == Participant.Status.CONFIRMED,
            items=[(item, records.get(item.id)) for item in items],
            guest_items=[(item, records.get(item.id)) for item in guest_items],
            others=[(item, records.get(item.id)) for item in others],
        )


@require_safe
@item_page
def scan(request, program, published, item):
    """The page that reads one badge after another: the only one that may use the camera."""
    response = show(request, "participants/attendance/scan.html", published, item=item, stopped=why_not(item))
    response.headers["Permissions-Policy"] = settings.PERMISSIONS_POLICY.replace("camera=()", "camera=(self)")
    return response


def _in_staffs_language(request):
    """A redirect to the page in the language of this browser's staff pages, if the address has another.

    A scan comes from the camera, without a page before it; who changes the language on the page stays there.
    """
    language = request.COOKIES.get(LANGUAGE)
    if language not in dict(settings.LANGUAGES) or language == get_language():
        return None
    if request.headers.get("Referer"):
        return None
    return redirect(translate_url(request.get_full_path(), language))
