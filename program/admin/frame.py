"""What the admin's own pages share."""

from datetime import datetime, time

from django.contrib import admin
from django.template.response import TemplateResponse
from django.utils import timezone

from program.drafting.working_on import remember
from program.team.rights import perms_in


def admin_page(request, template, program, title, **context):
    """An admin page about ``program``, written in the program's time zone, whose name is ``zone``.

    ``template`` is in templates/admin and extends the frame there, admin/page.html. ``perms`` in it are
    what the reader may do in this program.
    """
    remember(request, program)
    frame = {
        "title": title,
        "program": program,
        "zone": zone_of(program),
        "perms": perms_in(request.user, program),
    }
    context = admin.site.each_context(request) | frame | context
    response = TemplateResponse(request, f"admin/{template}", context)
    with timezone.override(program.tz):
        return response.render()


def zone_of(program):
    """The short name of the time zone of ``program`` on its first day: "WIB"."""
    return datetime.combine(program.starts_on, time(), program.tz).tzname()


def person(user):
    """The name of a user as organizers know them; the portal itself when it is None."""
    return (user.get_full_name() or user.get_username()) if user else "–"


def chosen_group(request, agenda):
    """The Group of ``agenda`` in the address that the page is read for, or None for everybody."""
    return agenda.group_asked(request.GET.get("group", ""))


def number(text):
    """``text`` from an address as a primary key; 0, which none has, when it is no number."""
    return int(text) if text and text.isdecimal() else 0
