"""Flights against the agenda: how many land too late for its first item, or leave before its last ends."""

from datetime import timedelta
from functools import partial

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participants.models import Participant, TravelRecord
from program.agenda.conflicts import Finding, Severity
from program.agenda.conflicts.findings import clock
from program.agenda.kinds import Kind

# From landing to the first item: immigration, luggage and the way. Before take-off: the way and check-in.
AFTER_LANDING = timedelta(hours=2)
BEFORE_TAKE_OFF = timedelta(hours=3)


def finders(program):
    """For program/publishing/finders.py. Reads groups and moments of those who come; no record is shown."""
    flights = TravelRecord.objects.filter(
        participant__in=Participant.objects.filter(program=program).taking_seats()
    )
    moments = flights.values_list("participant__group", "arrives_at", "departs_at")
    return [partial(flights_missed, flights=list(moments))]


def flights_missed(agenda, flights):
    """``flights`` are (group id or None, lands at, takes off at) of one person each; moments may be None."""
    late, early = {}, {}
    for group, lands_at, takes_off_at in flights:
        items = [i for i in agenda.items if (i.main or i.kind == Kind.BRIEFING) and i.expects(group)]
        if not items:
            continue
        first, last = items[0], max(items, key=lambda item: item.ends_at)
        if lands_at and lands_at + AFTER_LANDING > first.starts_at:
            late[first.id] = late.get(first.id, 0) + 1
        if takes_off_at and takes_off_at - BEFORE_TAKE_OFF < last.ends_at:
            early[last.id] = early.get(last.id, 0) + 1
    for pk, count in late.items():
        item = agenda.item(pk)
        yield _missed(
            "lands-late",
            item,
            item.starts_at,
            count,
            ngettext(
                "%(day)s: %(count)d participant lands too late for “%(title)s” (%(time)s).",
                "%(day)s: %(count)d participants land too late for “%(title)s” (%(time)s).",
                count,
            ),
            _("See who under Arrivals and departures; have them met, or begin later."),
        )
    for pk, count in early.items():
        item = agenda.item(pk)
        yield _missed(
            "leaves-early",
            item,
            item.ends_at,
            count,
            ngettext(
                "%(day)s: %(count)d participant has to leave before “%(title)s” ends (%(time)s).",
                "%(day)s: %(count)d participants have to leave before “%(title)s” ends (%(time)s).",
                count,
            ),
            _("See who under Arrivals and departures; book a later flight, or end earlier."),
        )


def _missed(code, item, moment, count, text, advice):
    words = {"day": date_format(moment), "count": count, "title": item.title, "time": clock(moment)}
    return Finding(Severity.WARNING, code, text % words, (item,), advice, counts=(count,))
