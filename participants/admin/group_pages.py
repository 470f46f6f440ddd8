"""Groups balanced by country: looked at, done with one click, and undone."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from program.admin.rights import program_or_404

from ..countries import by_country
from ..grouping import assign, balance, undo
from ..names import sort_key
from .frame import MAY_CHANGE, list_url, page

UNDO = "participants_groups_undo"  # in the session: numbers of people and groups, no names


@require_http_methods(["GET", "POST"])
def groups(request, pk):
    """What balancing would do (GET), or do it (POST). ``all``: also move those who have a group."""
    program = program_or_404(request, pk, MAY_CHANGE)
    anew = "all" in (request.POST or request.GET)
    people = list(program.participants.taking_seats().select_related("group"))
    groups = list(program.groups.all())
    placed = balance(people, groups, keep=not anew)
    if request.method == "POST":
        moved = assign(people, placed, by=request.user)
        if moved:  # else what can be undone is still what was done before
            request.session[UNDO] = {"program": program.pk, "moved": moved}
        text = ngettext(
            "%(count)d person is in a new group.", "%(count)d people are in a new group.", len(moved)
        )
        messages.success(request, text % {"count": len(moved)})
        return redirect(list_url(program))
    return page(
        request,
        "groups.html",
        program,
        _("Balance the groups by country"),
        anew=anew,
        columns=[_column(group, people, placed) for group in groups],
        moving=sum(placed[p.pk].pk != p.group_id for p in people if p.pk in placed),
        countries=[_spread(country, groups, placed) for country in by_country(people)],
    )


def _column(group, people, placed):
    """A group with the people it would have, those who are new in it marked."""
    mine = sorted((p for p in people if placed[p.pk] == group), key=sort_key)
    return {"group": group, "people": [(p, p.group_id != group.pk) for p in mine]}


def _spread(country, groups, placed):
    """(country, its number of people in each group)."""
    return country, [sum(placed.get(p.pk) == group for p in country.people) for group in groups]


def can_undo(request, program):
    return request.session.get(UNDO, {}).get("program") == program.pk


@require_POST
def undo_groups(request, pk):
    program = program_or_404(request, pk, MAY_CHANGE)
    if can_undo(request, program):
        back = undo(program, request.session.pop(UNDO)["moved"], by=request.user)
        text = ngettext(
            "%(count)d person is back in their group.", "%(count)d people are back in their groups.", back
        )
        messages.success(request, text % {"count": back})
    else:
        messages.info(request, _("There is nothing to undo."))
    return redirect(list_url(program))


URLS = [
    ("groups/<int:pk>/", groups, "groups"),
    ("groups/<int:pk>/undo/", undo_groups, "groups_undo"),
]
