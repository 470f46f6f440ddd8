"""A program's own dates move with its items, and back when that is undone."""

from datetime import timedelta

from django.utils.translation import gettext as _

from program.models import Program

from .operations import ItemUndoer, Kind, register


def move_dates(program, days, operation):
    """Let ``program`` and the titles of its days be ``days`` later (or earlier), as part of ``operation``.

    For the transaction of it, after the program was locked. A query for each title.
    """
    step = timedelta(days=days)
    program.starts_on += step
    program.ends_on += step
    program._operation = operation
    program.save(update_fields=["starts_on", "ends_on"])
    program._operation = None  # what is saved later is no part of it
    # From the far end on: no two titles have the same date on the way.
    for day in program.days.order_by("-date" if days > 0 else "date"):
        day.date += step
        day.save(update_fields=["date"])


class PostponeUndoer(ItemUndoer):
    """All of it or nothing: what stayed behind would be outside the program's dates."""

    whole = True

    def take_back(self, steps, undoing):
        program = Program.objects.select_for_update().get(pk=undoing.program_id)
        super().take_back(steps, undoing)
        move_dates(program, self._days(steps[0], program.tz), undoing)

    def _days(self, step, tz):
        """By how many days ``step`` is taken back."""
        before, after = (entry.starts_at.astimezone(tz).date() for entry in (step.before, step.after))
        return (before - after).days

    def notes(self, operation):
        text = _("The dates of the program move back with its items. What was added since stays on its day.")
        return [text] if not operation.undone else []


register(PostponeUndoer(), Kind.POSTPONE)
