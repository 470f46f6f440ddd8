"""The agenda from a spreadsheet and back, in the admin: paste or file, columns and rows, taken over.

The rows travel inside the page as the text that could have been pasted: nothing waits on the server, and
what was typed is never lost. Nothing here needs a script.
"""

import re

from django import forms
from django.db import IntegrityError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from program.agenda.kinds import Kind
from program.drafting.operations import TOKEN, find_operation
from program.drafting.reschedule import ChangedMeanwhile
from program.drafting.sheet.answers import read_answers
from program.drafting.sheet.applying import apply
from program.drafting.sheet.columns import COLUMNS, UNUSED
from program.drafting.sheet.exporting import export, template
from program.drafting.sheet.pasted import as_text, read_pasted
from program.drafting.sheet.preview import MAX_ROWS, Reader
from program.models.operation import new_token
from program.publishing.pages import or_404
from program.spreadsheets.files import MAX_BYTES, BadSpreadsheet, read_spreadsheet, too_large, unescape
from program.spreadsheets.writing import CONTENT_TYPES
from program.team.rights import require

from .current import chosen_program
from .frame import admin_page
from .operations import operation_url
from .rows_of_sheet import days_of_plan, places_of_plan

RIGHTS = ("program.change_agendaitem", "program.add_agendaitem")
MAX_TEXT = 400_000  # characters of a table


class SheetForm(forms.Form):
    """A file, or rows pasted as text."""

    rows = forms.CharField(
        label=gettext_lazy("Paste the rows here"),
        required=False,
        strip=False,
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 12, "class": "paste", "spellcheck": "false"}),
    )
    file = forms.FileField(
        label=gettext_lazy("Or choose a file"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.ods,.csv"}),
        error_messages={"empty": gettext_lazy("The file is empty.")},
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and file.size > MAX_BYTES:
            raise forms.ValidationError(too_large())
        return file

    def clean(self):
        """``table`` are the rows, [(number, cells)]; ``unread`` the names of sheets that are not read."""
        data = super().clean()
        if self.errors:
            return data
        data["unread"] = []
        if data.get("file"):
            try:
                sheet = read_spreadsheet(data["file"].read(), results=True)
            except BadSpreadsheet as error:
                self.add_error("file", str(error))
                return data
            sheet.fill_down()
            data["table"] = [(number, [unescape(cell) for cell in cells]) for number, cells in sheet.rows]
            data["unread"] = sheet.unread
        elif data.get("rows", "").strip():
            data["table"] = read_pasted(data["rows"])
        else:
            self.add_error("rows", _("Paste a table, or choose a file."))
            return data
        self._check(data["table"])
        return data

    def _check(self, table):
        if len(table) < 2 or max(len(cells) for _number, cells in table) < 2:
            self.add_error(
                "file" if self.cleaned_data.get("file") else "rows",
                _("There is no table in this text: it needs two columns and two rows or more."),
            )
        elif len(table) > MAX_ROWS:
            text = ngettext(
                "An agenda may have %(count)d row. Split it.",
                "An agenda may have %(count)d rows. Split it.",
                MAX_ROWS,
            )
            self.add_error(None, text % {"count": MAX_ROWS})
        elif sum(len(cell) for _number, cells in table for cell in cells) > MAX_TEXT:
            self.add_error(None, _("This has far more text than an agenda. Split it."))


def _program(request):
    program = or_404(chosen_program(request, RIGHTS[0]))
    for right in RIGHTS:
        require(request.user, right, program)
    return program


def agenda_import(request):
    """Paste or file (GET, or what was wrong with it); then the preview; then it is taken over."""
    program = _program(request)
    if request.method != "POST":
        return _first_page(request, program, SheetForm())
    if "back" in request.POST:
        return _first_page(request, program, SheetForm(initial={"rows": request.POST.get("rows", "")}))
    form = SheetForm(request.POST, request.FILES)
    if not form.is_valid():
        return _first_page(request, program, form)
    table, answers = form.cleaned_data["table"], read_answers(request.POST)
    plan = Reader(program).plan(table, answers)
    told = ""
    if "take" in request.POST:
        done, told = _taken_over(request, plan)
        if done:
            return done
    return _preview(request, program, plan, table, form.cleaned_data["unread"], told)


def _first_page(request, program, form):
    context = {"form": form, "most": MAX_BYTES // 1024 // 1024}
    return admin_page(
        request, "program/agenda_import.html", program, _("Agenda from a spreadsheet"), **context
    )


def _taken_over(request, plan):
    """(a redirect to what was done, or None, a sentence that says why it was not)."""
    token = request.POST.get("token", "")
    if not re.fullmatch(TOKEN, token):
        token = new_token()
    if operation := find_operation(token):  # the button was pressed twice
        return redirect(operation_url(operation)), ""
    if request.POST.get("mapping") != plan.mapping:
        return None, _("You changed what the columns mean. Look at the rows again, then take them over.")
    if mended := [planned for planned in plan.of_sort("error") if planned.row.mended]:
        rows = ", ".join(str(planned.row.number) for planned in mended)
        return None, _("Nothing was taken over: there is still an error in row %(rows)s.") % {"rows": rows}
    if not plan.count:
        return None, _("There is nothing to take over.")
    try:
        operation = apply(plan, _seen(request.POST.get("seen", "")), token, by=request.user)
    except ChangedMeanwhile as error:
        return None, _changed_text(error.items)
    except IntegrityError:
        if operation := find_operation(token):
            return redirect(operation_url(operation)), ""
        return None, _changed_text([])  # somebody made a place with that address at this moment
    return redirect(operation_url(operation)), ""


def _seen(text):
    """{primary key: version} of a hidden field such as "12-3.15-1"."""
    pairs = re.findall(r"(\d{1,18})-(\d{1,18})", text)
    return {int(pk): int(version) for pk, version in pairs}


def _changed_text(items):
    """Who changed what since the preview was shown."""
    told = []
    for item in items:
        entry = type(item).history.filter(id=item.pk).select_related("history_user").first()
        who = entry.history_user if entry else None
        who = (who.get_full_name() or who.get_username()) if who else _("the portal")
        told.append(_("“%(title)s” (%(who)s)") % {"title": item.title, "who": who})
    text = _("Nothing was taken over: the agenda was changed since you looked.")
    return f"{text} {', '.join(told)}" if told else text


def _preview(request, program, plan, table, unread, told):
    context = {
        "plan": plan,
        "told": told,
        "unread_sheets": unread,
        "text": as_text(table),
        "days": days_of_plan(plan),
        "places": places_of_plan(plan),
        "choices": [(UNUSED, _("Not used")), *COLUMNS.items()],
        "kinds": Kind.choices,
        "seen": ".".join(f"{pk}-{version}" for pk, version in plan.seen.items()),
        "token": new_token(),
    }
    return admin_page(
        request, "program/agenda_preview.html", program, _("Agenda from a spreadsheet"), **context
    )


@require_safe
def agenda_export(request):
    """The agenda as a file, ``?form=`` xlsx or csv; ``empty`` with the heads alone."""
    program = or_404(chosen_program(request, "program.view_agendaitem"))
    form = request.GET.get("form", "xlsx")
    if form not in CONTENT_TYPES:
        raise Http404
    data = template(program) if "empty" in request.GET and form == "xlsx" else export(program, form)
    response = HttpResponse(data, content_type=CONTENT_TYPES[form])
    name = f"{slugify(_('Agenda'))}-{program.slug}.{form}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
