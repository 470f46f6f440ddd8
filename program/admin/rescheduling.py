"""The bus is late, or a day moves, in the admin.

The choice is in the address (GET) and shows a preview; only then a POST applies it. A preview carries a
token: pressing twice leads to the same operation. Nothing here needs a script.
"""

import re
from datetime import datetime, timedelta

from django import forms
from django.contrib import messages
from django.shortcuts import redirect
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from program import clock
from program.agenda.changes import groups_text
from program.agenda.dates import span_text
from program.agenda.kinds import Kind, Status
from program.drafting.drafts import default_program
from program.drafting.operations import TOKEN, find_operation
from program.drafting.reschedule import (
    ChangedMeanwhile,
    OutsideProgram,
    apply,
    effect,
    plan_move_day,
    plan_shift,
)
from program.models import AgendaItem, Program
from program.models.operation import new_token
from program.publishing import releases
from program.publishing.pages import or_404
from program.team.rights import require

from .frame import admin_page, number
from .operations import operation_url
from .rights import found_or_404, program_or_404

MOST_MINUTES = 12 * 60
QUICK_MINUTES = (10, 15, 20, 30, 45, 60)
QUICK_EARLIER = (-10, -15, -30)

RIGHT = "program.change_agendaitem"


class ItemChoice(forms.ModelChoiceField):
    def label_from_instance(self, item):
        start = time_format(item.starts_at.astimezone(item.program.tz))
        groups = ", ".join(sorted(group.name for group in item.groups.all()))
        words = {"start": start, "title": item.title, "groups": groups}
        return (_("%(start)s %(title)s (%(groups)s)") if groups else _("%(start)s %(title)s")) % words


class KeepField(forms.Field):
    """Primary keys of items that the organizer took out of a preview; what is no number is ignored."""

    widget = forms.MultipleHiddenInput

    def to_python(self, values):
        return {number(value) for value in values or ()}


class ShiftForm(forms.Form):
    """Which items of ``day`` are late, and by how much."""

    item = ItemChoice(
        None,
        label=gettext_lazy("From this item on"),
        empty_label=None,
        error_messages={"invalid_choice": gettext_lazy("Choose an item of this day.")},
    )
    group = forms.ModelChoiceField(
        None,
        label=gettext_lazy("Who is late"),
        required=False,
        empty_label=gettext_lazy("Everybody"),
        blank=True,
        widget=forms.RadioSelect,
    )
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes"),
        min_value=-MOST_MINUTES,
        max_value=MOST_MINUTES,
        help_text=gettext_lazy("With a minus sign everything starts earlier."),
        error_messages={"invalid": gettext_lazy("Write a whole number of minutes, such as 15.")},
    )
    keep = KeepField(required=False)

    def __init__(self, *args, program, day, **kwargs):
        super().__init__(*args, **kwargs)
        self.program = program
        items = program.items.on_day(day, program.tz)
        self.fields["item"].queryset = items.select_related("program").prefetch_related("groups")
        self.fields["group"].queryset = groups = program.groups.all()
        if not groups:
            del self.fields["group"]

    def clean_minutes(self):
        minutes = self.cleaned_data["minutes"]
        if minutes == 0:
            raise forms.ValidationError(_("Zero minutes change nothing."), code="zero")
        return minutes

    def plan(self):
        data = self.cleaned_data
        return plan_shift(self.program, data["item"], data["minutes"], data.get("group"), data["keep"])


class MoveDayForm(forms.Form):
    """All items of one day to another."""

    day = forms.TypedChoiceField(label=gettext_lazy("Move everything of"), coerce=datetime.fromisoformat)
    to = forms.TypedChoiceField(label=gettext_lazy("To"), coerce=datetime.fromisoformat)
    keep = KeepField(required=False)

    def __init__(self, *args, program, **kwargs):
        super().__init__(*args, **kwargs)
        self.program = program
        self.fields["day"].choices = [
            (day.isoformat(), date_format(day)) for day in _days_with_items(program)
        ]
        self.fields["to"].choices = [(day.isoformat(), date_format(day)) for day in program.dates]

    def clean(self):
        data = super().clean()
        if data.get("day") and data.get("day") == data.get("to"):
            self.add_error("to", _("Choose another day than the one they are on."))
        return data

    def plan(self):
        data = self.cleaned_data
        return plan_move_day(self.program, data["day"].date(), data["to"].date(), data["keep"])


def _days_with_items(program):
    starts = program.items.placed().exclude(status=Status.CANCELLED).values_list("starts_at", flat=True)
    return sorted({moment.astimezone(program.tz).date() for moment in starts})


