"""Copies in the admin: an item to another time, a program as the frame of its next edition."""

import re
from datetime import date, datetime

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.shortcuts import get_object_or_404, redirect
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from program.drafting.copying import copy_item, copy_program, find_program_copy
from program.drafting.filling import names_edition
from program.drafting.history import moment_words
from program.drafting.operations import TOKEN
from program.models import AgendaItem, Program
from program.models.operation import new_token
from program.team.rights import require

from .forms import zone_name
from .frame import admin_page
from .rights import program_or_404

# Programs are planned for these years: other dates are typing mistakes.
FIRST_YEAR, LAST_YEAR = 2000, 2100


class OnceForm(forms.Form):
    """A form that makes something: when sent twice, it makes it once. ``token`` names the operation."""

    token = forms.RegexField(rf"\A{TOKEN}\Z", widget=forms.HiddenInput)

    def __init__(self, *args, initial, **kwargs):
        super().__init__(*args, initial={"token": new_token()} | initial, **kwargs)


class CopyItemForm(OnceForm):
    day = forms.TypedChoiceField(label=gettext_lazy("Day"), coerce=date.fromisoformat)
    time = forms.TimeField(
        label=gettext_lazy("Starts at"),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
    )

    def __init__(self, *args, item, **kwargs):
        program = item.program
        initial = {}
        if item.is_placed:
            end = item.ends_at.astimezone(program.tz)
            initial = {"day": end.date().isoformat(), "time": end.time()}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["day"].choices = [(day.isoformat(), date_format(day)) for day in program.dates]
        self.fields["time"].help_text = _("In the program's time, %(zone)s.") % {"zone": zone_name(program)}


def copy_item_page(request, pk):
    """Copy an item to another day and time of its program."""
    items = AgendaItem.objects.of_team(request.user).select_related("program").concrete()
    item = get_object_or_404(items, pk=pk)
    options = item._meta
    require(request.user, f"{options.app_label}.add_{options.model_name}", item)
    form = CopyItemForm(request.POST or None, item=item)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        starts_at = datetime.combine(data["day"], data["time"], item.program.tz)
        try:
            copy = copy_item(item, starts_at, data["token"], by=request.user)
        except ValidationError as error:
            form.add_error(None, error.messages)
        else:
            text = _(
                "“%(title)s” was copied to %(when)s, with the status planned. Check what is different "
                "this time."
            )
            when = moment_words(copy.starts_at, item.program.tz)
            messages.success(request, text % {"title": copy.title, "when": when})
            return redirect(f"admin:{options.app_label}_{options.model_name}_change", copy.pk)
    title = _("Copy “%(title)s”") % {"title": item.title}
    context = {
        "item": item,
        "when": moment_words(item.starts_at, item.program.tz) if item.is_placed else "",
        "form": form,
    }
    return admin_page(request, "program/copy_item.html", item.program, title, **context)


class CopyProgramForm(OnceForm, forms.ModelForm):
    """The few things in which an edition differs from the one before."""

    class Meta:
        model = Program
        fields = ["slug", "title", "local_title", "short_title", "local_short_title", "starts_on"]
        widgets = {"starts_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args, program, **kwargs):
        # A name with the year of its edition is typed anew.
        names = {name: getattr(program, name) for name in ("title", "short_title")}
        year = program.starts_on.year
        initial = {name: text for name, text in names.items() if not names_edition(text, year)}
        super().__init__(*args, initial=initial, **kwargs)
        self.program = program
        self.fields["starts_on"].help_text = _(
            "The program you copy began on %(day)s. Day by day, every item keeps its clock time."
        ) % {"day": date_format(program.starts_on)}

    def clean(self):
        """Refuse the year of the edition before in a name of this one."""
        data = super().clean()
        year = str(self.program.starts_on.year)
        if data.get("starts_on") and str(data["starts_on"].year) != year:
            for name in ("title", "local_title", "short_title", "local_short_title"):
                if re.search(rf"\b{year}\b", data.get(name, "")):
                    text = _("This names the year of the edition that you copy, %(year)s.") % {"year": year}
                    self.add_error(name, text)
        return data

    def clean_starts_on(self):
        day = self.cleaned_data["starts_on"]
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise ValidationError(
                _("Choose a day in the years %(first)d to %(last)d."),
                params={"first": FIRST_YEAR, "last": LAST_YEAR},
            )
        return day


def copy_program_page(request, pk):
    """Copy a whole program as the frame of its next edition; the user who does it is its first organizer."""
    program = program_or_404(request, pk, "program.add_program")
    form = CopyProgramForm(request.POST or None, program=program)
    if request.method == "POST":
        # The second press of a double click may come while the first is still copying.
        new = _present_copy(request) or _copied(request, program, form) or _present_copy(request)
        if new:
            _say_copied(request, new)
            return redirect("admin:program_program_change", new.pk)
    context = {
        "form": form,
        "items": program.items.count(),
    }
    title = _("Copy %(program)s for its next edition") % {"program": program.short_title}
    return admin_page(request, "program/copy_program.html", program, title, **context)


def _present_copy(request):
    """What was copied with the same page before, or None."""
    present = find_program_copy(request.POST.get("token", ""))
    return present if present and request.user.has_perm("program.view_program", present) else None


def _copied(request, program, form):
    """The new program, or None when the form says what is wrong."""
    if not form.is_valid():
        return None
    try:
        return copy_program(program, by=request.user, **form.cleaned_data)
    except IntegrityError:  # someone took the address, or copied with the same page, at this moment
        form.add_error("slug", form.instance.unique_error_message(Program, ("slug",)))
        return None


def _say_copied(request, program):
    text = _("Here is %(program)s. Nobody can see it yet. Add its people and sources, then publish it.")
    messages.success(request, text % {"program": program.short_title})
