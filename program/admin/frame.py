"""What the admin's own pages share."""

from django.contrib import admin
from django.shortcuts import render
from django.utils import timezone

from ..team.rights import perms_in


def admin_page(request, template, program, title, **context):
    """An admin page about ``program``, written in the program's time zone."""
    frame = admin.site.each_context(request) | {
        "title": title,
        "program": program,
        "perms": perms_in(request.user, program),
    }
    with timezone.override(program.tz):
        return render(request, f"admin/program/{template}", frame | context)


def person(user):
    """The name of a user as organizers know them; the portal itself when it is None."""
    return (user.get_full_name() or user.get_username()) if user else "–"


def chosen_group(request, names):
    """The group in the address that the page is read for: one of ``names``, or None for everybody."""
    name = request.GET.get("group")
    return name if name in names else None


def number(text):
    """``text`` from an address as a primary key; 0, which none has, when it is no number."""
    return int(text) if text and text.isdecimal() else 0
