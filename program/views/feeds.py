from datetime import date

from django.http import HttpResponse, JsonResponse

from program import addresses
from program.agenda.filters import CalendarFilter
from program.drawing import cloth as cloth_drawing
from program.publishing.feeds import calendar
from program.publishing.pages import agenda_page, or_404


@agenda_page(CalendarFilter)
def agenda_ics(request, published, now, group, day):
    agenda = published.agenda.for_group(group.id) if group else published.agenda
    items = agenda.day(date.fromisoformat(day)).items if day else agenda.items
    return _calendar(request, published, items)


@agenda_page()
def item_ics(request, published, now, pk):
    return _calendar(request, published, [or_404(published.agenda.item(pk))])


def _calendar(request, published, items):
    address_of = addresses.item_pages(addresses.site_of(request), published.agenda.program.slug)
    return HttpResponse(calendar(published, items, address_of), content_type="text/calendar; charset=utf-8")


@agenda_page()
def agenda_json(request, published, now):
    """The release itself, in the format that program/agenda/agenda.py describes."""
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
