"""Marking attendance: the day's items, one item's page, and its answers to taps."""

from datetime import date

from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from participants.attendance import marking, other_groups
from participants.attendance.forms import NOT_IN_ORDER, MarkForm, RollForm, UndoForm
from participants.attendance.refusals import WHY_NOT, why_not
from participants.models import Attendance, Participant
from participants.papers import badges
from participants.people.directory import SearchForm, search
from participants.people.staff import item_page, show, staff_page
from participants.templatetags.attendance import said
from program import clock
from program.agenda.dates import day_text
from program.countries import listed
from program.templatetags.portal import groups

State, How = Attendance.State, Attendance.How


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
    rows = other_groups.with_elsewhere(marking.roll_of(program, item), published.agenda, item)
    guests, others = other_groups.split(program, item)
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
        rows=_shown(rows + guests, words, only_open, marking.is_bus(item)),
        guests=len(guests),
        others=search(others, words),
        seen=",".join(f"{row.person.pk}:{row.state}" for row in rows + guests if row.state),
        people=people_of(rows),
        form=form,
        words=words,
        only_open=only_open,
        query=f"?{urlencode({'q': words})}" if words else "",
        present=State.PRESENT.label,
        states=[state for state in State if state != State.PRESENT],
        undo=_undo(marking.last_step(item, request.user), rows + guests),
        stopped=why_not(item),
        other_day=marking.is_another_day(item, program.tz, clock.now()),
        ask_day=_ask_day(item),
        day_span=marking.days_of(item, program.tz),
    )


def _ask_day(item):
    text = _("This item is on %(day)s. Mark it all the same?")
    return text % {"day": day_text(item.day)}


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


def _save(request, program, item):
    """Save what this person changed on the page, and nothing else: others may mark at the same time."""
    form = RollForm(request.POST)
    if not form.is_valid():
        return _refuse(request, program, item, NOT_IN_ORDER)
    if _is_asked(program, item, form):
        return _ask(request, program, item)
    try:
        step = marking.mark(program, item, form.changed, by=request.user)
    except marking.NotMarked as error:
        return _refuse(request, program, item, _say_who(WHY_NOT[type(error)], program, form.changed))
    saved = len(step.changed)
    if saved:
        text = ngettext("Saved: one mark.", "Saved: %(count)d marks.", saved) % {"count": saved}
        messages.success(request, text)
    _say_refused(request, program, step)
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
    if _is_asked(program, item, form):
        return _ask(request, program, item)
    try:
        refused = marking.mark(program, item, form.changed, by=request.user) if form.changed else None
        step = marking.mark_everybody(program, item, by=request.user, pks=form.pks, said_at=form.said_at)
    except marking.NotMarked as error:
        return _refuse(request, program, item, WHY_NOT[type(error)])
    count = len(step.changed)
    text = _("Everybody was already marked.")
    if count:
        text = ngettext("Marked present: one person.", "Marked present: %(count)d people.", count)
        text %= {"count": count}
    if _wants_json(request):
        return _answer(step, step.records, done=text)
    if refused:
        _say_refused(request, program, refused)
    messages.add_message(request, messages.SUCCESS if count else messages.INFO, text)
    return _back(program, item)


@require_http_methods(["GET", "HEAD", "POST"])
@item_page
def mark(request, program, published, item):
    """Of a GET: all rows as they are now. Of a POST: the row that was marked, or back to the page."""
    if request.method != "POST":
        return _rows_now(program, item) if _wants_json(request) else _signed_out(request, program, item)
    form = MarkForm(request.POST)
    if not form.is_valid():
        return _refuse(request, program, item, next(iter(form.non_field_errors()), NOT_IN_ORDER), 400)
    if _is_asked(program, item, form):
        return _ask(request, program, item)
    words = {form.pk: form.cleaned_data["state"]}
    if _wants_json(request) and (away := _ask_away(item, form)):
        return JsonResponse(away, status=409)
    try:
        step = marking.mark(
            program,
            item,
            words,
            by=request.user,
            how=How.BADGE if form.badge else How.TAP,
            said_at=form.said_at,
            guests=form.cleaned_data["guest"],
        )
    except marking.NotMarked as error:
        return _refuse(request, program, item, _say_who(WHY_NOT[type(error)], program, words))
    if step.refused:
        guest = _ask_guest(program, item, form.pk) if _wants_json(request) else {}
        return _refuse(request, program, item, _not_expected(program, words), **guest)
    if _wants_json(request):
        return _answer(step, words, **_told_of_one(program, form.pk, step))
    if form.badge:
        return redirect("participants:badge", form.badge.code)
    return _back(program, item, f"#p{form.pk}")


