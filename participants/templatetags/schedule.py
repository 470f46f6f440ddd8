"""Times left in words, which me.js moves on with the server's clock."""

from datetime import timedelta
from math import ceil

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from participants.prompts import prompts_of

register = template.Library()

# Further away than this, a clock time says more than a number of hours.
FURTHEST = timedelta(hours=12)


def duration_text(duration):
    """A timedelta in words, a begun minute as a whole one: "8 min", "1 h", "1 h 20 min"."""
    hours, minutes = divmod(max(1, ceil(duration.total_seconds() / 60)), 60)
    words = "both" if hours and minutes else "hours" if hours else "minutes"
    return duration_words()[words] % {"hours": hours, "minutes": minutes}


def duration_words():
    return {
        "minutes": _("%(minutes)s min"),
        "hours": _("%(hours)s h"),
        "both": _("%(hours)s h %(minutes)s min"),
    }


@register.simple_tag
def countdown_words():
    """The words of a duration as attributes for me.js."""
    gaps = {"hours": "{h}", "minutes": "{m}"}
    return format_html_join(
        " ", 'data-{}="{}"', ((name, words % gaps) for name, words in duration_words().items())
    )


@register.simple_tag
def left(moment, now):
    """ "8 min left" until ``moment``."""
    return _countdown(moment, now, _("%(time)s left"))


@register.simple_tag
def ahead(moment, now):
    """ "in 8 min" until ``moment``."""
    return _countdown(moment, now, _("in %(time)s"))


def _countdown(moment, now, words):
    far = moment - now > FURTHEST
    return format_html(
        '<span data-countdown="{}" data-words="{}">{}</span>',
        int(moment.timestamp()),
        words % {"time": "{}"},
        "" if far else words % {"time": duration_text(moment - now)},
    )


@register.simple_tag(takes_context=True)
def prompts(context, place):
    """The Prompts for one place of My schedule, at the moment that ``schedule`` tells of."""
    found = prompts_of(context["schedule"].phase, context["known"])
    return [prompt for prompt in found if prompt.place == place]
