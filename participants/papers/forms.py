"""What staff may choose before they print lists.

It is in the address, so that a list can be kept as a link. What somebody chose last in a program is what
their next lists start with.
"""

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from participants.models import Participant
from program.agenda.dates import day_text
from program.agenda.filters import GroupField

from .attendance_lists import Choices, chosen_items

LANGUAGES = (
    ("both", _("Bahasa Indonesia and English")),
    ("id", _("Bahasa Indonesia")),
    ("en", _("English")),
)
HALVES = (("", _("The whole day")), ("morning", _("Morning")), ("afternoon", _("Afternoon")))


def _column_choices():
    words = {name: Participant._meta.get_field(name).verbose_name for name in ("country", "institution")}
    words |= {"position": _("position"), "group": _("group")}
    return [("own", _("Name in own script")), *((name, capfirst(word)) for name, word in words.items())]


class ListForm(forms.Form):
    """How a list is printed. What is not sent keeps what ``usual`` says, else its default; a form that was
    sent has ``chosen``.

    ``item`` is an Item that belongs to some groups alone, or to all.
    """

    lists = forms.MultipleChoiceField(
        label=_("Lists"),
        choices=(
            ("participants", _("Participants")),
            ("speakers", _("Resource persons")),
            ("committee", _("Committee")),
            ("spare", _("Blank list, as a spare")),
        ),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one list.")},
    )
    order = forms.ChoiceField(
        label=_("Order"),
        choices=(("number", _("Number")), ("name", _("Name")), ("country", _("Country"))),
        widget=forms.RadioSelect,
    )
    columns = forms.MultipleChoiceField(
        label=_("Columns"), choices=_column_choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    language = forms.ChoiceField(label=_("Language of the document"), choices=LANGUAGES)
    group = GroupField(label=_("Group"), all_of_them=_("Everybody"), required=False)
    empty = forms.IntegerField(label=_("Empty rows at the end"), min_value=0, max_value=60)
    marked = forms.BooleanField(
        label=_("With the attendance marked so far"),
        required=False,
        help_text=_("Prints the status of each person and the counts. Otherwise they are filled in by hand."),
    )
    chosen = forms.CharField(initial="1", widget=forms.HiddenInput, required=False)

    USUAL = {
        "lists": list(Choices.lists),
        "order": [Choices.order],
        "columns": list(Choices.columns),
        "language": [Choices.language],
        "empty": [str(Choices.empty)],
        "chosen": ["1"],
    }

    # What is remembered of a form that was sent: not which item, day or group, nor what was marked that day.
    KEPT = ("lists", "order", "columns", "language", "empty")

    def __init__(self, data, *, agenda, item=None, usual=None):
        data = data.copy()
        if "chosen" not in data:
            for name, values in (self.USUAL | (usual or {})).items():
                if name not in data:
                    data.setlist(name, values)
        super().__init__(data)
        self.agenda = agenda
        groups = [group for group in agenda.groups if item is None or item.expects(group.id)]
        self.fields["group"].groups = groups
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True

    @property
    def kept(self):
        """What is remembered of it, as ``usual`` has it."""
        return {name: self.data.getlist(name) for name in self.KEPT}

    @property
    def query(self):
        """The fields as the query of an address."""
        fields = ((name, value) for name in self.fields for value in self.data.getlist(name) if value)
        return urlencode(list(fields))

    @property
    def choices(self):
        """The Choices of a valid form; the defaults otherwise."""
        if not self.is_valid():
            return Choices()
        names = Choices.__dataclass_fields__
        told = {name: value for name, value in self.cleaned_data.items() if name in names}
        return Choices(**told | {name: tuple(told[name]) for name in ("lists", "columns")})


class ItemsField(forms.TypedMultipleChoiceField):
    """Ids of items; those the release does not have are ignored later."""

    def valid_value(self, value):
        return value.isdecimal() and len(value) < 12


class PrintForm(ListForm):
    """Which lists are printed as well: of ``item`` (any number of them), else of a day and its half."""

    item = ItemsField(coerce=int, required=False, widget=forms.MultipleHiddenInput)
    day = forms.TypedChoiceField(label=_("Day"), required=False, coerce=str, empty_value="")
    half = forms.ChoiceField(label=_("Part of the day"), choices=HALVES, required=False)
    main = forms.BooleanField(
        label=_("Without meals, breaks and transfers"),
        required=False,
        help_text=_("Only what people come for, and what counts for the certificate."),
    )
    spare = forms.BooleanField(label=_("A blank list that belongs to no item"), required=False)

    field_order = ["item", "day", "half", "group", "main", "lists", "order", "columns"]

    def __init__(self, data, *, agenda, usual=None):
        super().__init__(data, agenda=agenda, usual=usual)
        days = [(day.date.isoformat(), day_text(day.date)) for day in agenda.days]
        self.fields["day"].choices = [("", _("The whole program")), *days]

    def items_of(self, agenda):
        """The Items of ``agenda`` that a valid form asks for; none for a spare list."""
        told = self.cleaned_data
        if told["spare"]:
            return []
        day = next((day.date for day in agenda.days if day.date.isoformat() == told["day"]), None)
        names = ("half", "group", "main")
        return chosen_items(agenda, items=told["item"], day=day, **{name: told[name] for name in names})
