from itertools import groupby

from django.utils.translation import gettext_lazy as _

from program.agenda.kinds import Role
from program.agenda.overview import HOST_ORDER, Host
from program.agenda.overview import hosts as hosts_of
from program.drawing import maps
from program.publishing.frame import show
from program.publishing.pages import agenda_page, or_404

HEADINGS = {
    Role.INSTITUTE: _("Institutes"),
    Role.ENTERPRISE: _("Enterprises"),
    Role.HOST: _("Other hosts"),
    Role.CULTURE: _("Culture"),
    Role.ORGANIZER: _("Organizers"),
    Role.CO_ORGANIZER: _("Co-organizers"),
    Role.RESOURCE: _("Resource persons' organizations"),
}


@agenda_page()
def hosts(request, published, now):
    found = hosts_of(published.agenda, *HOST_ORDER)
    roles = [
        {"role": role, "title": HEADINGS[role], "hosts": list(group)}
        for role, group in groupby(found, key=lambda host: host.organization.role)
    ]
    return show(request, "program/hosts.html", published, now, section="hosts", roles=roles)


@agenda_page()
def host(request, published, now, host):
    agenda = published.agenda
    organization = or_404(agenda.organization(host))
    held = Host(organization, tuple(agenda.held_by(organization)))
    venues = list(dict.fromkeys(item.venue for item in held.items if item.venue))
    context = {
        "section": "hosts",
        "host": held,
        "days": [day for day in agenda.replace_items(held.items).days if day.items],
        "venues": [_with_links(venue) for venue in venues] if organization.receives else [],
        "parent": agenda.organization(organization.parent) if organization.parent else None,
        "parts": [part for part in agenda.organizations if part.parent == organization.slug],
    }
    return show(request, "program/host.html", published, now, **context)


@agenda_page()
def venues(request, published, now):
    agenda = published.agenda
    ways = maps.transfers(agenda.items)
    cities = []
    for city in dict.fromkeys([*agenda.cities, *(venue.city for venue in agenda.venues)]):
        there = [venue for venue in agenda.venues if venue.city == city]
        if there:
            cities.append(
                {
                    "name": city,
                    "venues": [_with_links(venue, agenda) for venue in there],
                    "map": maps.schematic(there, ways),
                }
            )
    return show(request, "program/venues.html", published, now, section="venues", cities=cities)


def _with_links(venue, agenda=None):
    items = agenda.at_venue(venue) if agenda else []
    return {
        "venue": venue,
        "geo_link": maps.geo_link(venue),
        "web_link": maps.web_link(venue),
        "days": sorted({item.day for item in items if not item.cancelled}),
    }
