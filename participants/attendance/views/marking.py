"""Marking attendance: the day's items, one item's page, and its answers to taps."""

import re
from datetime import MAXYEAR, MINYEAR, date, timedelta

from django import forms
from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.http import urlencode
from django.utils.timezone import is_aware
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from participants.attendance import marking
from participants.models import Attendance
from participants.papers import badges
from participants.people.directory import SearchForm, search
from participants.people.staff import item_page, show, staff_page
from participants.templatetags.attendance import said
from program import clock

State, How = Attendance.State, Attendance.How
# A tap that could not be sent at once counts as this old at most.
LATEST = timedelta(hours=12)
ROW = re.compile(r"p\d{1,18}")
NOT_IN_ORDER = gettext_lazy("This page is out of date. Please reload it.")
WHY_NOT = {
    marking.ItemCancelled: gettext_lazy("This item is cancelled: attendance is not marked."),
    marking.ItemDeleted: gettext_lazy(
        "Nothing was saved: an organizer deleted this item. Let people sign the printed list, and ask an "
        "organizer to restore the item from “Deleted items”."
    ),
}


@require_safe
@staff_page
def day(request, program, published):
    agenda = published.agenda
    now = clock.now().astimezone(program.tz)
    shown = _day(request, agenda, now)
    on = [item for item in agenda.at(now).on if item.day == shown.date]
    counts = marking.tallies(program, shown.items)
    return show(
        request,
        "participants/attendance/day.html",
        published,
        day=shown,
        days=[day for day in agenda.days if day.items],
        on=[(item, counts[item.id]) for item in on],
        items=[(item, counts[item.id]) for item in shown.items if item not in on],
    )


def _day(request, agenda, now):
    """The Day that ``?day=`` asks for; without it today, or the nearest day that has items."""
    try:
        asked = agenda.day(date.fromisoformat(request.GET.get("day", "")))
    except ValueError:
        asked = None
    days = [day for day in agenda.days if day.items] or agenda.days
    return asked or min(days, key=lambda day: (abs(day.date - now.date()), day.date))


@require_http_methods(["GET", "HEAD", "POST"])
@item_page
def item(request, program, published, item):
    if request.method == "POST":
        return _save(request, program, item)
    rows = marking.roll_of(program, item)
    form = SearchForm(request.GET)
    form.fields["q"].widget.attrs["placeholder"] = form.fields["q"].label
    words = form.cleaned_data["q"] if form.is_valid() else ""
    only_open = request.GET.get("show") == "open"
    return show(
        request,
        "participants/attendance/item.html",
        published,
        item=item,
        bus=marking.is_bus(item),
        tally=marking.tally_of(rows),
        rows=_shown(rows, words, only_open, marking.is_bus(item)),
        seen=",".join(f"{row.person.pk}:{row.state}" for row in rows if row.state),
        people=people_of(rows),
        form=form,
        words=words,
        only_open=only_open,
        query=f"?{urlencode({'q': words})}" if words else "",
        present=State.PRESENT.label,
        states=[state for state in State if state != State.PRESENT],
        undo=_undo(marking.last_step(item, request.user), rows),
    )


def _shown(rows, words, only_open, bus):
    """The rows that were asked for; for a bus, those who are missing come first."""
    found = {person.pk for person in search([row.person for row in rows], words)}
    rows = [row for row in rows if row.person.pk in found and not (only_open and row.state)]
    return sorted(rows, key=lambda row: (not row.is_missing, row.is_there)) if bus else rows


def _undo(step, rows):
    """The label of the button that undoes ``step``; None where there is nothing to undo."""
    names = {row.person.pk: row.person.called for row in rows}
    people = [names[pk] for pk in step.changed if pk in names] if step else []
    return {"moment": step.moment, "name": people[0], "count": len(people)} if people else None


def people_of(rows):
    """Identifies who is expected: when it changes, an open page shows the wrong people."""
    return "-".join(str(row.person.pk) for row in rows)


class RollForm(forms.Form):
    """The whole page sent at once: the state of each row as "p12", and what the page had shown of all
    ("12:late,15:sick"). ``changed`` is what this person said: {participant pk: state}."""

    seen = forms.RegexField(r"^(\d+:[a-z]+(,\d+:[a-z]+)*)?$", required=False)

    def clean(self):
        seen = dict(word.split(":") for word in self.cleaned_data.get("seen", "").split(",") if word)
        sent = {name[1:]: state for name, state in self.data.items() if ROW.fullmatch(name)}
        if not set(sent.values()) <= {"", *State.values}:
            raise forms.ValidationError(NOT_IN_ORDER)
        self.changed = {int(pk): state for pk, state in sent.items() if state != seen.get(pk, "")}
        return self.cleaned_data


def _save(request, program, item):
    """Save what this person changed on the page, and nothing else: others may mark at the same time."""
    form = RollForm(request.POST)
    if not form.is_valid():
        return _refuse(request, program, item, NOT_IN_ORDER)
    try:
        step = marking.mark(program, item, form.changed, by=request.user)
    except marking.NotMarked as error:
        return _refuse(request, program, item, WHY_NOT[type(error)])
    saved = len(step.changed)
    if saved:
        text = ngettext("Saved: one mark.", "Saved: %(count)d marks.", saved) % {"count": saved}
        messages.success(request, text)
    _say_refused(request, step)
    if not saved and not step.refused:
        messages.info(request, _("Nothing was changed."))
    return _back(program, item)


