"""What an agenda names: its program, places and people, as frozen value objects. No database here.

They are read from a release; program/agenda/agenda.py describes its format.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from .kinds import RECEIVING_ROLES, Origin
from .zones import Zone


def in_language(english, local):
    """``local`` where the page is in Bahasa Indonesia and there is one, else ``english``."""
    return local if local and get_language() == "id" else english


def text_lines(text):
    """The lines of ``text`` that are not blank, without the space around them."""
    return [line.strip() for line in text.splitlines() if line.strip()]


@dataclass(frozen=True)
class Venue:
    slug: str
    name: str
    city: str
    address: str = ""
    latitude: float | None = None
    longitude: float | None = None
    approximate: bool = True
    capacity: int | None = None
    origin: str = Origin.ILLUSTRATIVE

    @property
    def point(self):
        """(latitude, longitude) in degrees, or None."""
        return None if self.latitude is None else (self.latitude, self.longitude)


@dataclass(frozen=True)
class Organization:
    slug: str
    name: str
    local_name: str
    role: str
    parent: str | None = None
    description: str = ""
    local_description: str = ""
    website: str = ""
    origin: str = Origin.ILLUSTRATIVE

    @property
    def title(self):
        return in_language(self.name, self.local_name)

    @property
    def other_title(self):
        """The name in the page's other language, or nothing when it is the same."""
        other = self.name if self.title == self.local_name else self.local_name
        return other if other != self.title else ""

    @property
    def about(self):
        return in_language(self.description, self.local_description)

    @property
    def receives(self):
        return self.role in RECEIVING_ROLES


@dataclass(frozen=True)
class Speaker:
    id: int
    name: str
    position: str = ""
    organization: Organization | None = None


@dataclass(frozen=True)
class Group:
    """``id`` never changes; ``name`` is what people read, and may change with the next release."""

    id: int | str
    name: str
    size: int = 0

    def __str__(self):
        return self.name


@dataclass(frozen=True)
class ProgramFacts:
    slug: str
    name: str
    local_name: str
    short_name: str
    local_short_name: str
    theme: str
    framework_text: str
    local_framework_text: str
    headline_text: str
    local_headline_text: str
    summary_text: str
    local_summary_text: str
    sources_text: str
    local_sources_text: str
    countries: tuple[str, ...]
    starts_on: date
    ends_on: date
    timezone: str
    seats: int

    @classmethod
    def read(cls, data):
        return cls(
            slug=data["slug"],
            name=data["title"],
            local_name=data["local_title"],
            short_name=data["short_title"],
            local_short_name=data["local_short_title"],
            theme=data["theme"],
            framework_text=data["framework"],
            local_framework_text=data["local_framework"],
            headline_text=data["headline"],
            local_headline_text=data["local_headline"],
            summary_text=data["summary"],
            local_summary_text=data["local_summary"],
            sources_text=data["sources"],
            local_sources_text=data["local_sources"],
            countries=tuple(data["countries"]),
            starts_on=date.fromisoformat(data["starts_on"]),
            ends_on=date.fromisoformat(data["ends_on"]),
            timezone=data["timezone"],
            seats=data["seats"],
        )

    @property
    def title(self):
        return in_language(self.name, self.local_name)

    @property
    def short_title(self):
        return in_language(self.short_name, self.local_short_name)

    @property
    def framework(self):
        return in_language(self.framework_text, self.local_framework_text)

    @property
    def headline(self):
        return in_language(self.headline_text, self.local_headline_text)

    @property
    def summary(self):
        return in_language(self.summary_text, self.local_summary_text)

    @property
    def sources(self):
        return in_language(self.sources_text, self.local_sources_text)

    @property
    def tz(self):
        return Zone(self.timezone)
