"""What a program's documents say: letterhead, logos, signers, and what certificates need."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from participants.models import LetterheadSettings
from participants.papers import logos
from participants.people.admin.forms import PictureField
from participants.people.admin.frame import PlainChoices
from participants.people.forms import LineField
from program.admin.rights import InProgram
from program.admin.saving import SafeSaving
from program.merging import MergingForm

SIGNERS = [
    (f"{signer}_name", f"{signer}_position", f"{signer}_nip") for signer in ("officer", "acknowledged")
]
LINES = ("address", "certificate_place", *(name for names in SIGNERS for name in names))


class LetterheadSettingsForm(MergingForm, forms.ModelForm):
    new_logo = PictureField(logos.clean, label=_("Logo on the left"))
    remove_logo = forms.BooleanField(label=_("Print no logo on the left"), required=False)
    new_second_logo = PictureField(logos.clean, label=_("Logo on the right"))
    remove_second_logo = forms.BooleanField(label=_("Print no logo on the right"), required=False)

    class Meta:
        model = LetterheadSettings
        fields = (
            *("program", "letterhead", "address"),
            *(name for names in SIGNERS for name in names),
            *("threshold", "number_pattern", "certificate_place"),
        )
        field_classes = dict.fromkeys(LINES, LineField)
        widgets = {"letterhead": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in logos.FIELDS:
            if f"new_{name}" not in self.fields:
                continue
            if getattr(self.instance, name):
                self.fields[f"new_{name}"].help_text = _("There is one. Choose a file to replace it.")
            else:
                self.fields[f"new_{name}"].help_text = _("PNG, JPEG or WebP, up to 5 MB.")
                del self.fields[f"remove_{name}"]


@admin.register(LetterheadSettings)
class LetterheadSettingsAdmin(SafeSaving, PlainChoices, InProgram, admin.ModelAdmin):
    form = LetterheadSettingsForm
    list_display = ["program", "officer_name", "acknowledged_name", "threshold"]
    list_select_related = ["program"]

    def get_fieldsets(self, request, obj=None):
        pictures = []
        for name in logos.FIELDS:
            pictures.append(f"new_{name}")
            if obj and getattr(obj, name):
                pictures.append(f"remove_{name}")
        if obj and not self.has_change_permission(request, obj):
            pictures = []
        return [
            (None, {"fields": ["program"]}),
            (
                _("Letterhead"),
                {
                    "fields": ["letterhead", "address", *pictures],
                    "description": _(
                        "Printed at the top of every list. If it is empty, the organizers in the published "
                        "agenda are printed."
                    ),
                },
            ),
            (
                _("Signers"),
                {
                    "fields": SIGNERS,
                    "description": _("For what is empty, a dotted line is printed to fill in by hand."),
                },
            ),
            (_("Certificates"), {"fields": ["threshold", "number_pattern", "certificate_place"]}),
        ]

    def get_readonly_fields(self, request, obj=None):
        return ["program"] if obj else []

    def has_delete_permission(self, request, obj=None):
        return False

    def save_model(self, request, obj, form, change):
        for name in logos.FIELDS:
            content = form.cleaned_data.get(f"new_{name}")
            if content or form.cleaned_data.get(f"remove_{name}"):
                logos.exchange(obj, name, content)
        super().save_model(request, obj, form, change)
