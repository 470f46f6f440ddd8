"""How long the parts of a travel record and the scans of signed lists are kept, and their end."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from participants.models import RetentionPolicy, ScannedList, TravelRecord
from program import clock
from program.models import Program


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
    found = [Part(name, fields, _last_day(program, name)) for name, fields in TravelRecord.PARTS.items()]
    return sorted(found, key=lambda part: part.kept_until)


def scans_until(program):
    """The last local date on which the scans of ``program``'s signed lists are kept. As parts()."""
    return _last_day(program, "scans")


def _last_day(program, name):
    policy = getattr(program, "retention_policy", None) or RetentionPolicy()
    return program.ends_on + timedelta(days=getattr(policy, f"{name}_days"))


def delete_expired(dry_run=False):
    """Empty every part of every travel record that is past its days, and delete the scans that are.

    Returns [(program, part name or "scans", how many)] where there was something to delete; a dry run counts
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
        if today > scans_until(program):
            scans = ScannedList.objects.filter(item__program=program)
            count = scans.count() if dry_run else scans.discard()
            if count:
                counts.append((program, "scans", count))
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
