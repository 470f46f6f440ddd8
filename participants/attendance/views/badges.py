"""The page that a badge's QR code leads to: staff mark its participant at the item that is on now."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from participants.attendance import marking
from participants.models import Participant
from participants.papers import badges
from participants.people.staff import MARK, show
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
    program = found.participant.program if found else None
    published = releases.current(program) if program and program.published else None
    if published is None:
        return render(request, "participants/attendance/badge_unknown.html", status=404)
    person = found.participant
    with timezone.override(program.tz):
        items, others = marking.items_for(published.agenda, person, clock.now())
        records = marking.words_on(person, [*items, *others])
        return show(
            request,
            "participants/attendance/badge.html",
            published,
            badge=found,
            person=person,
            expected=person.status == Participant.Status.CONFIRMED,
            items=[(item, records.get(item.id)) for item in items],
            others=[(item, records.get(item.id)) for item in others],
        )
