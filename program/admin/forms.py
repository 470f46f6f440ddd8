"""Forms of agenda items: a day and clock times of the program in place of moments."""

from datetime import datetime, timedelta
from itertools import groupby

from django import forms
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import ValidationError
from django.db import models
from django.forms.models import BaseInlineFormSet, ModelChoiceIterator
from django.forms.utils import from_current_timezone
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import normalize_newlines
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from program.agenda.kinds import Kind
from program.drafting.drafts import default_program
from program.merging import MergingForm
from program.models import Group, Program

TIMES = {"day", "start", "end"}


def zone_name(program):
    """The short name of the program's zone on its first day, such as WIB."""
    return datetime.combine(program.starts_on, datetime.min.time(), program.tz).tzname()


class LinesWidget(forms.Textarea):
    """A text of some lines.

    Browsers end each with CR LF: kept like that, a text that nobody edited would count as changed, in the
    history and for the next person who saves.
    """

    def value_from_datadict(self, data, files, name):
        value = super().value_from_datadict(data, files, name)
        return value and normalize_newlines(value)


# What every form of the admin uses for a text of some lines.
LINES = {models.TextField: {"widget": LinesWidget(attrs={"rows": 4})}}


class PlaceWidget(RelatedFieldWidgetWrapper):
    """A choice of places, whose "add" window opens for the program of the form."""

    @classmethod
    def around(cls, wrapper, program):
        widget = cls(wrapper.widget, wrapper.rel, wrapper.admin_site, can_add_related=wrapper.can_add_related)
        widget.program = program
        return widget

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["url_params"] += f"&program={self.program.pk}"
        context["can_view_related"] = False
        return context


class VenuesByCity(ModelChoiceIterator):
    def __iter__(self):
        yield "", self.field.empty_label
        venues = self.queryset.order_by("city", "name")
        for city, same in groupby(venues, key=lambda venue: venue.city):
            yield city, [self.choice(venue) for venue in same]


class VenueChoiceField(forms.ModelChoiceField):
    iterator = VenuesByCity


def limit_to_program(field, program):
    """Let ``field`` offer only what belongs to ``program``."""
    field.queryset = field.queryset.filter(program=program)
    field.empty_label = _("None") if field.empty_label else None
    field.error_messages["invalid_choice"] = _(
        "This belongs to another program, or was removed in the meantime. Choose again."
    )
    if isinstance(field.widget, RelatedFieldWidgetWrapper):
        field.widget = PlaceWidget.around(field.widget, program)
        field.widget.choices = field.choices


class NamedRows(BaseInlineFormSet):
    """Rows of a table whose fields are named in its head only: each says its name to a screen reader."""

    def add_fields(self, form, index):
        super().add_fields(form, index)
        for field in form.fields.values():
            widget = getattr(field.widget, "widget", field.widget)  # inside the link that adds another
            widget.attrs["aria-label"] = field.label


class ProgramForm(MergingForm, forms.ModelForm):
    """A form of what belongs to one program, ``owner``: the one it has, that was asked for, or the default.

    ``programs`` are those that the user may add to. ``owner`` is None, and nothing can be saved,
    while there is none.
    """

    programs = Program.objects.none()
    program = forms.ModelChoiceField(Program.objects.none(), widget=forms.HiddenInput)

    class Meta:
        field_classes = {"venue": VenueChoiceField, "destination": VenueChoiceField}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.owner = self._find_program()
        if self.owner is None:
            return
        self.instance.program = self.owner
        self.initial["program"] = self.owner.pk
        if "program" in self.fields:
            if self.instance.pk:  # only for who adds it again, when it was deleted meanwhile
                self.fields["program"] = forms.CharField(widget=forms.HiddenInput)
                self.initial["program"] = str(self.owner.pk)
            else:
                self.fields["program"].queryset = Program.objects.filter(pk=self.owner.pk)
            self.fields["program"].required = False
        self._limit_choices()

    def _limit_choices(self):
        for name in ("venue", "destination", "organization", "parent"):
            if name in self.fields:
                limit_to_program(self.fields[name], self.owner)

    def clean_program(self):
        """Nothing moves to another program."""
        return self.owner

    def _find_program(self):
        if self.instance.pk:
            return self.instance.program
        asked = str((self.data if self.is_bound else self.initial).get("program") or "")
        found = self.programs.filter(pk=asked).first() if asked.isdecimal() else None
        return found or default_program(self.programs)


