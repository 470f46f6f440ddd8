"""What the pages of attendance send: a whole roll, one mark, everybody at once, an undo."""

import re
from datetime import MAXYEAR, MINYEAR, timedelta

from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participants.models import Attendance
from participants.papers import badges
from program import clock

State = Attendance.State
# A mark that waited on a phone counts as this old at most: whatever the phone's clock says.
LATEST = timedelta(days=14)
ROW = re.compile(r"p\d{1,18}")
NOT_IN_ORDER = gettext_lazy("This page is out of date. Please reload it.")


class SaidForm(forms.Form):
    """``ago``: how many milliseconds passed before it could be sent. ``other_day``: the person was asked, and
    means this item although it is on another day."""

    ago = forms.IntegerField(required=False, min_value=0)
    other_day = forms.BooleanField(required=False)

    @property
    def said_at(self):
        """When it was said, if it arrives late; else None."""
        ago = min(self.cleaned_data.get("ago") or 0, LATEST // timedelta(milliseconds=1))
        return clock.now() - timedelta(milliseconds=ago) if ago else None


class RollForm(SaidForm):
    """The whole page sent at once: the state of each row as "p12", and what the page had shown of all
    ("12:late,15:sick"). ``changed`` is what this person said: {participant pk: state}. ``pks`` are those whom
    the page calls everybody, as "12-15"; None where it does not say."""

    seen = forms.RegexField(r"^(\d+:[a-z]+(,\d+:[a-z]+)*)?$", required=False)
    people = forms.RegexField(r"^\d{1,18}(-\d{1,18})*$", required=False)

    def clean(self):
        seen = dict(word.split(":") for word in self.cleaned_data.get("seen", "").split(",") if word)
        sent = {name[1:]: state for name, state in self.data.items() if ROW.fullmatch(name)}
        if not set(sent.values()) <= {"", *State.values}:
            raise forms.ValidationError(NOT_IN_ORDER)
        self.changed = {int(pk): state for pk, state in sent.items() if state != seen.get(pk, "")}
        people = self.cleaned_data.get("people")
        self.pks = {int(pk) for pk in people.split("-")} if people else None
        return self.cleaned_data


class MarkForm(SaidForm):
    """One tap: of a row, or with a badge. ``guest``: also if the person is of another group. ``away``: also
    if they are marked sick or excused."""

    participant = forms.IntegerField(required=False, max_value=10**18)
    badge = forms.CharField(required=False, max_length=22)
    state = forms.ChoiceField(choices=[("", ""), *State.choices], required=False)
    guest = forms.BooleanField(required=False)
    away = forms.BooleanField(required=False)

    def clean(self):
        said = self.cleaned_data
        self.badge = badges.find(said["badge"]) if said.get("badge") else None
        self.pk = self.badge.participant_id if self.badge else said.get("participant")
        if said.get("badge") and not self.badge:
            raise forms.ValidationError(_("This badge is not valid. Ask an organizer for a new one."))
        if not self.pk:
            raise forms.ValidationError(NOT_IN_ORDER)
        return said


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
