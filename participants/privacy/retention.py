"""How long the parts of a travel record, scans of signed lists and mails are kept, and their end."""

from django.db.models import Q

from participants.models import Mail, ScannedList, TravelRecord
from participants.travel.parts import last_day, parts
from program import clock
from program.models import Program


def scans_until(program):
    """The last local date on which the scans of ``program``'s signed lists are kept. As parts()."""
    return last_day(program, "scans")


def mails_until(program):
    """The last local date on which mails to people of ``program`` are kept. As parts()."""
    return last_day(program, "mails")


def delete_expired(dry_run=False):
    """Empty every part of every travel record that is past its days; delete the scans and mails that are.

    Returns [(program, part name, "scans" or "mails", how many)] where there was something to delete; a dry
    run counts the same and deletes nothing. A record itself stays, with its readings, for the participant
    to see.
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
        if today > mails_until(program):
            mails = Mail.objects.filter(program=program)
            count = mails.count() if dry_run else mails.delete()[0]
            if count:
                counts.append((program, "mails", count))
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
