"""The published agenda as a calendar (iCalendar, RFC 5545)."""

from datetime import timedelta
from email.utils import parseaddr

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress

from program.agenda.changes import groups_text
from program.agenda.kinds import Status

from . import releases

STATUS = {
    Status.PLANNED: "TENTATIVE",
    Status.CONFIRMED: "CONFIRMED",
    Status.CANCELLED: "CANCELLED",
}


def calendar(published, items, address_of):
    """A Calendar of ``items`` of a release, as bytes.

    ``address_of(item)`` is the absolute address of an item's page. An item keeps its UID for ever and
    SEQUENCE is the number of the release that changed it last, so that a calendar that subscribed shows what
    was moved or cancelled, and nothing else as changed.
    """
    program = published.agenda.program
    feed = Calendar()
    feed.add("prodid", "-//Program portal//Agenda//EN")
    feed.add("version", "2.0")
    feed.add("method", "PUBLISH")
    feed.add("x-wr-calname", program.short_title)
    feed.add("x-wr-timezone", program.timezone)
    feed.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    changed = releases.last_changes(published.pk, published.published_at) if published.number > 1 else {}
    for item in items:
        event = _event(published, item, address_of(item))
        # What is no longer in the agenda was taken out by this release.
        number, moment = changed.get(item.id, (published.number, published.published_at))
        event.add("sequence", number)
        event.add("last-modified", moment)
        feed.add_component(event)
    feed.add_missing_timezones()
    for zone in feed.timezones:
        zone.pop("comment", None)  # about the library that made it
    return feed.to_ical()


def _event(published, item, address):
    event = Event()
    # The same for good: a calendar takes what has another one for another event.
    word = published.agenda.program.slug
    if published.number > 1:
        word = releases.first_slug(published.pk, published.published_at) or word
    event.add("uid", f"item-{item.id}@{word}.portal")
    event.add("dtstamp", published.published_at)
    event.add("organizer", _organizer(published.agenda.program))
    event.add("dtstart", item.starts_at)
    event.add("dtend", item.ends_at)
    event.add("summary", item.title)
    event.add("status", STATUS[item.status])
    event.add("categories", [item.kind_label])
    event.add("url", address)
    event.add("description", "\n".join([*description_lines(item), address]))
    if item.venue:
        venue = item.venue
        event.add("location", ", ".join(filter(None, [item.room, venue.name, venue.address])))
        if venue.point:
            event.add("geo", venue.point)
    return event


def _organizer(program):
    """Who publishes: RFC 5546 asks for it, and calendars show its name. The address is that of all mails."""
    organizer = vCalAddress(f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}")
    organizer.params["CN"] = program.short_title
    return organizer


def description_lines(item):
    """What a participant needs to know of an item, a line each."""
    lines = []
    if item.cancelled:
        lines.append(_("Cancelled"))
    elif item.status == Status.PLANNED:
        lines.append(_("Not yet confirmed"))
    if item.groups:
        lines.append(_("Only for %(groups)s") % {"groups": groups_text(item.groups)})
    labelled = (
        (_("Host"), item.organization.name if item.organization else ""),
        (_("Speakers"), ", ".join(speaker.name for speaker in item.speakers)),
        (_("To"), item.destination.name if item.destination else ""),
        (_("Meeting point"), item.meeting_point),
        (_("Vehicle"), item.vehicle),
        (_("What you will do"), item.activity),
        (_("What it covers"), "; ".join(item.objectives)),
        (_("Bring"), "; ".join(item.bring)),
        (_("Dress"), "; ".join(item.dress)),
        (_("Safety"), "; ".join(item.safety)),
        (_("Notes"), item.notes),
    )
    lines += [_("%(label)s: %(text)s") % {"label": label, "text": text} for label, text in labelled if text]
    return lines
