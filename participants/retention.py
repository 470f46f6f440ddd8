"""How long the parts of a travel record are kept, and their end."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from program import clock
from program.models import Program

from .models import RetentionPolicy, TravelRecord


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
    policy = getattr(program, "retention_policy", None) or RetentionPolicy()
    found = [
        Part(name, fields, program.ends_on + timedelta(days=getattr(policy, f"{name}_days")))
        for name, fields in TravelRecord.PARTS.items()
    ]
    return sorted(found, key=lambda part: part.kept_until)


def delete_expired(dry_run=False):
    """Empty every part of every travel record that is past its days.

    Returns [(program, part name, number of records)] where there was something to delete; a dry run counts
    the same and deletes nothing. The record itself stays, with its readings, for the participant to see.
    """
    counts = []
    for program in Program.objects.select_related("retention_policy"):
        today = clock.now().astimezone(program.tz).date()
        for part in parts(program):
            if part.expired(today):
                records = TravelRecord.objects.filter(_holds_any(part), participant__program=program)
                count = records.count() if dry_run else records.update(**_blank(part))
                if count:
                    counts.append((program, part.name, count))
    return counts


def _blank(part):
    fields = [TravelRecord._meta.get_field(name) for name in part.fields]
    return {field.name: None if field.null else "" for field in fields}


def _holds_any(part):
    """Condition: at least one of the part's fields is filled in."""
    filled = Q()
    for name, empty in _blank(part).items():
        filled |= Q(**{f"{name}__isnull": False}) if empty is None else ~Q(**{name: empty})
    return filled
