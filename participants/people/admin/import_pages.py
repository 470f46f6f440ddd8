"""People from a spreadsheet: the template, the preview, and the import itself.

The rows wait for the confirmation inside the page, signed, and not on the server: without a confirmation
nothing is left behind.
"""

from dataclasses import asdict

from django.contrib import messages
from django.core import signing
from django.db import IntegrityError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from participants.people.spreadsheets.columns import COLUMNS
from participants.people.spreadsheets.exports import template
from participants.people.spreadsheets.imports import People, import_people, read_people, recognise
from program.admin.operations import with_undo
from program.admin.rights import program_or_404
from program.spreadsheets.files import BadSpreadsheet, read_spreadsheet
from program.spreadsheets.writing import CONTENT_TYPES

from .actions import warn_about_seats
from .forms import SpreadsheetForm
from .frame import MAY_CHANGE, list_url, page

SHOWN_ROWS = 300
MAX_SIGNED = 2_000_000  # characters, within what Django takes in one form
GOOD_FOR = 60 * 60  # seconds


def _salt(request, program):
    return f"participants.import.{program.pk}.{request.user.pk}"


@require_http_methods(["GET", "POST"])
def import_page(request, pk):
    program = program_or_404(request, pk, MAY_CHANGE)
    if "spreadsheet" in request.POST:
        return _confirmed(request, program)
    form = SpreadsheetForm(request.POST, request.FILES) if request.method == "POST" else SpreadsheetForm()
    context = {"form": form, "columns": COLUMNS.values()}
    if form.is_valid():
        try:
            people = recognise(read_spreadsheet(form.cleaned_data["file"]))
            context |= _preview(request, program, people)
        except BadSpreadsheet as error:
            form.add_error("file", str(error))
    return page(request, "people/import.html", program, _("Import people from a spreadsheet"), **context)


def _preview(request, program, people):
    report = read_people(program, people)
    signed = signing.dumps(asdict(people), salt=_salt(request, program), compress=True)
    if len(signed) > MAX_SIGNED:
        raise BadSpreadsheet(_("This spreadsheet has far more text than a list of people. Split it."))
    shown = (report.wrong or report.rows)[:SHOWN_ROWS]
    return {"report": report, "people": people, "signed": signed, "shown": shown}


def _confirmed(request, program):
    try:
        found = signing.loads(request.POST["spreadsheet"], salt=_salt(request, program), max_age=GOOD_FOR)
    except signing.BadSignature:
        messages.error(request, _("The preview is older than an hour. Choose the file again."))
        return redirect(request.path)
    people = People(**found)
    try:
        report = import_people(program, people, by=request.user)
    except IntegrityError:
        report = None
    if report is None or report.wrong:
        messages.error(
            request, _("Nothing was imported: the list of participants has changed. Choose the file again.")
        )
        return redirect(request.path)
    counts = {"new": len(report.new), "changed": len(report.changed), "same": len(report.same)}
    text = _("Imported: %(new)d new, %(changed)d changed, %(same)d unchanged.") % counts
    messages.success(request, with_undo(text, report.operation) if report.operation else text)
    warn_about_seats(request, program)
    return redirect(list_url(program))


@require_safe
def spreadsheet_template(request, pk, form):
    if form not in CONTENT_TYPES:
        raise Http404
    program = program_or_404(request, pk, MAY_CHANGE)
    response = HttpResponse(template(program, form), content_type=CONTENT_TYPES[form])
    response["Content-Disposition"] = f'attachment; filename="{slugify(_("Template"))}-{program.slug}.{form}"'
    return response


URLS = [
    ("import/<int:pk>/", import_page, "import"),
    ("import/<int:pk>/template.<str:form>", spreadsheet_template, "template"),
]
