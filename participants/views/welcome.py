from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from program import clock
from program.models import Program

from ..models import Participant


@require_safe
@never_cache
def welcome(request):
    """Where one goes after signing in: a choice between several places, a word when there is none."""
    places = [*_schedules(request.user), *_work(request.user)]
    if len(places) == 1:
        return redirect(places[0]["url"])
    kept = Participant.objects.of_account(request.user).filter(program__published=True)
    left = [person.program for person in kept.select_related("program") if person.withdrawn]
    return render(request, "participants/welcome.html", {"places": places, "left": left})


def _schedules(user):
    """My schedule of each program that has not ended; of the ended ones when there is no other."""
    records = Participant.objects.for_account(user).filter(program__published=True).select_related("program")
    now = clock.now()
    running = [row for row in records if now.astimezone(row.program.tz).date() <= row.program.ends_on]
    return [
        {
            "url": reverse("participants:me", args=[row.program.slug]),
            "name": row.program.short_title,
            "what": _("My schedule"),
        }
        for row in running or records
    ]


def _work(user):
    if user.has_perm("program.publish_program"):
        yield {
            "url": reverse("admin:index"),
            "name": _("Admin"),
            "what": _("Agenda, participants, publishing"),
        }
    elif user.is_staff:
        program = Program.objects.current(clock.now().date()).first()
        if program:
            marks = user.has_perm("participants.mark_attendance")
            name, what = (
                ("participants:attendance", _("Attendance")) if marks else ("program:agenda", _("The agenda"))
            )
            yield {"url": reverse(name, args=[program.slug]), "name": program.short_title, "what": what}
