"""The parts of a travel record, and how long each is kept."""

from dataclasses import dataclass
from datetime import date, timedelta

from participants.models import RetentionPolicy, TravelRecord


@dataclass(frozen=True)
class Part:
    """A part of the travel records: its fields, and the last local date on which it is kept."""

    name: str
    fields: tuple[str, ...]
    kept_until: date

    def expired(self, today):
        return today > self.kept_until


def parts(program):
    """The Parts of ``program``'s travel records, the first to go first. One query, or none when its policy
    is loaded."""
    found = [Part(name, fields, last_day(program, name)) for name, fields in TravelRecord.PARTS.items()]
    return sorted(found, key=lambda part: part.kept_until)


def last_day(program, name):
    """The last local date on which ``name``, a part, "scans" or "mails", is kept of ``program``."""
    policy = getattr(program, "retention_policy", None) or RetentionPolicy()
    return program.ends_on + timedelta(days=getattr(policy, f"{name}_days"))
