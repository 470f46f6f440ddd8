"""What an agenda names: its program, places and people, as frozen value objects. No database here.

They are read from a release; program/agenda/agenda.py describes its format.

What a release has in both languages, as ``title`` and ``local_title``, is ``english_title`` and
``local_title`` here; ``title`` is the one of the two in the language of the page.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import get_language

from .kinds import RECEIVING_ROLES, Origin
from .zones import Zone


def in_language(english, local):
    """``local`` where the page is in Bahasa Indonesia and there is one, else ``english``."""
    return local if local and get_language() == "id" else english


def in_readers_language(name):
    """A property: ``local_…`` or ``english_…`` of ``name``, as the language of the page is."""
    return property(lambda row: in_language(getattr(row, f"english_{name}"), getattr(row, f"local_{name}")))


def from_row(cls, row):
    """The dataclass ``cls`` from ``row`` of a release; keys that a later writer added are left out."""
    known = cls.__dataclass_fields__
    named = {f"english_{key}" if f"english_{key}" in known else key: value for key, value in row.items()}
    return cls(**{key: value for key, value in named.items() if key in known})


def text_lines(text):
    """The lines of ``text`` that are not blank, without the space around them."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def given(**texts):
    """Those of ``texts`` that are not empty: a draft stays equal to releases of before a field was there."""
    return {name: text for name, text in texts.items() if text}


@dataclass(frozen=True)
class Venue:
    slug: str
    english_name: str
    city: str
    address: str = ""
    latitude: float | None = None
    longitude: float | None = None
    approximate: bool = True
    capacity: int | None = None
    origin: str = Origin.ILLUSTRATIVE
    local_name: str = ""

    name = in_readers_language("name")

    @property
    def point(self):
        """(latitude, longitude) in degrees, or None."""
        return None if self.latitude is None else (self.latitude, self.longitude)


@dataclass(frozen=True)
class Organization:
    slug: str
    english_name: str
    local_name: str
    role: str
    parent: str | None = None
    english_description: str = ""
    local_description: str = ""
    website: str = ""
    origin: str = Origin.ILLUSTRATIVE

    name = in_readers_language("name")
    description = in_readers_language("description")

    @property
    def other_name(self):
        """The name in the page's other language, or nothing when it is the same."""
        other = self.english_name if self.name == self.local_name else self.local_name
        return other if other != self.name else ""

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


def group_asked(groups, text):
    """The one of ``groups`` that ``text`` of an address means, or None.

    It is the group's id or, in older addresses, its name.
    """
    found = next((group for group in groups if str(group.id) == text), None)
    return found or next((group for group in groups if group.name == text), None)


@dataclass(frozen=True)
class ProgramFacts:
    slug: str
    english_title: str
    local_title: str
    english_short_title: str
    local_short_title: str
    english_theme: str
    english_framework: str
    local_framework: str
    english_headline: str
    local_headline: str
    english_summary: str
    local_summary: str
    english_sources: str
    local_sources: str
    countries: tuple[str, ...]
    starts_on: date
    ends_on: date
    timezone: str
    seats: int
    local_theme: str = ""

    title = in_readers_language("title")
    short_title = in_readers_language("short_title")
    theme = in_readers_language("theme")
    framework = in_readers_language("framework")
    headline = in_readers_language("headline")
    summary = in_readers_language("summary")
    sources = in_readers_language("sources")

    @classmethod
    def read(cls, data):
        dates = {name: date.fromisoformat(data[name]) for name in ("starts_on", "ends_on")}
        return from_row(cls, data | dates | {"countries": tuple(data["countries"])})

    @property
    def tz(self):
        return Zone(self.timezone)
