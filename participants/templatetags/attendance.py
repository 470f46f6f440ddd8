"""Puts a record of attendance into words."""

from django import template
from django.utils.formats import date_format, time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from participants.models import Attendance
from program import clock
from program.agenda.dates import day_text

register = template.Library()


@register.filter
def said(record):
    """When it was said, by whom and how: "10:05 WIB, Sample Staff, badge"; with the day, if not today."""
    if record is None:
        return ""
    moment = localtime(record.marked_at)
    when = f"{time_format(moment)} {moment.tzname()}"
    if moment.date() != localtime(clock.now()).date():
        when = f"{date_format(moment, 'j F')}, {when}"
    user = record.marked_by
    by = user.get_full_name() or user.get_username() if user else _("Someone")
    how = [] if record.how == Attendance.How.TAP else [record.get_how_display()]
    return ", ".join([when, by, *how])


@register.filter
def item_names(agenda, today):
    """{item id: "10:00 Workshop", on other days than ``today`` with the day}, for scripts."""
    return {
        item.id: ("" if item.day == today else f"{day_text(item.day)}, ")
        + f"{time_format(item.starts_at)} {item.title}"
        for item in agenda.items
    }
