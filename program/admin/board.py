"""The board of a day: what is on it, moving its cards, and adding one.

A script sends each move and asks for the parts of the page that changed; without one every link and button
leads to the same page again. Whatever is sent carries a token: sent twice, it is done once.
"""

import json
import re
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from program import clock
from program.agenda import board as boards
from program.agenda.dates import span_text
from program.agenda.kinds import Kind, Status
from program.drafting import history, placing
from program.drafting.drafts import DraftState, draft_signature
from program.drafting.operations import TOKEN, find_operation, set_status, undo
from program.drafting.reschedule import ChangedMeanwhile
from program.models.operation import new_token
from program.publishing.pages import or_404
from program.team.rights import perms_in, require

from .agenda_head import BOARD, Head, day_in
from .board_forms import STEPS, AddForm, BarForm, MoveForm
from .board_words import board_words
from .current import chosen_program, url_of
from .frame import admin_page, number, person, zone_of

VIEW, CHANGE, ADD = (f"program.{word}_agendaitem" for word in ("view", "change", "add"))
MOST_MOVES = 200


@dataclass(frozen=True)
class Card:
    """A piece of the board with what the page says about its item."""

    piece: boards.Piece
    version: int
    address: str
    findings: list  # [(Finding, what it says here)]
    is_unpublished: bool

    @property
    def item(self):
        return self.piece.item

    @property
    def states(self):
        """Its classes beside kind and place."""
        found = {
            "is-own": self.item.groups,
            "is-shared": len(self.item.groups) > 1,
            "is-short": self.piece.is_short,
            "is-cut": self.piece.is_cut,
            "is-cancelled": self.item.cancelled,
            "has-bad": any(finding.is_error for finding, _words in self.findings),
            "has-warn": self.findings,
        }
        return " ".join(name for name, holds in found.items() if holds)


def board(request):
    """The page of a day (GET), only its parts, if they are no longer those of ``since``, and moves (POST)."""
    program = or_404(chosen_program(request, VIEW))
    day = day_in(request, program)
    with timezone.override(program.tz):
        if request.method == "POST":
            require(request.user, CHANGE, program)
            return _change(request, program, day)
        return _page(request, program, day)


def _page(request, program, day):
    signature = draft_signature(program)
    if request.GET.get("since") == signature:
        return HttpResponse(status=HTTPStatus.NO_CONTENT)
    context = _context(request, program, day) | {"signature": signature}
    if "since" in request.GET:
        frame = {"program": program, "zone": zone_of(program), "perms": perms_in(request.user, program)}
        html = render_to_string("admin/program/board_parts.html", context | frame)
        return HttpResponse(html, headers={"Cache-Control": "no-store"})
    return admin_page(request, "program/board.html", program, _("Board"), **context)


def board_url(program, day, **more):
    query = urlencode({"program": program.pk, "day": day.isoformat()} | more)
    return f"{reverse('admin:program_agendaitem_board')}?{query}"


# What is on the page


def _context(request, program, day):
    versions = dict(
        program.items.values_list("pk", "version")
    )  # before the draft: never newer than what is shown
    state = DraftState.of(program)
    head = Head.of(request, state, BOARD, day)
    sheet = boards.lay_out(day, head.day.items, state.agenda.groups)
    can_change = request.user.has_perm(CHANGE, program)
    return {
        "head": head,
        "sheet": sheet,
        "cards": _cards(state, sheet, versions),
        "tray": _tray(program),
        "problems": [(f, short_words(f, day)) for f in state.draft.conflicts if _is_here(f, day)],
        "now_row": sheet.row_of(clock.now().astimezone(program.tz)),
        "now": clock.now(),
        "can_change": can_change,
        "can_add": request.user.has_perm(ADD, program),
        "here": board_url(program, day),
        "token": new_token(),
        **(_tools(request, program, state, day) if can_change else {}),
    }


def _cards(state, sheet, versions):
    unpublished = {change.item.id for change in state.changes if change.item}
    findings = {}
    for finding in state.draft.conflicts:
        for item in finding.items if not finding.is_hint else ():
            findings.setdefault(item.id, []).append(finding)
    models = _models_by_kind()
    return [
        Card(
            piece,
            versions.get(piece.item.id, 0),
            _change_url(models[piece.item.kind], piece.item.id),
            [(finding, short_words(finding, sheet.day)) for finding in findings.get(piece.item.id, [])],
            piece.item.id in unpublished,
        )
        for piece in sheet.pieces
    ]


