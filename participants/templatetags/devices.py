from django import template
from django.utils.translation import gettext as _

register = template.Library()

# The first word found counts: browsers also call themselves by the names of others.
BROWSERS = {
    "Edg": "Edge",
    "OPR": "Opera",
    "SamsungBrowser": "Samsung Internet",
    "UCBrowser": "UC Browser",
} | {name: name for name in ("Firefox", "Chrome", "Safari")}
SYSTEMS = {"iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "Windows": "Windows"} | {
    "Mac OS": "Mac",
    "CrOS": "Chromebook",
    "Linux": "Linux",
}


@register.filter
def device(user_agent):
    """What a browser says of itself in two words: "Chrome, Android"."""
    found = [_first(BROWSERS, user_agent), _first(SYSTEMS, user_agent)]
    return ", ".join(filter(None, found)) or _("Another browser")


def _first(words, text):
    return next((name for word, name in words.items() if word in text), "")
