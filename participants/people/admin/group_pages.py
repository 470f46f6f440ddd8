"""Groups balanced by country: looked at, and done with one click."""

from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from participants.people.directory import by_country
from participants.people.grouping import assign, balance
from participants.people.names import sort_key
from program.admin.operations import with_undo
from program.admin.rights import program_or_404

from .frame import MAY_CHANGE, list_url, page


@require_http_methods(["GET", "POST"])
def groups(request, pk):
    """What balancing would do (GET), or do it (POST). ``all``: also move those who have a group."""
    program = program_or_404(request, pk, MAY_CHANGE)
    anew = "all" in (request.POST or request.GET)
    people = list(program.participants.taking_seats().select_related("group"))
    groups = list(program.groups.all())
    placed = balance(people, groups, keep=not anew)
    if request.method == "POST":
        tell_moved(request, assign(program, people, placed, by=request.user))
        return redirect(list_url(program))
    return page(
        request,
        "people/groups.html",
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


def tell_moved(request, operation):
    """Say how many changed group (None: nobody did), with the way to undo it."""
    count = operation.summary["count"] if operation else 0
    text = ngettext("%(count)d person changed group.", "%(count)d people changed group.", count)
    text %= {"count": count}
    messages.success(request, with_undo(text, operation) if operation else text)


URLS = [
    ("groups/<int:pk>/", groups, "groups"),
]