@require_http_methods(["GET", "POST"])
@item_page
def everybody(request, program, published, item):
    """Mark as present all who are not marked, after saving what the person changed on the page."""
    if request.method != "POST":
        return _signed_out(request, program, item)
    form = RollForm(request.POST)
    if not form.is_valid():
        return _refuse(request, program, item, NOT_IN_ORDER)
    try:
        _say_refused(request, marking.mark(program, item, form.changed, by=request.user))
        step = marking.mark_everybody(program, item, by=request.user)
    except marking.NotMarked as error:
        return _refuse(request, program, item, WHY_NOT[type(error)])
    count = len(step.changed)
    if count:
        text = ngettext("Marked present: one person.", "Marked present: %(count)d people.", count)
        messages.success(request, text % {"count": count})
    else:
        messages.info(request, _("Everybody was already marked."))
    return _back(program, item)


class MarkForm(forms.Form):
    """One tap: of a row, or with a badge. ``ago``: how many milliseconds passed before it could be sent."""

    participant = forms.IntegerField(required=False, max_value=10**18)
    badge = forms.CharField(required=False, max_length=22)
    state = forms.ChoiceField(choices=[("", ""), *State.choices], required=False)
    ago = forms.IntegerField(required=False, min_value=0)

    def clean(self):
        said = self.cleaned_data
        self.badge = badges.find(said["badge"]) if said.get("badge") else None
        self.pk = self.badge.participant_id if self.badge else said.get("participant")
        if said.get("badge") and not self.badge:
            raise forms.ValidationError(_("This badge is not valid. Ask an organizer for a new one."))
        if not self.pk:
            raise forms.ValidationError(NOT_IN_ORDER)
        return said

    @property
    def said_at(self):
        ago = min(self.cleaned_data["ago"] or 0, LATEST // timedelta(milliseconds=1))
        return clock.now() - timedelta(milliseconds=ago) if ago else None


@require_http_methods(["GET", "HEAD", "POST"])
@item_page
def mark(request, program, published, item):
    """Of a GET: all rows as they are now. Of a POST: the row that was marked, or back to the page."""
    if request.method != "POST":
        if not _wants_json(request):
            return _signed_out(request, program, item)
        rows = marking.roll_of(program, item)
        told = {row.person.pk: row.record for row in rows if row.record}
        return JsonResponse({"people": people_of(rows), "cancelled": item.cancelled, "rows": _told(told)})
    form = MarkForm(request.POST)
    if not form.is_valid():
        return _refuse(request, program, item, next(iter(form.non_field_errors()), NOT_IN_ORDER), 400)
    how = How.BADGE if form.badge else How.TAP
    words = {form.pk: form.cleaned_data["state"]}
    try:
        step = marking.mark(program, item, words, by=request.user, how=how, said_at=form.said_at)
    except marking.NotMarked as error:
        return _refuse(request, program, item, WHY_NOT[type(error)])
    if step.refused:
        return _refuse(request, program, item, _not_expected(1))
    if _wants_json(request):
        return _answer(step, words)
    if form.badge:
        return redirect("participants:badge", form.badge.code)
    return _back(program, item, f"#p{form.pk}")


class UndoForm(forms.Form):
    moment = forms.CharField()

    def clean_moment(self):
        try:
            moment = parse_datetime(self.cleaned_data["moment"])
        except ValueError:
            moment = None
        if not moment or not is_aware(moment) or moment.year in (MINYEAR, MAXYEAR):
            raise forms.ValidationError(NOT_IN_ORDER)
        return moment


@require_http_methods(["GET", "POST"])
@item_page
def undo(request, program, published, item):
    """Undo the step of this person that the button names."""
    if request.method != "POST":
        return _signed_out(request, program, item)
    form = UndoForm(request.POST)
    if not form.is_valid():
        return _refuse(request, program, item, NOT_IN_ORDER, 400)
    try:
        step = marking.undo(program, item, form.cleaned_data["moment"], by=request.user)
    except marking.NotMarked as error:
        return _refuse(request, program, item, WHY_NOT[type(error)])
    if _wants_json(request):
        return _answer(step, step.changed | step.outdated, undo=False)
    if step.changed:
        messages.success(request, _("Undone."))
    else:
        messages.info(request, _("There is nothing to undo: it was marked again since."))
    return _to_badge(request.POST) or _back(program, item)


def _wants_json(request):
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def _answer(step, pks, undo=True):
    """The rows ``pks`` as they are now, and the moment that undoes ``step``."""
    rows = _told({pk: step.records.get(pk) for pk in pks})
    moment = step.moment.isoformat() if undo and step.changed else ""
    return JsonResponse({"rows": rows, "undo": moment, "changed": len(step.changed)})


def _told(records):
    return {
        pk: {
            "state": record.state if record else "",
            "word": record.get_state_display() if record else "",
            "said": said(record),
        }
        for pk, record in records.items()
    }


def _not_expected(count):
    return ngettext(
        "This person is not expected here: withdrawn, not confirmed, or of another group. Nothing was saved.",
        "%(count)d people are not expected here any more: they were not marked.",
        count,
    ) % {"count": count}


def _say_refused(request, step):
    if step.refused:
        messages.error(request, _not_expected(len(step.refused)))


def _refuse(request, program, item, message, status=409):
    if _wants_json(request):
        return JsonResponse({"error": str(message)}, status=status)
    messages.error(request, message)
    return _back(program, item)


def _signed_out(request, program, item):
    """Redirect to the page that sent it: after signing in, the person comes back here by GET."""
    messages.error(request, _("Nothing was saved: you were signed out. Please try again."))
    return _to_badge(request.GET) or _back(program, item)


def _to_badge(fields):
    """A redirect to the page of the badge that ``fields`` name, or None."""
    found = badges.find(fields.get("badge", ""))
    return redirect("participants:badge", found.code) if found else None


def _back(program, item, place=""):
    return redirect(reverse("participants:attendance-item", args=[program.slug, item.id]) + place)
