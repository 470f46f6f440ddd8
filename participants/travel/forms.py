"""The travel record as its owner fills it in, and as an organizer does."""

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Fieldset, Layout, Submit
from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from participants.models import TravelRecord
from participants.people.forms import LineField, NumberField, pair, validate_phone, validate_year
from program.merging import MergingForm


class MomentInput(forms.DateTimeInput):
    """The browser's own picker of a date and a time."""

    input_type = "datetime-local"

    def __init__(self):
        super().__init__(format="%Y-%m-%dT%H:%M")


class TravelForm(MergingForm, forms.ModelForm):
    is_own = True

    class Meta:
        model = TravelRecord
        # Who fetches people is said by the organizers.
        fields = [n for part in TravelRecord.PARTS.values() for n in part if n not in TravelRecord.PICKUPS]
        field_classes = {
            **dict.fromkeys(("emergency_name", "emergency_relation"), LineField),
            **dict.fromkeys(
                ("passport_number", "arrival_flight", "departure_flight", "emergency_phone"), NumberField
            ),
        }
        help_texts = {
            "passport_expires_on": _("Most countries ask for six months after the day you arrive."),
            "arrival_flight": _("As on the ticket, for example GA 867."),
            "emergency_relation": _("For example: wife, brother, colleague."),
            "emergency_phone": _("With the country code."),
            "medical_notes": _("What a doctor here must know in an emergency. Leave it empty if nothing."),
        }
        labels = {
            "arrives_at": _("Lands at"),
            "departs_at": _("Takes off at"),
            "emergency_name": _("Name"),
            "emergency_relation": _("Relation to you"),
            "emergency_phone": _("Telephone"),
        }
        widgets = {
            "passport_number": forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
            "passport_expires_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "arrival_flight": forms.TextInput(attrs={"autocomplete": "off"}),
            "departure_flight": forms.TextInput(attrs={"autocomplete": "off"}),
            "arrives_at": MomentInput,
            "departs_at": MomentInput,
            "emergency_name": forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
            "emergency_phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "off"}),
            "medical_notes": forms.Textarea(attrs={"rows": 3}),
        }

    def __init__(self, *args, zone, **kwargs):
        """``zone`` the name of the zone that the flights' times are told in; the view has activated it."""
        super().__init__(*args, **kwargs)
        local = _("Local time there, in %(zone)s.") % {"zone": zone}
        for name in ("arrives_at", "departs_at"):
            self.fields[name].help_text = local
        for name in ("passport_expires_on", "arrives_at", "departs_at"):
            self.fields[name].validators.append(validate_year)
        self.fields["emergency_phone"].validators.append(validate_phone)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Fieldset(_("Passport"), pair("passport_number", "passport_expires_on")),
            Fieldset(
                _("Flights"),
                pair("arrival_flight", "arrives_at"),
                pair("departure_flight", "departs_at"),
            ),
            Fieldset(
                _("Whom we call in an emergency"),
                "emergency_name",
                pair("emergency_relation", "emergency_phone"),
            ),
            Fieldset(_("Health"), "medical_notes"),
            HTML("{{ form.opened_with }}"),
            Div(Submit("save", _("Save travel record")), css_class="actions"),
        )

    def clean(self):
        super().clean()
        arrives, departs = self.cleaned_data.get("arrives_at"), self.cleaned_data.get("departs_at")
        if arrives and departs and departs <= arrives:
            self.add_error("departs_at", _("Your departure is before your arrival. Check both dates."))


class RecordForm(TravelForm):
    """The travel record as an organizer fills it in: the same form in other words, and who fetches people."""

    class Meta(TravelForm.Meta):
        fields = [name for part in TravelRecord.PARTS.values() for name in part]
        widgets = TravelForm.Meta.widgets | {"pickup_at": MomentInput}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["pickup_at"].validators.append(validate_year)
        for name, field in self.fields.items():
            field.label = capfirst(TravelRecord._meta.get_field(name).verbose_name)