class ItemForm(ProgramForm):
    """An agenda item of ``kinds``. Its times are typed and shown in the program's zone.

    Without a day and times it is not placed yet.
    """

    kinds = ()
    history_names = {"day": "starts_at", "start": "starts_at", "end": "ends_at", "next_day": "ends_at"}

    day = forms.DateField(
        label=gettext_lazy("Day"),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        input_formats=["%Y-%m-%d"],
        required=False,
    )
    start = forms.TimeField(
        label=gettext_lazy("Start"),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        required=False,
    )
    end = forms.TimeField(
        label=gettext_lazy("End"),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        required=False,
    )
    next_day = forms.BooleanField(
        label=gettext_lazy("It ends the next day"),
        required=False,
        help_text=gettext_lazy("For an item that runs past midnight. It stays under the day it starts on."),
    )
    taking_part = forms.ModelMultipleChoiceField(
        Group.objects.none(),
        label=gettext_lazy("Groups"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.owner and "kind" in self.fields:  # else it is only shown
            self._prepare_times()
            self._prepare_kind()
            self._prepare_groups()

    def _prepare_times(self):
        program, item = self.owner, self.instance
        zone = zone_name(program)
        for name in ("start", "end"):
            self.fields[name].help_text = _("In %(zone)s, the time of the program.") % {"zone": zone}
        self.fields["day"].widget.attrs |= {
            "min": program.starts_on.isoformat(),
            "max": program.ends_on.isoformat(),
        }
        self.fields["day"].help_text = _("The program runs from %(first)s to %(last)s.") % {
            "first": date_format(program.starts_on, "MONTH_DAY_FORMAT"),
            "last": date_format(program.ends_on, "j F Y"),
        }
        if not item.pk and program.starts_on == program.ends_on:
            self.initial.setdefault("day", program.starts_on)
        if item.pk and item.is_placed:
            starts, ends = (moment.astimezone(program.tz) for moment in (item.starts_at, item.ends_at))
            self.initial |= {
                "day": starts.date(),
                "start": starts.time(),
                "end": ends.time(),
                "next_day": ends.date() > starts.date(),
            }

    def _prepare_kind(self):
        kinds = [*self.kinds]
        if self.instance.kind and self.instance.kind not in kinds:
            kinds.append(self.instance.kind)
        self.fields["kind"].choices = [(kind, Kind(kind).label) for kind in kinds]
        if len(kinds) == 1:
            self.fields["kind"].widget = forms.HiddenInput()
            self.initial["kind"] = kinds[0]

    def _prepare_groups(self):
        groups = self.fields["taking_part"]
        groups.queryset = self.owner.groups.all()
        groups.help_text = _("None ticked: everybody takes part.")
        if self.instance.pk:
            self.initial["taking_part"] = [group.pk for group in self.instance.groups.all()]

    def clean(self):
        data = super().clean()
        if self.owner and data.keys() >= TIMES:
            missing = [name for name in sorted(TIMES) if data[name] is None]
            if not missing:
                self._set_times(data)
            elif len(missing) == len(TIMES):
                self.instance.starts_at = self.instance.ends_at = None
            for name in missing if len(missing) < len(TIMES) else ():
                self.add_error(
                    name, _("Give the day and both times; or none of them, while it is not placed yet.")
                )
        return data

    def _set_times(self, data):
        ends_on = data["day"] + timedelta(days=bool(data["next_day"]))
        with timezone.override(self.owner.tz):
            try:
                starts_at = from_current_timezone(datetime.combine(data["day"], data["start"]))
                ends_at = from_current_timezone(datetime.combine(ends_on, data["end"]))
            except ValidationError as error:  # the clocks change at that time
                self.add_error("start", error)
                return
        if ends_at <= starts_at:
            self.add_error(
                "end",
                ValidationError(
                    _("The end must come after the start. Does it run past midnight? Then tick “%(tick)s”.")
                    % {"tick": self.fields["next_day"].label},
                    code="end_before_start",
                ),
            )
            return
        self.instance.starts_at, self.instance.ends_at = starts_at, ends_at

    def _update_errors(self, errors):
        """Move the model's errors about its moments to the fields where they were typed."""
        if hasattr(errors, "error_dict"):
            names = {"starts_at": "day", "ends_at": "end"}
            errors = ValidationError(
                {names.get(name, name): found for name, found in errors.error_dict.items()}
            )
        super()._update_errors(errors)
