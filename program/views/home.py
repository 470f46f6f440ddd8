from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from program import addresses, clock
from program.agenda import overview
from program.agenda.kinds import Kind, Role
from program.countries import country_names
from program.models import Program
from program.publishing.frame import show
from program.publishing.linked_data import program_event
from program.publishing.pages import agenda_page


@login_not_required
@require_safe
def root(request):
    """The home of the current program; the list when there is not exactly one."""
    current = Program.objects.current(clock.now())
    if len(current) == 1:
        return redirect(current[0])
    return redirect("program:list")


@login_not_required
@require_safe
def program_list(request):
    programs = Program.objects.published().order_by("starts_on")
    now = clock.now()
    context = {
        "coming": [program for program in programs if not program.is_over(now)],
        "past": [program for program in reversed(programs) if program.is_over(now)],
    }
    return render(request, "program/list.html", context)


@agenda_page()
def home(request, published, now):
    agenda = published.agenda
    context = {
        "section": "home",
        "legs": overview.journey(agenda),
        "now_here": overview.today(agenda, now),
        "kinds": [kind for kind in Kind if any(item.kind == kind for item in agenda.items)],
        "teachers": overview.teachers(agenda),
        "workshops": overview.activities(agenda, Kind.WORKSHOP),
        "visited": overview.hosts(agenda, Role.ENTERPRISE, Role.HOST),
        "culture": overview.hosts(agenda, Role.CULTURE),
        "institutes": overview.hosts(agenda, Role.INSTITUTE),
        "planners": overview.hosts(agenda, Role.ORGANIZER, Role.CO_ORGANIZER),
        "countries": country_names(agenda.program.countries),
        "event": program_event(agenda, addresses.here(request)),
    }
    return show(request, "program/home.html", published, now, **context)
