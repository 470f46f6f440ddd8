"""Days on which a door is closed. What they need to know beyond the agenda is given to each finder."""

from datetime import date
from functools import lru_cache

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ..kinds import Kind, Role
from .findings import Finding, Severity

SUNDAY = 6
# How an organization names the weekdays on which it is closed; Monday first.
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# Who is open on working days, unless it is known better.
OFFICES = (Role.INSTITUTE, Role.ENTERPRISE, Role.ORGANIZER, Role.CO_ORGANIZER, Role.RESOURCE)
LANGUAGES = {"en": "en_US", "id": "id"}


@lru_cache(maxsize=32)
def holidays_of(country, year, language):
    """{date: name} of the public holidays of ``country``, an ISO code; in ``language`` if it has names.

    {} for a country that the library does not know. The first call of a process takes some 0.3 s.
    """
    import holidays  # which takes most of that time: not at every start of a command

    if country not in holidays.list_supported_countries(include_aliases=False):
        return {}
    known = holidays.country_holidays(country)
    wanted = LANGUAGES.get(language, "en_US")
    chosen = wanted if wanted in known.supported_languages else None
    found = holidays.country_holidays(
        country,
        years=year,
        language=chosen,
        categories={"public", "government"} & set(known.supported_categories),
    )
    return dict(found)


def public_holiday(agenda, country):
    """Days with visits or classes that are public holidays of ``country``, or days of joint leave."""
    language = get_language() or "en"
    for day in agenda.days:
        name = holidays_of(country, day.date.year, language).get(day.date) if day.main_items else None
        if name:
            yield Finding(
                Severity.WARNING,
                "public-holiday",
                _("%(day)s is a public holiday: %(name)s.") % {"day": date_format(day.date), "name": name},
                tuple(day.main_items),
                _("Ask each host whether they are open, and how long the way takes on that day."),
            )


class Closed:
    """When an organization is closed: ``weekdays`` (0 is Monday) and single ``dates``."""

    def __init__(self, weekdays=(), dates=()):
        self.weekdays, self.dates = frozenset(weekdays), frozenset(dates)

    def __bool__(self):
        return bool(self.weekdays or self.dates)

    def on(self, day: date):
        return day.weekday() in self.weekdays or day in self.dates


def host_closed(agenda, closed):
    """Items at an organization that is closed that day; ``closed`` is {its address: Closed}.

    Of offices that say nothing, a Sunday is doubtful.
    """
    for item in agenda.items:
        host = item.organization
        if not host or item.kind == Kind.TRAVEL:
            continue
        days = closed.get(host.slug)
        if days and days.on(item.day):
            yield _closed(Severity.WARNING, item, _("%(day)s: %(host)s is closed, but receives “%(title)s”."))
        elif not days and item.day.weekday() == SUNDAY and item.main and host.role in OFFICES:
            yield _closed(Severity.HINT, item, _("%(day)s: is %(host)s open for “%(title)s” on a Sunday?"))


def _closed(severity, item, text):
    return Finding(
        severity,
        "host-closed",
        text % {"day": date_format(item.starts_at), "host": item.organization.name, "title": item.title},
        (item,),
        _("Ask the host. Move it to another day, or write down at the organization when it is closed."),
    )
