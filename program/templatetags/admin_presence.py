"""Who else is here, on a page of the draft."""

from datetime import date

from django import template

from program.admin.presence import MAY_EDIT, place_of, present_at
from program.drafting.presence import Place

register = template.Library()


@register.inclusion_tag("admin/program/_presence.html", takes_context=True)
def who_is_here(context, program, item=None, day=None):
    """Who else edits ``item`` or ``day`` (a date, or as an address has it) of ``program``; without both the
    whole agenda. A script keeps it up to date. Nothing for who may not edit it.
    """
    request = context["request"]
    if not request.user.has_perm(MAY_EDIT, program):
        return {}
    place = place_of(item, program) if item else Place(day=_date(day, program))
    return present_at(request, program, place)


def _date(day, program):
    try:
        found = date.fromisoformat(day) if isinstance(day, str) else day
    except ValueError:
        return None
    return found if found in program.dates else None
