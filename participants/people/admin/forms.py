"""The organizers' forms about people."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participants.people.forms import LineField, NumberField, SaysUnprinted
from program.admin.forms import ProgramForm, limit_to_program
from program.countries import country_choices
from program.spreadsheets.files import MAX_BYTES, too_large

NAMES = ("name", "preferred_name", "own_script_name", "institution", "position")

# As program/agenda/audience.py decides it.
WITHOUT_GROUP = gettext_lazy(
    "A person without a group is shown the items of all groups, and is expected only at those for everybody."
)


class ParticipantForm(SaysUnprinted, ProgramForm):
    """A participant of one program. Only the person can give consent: here it can be withdrawn."""

    country = forms.ChoiceField(label=gettext_lazy("Country"))

    class Meta:
        field_classes = dict.fromkeys(NAMES, LineField) | {"phone": NumberField}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "country" in self.fields:
            self.fields["country"].choices = [("", "—"), *country_choices()]
        if self.owner and "group" in self.fields:
            limit_to_program(self.fields["group"], self.owner)
            self.fields["group"].help_text = WITHOUT_GROUP
        for name in ("name", "preferred_name", "own_script_name", "bio"):
            if name in self.fields:
                self.fields[name].widget.attrs["dir"] = "auto"

    def clean(self):
        data = super().clean()
        for name in ("shown_in_directory", "contact_shown"):
            if data.get(name) and not self.initial.get(name):
                self.add_error(
                    name, ValidationError(_("Only the participant can agree to this."), code="consent")
                )
        return data


class PictureField(forms.FileField):
    """A picture, read from its content: the cleaned value is what ``read(file)`` makes of it, or None."""

    widget = forms.FileInput

    def __init__(self, read, **kwargs):
        super().__init__(required=False, **kwargs)
        self.read = read
        self.widget.attrs["accept"] = "image/png,image/jpeg,image/webp"

    def clean(self, data, initial=None):
        file = super().clean(data, initial)
        return self.read(file) if file else None


class GroupChoiceForm(forms.Form):
    group = forms.ModelChoiceField(None, label=gettext_lazy("Group"), required=False)

    def __init__(self, *args, program, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = program.groups.all()
        self.fields["group"].empty_label = _("no group")
        self.initial["group"] = program.groups.first()  # nobody loses a group by a button pressed too soon


class ExportForm(forms.Form):
    form = forms.ChoiceField(
        label=gettext_lazy("Kind of file"),
        choices=[("xlsx", "XLSX"), ("csv", "CSV")],
        initial="xlsx",
        widget=forms.RadioSelect,
    )
    travel = forms.BooleanField(
        label=gettext_lazy("With the travel records"),
        help_text=gettext_lazy(
            "Passport, flights, emergency contact, health. It is recorded for each person that you read "
            "them, and the person can see it."
        ),
        required=False,
    )

    def __init__(self, *args, may_read_travel, **kwargs):
        super().__init__(*args, **kwargs)
        if not may_read_travel:
            del self.fields["travel"]


class SpreadsheetForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("XLSX, ODS, or CSV in UTF-8. Up to 10,000 people and 4 MB."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.ods,.csv,.txt"}),
    )

    def clean_file(self):
        """The bytes of the file, which is not read when it is too large."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise ValidationError(too_large(), code="large")
        return file.read()
