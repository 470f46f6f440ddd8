"""The agenda as a table to type in: the rows of a day or of the whole program, saved singly or together."""

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.formats import date_format, time_format
from django.utils.http import urlencode
from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from program import clock
from program.drafting.drafts import DraftState
from program.drafting.table import items_in
from program.publishing.pages import or_404

from .agenda_head import TABLE, Head
from .current import chosen_program
from .frame import admin_page, zone_of
from .operations import with_undo
from .table_answer import Answer
from .table_forms import MORE, NEW, AgendaTable, TableChoices
from .table_rows import BLANK, Row

RIGHT = "program.change_agendaitem"


def table(request):
    """The table of ``?day=``, or of all days. A POST saves (``save=39``, ``save=all``, ``keep=39``), takes
    over what somebody else saved (``take=39``) or adds empty rows (``rows=5``)."""
    program = or_404(chosen_program(request, RIGHT))
    day = _day(request, program)
    choices = TableChoices(program)
    if request.method != "POST":
        items = {item.pk: item for item in items_in(program, day)}
        formset = AgendaTable(choices=choices, items=items, day=day)
        return _page(request, program, day, formset, _rows_of(formset))
    answer = Answer(request, program, day, choices)
    if answer.is_done:
        _tell(request, program, day, answer)
        return redirect(table_url(program, day))
    return _page(request, program, day, answer.formset, answer.rows, answer)


def table_url(program, day=None):
    query = {"program": program.pk} | ({"day": day.isoformat()} if day else {})
    return f"{reverse('admin:program_agendaitem_table')}?{urlencode(query)}"


def _day(request, program):
    """The date that the address names, 404 for one outside the program; None for all of them."""
    asked = request.GET.get("day")
    if not asked:
        return None
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        raise Http404 from None
    if day not in program.dates:
        raise Http404
    return day


def _rows_of(formset):
    items = [*formset.items.values()]
    rows = []
    for number, form in enumerate(formset.forms):
        item = items[number] if number < len(items) else None
        key = str(item.pk) if item else f"{NEW}{number}"
        rows.append(Row(number, key, form, item) if item else Row(number, key, form, state=BLANK))
    return rows


@dataclass(frozen=True)
class Section:
    """Rows under one heading; "" for none."""

    name: str
    heading: str
    rows: list


def _sections(program, day, rows):
    """The rows by day, in the order of the days; those not placed, and those to add, come last."""
    by_day = {}
    for row in rows:
        placed = row.item and row.item.is_placed
        key = row.item.starts_at.astimezone(program.tz).date() if placed else None
        by_day.setdefault("new" if row.is_new else "day" if day else key, []).append(row)
    new = by_day.pop("new", [])
    if day:
        return [Section("items", "", by_day.get("day", [])), Section("new", "", new)]
    unplaced = by_day.pop(None, [])
    return [
        *(Section(key.isoformat(), date_format(key), by_day[key]) for key in sorted(by_day)),
        *([Section("not-placed", _("Not placed yet"), unplaced)] if unplaced else []),
        Section("new", _("New rows"), new),
    ]


def _page(request, program, day, formset, rows, answer=None):
    state = DraftState.of(program)
    for row in rows:
        if row.item:
            row.findings = [finding for finding in state.about(row.item.pk) if not finding.is_hint]
    blank = Row(0, f"{NEW}__prefix__", formset.empty_form, state=BLANK, token="")
    return admin_page(
        request,
        "program/table.html",
        program,
        date_format(day) if day else _("The whole program"),
        head=Head.of(request, state, TABLE, day),
        day=day,
        formset=formset,
        sections=_sections(program, day, rows),
        blank=blank,
        wrong=[row for row in rows if row.problems or row.differences],
        unsaved=sum(row.is_unsaved for row in rows),
        saved=len(answer.saved) if answer else 0,
        operation=answer and answer.operation,
        told=_words(answer) if answer else [],
        now=time_format(clock.now().astimezone(program.tz)),
        more=MORE,
    )


def _tell(request, program, day, answer):
    count = len(answer.saved)
    if not count:
        messages.info(request, _("Nothing to save: every row is as it was."))
        return
    text = ngettext("%(count)d row saved, %(time)s.", "%(count)d rows saved, %(time)s.", count)
    time = f"{time_format(clock.now().astimezone(program.tz))} {zone_of(program)}"
    text %= {"count": count, "time": time}
    messages.success(request, with_undo(text, answer.operation) if answer.operation else text)
    for words in _words(answer):
        messages.info(request, words)


def _words(answer):
    """What else there is to know about what was saved, as sentences."""
    if answer.merged:
        names = [capfirst(str(label)) for label in dict.fromkeys(answer.merged)]
        text = _(
            "Somebody else saved this while you had it open. Their changes are kept beside yours: %(fields)s."
        )
        yield text % {"fields": get_text_list(names, _("and"))}
    aside = [item for item in answer.saved if not item.is_placed]
    if aside:
        text = _("Without a time, so not published, and under “Not placed yet”: %(titles)s.")
        yield text % {"titles": get_text_list([f"“{item.title}”" for item in aside], _("and"))}
