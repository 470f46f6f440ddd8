from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from participants.models import Participant
from program import clock
from program.models import Program


@require_safe
@never_cache
def welcome(request):
    """Where one goes after signing in: a choice between several places, a message when there is none."""
    places = [*_schedules(request.user), *_work(request.user)]
    if len(places) == 1:
        return redirect(places[0]["url"])
    kept = Participant.objects.of_account(request.user).filter(program__published=True)
    left = [person.program for person in kept.select_related("program") if person.withdrawn]
    return render(request, "participants/accounts/welcome.html", {"places": places, "left": left})


welcome.renews_reader = True  # see participants/accounts/readers.py


def _schedules(user):
    """My schedule of each program that has not ended; of the ended ones when there is no other."""
    records = Participant.objects.for_account(user).filter(program__published=True).select_related("program")
    running = [row for row in records if not row.program.is_over(clock.now())]
    return [
        {
            "url": reverse("participants:me", args=[row.program.slug]),
            "name": str(row.program),
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
    programs = Program.objects.where_allowed(user, "participants.mark_attendance")
    for program in programs.current(clock.now()) if user.is_staff else ():
        if not user.has_perm("program.publish_program", program):  # else the admin leads there
            url = reverse("participants:attendance", args=[program.slug])
            yield {"url": url, "name": str(program), "what": _("Attendance")}
