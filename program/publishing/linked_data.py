"""The program and its items as schema.org's Event (JSON-LD), for search engines and calendars."""

from program.agenda.kinds import Role

CONTEXT = "https://schema.org"
OFFLINE = f"{CONTEXT}/OfflineEventAttendanceMode"


def program_event(agenda, address):
    """The whole program; ``address`` is that of its page."""
    program = agenda.program
    return {
        "@context": CONTEXT,
        **_program(program),
        "description": program.summary,
        "url": address,
        "eventAttendanceMode": OFFLINE,
        "location": [{"@type": "Place", "name": city, "address": city} for city in agenda.cities],
        "organizer": [
            _organization(organization)
            for organization in agenda.organizations
            if organization.role in (Role.ORGANIZER, Role.CO_ORGANIZER)
        ],
    }


def item_event(agenda, item, address):
    """One item of the agenda; ``address`` is that of its page."""
    status = "EventCancelled" if item.cancelled else "EventScheduled"
    event = {
        "@context": CONTEXT,
        "@type": "Event",
        "name": item.title,
        "startDate": item.starts_at.isoformat(),
        "endDate": item.ends_at.isoformat(),
        "eventStatus": f"{CONTEXT}/{status}",
        "eventAttendanceMode": OFFLINE,
        "url": address,
        "superEvent": _program(agenda.program),
    }
    if item.venue:
        event["location"] = _place(item.venue)
    if item.organization:
        event["organizer"] = _organization(item.organization)
    return event


def _program(program):
    return {
        "@type": "Event",
        "name": program.title,
        "startDate": program.starts_on.isoformat(),
        "endDate": program.ends_on.isoformat(),
    }


def _organization(organization):
    return {"@type": "Organization", "name": organization.name}


def _place(venue):
    place = {"@type": "Place", "name": venue.name, "address": venue.address or venue.city}
    if venue.point:
        place["geo"] = {
            "@type": "GeoCoordinates",
            "latitude": venue.latitude,
            "longitude": venue.longitude,
        }
    return place
