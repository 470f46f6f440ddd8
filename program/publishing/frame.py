"""The frame of the pages of a release: what their head and their foot need."""

from django.shortcuts import render

from program.agenda import overview
from program.agenda.dates import months_text
from program.agenda.kinds import Origin, Role


def show(request, template, published, now, **context):
    """Render a page of a release, with what the head and the foot of every page need.

    ``section`` names the part of the main navigation that the page belongs to.
    """
    agenda = published.agenda
    now = now.astimezone(agenda.program.tz)
    shared = {
        "published": published,
        "agenda": agenda,
        "program": agenda.program,
        "now": now,
        "today": now.date(),
        "where_and_when": where_and_when(agenda),
        "organizers": [
            organization
            for organization in agenda.organizations
            if organization.role in (Role.ORGANIZER, Role.CO_ORGANIZER) and not organization.parent
        ],
        "has_illustrative": any(item.origin == Origin.ILLUSTRATIVE for item in agenda.items),
        "local_names": frozenset(
            organization.local_name
            for organization in agenda.organizations
            if organization.local_name != organization.english_name
        ),
    }
    if preview := getattr(request, "preview", None):
        shared |= {
            "preview": preview,
            "ways": request.preview_ways,
            "addresses": request.preview_ways["languages"],
        }
    return render(request, template, shared | context)


def where_and_when(agenda):
    """One short line for under the program's name: "Jakarta–Bandung, July 2018"."""
    cities = dict.fromkeys(leg.city for leg in overview.journey(agenda))
    months = months_text(agenda.program.starts_on, agenda.program.ends_on)
    return ", ".join(filter(None, ["–".join(cities), months]))
