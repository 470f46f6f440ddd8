"""What stands above the board, the table and the list of the agenda: the day, all days, and the tools."""

from dataclasses import dataclass
from datetime import date

from django.contrib import admin
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from program import clock
from program.agenda.agenda import Day
from program.agenda.board import busy_text
from program.drafting import history
from program.drafting.drafts import DraftState

BOARD, TABLE, LIST = "board", "table", "list"


@dataclass(frozen=True)
class Head:
    """``view`` is the one that is shown, ``day`` the Day of the draft, or None for all of them."""

    view: str
    state: DraftState
    day: Day | None
    today: date
    add_links: list

    @classmethod
    def of(cls, request, state, view, day=None):
        """``day`` is a date or None."""
        found = (state.agenda.day(day) or Day(day)) if day else None
        today = clock.now().astimezone(state.program.tz).date()
        return cls(
            view, state, found, today, add_links(request, state.program, day.isoformat() if day else "")
        )

    @property
    def program(self):
        return self.state.program

    @property
    def days(self):
        """[(Day, when it is taken)], as a script reads it."""
        return [(day, busy_text(day)) for day in self.state.agenda.days]

    @property
    def number(self):
        """Which day of the program it is, from 1; None outside its dates."""
        days = self.program.dates
        return list(days).index(self.day.date) + 1 if self.day and self.day.date in days else None


def add_links(request, program, day):
    """(label, address) of the forms that make a new item, for those who may: one for each kind that is
    added often, on ``day`` (as in the address; "" for none).
    """
    links = []
    given = {"program": program.pk} | ({"day": day} if day else {})
    plain, *others = history.item_classes()
    for model in (*others, plain):
        model_admin = admin.site.get_model_admin(model)
        if model_admin.has_add_permission(request):
            opts = model._meta
            url = reverse(f"admin:{opts.app_label}_{opts.model_name}_add")
            often = model_admin.often if model is plain else ()
            links += [(label, f"{url}?{urlencode(given | {'kind': kind})}") for kind, label in often]
            links.append((model_admin.add_label, f"{url}?{urlencode(given)}"))
    return links


def day_in(request, program):
    """The date that the address names; else today, or the first day of the program."""
    try:
        return date.fromisoformat(request.GET.get("day", ""))
    except ValueError:
        today = timezone.localdate(clock.now(), program.tz)
        return today if program.starts_on <= today <= program.ends_on else program.starts_on