def _rows_now(program, item):
    rows = marking.roll_of(program, item)
    guests, _others = other_groups.split(program, item)
    told = {row.person.pk: row.record for row in rows + guests if row.record}
    stopped = why_not(item)
    return JsonResponse(
        {"people": people_of(rows), "stopped": str(stopped) if stopped else "", "rows": _told(told)}
    )


def _told_of_one(program, pk, step):
    """What else a phone is told that may not have the person on its page: the name, and who was faster."""
    name = _names(program, [pk])
    later = _("%(name)s: someone else marked later. That mark counts.") % {"name": name}
    return {"name": name, "later": later if step.outdated else ""}


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


def _answer(step, pks, undo=True, **more):
    """The rows ``pks`` as they are now, and the moment that undoes ``step``."""
    rows = _told({pk: step.records.get(pk) for pk in pks})
    moment = step.moment.isoformat() if undo and step.changed else ""
    return JsonResponse({"rows": rows, "undo": moment, "changed": sorted(step.changed), **more})


def _told(records):
    return {
        pk: {
            "state": record.state if record else "",
            "word": record.get_state_display() if record else "",
            "said": said(record),
        }
        for pk, record in records.items()
    }


def _is_asked(program, item, form):
    """Whether ``item`` is on another day than now, and than when it was said, and nobody confirmed that."""
    moments = filter(None, [clock.now(), form.said_at])
    return not form.cleaned_data["other_day"] and marking.is_another_day(item, program.tz, *moments)


def _ask(request, program, item):
    """Nothing is saved before the person says that the item is meant."""
    if _wants_json(request):
        return JsonResponse({"ask": _ask_day(item), "field": "other_day"}, status=409)
    text = _("Nothing was saved: this item is on %(day)s. If you mean it, tick the box and send again.")
    return _refuse(request, program, item, text % {"day": day_text(item.day)})


def _ask_guest(program, item, pk):
    """The question whether somebody of another group came all the same; {} where that cannot be."""
    person = Participant.objects.expected().filter(program=program, pk=pk).select_related("group").first()
    if not person:
        return {}
    words = {"name": person.called, "groups": groups(item)}
    text = _("%(name)s is of another group. Record that they came with %(groups)s?") % words
    return {"ask": text, "field": "guest"}


def _ask_away(item, form):
    """The question whether somebody who is marked sick or excused is there; {} where it is none.

    The page of the list asks by itself. A badge that is scanned comes from a page that does not know.
    """
    if not form.badge or form.cleaned_data["away"] or form.cleaned_data["state"] != State.PRESENT:
        return {}
    record = marking.records_of(item, [form.pk]).get(form.pk)
    if not record or record.state not in (State.SICK, State.EXCUSED):
        return {}
    words = {"name": form.badge.participant.called, "word": record.get_state_display()}
    return {"ask": _("%(name)s is marked: %(word)s. Change it to present?") % words, "field": "away"}


def _names(program, pks):
    """Of those of ``program`` among ``pks``: "Amal, Bhim and Chandra"; "" of nobody."""
    people = Participant.objects.filter(program=program, pk__in=list(pks)).order_by("name", "pk")
    return listed([person.called for person in people])


def _say_who(why, program, pks):
    names = _names(program, pks)
    return _("%(why)s Not marked: %(names)s.") % {"why": why, "names": names} if names else why


def _not_expected(program, pks):
    names = _names(program, pks)
    if not names:
        return _("This person is not expected here. Nothing was saved.")
    return ngettext(
        "%(names)s is not expected here: withdrawn, not confirmed, or of another group. Nothing was saved.",
        "%(names)s are not expected here any more: they were not marked.",
        len(pks),
    ) % {"names": names}


def _say_refused(request, program, step):
    if step.refused:
        messages.error(request, _not_expected(program, step.refused))


def _refuse(request, program, item, message, status=409, **question):
    if _wants_json(request):
        return JsonResponse({"error": str(message), **question}, status=status)
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
