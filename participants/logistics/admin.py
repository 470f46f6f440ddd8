"""Lists for the kitchen, the drivers and the hotel: they print well, on A4."""

from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from participants.models import Participant
from participants.people.admin.frame import MAY_READ_TRAVEL, MAY_VIEW, page
from participants.people.directory import by_country
from program import clock
from program.admin.rights import program_or_404
from program.publishing import releases
from program.team.rights import require

from . import lists


@require_safe
def index(request, pk):
    program = program_or_404(request, pk, MAY_VIEW)
    return page(request, "logistics/lists.html", program, _("Lists to print"))


def _list(request, template, program, title, **context):
    return page(request, template, program, title, printed_at=clock.now(), **context)


@require_safe
def diets(request, pk):
    """How many portions of what at each meal, and what individual people must not eat."""
    program = program_or_404(request, pk, MAY_VIEW)
    published = releases.current(program)
    people = lists.people(program)
    plates = lists.plates(published.agenda, people) if published else []
    return _list(
        request,
        "logistics/list_diets.html",
        program,
        _("Meals"),
        published=published,
        diets=Participant.Diet.choices,
        plates=plates,
        totals=lists.diets(people),
        people=people,
        notes=[person for person in people if person.diet_note],
        without_group=[person for person in people if not person.group],
    )


@require_safe
def rooms(request, pk):
    program = program_or_404(request, pk, MAY_VIEW)
    shared, without = lists.rooms(lists.people(program))
    return _list(request, "logistics/list_rooms.html", program, _("Rooms"), rooms=shared, without=without)


@require_safe
def countries(request, pk):
    program = program_or_404(request, pk, MAY_VIEW)
    people = lists.people(program)
    return _list(
        request,
        "logistics/list_countries.html",
        program,
        _("By country"),
        people=people,
        countries=by_country(people),
    )


@require_POST
def travels(request, pk):
    """Arrivals and departures. A POST, because it writes: that it was read."""
    program = program_or_404(request, pk, MAY_VIEW)
    require(request.user, MAY_READ_TRAVEL, program)
    found = lists.travels(program, request.user)
    return _list(request, "logistics/list_travels.html", program, _("Arrivals and departures"), travels=found)


URLS = [
    ("lists/<int:pk>/", index, "lists"),
    ("lists/<int:pk>/meals/", diets, "list_diets"),
    ("lists/<int:pk>/rooms/", rooms, "list_rooms"),
    ("lists/<int:pk>/countries/", countries, "list_countries"),
    ("lists/<int:pk>/travel/", travels, "list_travels"),
]