def shift(request):
    """The bus is late: everything of a day from one item on moves by some minutes.

    ``item`` or ``day`` in the address choose where to begin; without them it is now.
    """
    program = _program(request)
    day = _day(request, program)
    first = _first_item(request, program, day)
    initial = {"item": first, "group": ""}
    data = request.GET if "minutes" in request.GET else None
    form = ShiftForm(data, program=program, day=day, initial=initial)
    return _preview_or_apply(
        request,
        "program/shift.html",
        program,
        _("The bus is late"),
        form,
        day=day,
        days=program.dates,
        quick=[*QUICK_MINUTES, *QUICK_EARLIER],
    )


def move_day(request):
    """All items of a day move to another at the same clock times."""
    program = _program(request)
    day = _day(request, program)
    initial = {"day": day.isoformat(), "to": min(day + timedelta(days=1), program.ends_on).isoformat()}
    data = request.GET if "to" in request.GET else None
    form = MoveDayForm(data, program=program, initial=initial)
    return _preview_or_apply(request, "program/move_day.html", program, _("Move a day"), form)


def _program(request):
    """The program in the address; that of the item in it; else the one that is on."""
    if "program" in request.GET:
        return program_or_404(request, number(request.GET["program"]), RIGHT)
    if "item" in request.GET:
        items = AgendaItem.objects.select_related("program")
        return found_or_404(request, items, number(request.GET["item"]), RIGHT).program
    program = or_404(default_program(Program.objects.visible_to(request.user)))
    require(request.user, RIGHT, program)
    return program


def _day(request, program):
    """The day in the address; that of the item in it; else today, or the first day of the program."""
    try:
        return datetime.strptime(request.GET.get("day", ""), "%Y-%m-%d").date()
    except ValueError:
        item = program.items.filter(pk=number(request.GET.get("item"))).first()
    moment = item.starts_at if item else clock.now()
    today = moment.astimezone(program.tz).date()
    return today if item or program.starts_on <= today <= program.ends_on else program.starts_on


def _first_item(request, program, day):
    """Where a delay most likely begins: the chosen item, else what is on or next, else the day's first."""
    items = program.items.on_day(day, program.tz).exclude(status=Status.CANCELLED)
    return (
        items.filter(pk=number(request.GET.get("item"))).first()
        or items.filter(ends_at__gt=clock.now()).exclude(kind=Kind.REGISTRATION).first()
        or items.first()
    )


def _preview_or_apply(request, template, program, title, form, **context):
    plan = form.plan() if form.is_bound and form.is_valid() else None
    if request.method == "POST" and plan:
        return _apply(request, plan)
    context |= {"form": form, "plan": plan}
    if plan:
        draft = releases.draft(program)
        made, solved = effect(draft.agenda, plan, draft.finders)
        context |= {
            "rows": [_row_of_move(request, move) for move in plan.moves],
            "stays": [_row_of_stay(request, stay) for stay in plan.stays],
            "made": made,
            "solved": solved,
            "token": new_token(),
        }
    return admin_page(request, template, program, title, **context)


def _apply(request, plan):
    token = request.POST.get("token", "")
    if not re.fullmatch(TOKEN, token):
        token = new_token()
    try:
        if plan.fingerprint != request.POST.get("seen"):
            raise ChangedMeanwhile([])
        operation = apply(plan, token, by=request.user)
    except ChangedMeanwhile:
        operation = find_operation(token)
        if operation is None:  # else the button was pressed twice
            text = _("The agenda was changed since this preview. Nothing was moved: look at it again.")
            messages.warning(request, text)
            return redirect(request.get_full_path())
    except OutsideProgram:
        messages.error(request, _("Nothing was moved: it would leave the program's dates."))
        return redirect(request.get_full_path())
    return redirect(operation_url(operation))


def _row_of_move(request, move):
    item, tz = move.item, move.item.program.tz
    return {
        "title": item.title,
        "groups": _groups_of(item),
        "note": _("This would be outside the program's dates.") if move.outside else "",
        "old": _span(item, tz, move.changes_day),
        "new": _span(move, tz, move.changes_day),
        "outside": move.outside,
        "keep_address": _address(request, [*request.GET.getlist("keep"), str(item.pk)]),
    }


def _row_of_stay(request, stay):
    item, pk = stay.item, str(stay.item.pk)
    return {
        "title": item.title,
        "groups": _groups_of(item),
        "time": _span(item, item.program.tz),
        "reason": stay.reason,
        "move_address": stay.chosen
        and _address(request, [kept for kept in request.GET.getlist("keep") if kept != pk]),
    }


def _groups_of(item):
    groups = item.groups.all()
    return groups_text(groups) if groups else ""


def _address(request, keep):
    """This page's address where the items ``keep`` are taken out of the preview."""
    query = request.GET.copy()
    query.setlist("keep", keep)
    return f"?{query.urlencode()}"


def _span(times, tz, day=False):
    return span_text(times.starts_at.astimezone(tz), times.ends_at.astimezone(tz), day)
