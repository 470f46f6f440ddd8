"""The summary of a program's attendance: as a page, and as a spreadsheet with the same figures."""

from django import forms
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from participants.attendance import recap, summary_export
from participants.attendance import summary_picture as picture
from participants.attendance.summary import read
from participants.papers import print_choices, printing
from participants.people.staff import show, staff_page
from program import clock
from program.agenda.dates import day_text
from program.agenda.filters import GroupField
from program.countries import country_name
from program.spreadsheets.writing import CONTENT_TYPES, as_csv, as_xlsx

# The number of people on one page: each has a cell for every item.
PAGE = 100


class PartForm(forms.Form):
    """Which part of the summary is shown; what is not one of the choices is ignored.

    ``part`` is that part, ``every_day`` the same people on all days.
    """

    day = forms.ChoiceField(label=gettext_lazy("Day"), required=False)
    country = forms.ChoiceField(label=gettext_lazy("Country"), required=False)
    group = GroupField(label=gettext_lazy("Group"), all_of_them=gettext_lazy("All groups"), required=False)
    people = forms.ChoiceField(label=gettext_lazy("People"), required=False)

    def __init__(self, data, *, whole, groups):
        super().__init__(data)
        days = dict.fromkeys(item.day for item in (*whole.items, *whole.later))
        countries = dict.fromkeys(row.person.country for row in whole.rows)
        below = _("Below %(threshold)d percent") % {"threshold": whole.threshold}
        choices = {
            "day": [("", _("All days")), *((day.isoformat(), day_text(day)) for day in days)],
            "country": [("", _("All countries")), *((code, country_name(code)) for code in countries)],
            "people": [("", _("Everybody")), ("below", below)],
        }
        self.fields["group"].groups = groups
        for name, field in self.fields.items():
            if name in choices:
                field.choices = choices[name]
            field.widget.attrs["class"] = "form-select"
        self.is_valid()
        told = self.cleaned_data
        day = next((day for day in days if day.isoformat() == told.get("day")), None)
        self.every_day = whole.narrowed(
            country=told.get("country", ""),
            group=told.get("group"),
            below=told.get("people") == "below",
        )
        self.part = self.every_day.narrowed(day=day)
        self.chosen_day = day
        self.narrowed = any(told.values())


def _read(request, program, published):
    whole = read(program, published.agenda, clock.now())
    return whole, PartForm(request.GET, whole=whole, groups=published.agenda.groups)


@require_safe
@staff_page
def summary(request, program, published):
    whole, form = _read(request, program, published)
    part = form.part
    pages = Paginator(part.rows, max(len(part.rows), 1) if request.GET.get("page") == "all" else PAGE)
    asked = request.GET.copy()
    asked.pop("page", None)
    return show(
        request,
        "participants/attendance/summary.html",
        published,
        whole=whole,
        part=part,
        form=form,
        rows=pages.get_page(request.GET.get("page")),
        days=part.by_day,
        countries=[
            (country_name(code), rows, sum(row.is_below for row in rows), share)
            for code, rows, share in part.by_country
        ],
        picture=picture.draw(form.every_day),
        picture_days=form.every_day.by_day,
        query=asked.urlencode(),
    )


@require_safe
@staff_page
def summary_xlsx(request, program, published):
    _whole, form = _read(request, program, published)
    return _file(program, "xlsx", as_xlsx(summary_export.tables(form.part)))


@require_safe
@staff_page
def summary_csv(request, program, published):
    """The participants alone: a CSV file holds one table."""
    _whole, form = _read(request, program, published)
    return _file(program, "csv", as_csv(summary_export.people_table(form.part)))


@require_safe
@staff_page
def summary_pdf(request, program, published):
    """The recap on letterhead, to be signed, in the language this user printed in last."""
    _whole, form = _read(request, program, published)
    moment = printing.read(program, lambda agenda: [])
    language = print_choices.of(request.user, program).get("language", ["both"])[0]
    group = form.cleaned_data.get("group")
    data = recap.document(moment, form.part, language=language, group=group)
    return printing.pdf_response(moment, data, "rekap", program.slug)


def _file(program, kind, body):
    name = f"{slugify(_('Attendance'))}-{program.slug}.{kind}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store, private"}
    return HttpResponse(body, content_type=CONTENT_TYPES[kind], headers=headers)
