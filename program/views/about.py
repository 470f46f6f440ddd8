from itertools import pairwise

from program.agenda.changes import compare, for_group
from program.agenda.filters import GroupFilter
from program.agenda.kinds import Origin
from program.models import Release
from program.publishing.frame import show
from program.publishing.pages import agenda_page
from program.publishing.releases import Published

# How many releases back the page of changes looks.
LAST = 5


@agenda_page()
def about_data(request, published, now):
    agenda = published.agenda
    parts = [
        {
            "origin": origin,
            "items": [item for item in agenda.items if item.origin == origin],
            "organizations": [row for row in agenda.organizations if row.origin == origin],
            "venues": [row for row in agenda.venues if row.origin == origin],
        }
        for origin in (Origin.REPORTED, Origin.ILLUSTRATIVE)
    ]
    return show(request, "program/about_data.html", published, now, section="", parts=parts)


@agenda_page(GroupFilter)
def changes(request, published, now, group):
    context = {
        "section": "",
        "groups": published.agenda.groups,
        "group": group,
        "steps": _steps(published, group),
        "query": f"?group={group.id}" if group else "",
    }
    return show(request, "program/changes.html", published, now, **context)


def _steps(published, group):
    """The last releases, newest first, each with what it changed. One query."""
    program = published.agenda.program.slug
    rows = Release.objects.filter(program__slug=program, number__lte=published.number)[: LAST + 1]
    last = [Published(row.pk, row.number, row.published_at, row.note, row.data) for row in rows]
    if not published.pk:  # of a preview: the draft is the newest
        last.insert(0, published)
    steps = [
        {"release": new, "before": old, "changes": for_group(compare(old.agenda, new.agenda), group)}
        for new, old in pairwise(last)
    ]
    if last and last[-1].number == 1:
        steps.append({"release": last[-1], "before": None, "changes": []})
    return steps
