"""Hours that are hard on people: prayers, meals, nights, long days, Ramadan. In the program's own zone."""

from datetime import datetime, time, timedelta
from itertools import pairwise

from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from hijridate import Gregorian

from ..changes import groups_text
from ..kinds import Kind
from .findings import Finding, Severity, clock, is_window

FRIDAY = 4
# The Friday prayer around noon and the way to it.
FRIDAY_PRAYER = (time(11, 45), time(12, 45))
LUNCH = (time(11, 0), time(14, 30))
# A lunch that starts later, or a dinner: people have worked for too long by then.
LATE_LUNCH, NO_LUNCH_ANY_MORE = time(14, 0), time(17, 0)
LATE_DINNER = time(21, 0)
NIGHT = (time(23, 0), time(5, 0))
LONG_DAY = timedelta(hours=14)
REST = timedelta(hours=8)
RAMADAN = 9
# Dawn and sunset near the equator; elsewhere an estimate.
FAST = (time(4, 30), time(18, 0))


def _at(agenda, day, *times):
    return [datetime.combine(day, t, agenda.program.tz) for t in times]


def friday_prayer(agenda):
    """Something is planned during the Friday prayer. Meals and breaks leave it free."""
    for item in agenda.items:
        if item.day.weekday() != FRIDAY or item.kind in (Kind.MEAL, Kind.BREAK) or is_window(item):
            continue
        begin, end = _at(agenda, item.day, *FRIDAY_PRAYER)
        if item.starts_at < end and begin < item.ends_at:
            yield Finding(
                Severity.WARNING,
                "friday-prayer",
                _("%(day)s: “%(title)s” overlaps the Friday prayer (%(begin)s to %(end)s).")
                % {
                    "day": date_format(item.starts_at),
                    "title": item.title,
                    "begin": time_format(begin),
                    "end": clock(end),
                },
                (item,),
                _("Keep this time free, and say where the nearest mosque is."),
            )


def no_lunch(agenda):
    """A day with work in the morning and in the afternoon, and for someone no meal in the middle."""
    groups = agenda.groups or (None,)
    for day in agenda.days:
        begin, noon, end = _at(agenda, day.date, LUNCH[0], time(12), LUNCH[1])
        without = tuple(group for group in groups if _works_without_lunch(day, group, begin, noon, end))
        if without:
            yield Finding(
                Severity.WARNING,
                "no-lunch",
                _("%(day)s: no lunch for %(whom)s between %(begin)s and %(end)s.")
                % {
                    "day": date_format(day.date),
                    "whom": groups_text(() if without == groups else without),
                    "begin": time_format(begin),
                    "end": clock(end),
                },
                (next(item for item in day.main_items if _concerns(item, without[0])),),
                _("Add a meal in this time."),
            )


def _concerns(item, group):
    return item.concerns(group and group.id)


def _works_without_lunch(day, group, begin, noon, end):
    main = [item for item in day.main_items if _concerns(item, group)]
    works = any(item.starts_at < noon for item in main) and any(item.ends_at > end for item in main)
    meals = (item for item in day.items if item.kind == Kind.MEAL and _concerns(item, group))
    return works and not any(meal.starts_at < end and meal.ends_at > begin for meal in meals)


def meal_late(agenda):
    """A lunch that starts after 14:00 for people who work since the morning, or a meal from 21:00 on."""
    for day in agenda.days:
        lunch, late, evening, dinner = _at(
            agenda, day.date, LUNCH[0], LATE_LUNCH, NO_LUNCH_ANY_MORE, LATE_DINNER
        )
        for meal in day.items:
            if meal.kind != Kind.MEAL:
                continue
            since = [item for item in day.items if item.starts_at < lunch and item.shares_people_with(meal)]
            fed = any(
                i.kind == Kind.MEAL and lunch <= i.starts_at < late and i.shares_people_with(meal)
                for i in day.items
            )
            is_lunch = late < meal.starts_at < evening and not fed and any(item.main for item in since)
            if is_lunch or meal.starts_at >= dinner:
                yield Finding(
                    Severity.WARNING,
                    "meal-late",
                    _("%(day)s: “%(title)s” starts as late as %(start)s.")
                    % {
                        "day": date_format(meal.starts_at),
                        "title": meal.title,
                        "start": clock(meal.starts_at),
                    },
                    (meal,),
                    _("Move it forward, or add something to eat before."),
                )


