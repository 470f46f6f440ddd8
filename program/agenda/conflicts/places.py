"""Where an item takes place: inside the dates, at a venue, with space for all, with somebody to teach."""

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..kinds import Kind
from .findings import Finding, Severity, clock, is_window, people_at, titles

# Kinds that need no venue of their own: a break is where people are.
WITHOUT_VENUE = (Kind.BREAK, Kind.REGISTRATION)


def outside_program(agenda):
    """An item that starts before the program's first day or after its last."""
    for item in agenda.items:
        if not agenda.program.starts_on <= item.day <= agenda.program.ends_on:
            yield Finding(
                Severity.ERROR,
                "outside-program",
                _("“%(title)s” on %(day)s is outside the program's dates.")
                % {"title": item.title, "day": date_format(item.starts_at)},
                (item,),
                _("Move it to a day of the program, or change the program's dates."),
            )


def no_venue(agenda):
    """An item that says nowhere where it is."""
    for item in agenda.items:
        if not item.venue and item.kind not in WITHOUT_VENUE and not is_window(item):
            yield Finding(
                Severity.WARNING,
                "no-venue",
                _("%(day)s: “%(title)s” has no venue.")
                % {"day": date_format(item.starts_at), "title": item.title},
                (item,),
                _("Open it and choose where it takes place: participants cannot find it otherwise."),
            )


def no_speaker(agenda):
    """Sessions with nobody to teach, together so that the list stays short.

    A hint: in some the participants speak themselves.
    """
    items = tuple(item for item in agenda.items if item.kind == Kind.SESSION and not item.speakers)
    if items:
        yield Finding(
            Severity.HINT,
            "no-speaker",
            ngettext(
                "%(count)d session has no speaker: %(titles)s.",
                "%(count)d sessions have no speaker: %(titles)s.",
                len(items),
            )
            % {"count": len(items), "titles": _some(items)},
            items,
            _("Add who teaches; where participants speak themselves, note it as known."),
        )


def _some(items, most=5):
    names = titles(items[:most])
    if len(items) > most:
        return _("%(titles)s and %(count)d more") % {"titles": names, "count": len(items) - most}
    return names


def too_many_people(agenda):
    """More people than the venue holds or the host can take. A bus only stops in front of its venue."""
    for item in agenda.items:
        if item.kind == Kind.TRAVEL:
            continue
        people = people_at(agenda, [item])
        places = [n for n in (item.capacity, item.venue and item.venue.capacity) if n]
        if places and people > min(places):
            yield _too_many(Severity.WARNING, (item,), min(places), people)


def _too_many(severity, items, places, people):
    return Finding(
        severity,
        "too-many-people",
        ngettext(
            "%(day)s: “%(title)s” has space for %(places)d person, but %(people)d will come.",
            "%(day)s: “%(title)s” has space for %(places)d people, but %(people)d will come.",
            places,
        )
        % {
            "day": date_format(items[0].starts_at),
            "title": items[0].title,
            "places": places,
            "people": people,
        },
        items,
        _("Divide them into groups, or choose a larger place."),
        counts=(places, people),
    )


def too_many_at_once(agenda):
    """More people at one venue, or at one machine of it, than there is space for, over all items at once.

    One machine is what items of one title at one venue have in common: each group has its turn at it.
    """
    venues, machines = {}, {}
    for item in agenda.items:
        if item.venue and item.kind != Kind.TRAVEL:
            venues.setdefault(item.venue.slug, []).append(item)
            if item.capacity:
                machines.setdefault((item.venue.slug, item.english_title.casefold()), []).append(item)
    for items in machines.values():
        places = min(item.capacity for item in items)
        yield from _crowds(agenda, items, places, items[0].title)
    for items in venues.values():
        if items[0].venue.capacity:
            yield from _crowds(agenda, items, items[0].venue.capacity, items[0].venue.name)


def _crowds(agenda, items, places, name):
    """A Finding for each moment at which ``items`` together bring more people than ``places``.

    One item alone is told by too_many_people; what goes on since an earlier finding is not told again.
    """
    told = set()
    for place, item in enumerate(items):
        together = (*(other for other in items[:place] if other.ends_at > item.starts_at), item)
        if len(together) < 2 or {other.id for other in together} <= told:
            continue
        people = people_at(agenda, together)
        if people > places and people > max(people_at(agenda, [other]) for other in together):
            told |= {other.id for other in together}
            yield Finding(
                Severity.WARNING,
                "too-many-at-once",
                ngettext(
                    "%(day)s, %(start)s: %(people)d people are at “%(name)s” at once, which has space for"
                    " %(places)d person: %(titles)s.",
                    "%(day)s, %(start)s: %(people)d people are at “%(name)s” at once, which has space for"
                    " %(places)d people: %(titles)s.",
                    places,
                )
                % {
                    "day": date_format(item.starts_at),
                    "start": clock(item.starts_at),
                    "people": people,
                    "name": name,
                    "places": places,
                    "titles": titles(together),
                },
                together,
                _("Let them come one after the other, or choose another place."),
                counts=(places, people),
            )
