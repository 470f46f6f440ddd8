"""What the board sends: a card that was moved, the bar at its foot, and the small form of an empty slot."""

from datetime import datetime, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import from_current_timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from program.agenda import board
from program.agenda.kinds import Kind
from program.drafting import history
from program.drafting.placing import Placement

from .forms import VenueChoiceField

ASIDE = "aside"  # in place of a day: not placed yet
LOCAL = ["%Y-%m-%dT%H:%M"]  # a moment by the clock of the program
STEPS = {"start-5": (-5, -5), "start+5": (5, 5), "end-5": (0, -5), "end+5": (0, 5)}


class MoveForm(forms.Form):
    """One card of a script: where it shall be, in the current time zone; without times it is not placed."""

    item = forms.IntegerField()
    version = forms.IntegerField()
    start = forms.DateTimeField(input_formats=LOCAL, required=False)
    end = forms.DateTimeField(input_formats=LOCAL, required=False)
    groups = forms.JSONField(required=False)

    def clean_groups(self):
        groups = self.cleaned_data["groups"]
        if groups is not None and not (
            isinstance(groups, list) and all(type(group) is int for group in groups)
        ):
            raise ValidationError("groups")
        return groups

    def clean(self):
        data = super().clean()
        if not self.errors and (data["start"] is None) != (data["end"] is None):
            raise ValidationError(_("Give both the start and the end, or neither."))
        return data

    def placement(self):
        data = self.cleaned_data
        groups = None if data["groups"] is None else tuple(data["groups"])
        return Placement(data["item"], data["version"], data["start"], data["end"], groups)


class BarForm(forms.Form):
    """The bar of the picked item: its buttons move it by five minutes, to another day, or to other groups.

    ``item`` is the model's instance, with its groups; None in the blank bar that a script fills in.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)
    day = forms.ChoiceField(label=gettext_lazy("Day"))
    group = forms.ChoiceField(label=gettext_lazy("For"), required=False)

    def __init__(self, *args, item, agenda, board_day, **kwargs):
        self.item, self.agenda, self.tz = item, agenda, agenda.program.tz
        own = sorted(item.groups.all(), key=lambda group: group.pk) if item else []
        own_day = item.starts_at.astimezone(self.tz).date() if item and item.is_placed else board_day
        kept = ",".join(str(group.pk) for group in own)
        version = item.version if item else ""
        kwargs["initial"] = {"version": version, "day": own_day.isoformat(), "group": kept}
        super().__init__(*args, auto_id="pin-%s" if item else "picked-%s", **kwargs)
        self.fields["day"].choices = [
            *((day.date.isoformat(), date_format(day.date, "D j M")) for day in agenda.days),
            (ASIDE, _("Not placed yet")),
        ]
        choices = [("", _("Everybody")), *((str(group.id), group.name) for group in agenda.groups)]
        if len(own) > 1:
            choices.append((kept, ", ".join(sorted(group.name for group in own))))
        self.fields["group"].choices = choices
        for name in ("day", "group"):
            self.fields[name].widget.attrs["aria-label"] = self.fields[name].label

    def placement(self, action):
        """The Placement that the button ``action`` asks for."""
        data = self.cleaned_data
        groups = tuple(int(pk) for pk in data["group"].split(",") if pk)
        if action in STEPS and self.item.is_placed:
            start, end = (
                board.next_step(moment.astimezone(self.tz), by)
                for moment, by in zip((self.item.starts_at, self.item.ends_at), STEPS[action], strict=True)
            )
            return Placement(self.item.pk, data["version"], start, end)
        start, end = self._on_day(data["day"])
        return Placement(self.item.pk, data["version"], start, end, groups)

    def _on_day(self, value):
        if value == ASIDE:
            return None, None
        day = datetime.fromisoformat(value).date()
        if self.item.is_placed:
            start = self.item.starts_at.astimezone(self.tz)
            start = datetime.combine(day, start.time(), self.tz)
        else:
            items = self.agenda.day(day).items
            concerned = frozenset(group.pk for group in self.item.groups.all())
            begins = board.first_free(day, items, concerned, self.item.length)
            start = datetime.combine(day, datetime.min.time(), self.tz) + timedelta(minutes=begins)
        return start, start + self.item.length


class AddForm(forms.Form):
    """The few fields that make a new item in an empty slot."""

    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Kind.choices)
    start = forms.TimeField(
        label=gettext_lazy("Start"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )
    end = forms.TimeField(
        label=gettext_lazy("End"), widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )
    venue = VenueChoiceField(
        None, label=gettext_lazy("Venue"), required=False, empty_label="–", to_field_name="slug"
    )
    group = forms.ModelMultipleChoiceField(None, required=False, widget=forms.MultipleHiddenInput)

    def __init__(self, *args, program, day, **kwargs):
        super().__init__(*args, **kwargs)
        self.program, self.day = program, day
        self.fields["venue"].queryset = program.venues.all()
        self.fields["group"].queryset = program.groups.all()

    def clean(self):
        data = super().clean()
        if data.get("start") and data.get("end"):
            ends_on = self.day + timedelta(days=data["end"] <= data["start"])  # past midnight
            data["starts_at"] = from_current_timezone(datetime.combine(self.day, data["start"]))
            data["ends_at"] = from_current_timezone(datetime.combine(ends_on, data["end"]))
        return data

    def item(self):
        """The new item, not saved, of the class that its kind has."""
        data = self.cleaned_data
        plain, *others = history.item_classes()
        model = next((model for model in others if data["kind"] in model.KINDS), plain)
        names = ("title", "kind", "starts_at", "ends_at", "venue")
        return model(program=self.program, **{name: data[name] for name in names})
