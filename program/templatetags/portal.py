"""Filters that put an agenda into words. They decide nothing and run no query."""

import json
import re
from datetime import datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from program.agenda.changes import groups_text
from program.agenda.dates import dates_text, day_text, times_text
from program.agenda.facts import in_language
from program.agenda.zones import zone_text
from program.countries import listed
from program.publishing.pages import TOKEN_PLACE

register = template.Library()

# What could end a script element, or start a comment in it.
ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}

register.filter("times", times_text)
register.filter("day_text", day_text)
register.filter("listed", listed)
register.filter("zone_text", zone_text)


@register.simple_tag
def reader_token():
    """Django's ``{% csrf_token %}`` for a form on a page that several people share (publishing/pages.py)."""
    return format_html('<input type="hidden" name="csrfmiddlewaretoken" value="{}">', TOKEN_PLACE)


@register.filter
def epoch(moment):
    """Seconds since 1970: how a script reads a moment, whatever zone the device is in."""
    return str(int(moment.timestamp()))


@register.filter
def state(item, now):
    """The classes of an item at ``now``: it is on, or past; and whether it is cancelled."""
    if item.is_on(now):
        return "is-now"
    words = ["is-past"] if item.ends_at <= now else []
    return " ".join([*words, "is-cancelled"] if item.cancelled else words)


@register.filter
def groups(item):
    """The groups of an item with a capital: "Group A"; nothing for everybody."""
    text = groups_text(item.groups) if item.groups else ""
    return text[:1].upper() + text[1:]


@register.filter
def name_of(agenda, group):
    """What everybody reads for ``group``, a row of the draft; "" while it is not published."""
    return agenda.name_of(group) if agenda else ""


@register.filter
def own_title(program):
    """The title of a Program (the model) in the page's language."""
    return in_language(program.title, program.local_title)


@register.filter
def own_theme(program):
    """The theme of a Program (the model) in the page's language."""
    return in_language(program.theme, program.local_theme)


@register.filter
def span(first, last):
    """Two dates as "18–30 July"."""
    return dates_text(first, last)


@register.filter
def span_year(first, last):
    """Two dates as "18–30 July 2018"."""
    return dates_text(first, last, year=True)


@register.filter
def cities(day):
    """The cities of a day: "Bandung", "Bandung, Cimahi", or "Jakarta to Bandung"."""
    if not day.cities:
        return ""
    first, last = day.cities[0], day.cities[-1]
    if first != last:
        return _("%(first)s to %(last)s") % {"first": first, "last": last}
    return ", ".join(dict.fromkeys(day.cities))


@register.filter
def in_local(text, local_names):
    """``text`` marked as Bahasa Indonesia when it is one of ``local_names`` and the page is not."""
    if get_language() == "id" or text not in local_names:
        return text
    return format_html('<span lang="id">{}</span>', text)


@register.simple_tag
def lang_en(unless=""):
    """The ``lang`` of English text on a page in Bahasa Indonesia; nothing when ``unless``, its Indonesian
    version, is shown in its place."""
    return mark_safe(' lang="en"') if get_language() == "id" and not unless else ""  # nothing to escape


@register.filter
def digits(number):
    """A telephone number as its digits alone, as WhatsApp's addresses want it."""
    return re.sub("[^0-9]", "", number)


@register.filter
def call(number):
    """A telephone number as a link that calls it; "" for none."""
    plus = "+" if number.startswith("+") else ""
    return number and format_html(
        '<a class="tel" href="tel:{}{}"><bdi>{}</bdi></a>', plus, digits(number), number
    )


@register.filter
def minute(moment):
    """An aware moment to the minute for ``datetime=``; the script may move it on."""
    return moment.isoformat(timespec="minutes") if isinstance(moment, datetime) else moment.isoformat()


@register.filter
def zone(moment):
    """The name of the zone that the page tells ``moment`` in: "WIB"."""
    return localtime(moment).tzname()


@register.simple_tag
def json_ld(data):
    """``data`` as a block of JSON-LD: data for search engines, never run."""
    text = json.dumps(data, ensure_ascii=False).translate(ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # escaped above
