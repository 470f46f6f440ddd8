from datetime import date

from django.http import Http404, HttpResponse, JsonResponse
from django.urls import reverse

from .. import cloth as cloth_drawing
from ..feeds import calendar
from ..pages import agenda_page, or_404


@agenda_page("day", "group")
def agenda_ics(request, published, now):
    agenda = published.agenda
    group, day = request.GET.get("group", ""), request.GET.get("day", "")
    if group:
        agenda = agenda.for_group(or_404(agenda.group_asked(group)).id)
    items = agenda.items if not day else or_404(agenda.day(_date(day))).items
    return _calendar(request, published, items)


@agenda_page()
def item_ics(request, published, now, pk):
    return _calendar(request, published, [or_404(published.agenda.item(pk))])


def _date(text):
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Http404 from None


def _calendar(request, published, items):
    slug = published.agenda.program.slug

    def address_of(item):
        return request.build_absolute_uri(reverse("program:agenda-item", args=[slug, item.id]))

    return HttpResponse(calendar(published, items, address_of), content_type="text/calendar; charset=utf-8")


@agenda_page()
def agenda_json(request, published, now):
    """The release itself, in the format that program/agenda.py describes."""
    return JsonResponse(
        {
            "number": published.number,
            "published_at": published.published_at.isoformat(),
            "note": published.note,
            "data": published.data,
        }
    )


@agenda_page()
def cloth(request, published, now):
    return HttpResponse(cloth_drawing.draw(published.agenda), content_type="image/svg+xml")