def at_night(agenda):
    """Something between 23:00 and 05:00: often a mistyped time; a bus to an early flight may be meant so."""
    for item in agenda.items:
        late, early = _at(agenda, item.day, *NIGHT)
        if is_window(item) or early <= item.starts_at < item.ends_at <= late:
            continue
        yield Finding(
            Severity.HINT if item.kind == Kind.TRAVEL else Severity.WARNING,
            "at-night",
            _("%(day)s: “%(title)s” is at night, from %(start)s to %(end)s.")
            % {
                "day": date_format(item.starts_at),
                "title": item.title,
                "start": time_format(item.starts_at),
                "end": clock(item.ends_at),
            },
            (item,),
            _("Check the time. If it is meant so, note it as known."),
        )


def _days_of(agenda, group):
    """[(first start, item of it, last end, item of it)] of each day of ``group`` that has anything fixed."""
    days = {}
    for item in agenda.items:
        if item.concerns(group and group.id) and not is_window(item):
            days.setdefault(item.day, []).append(item)
    return [(items[0], max(items, key=lambda item: item.ends_at)) for items in days.values()]


def _by_pair(agenda, pairs_of):
    """[(item, item, Groups)] of what ``pairs_of(days of a group)`` yields: once for those who share it."""
    found, groups = {}, agenda.groups or (None,)
    for group in groups:
        for first, last in pairs_of(_days_of(agenda, group)):
            found.setdefault((first.id, last.id), (first, last, []))[2].append(group)
    return [
        (first, last, () if len(those) == len(groups) else tuple(those))
        for first, last, those in found.values()
    ]


def long_day(agenda):
    """A day of more than 14 hours from the first to the last item of a group."""
    too_long = lambda days: [(a, b) for a, b in days if b.ends_at - a.starts_at > LONG_DAY]  # noqa: E731
    for first, last, groups in _by_pair(agenda, too_long):
        yield Finding(
            Severity.WARNING,
            "long-day",
            _(
                "%(day)s: a day of %(hours)d h %(minutes)d min for %(whom)s, from “%(first)s” (%(start)s) to"
                " “%(last)s” (%(end)s)."
            )
            % {
                "day": date_format(first.starts_at),
                "whom": groups_text(groups),
                "first": first.title,
                "start": time_format(first.starts_at),
                "last": last.title,
                "end": clock(last.ends_at),
                **_hours_and_minutes(last.ends_at - first.starts_at),
            },
            (first, last) if first.id != last.id else (first,),
            _("Begin later, end earlier, or give free time in between."),
        )


def _hours_and_minutes(length):
    hours, minutes = divmod(round(length / timedelta(minutes=1)), 60)
    return {"hours": hours, "minutes": minutes}


def short_rest(agenda):
    """Less than eight hours between the end of a day and the start of the next one."""

    def short(days):
        for (_first, last), (first, _last) in pairwise(days):
            if last.day < first.day and timedelta(0) <= first.starts_at - last.ends_at < REST:
                yield last, first

    for last, first, groups in _by_pair(agenda, short):
        yield Finding(
            Severity.WARNING,
            "short-rest",
            _(
                "%(day)s: only %(hours)d h %(minutes)d min of rest for %(whom)s between “%(last)s”"
                " (until %(end)s) and “%(first)s” (from %(start)s)."
            )
            % {
                "day": date_format(first.starts_at),
                "whom": groups_text(groups),
                "last": last.title,
                "end": clock(last.ends_at),
                "first": first.title,
                "start": clock(first.starts_at),
                **_hours_and_minutes(first.starts_at - last.ends_at),
            },
            (last, first),
            _("People need eight hours: end earlier, or begin later."),
        )


def ramadan_meal(agenda):
    """Meals between dawn and sunset in Ramadan, together: who fasts needs a place and a meal after sunset.

    By the calendar of Umm al-Qura; where the moon is looked for, it may begin a day earlier or later.
    """
    meals = []
    for item in agenda.items:
        if item.kind == Kind.MEAL and _in_ramadan(item.day):
            begin, end = _at(agenda, item.day, *FAST)
            if item.starts_at < end and item.ends_at > begin:
                meals.append(item)
    if meals:
        yield Finding(
            Severity.HINT,
            "ramadan-meal",
            ngettext(
                "Ramadan, from %(first)s on: %(count)d meal lies between dawn and sunset (about %(begin)s to"
                " %(end)s).",
                "Ramadan, from %(first)s on: %(count)d meals lie between dawn and sunset (about %(begin)s to"
                " %(end)s).",
                len(meals),
            )
            % {
                "first": date_format(meals[0].starts_at),
                "count": len(meals),
                "begin": time_format(FAST[0]),
                "end": time_format(FAST[1]),
            },
            tuple(meals),
            _("Give those who fast a room to rest, and a meal before dawn and at sunset."),
        )


def _in_ramadan(day):
    try:
        return Gregorian.fromdate(day).to_hijri().month == RAMADAN
    except OverflowError:  # known from 1924 to 2077
        return False
