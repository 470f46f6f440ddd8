"""What participants may change of their own data. What organizers own is not in these forms."""

import unicodedata

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Div, Field, Fieldset, Layout, Submit
from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from participants.models import Participant
from program import digits
from program.digits import validate_phone
from program.merging import MergingForm
from program.printing.fonts import missing

from . import names, photos

# The names that papers print.
PRINTED = ("name", "preferred_name", "own_script_name")


def validate_year(value):
    """Refuse a date or moment whose year is a typing mistake: 18 is not 2018, and databases cannot hold every
    year.
    """
    if not 2000 <= value.year < 2100:
        field = forms.DateTimeField if hasattr(value, "hour") else forms.DateField
        raise ValidationError(field.default_error_messages["invalid"], code="year")


class LineField(forms.CharField):
    """One line in any script: joiners and marks stay; line breaks and characters that change the text's
    direction are removed.
    """

    def to_python(self, value):
        line = " ".join(names.tidy(super().to_python(value)).split())
        return "".join(char for char in line if unicodedata.category(char) != "Cc")


class NumberField(LineField):
    """One line with a number that others read or dial: kept with the digits 0 to 9, whatever was typed."""

    def to_python(self, value):
        return digits.plain(super().to_python(value))


class PhotoField(forms.FileField):
    """A photo, read from its content: the cleaned value is what photos.squares() makes of it, or None."""

    def clean(self, data, initial=None):
        file = super().clean(data, initial)
        return photos.squares(file) if file else None


def not_printed(name, text):
    """What is said at the field ``name`` (of a person's names) of ``text`` that papers cannot print whole."""
    signs = " ".join(missing(text or ""))
    if not signs:
        return ""
    if name == "own_script_name":
        told = _("Papers have no letters for %(signs)s: lists, badges and certificates leave this name out.")
    else:
        told = _("Papers have no letters for %(signs)s: write this name in Latin letters, or without them.")
    return told % {"signs": signs}


class SaysUnprinted:
    """For a form with names of a person: says at each field what papers cannot print of it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in PRINTED:
            if field := self.fields.get(name):
                text = self.data.get(self.add_prefix(name)) if self.is_bound else getattr(self.instance, name)
                field.help_text = not_printed(name, text) or field.help_text


class ProfileForm(SaysUnprinted, MergingForm, forms.ModelForm):
    is_own = True

    photo = PhotoField(
        label=_("Photo"),
        required=False,
        help_text=_("JPEG, PNG or WebP, up to 5 MB. It is cut to a square; where it was taken is not kept."),
        error_messages={"empty": _("This file is empty. Choose another one.")},
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}),
    )
    remove_photo = forms.BooleanField(label=_("Remove my photo"), required=False)

    class Meta:
        model = Participant
        fields = (
            *("preferred_name", "own_script_name", "position", "phone", "diet", "diet_note", "bio"),
            *("shown_in_directory", "contact_shown"),
        )
        field_classes = {
            **dict.fromkeys(("preferred_name", "own_script_name", "position", "diet_note"), LineField),
            "phone": NumberField,
        }
        labels = {
            "diet_note": _("Allergies, or your diet in words"),
            "bio": _("About you, and what you want to learn"),
            "shown_in_directory": _("Show me in the directory"),
            "contact_shown": _("Show my e-mail address and telephone too"),
        }
        help_texts = {
            "preferred_name": _(
                "Printed large on your badge. Leave it empty to use the name as in the passport."
            ),
            "own_script_name": _("As you write it yourself, in any script."),
            "phone": _("With the country code. Organizers call it when the bus is waiting."),
            "diet_note": "",
            "bio": _("Two or three sentences, up to 600 characters."),
            "shown_in_directory": _(
                "The other participants see your name, also in own script, your country, institution, group"
                " and photo, and these sentences."
            ),
            "contact_shown": _("Only if the box above is ticked too."),
        }
        widgets = {
            "preferred_name": forms.TextInput(attrs={"dir": "auto", "autocomplete": "nickname"}),
            "own_script_name": forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
            "position": forms.TextInput(attrs={"autocomplete": "organization-title"}),
            "phone": forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
            "diet": forms.RadioSelect,
            "bio": forms.Textarea(attrs={"rows": 4, "dir": "auto"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["phone"].validators.append(validate_phone)
        self.helper = FormHelper()
        self.helper.layout = Layout(
            Fieldset(
                _("Who you are"),
                pair("preferred_name", "own_script_name"),
                pair("position", "phone"),
            ),
            Fieldset(_("Meals"), "diet", "diet_note"),
            Fieldset(
                _("For the other participants"),
                Field("photo", template="participants/people/_photo_field.html"),
                *(["remove_photo"] if self.instance.photo else []),
                *("bio", "shown_in_directory", "contact_shown"),
            ),
            HTML("{{ form.opened_with }}"),
            Div(Submit("save", _("Save profile")), css_class="actions"),
        )

    def clean(self):
        super().clean()
        if self.cleaned_data.get("diet") == Participant.Diet.OTHER and not self.cleaned_data.get("diet_note"):
            self.add_error("diet_note", _("Describe what you eat, or must not eat."))
        if self.errors and self.files.get("photo") and "photo" not in self.errors:
            self.add_error("photo", _("Choose the photo again: the browser does not send it twice."))

    @transaction.atomic
    def save(self, commit=True):
        """Write these fields and no others: the rest is the organizers'."""
        self.instance.save(update_fields=self._meta.fields)
        if self.cleaned_data["photo"]:
            photos.save_photo(self.instance, self.cleaned_data["photo"])
        elif self.cleaned_data["remove_photo"]:
            photos.remove_photo(self.instance)
        return self.instance


def pair(left, right):
    return Div(Div(left, css_class="col-md-6"), Div(right, css_class="col-md-6"), css_class="row")