def short_words(finding, day):
    """What a Finding says, without the day that the board shows."""
    return finding.message.removeprefix(date_format(day)).lstrip(",: ")


def _models_by_kind():
    plain, *others = history.item_classes()
    return dict.fromkeys(Kind.values, plain) | {kind: model for model in others for kind in model.KINDS}


def _change_url(model, pk):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_change", args=[pk])


def _tray(program):
    """[(item, its Kind, its address, its minutes)] of what is not placed yet. Two queries."""
    items = program.items.unplaced().select_related("venue").prefetch_related("groups")
    models = _models_by_kind()
    minute = timedelta(minutes=1)
    return [
        (item, Kind(item.kind), _change_url(models[item.kind], item.pk), item.length // minute)
        for item in items
    ]


def _is_here(finding, day):
    return not finding.is_hint and any(item.day == day for item in finding.items)


def _tools(request, program, state, day):
    """The bar of the item in the address, the step just done, the open slot; and what a script fills in."""
    if "since" in request.GET:
        return {}
    found = {
        "words": board_words(),
        "blank_bar": BarForm(item=None, agenda=state.agenda, board_day=day),
        "blank_add": AddForm(program=program, day=day, initial={"kind": Kind.SESSION}, auto_id="here-%s"),
    }
    item = _item(program, request.GET["item"]) if "item" in request.GET else None
    if item:
        found |= {"picked": item, "picked_kind": Kind(item.kind), "picked_url": url_of(item)}
        found["bar"] = BarForm(item=item, agenda=state.agenda, board_day=day)
    operation = find_operation(request.GET["done"]) if "done" in request.GET else None
    if operation and operation.program_id == program.pk:
        found["done"] = operation
    if "add" in request.GET or request.POST.get("do") == "add":
        found |= _open_slot(request, program, state.agenda, day)
    return found


def _open_slot(request, program, agenda, day):
    """The form of a new item where the address says, or as it was sent and refused."""
    if request.method == "POST":
        form = AddForm(request.POST, program=program, day=day, auto_id="add-%s")
        chosen = request.POST.getlist("group")
    else:
        start, end, group = (request.GET.get(name, "") for name in ("add", "end", "group"))
        chosen = [pk for pk in group.split(",") if pk]
        before = [i for i in agenda.day(day).items if i.arrives_at and f"{i.starts_at:%H:%M}" <= start]
        initial = {"start": start, "end": end, "kind": Kind.SESSION, "group": chosen}
        initial["venue"] = before[-1].arrives_at.slug if before else ""
        form = AddForm(program=program, day=day, initial=initial, auto_id="add-%s")
    return {"add": form, "add_groups": [g for g in agenda.groups if str(g.id) in chosen]}


def _item(program, pk):
    items = program.items.select_related("program", "venue").prefetch_related("groups").concrete()
    return items.filter(pk=number(pk)).first()


# What is done


def _change(request, program, day):
    token = request.POST.get("token", "")
    token = token if re.fullmatch(TOKEN, token) else new_token()
    done = find_operation(token)
    try:
        if done is None:
            done = _do(request, program, day, token)
    except ChangedMeanwhile as changed:
        done = find_operation(token)  # the button was pressed twice
        if done is None:
            return _stale(request, program, day, changed.items)
    except IntegrityError:
        done = find_operation(token)
    except ValidationError as error:
        return _refused(request, program, day, " ".join(error.messages))
    return _saved(request, program, day, done)


def _do(request, program, day, token):
    """Do what was sent and return its Operation; None when there is nothing to do."""
    action, by = request.POST.get("do", ""), request.user
    if action == "undo":
        operation = find_operation(request.POST.get("operation", ""))
        if operation is None or operation.program_id != program.pk:
            raise ValidationError(_("Nothing was undone."))
        if operation.undone:
            return operation.undone
        undoing, look = undo(operation, by=by)
        if undoing is None or look.overtaken:
            words = [
                _("“%(title)s” was left as it is: it was changed since.") % {"title": s.title}
                for s in look.overtaken
            ]
            raise ValidationError([*words, *([] if undoing else [_("Nothing was undone.")])])
        return undoing
    if action == "add":
        require(by, ADD, program)
        form = _valid(AddForm(request.POST, program=program, day=day))
        return placing.add(form.item(), form.cleaned_data["group"], by, token)
    if action == "place":
        return placing.place(program, _moves(request), by, token)[0]
    item = _item(program, request.POST.get("item"))
    if item is None:
        raise ChangedMeanwhile([])
    if action == "cancel":
        return set_status([item], Status.CANCELLED, by)
    form = BarForm(request.POST, item=item, agenda=DraftState.of(program).agenda, board_day=day)
    _valid(form)
    if action in ("close-gap", "make-room"):
        return placing.place(program, _others(form, action), by, token)[0]
    if action not in STEPS and action != "set":
        raise ValidationError(_("Nothing was changed."))
    return placing.place(program, [form.placement(action)], by, token)[0]


def _valid(form):
    if not form.is_valid():
        raise ValidationError(
            [
                f"{form.fields[name].label or name}: {text}" if name in form.fields else text
                for name, texts in form.errors.items()
                for text in texts
            ]
        )
    return form


def _moves(request):
    try:
        rows = json.loads(request.POST.get("moves", ""))
        forms = [MoveForm(dict(row)) for row in rows]
    except (ValueError, TypeError):
        forms = []
    if not 0 < len(forms) <= MOST_MOVES or not all(form.is_valid() for form in forms):
        raise ValidationError(_("Nothing was changed."))
    return [form.placement() for form in forms]


def _others(form, action):
    """The Placements of closing a gap or making room at the item of the bar."""
    item, agenda = form.item, form.agenda
    same_day = agenda.day(item.starts_at.astimezone(form.tz).date()).items if item.is_placed else ()
    moved = {}
    if any(other.id == item.pk for other in same_day):
        moved = {"close-gap": boards.close_gap, "make-room": boards.make_room}[action](same_day, item.pk)
    if not moved:
        nothing = _("There is no gap before it.") if action == "close-gap" else _("Nothing lies on it.")
        raise ValidationError(nothing)
    versions = dict(item.program.items.filter(pk__in=moved).values_list("pk", "version"))
    versions[item.pk] = form.cleaned_data["version"]
    return [placing.Placement(pk, versions[pk], *times) for pk, times in moved.items() if pk in versions]


# What is answered


def _by_script(request):
    return "application/json" in request.headers.get("Accept", "")


def _saved(request, program, day, operation):
    if _by_script(request):
        versions = placing.versions_after(operation) if operation else {}
        said = operation.sentence if operation else ""
        at = time_format(clock.now().astimezone(program.tz))
        return JsonResponse(
            {"said": said, "undo": operation.token if operation else "", "versions": versions, "at": at}
        )
    more = {"done": operation.token} if operation else {}
    if request.POST.get("item") and request.POST.get("do") != "undo":
        more["item"] = number(request.POST["item"])
    if operation and "more" in request.POST:
        added = next(iter(placing.versions_after(operation)), 0)
        return redirect("admin:program_agendaitem_change", added)
    return redirect(f"{board_url(program, day, **more)}#board")


def _refused(request, program, day, words):
    if _by_script(request):
        return JsonResponse({"refused": words}, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    messages.error(request, words)
    if request.POST.get("do") == "add":
        return _page(request, program, day)
    return redirect(request.get_full_path())


def _stale(request, program, day, items):
    """Who changed each item meanwhile, when, and where it is now."""
    rows = [{"item": item.pk, "said": _who_changed(item, day)} for item in items]
    if _by_script(request):
        return JsonResponse({"stale": rows}, status=HTTPStatus.CONFLICT)
    words = [row["said"] for row in rows] or [_("Somebody deleted it meanwhile.")]
    messages.warning(request, f"{' '.join(words)} {_('Nothing was moved.')}")
    return redirect(request.get_full_path())


def _who_changed(item, shown):
    tz = item.program.tz
    newest = (
        type(item)
        .history.filter(id=item.pk)
        .select_related("history_user")
        .latest("history_date", "history_id")
    )
    where = _("not placed yet")
    if item.is_placed:
        start, end = item.starts_at.astimezone(tz), item.ends_at.astimezone(tz)
        where = span_text(start, end, day=start.date() != shown)
    at = newest.history_date.astimezone(tz)
    return _("%(who)s changed “%(title)s” at %(time)s %(zone)s: it is now %(where)s.") % {
        "who": person(newest.history_user) if newest.history_user else _("The portal"),
        "title": item.title,
        "time": time_format(at),
        "zone": at.tzname(),
        "where": where,
    }
