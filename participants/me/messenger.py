"""Ready texts for the messenger a group uses: what an organizer copies there, nothing is sent from here."""

from contextlib import contextmanager
from dataclasses import dataclass
from urllib.parse import quote

from django.template.loader import render_to_string
from django.utils import timezone, translation

from program import addresses, clock
from program.agenda.facts import in_language

LANGUAGES = ("en", "id")


@dataclass(frozen=True)
class Message:
    """A text in ``language``, one of LANGUAGES."""

    text: str
    language: str

    @property
    def whatsapp(self):
        """The address at which WhatsApp asks to whom the text goes."""
        return f"https://wa.me/?text={quote(self.text, safe='')}"


def language_asked(request):
    """The language of LANGUAGES that ``?words=`` names; English without it."""
    asked = request.GET.get("words", "")
    return asked if asked in LANGUAGES else "en"


def message(kind, program, portal, language, group=None, **context):
    """The Message that the template ``kind`` makes for ``group``, which shows its name, or for everybody.

    ``program`` is a release's or the saved one, ``portal`` the portal's address without a slash at the end.
    """
    with written(program, language):
        context |= {
            "name": in_language(program.short_title, program.local_short_title),
            "group": group,
            "now": clock.now().astimezone(program.tz),
            "address": addresses.page(portal, "participants:me", program.slug),
        }
        text = render_to_string(f"participants/me/messenger/{kind}.txt", context)
    return Message(text.strip(), language)


@contextmanager
def written(program, language):
    """In ``language``, and in the time of ``program``."""
    with translation.override(language), timezone.override(program.tz):
        yield
