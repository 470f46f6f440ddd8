"""Puts a record of attendance into words."""

from django import template
from django.utils.formats import date_format, time_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from participants.models import Attendance
from program import clock

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
