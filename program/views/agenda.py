from django.utils.http import urlencode

from program import addresses
from program.agenda.filters import AgendaFilter
from program.agenda.kinds import Kind
from program.agenda.overview import other_turns
from program.drawing import maps
from program.models import Contacts
from program.publishing.frame import show
from program.publishing.linked_data import item_event
from program.publishing.live import live_of_item
from program.publishing.pages import agenda_page, or_404


@agenda_page(AgendaFilter)
def agenda(request, published, now, kind, city):
    whole = published.agenda
    kinds = [kind] if kind else []
    shown = whole.filtered(kinds, city)
    days = [day for day in shown.days if day.items] if kind or city else shown.days
    today = now.astimezone(whole.program.tz).date()
    context = {
        "section": "agenda",
        "days": days,
        "query": _query(kind=kind, city=city),
        "filters": _filters(whole, kind, city),
        "today_shown": any(day.date == today for day in days),
    }
    return show(request, "program/agenda.html", published, now, **context)


def _filters(whole, kind, city):
    """The links of the two filters: each keeps the other's choice, and says how many items it shows."""
    present = [one for one in Kind if any(item.kind == one for item in whole.items)]
    return {
        "kinds": [
            {
                "kind": one,
                "query": _query(kind=one, city=city),
                "count": len(whole.filtered([one], city).items),
                "current": one == kind,
            }
            for one in present
        ],
        "cities": [
            {
                "city": one,
                "query": _query(kind=kind, city=one),
                "count": len(whole.filtered([kind] if kind else [], one).items),
                "current": one == city,
            }
            for one in whole.cities
        ],
        "all_kinds": {"query": _query(city=city), "current": not kind},
        "all_cities": {"query": _query(kind=kind), "current": not city},
    }


def _query(**choices):
    chosen = {name: str(value) for name, value in choices.items() if value}
    return f"?{urlencode(chosen)}" if chosen else ""


@agenda_page()
def agenda_day(request, published, now, day):
    whole = published.agenda
    shown = or_404(whole.day(day))
    place = whole.days.index(shown)
    context = {
        "section": "agenda",
        "day": shown,
        "number": place + 1,
        "before": whole.days[place - 1] if place else None,
        "after": whole.days[place + 1] if place + 1 < len(whole.days) else None,
        "map": maps.way_of_day(shown),
    }
    return show(request, "program/agenda_day.html", published, now, **context)


def _beside_item(published, reader, pk):
    """Beside the release the page of an item shows its materials, and the Contact to signed-in people."""
    contact = Contacts.objects.of(slug=published.agenda.program.slug) if reader else None
    return live_of_item(published, pk), contact


@agenda_page(live=_beside_item)
def agenda_item(request, published, now, pk, live):
    whole = published.agenda
    item = or_404(whole.item(pk))
    before, after = whole.neighbours(item)
    materials, contact = live
    context = {
        "section": "agenda",
        "item": item,
        "day": whole.day(item.day),
        "bus": whole.bus_before(item),
        "turns": other_turns(whole, item),
        "before": before,
        "after": after,
        "materials": materials,
        "contact": contact,
        "way": maps.way(item),
        "map": maps.way_of_day(whole.day(item.day)),
        "geo_link": maps.geo_link(item.venue) if item.venue else "",
        "web_link": maps.web_link(item.venue) if item.venue else "",
        "event": item_event(whole, item, addresses.here(request)),
    }
    return show(request, "program/agenda_item.html", published, now, **context)
