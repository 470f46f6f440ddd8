"""The rows of the agenda's table: a formset of items, whose choices are loaded once for all of them."""

from itertools import groupby

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import BaseFormSet, formset_factory
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from program.agenda.kinds import Kind, Status
from program.drafting.sheet.times import clock_time
from program.drafting.table import class_of, kinds_beside
from program.merging import as_sent
from program.models import AgendaItem, Group

from .forms import ItemForm

NOT_LISTED = gettext_lazy("“%(value)s” is not in the list. Choose.")
KEEPS_KIND = gettext_lazy(
    "This item cannot become one of that kind. Add a row of that kind, and cancel this one."
)
PREFIX = "row"
ALL = "all"  # rows, as a button names them
NEW = "new-"  # how the key of a row that is no item yet begins; an item's row has its primary key
MORE = 5  # empty rows at the end, and as many more at a time
CELLS = ("day", "start", "end", "next_day", "kind", "title", "venue", "organization", "taking_part", "status")


class TypedTimeField(forms.TimeField):
    """A time of day in whatever way people type it: 1030, 10.30, 10:30."""

    widget = forms.TimeInput(format="%H:%M")
    default_error_messages = {"invalid": gettext_lazy("Write a time, such as 10:30.")}

    def strptime(self, value, format):
        return clock_time(value)


class Loaded:
    """For a choice of ``rows`` {primary key as text: row}, which were loaded for all forms together."""

    rows = {}

    def __deepcopy__(self, memo):
        return forms.Field.__deepcopy__(self, memo)  # without a queryset of its own for each form


class LoadedChoice(Loaded, forms.ModelChoiceField):
    def to_python(self, value):
        if value in self.empty_values:
            return None
        if str(value) not in self.rows:
            raise ValidationError(_not_there(value), code="invalid_choice")
        return self.rows[str(value)]


class LoadedChoices(Loaded, forms.ModelMultipleChoiceField):
    """Several of them, as a list."""

    def clean(self, value):
        gone = [pk for pk in value or () if str(pk) not in self.rows]
        if gone:
            raise ValidationError([_not_there(pk) for pk in gone])
        return [self.rows[str(pk)] for pk in value or ()]


def _not_there(value):
    """What to say of a choice that there is not: it was deleted, or pasted as a word."""
    if str(value).isdecimal():
        return _("This was removed in the meantime. Choose again.")
    return NOT_LISTED % {"value": value}


class Options:
    """The options of a choice as HTML, written once: ``chosen`` only marks one of them."""

    def __init__(self, *parts):
        """``parts`` are (heading or "", [(value, name)])."""
        self.html = mark_safe("".join(self._part(*part) for part in parts))

    @staticmethod
    def _part(heading, choices):
        options = "".join(format_html('<option value="{}">{}</option>', *choice) for choice in choices)
        if not heading:
            return options
        return f'<optgroup label="{conditional_escape(heading)}">{options}</optgroup>'

    def chosen(self, value):
        """With ``value`` chosen, and added where it is none of them: it stays as it was typed."""
        option = format_html('value="{}">', value)
        if option not in self.html:
            return self.html + format_html('<option value="{}" selected>{}</option>', value, value)
        return mark_safe(self.html.replace(option, option[:-1] + " selected>", 1))


class TableChoices:
    """What the cells of one table offer. Three queries, however many rows there are."""

    def __init__(self, program):
        self.program = program
        self.venues = {str(venue.pk): venue for venue in program.venues.order_by("city", "name")}
        organizations = program.organizations.order_by("name")
        self.organizations = {str(organization.pk): organization for organization in organizations}
        self.groups = {str(group.pk): group for group in program.groups.all()}

    @cached_property
    def venue_options(self):
        cities = groupby(self.venues.values(), key=lambda venue: venue.city)
        return Options(("", [("", "–")]), *((city, _names(same)) for city, same in cities))

    @cached_property
    def organization_options(self):
        return Options(("", [("", "–"), *_names(self.organizations.values())]))

    @cached_property
    def status_options(self):
        return Options(("", Status.choices))

    @cached_property
    def day_options(self):
        words = "D j" if self.program.starts_on.month == self.program.ends_on.month else "D j M"
        days = [(day.isoformat(), date_format(day, words)) for day in self.program.dates]
        return Options(("", [("", "–"), *days]))

    def kind_options(self, item):
        """Of the row of ``item``: the kinds it may become; of a new row all."""
        cached = self.__dict__.setdefault("_kinds", {})
        key = type(item) if item.pk else None
        if key not in cached:
            kinds = [(kind, kind.label) for kind in (kinds_beside(item) if item.pk else Kind)]
            cached[key] = Options(("", kinds if item.pk else [("", "–"), *kinds]))
        return cached[key]


def _names(rows):
    return [(row.pk, str(row)) for row in rows]


class RowForm(ItemForm):
    """One row. In the table of one day the day is not shown: without both times the item has no place yet.

    ``asked`` are the fields that were asked about and still wait for an answer, ``is_answered`` whether this
    is one.
    """

    program = None
    day = forms.DateField(
        label=gettext_lazy("Day"), widget=forms.DateInput(format="%Y-%m-%d"), required=False
    )
    start = TypedTimeField(label=gettext_lazy("Start"), required=False)
    end = TypedTimeField(label=gettext_lazy("End"), required=False)
    taking_part = LoadedChoices(Group.objects.all(), label=gettext_lazy("Groups"), required=False)

    class Meta(ItemForm.Meta):
        model = AgendaItem
        fields = ["kind", "title", "venue", "organization", "status"]
        field_classes = {"venue": LoadedChoice, "organization": LoadedChoice}

    def __init__(self, *args, choices, shows_day, asked=(), is_answered=False, **kwargs):
        self.choices, self.shows_day = choices, shows_day
        self.asked, self.is_answered = asked, is_answered
        super().__init__(*args, **kwargs)
        self.fields["title"].error_messages["required"] = _("Give it a title.")
        self.fields["kind"].error_messages |= {
            "required": _("Choose a kind."),
            "invalid_choice": KEEPS_KIND if self.instance.pk else NOT_LISTED,
        }
        self.fields["status"].error_messages["invalid_choice"] = NOT_LISTED

    def _find_program(self):
        return self.choices.program

    def _limit_choices(self):
        self.fields["venue"].rows = self.choices.venues
        self.fields["organization"].rows = self.choices.organizations

    def _prepare_groups(self):
        self.fields["taking_part"].rows = self.choices.groups
        if self.instance.pk:
            self.initial["taking_part"] = [group.pk for group in self.instance.groups.all()]

    def opened_with(self):
        """The same texts as ever, without a template for each: there are ten in every row."""
        bound = [self[name] for name, field in self.fields.items() if field.show_hidden_initial]
        return format_html_join(
            "",
            '<input type="hidden" name="{}" value="{}">',
            ((one.html_initial_name, text) for one in bound for text in self._opened(one)),
        )

    def _opened(self, bound):
        if self.is_bound and bound.html_initial_name in self.data:
            return self.data.getlist(bound.html_initial_name)
        return as_sent(bound.field, bound.initial, hidden=True)

    def _prepare_kind(self):
        self.kinds = kinds_beside(self.instance) if self.instance.pk else [*Kind]
        super()._prepare_kind()

    def waits_for(self, name):
        return name in self.asked and not self.is_answered

    def _question(self, name, now):
        return ""  # the strip under the row asks, about all its cells together

    def clean(self):
        data = self.cleaned_data
        if not self.shows_day and data.get("start", 0) is None and data.get("end", 0) is None:
            data["day"] = None
        return super().clean()


class TableFormSet(BaseFormSet):
    """The rows of a table: items, and empty rows to add some.

    ``items`` {primary key: item} may be set anew until ``forms`` are made: those that are saved are locked
    first. Sent rows whose item is gone are rows to add.
    """

    def __init__(self, data=None, *, choices, items, day=None, answers="", more=0):
        self.choices, self.items, self.day, self.answers = choices, items, day, answers
        super().__init__(data, prefix=PREFIX, initial=None if data else [{} for _item in items])
        self.extra = more or MORE
        if self.is_bound and self.management_form.is_valid() and more:
            self.data = self.data.copy()
            self.data[f"{PREFIX}-TOTAL_FORMS"] = str(self.sent_count + more)
            del self.management_form

    @cached_property
    def sent_count(self):
        if not self.is_bound:
            return 0
        return min(self.management_form.cleaned_data["TOTAL_FORMS"], self.absolute_max)

    @cached_property
    def sent(self):
        """A QueryDict of its own for each row that was sent."""
        rows = [QueryDict(mutable=True) for _number in range(self.sent_count)]
        for name, values in self.data.lists() if rows else ():
            number = name.removeprefix("initial-").removeprefix(f"{PREFIX}-").split("-")[0]
            if number.isdecimal() and int(number) < len(rows):
                rows[int(number)].setlist(name, values)
        return rows

    def of_row(self, number, name):
        """A hidden text of a row that is no field of its form; "" when there is none."""
        return self.sent[number].get(f"{PREFIX}-{number}-{name}", "") if number < len(self.sent) else ""

    def item_of(self, number):
        """The item of a row, as it is in ``items``; None for a row to add, and for one whose item is gone."""
        if not self.is_bound:
            return list(self.items.values())[number] if number < len(self.items) else None
        pk = self.of_row(number, "item")
        return self.items.get(int(pk)) if pk.isdecimal() else None

    def key_of(self, number):
        pk = self.of_row(number, "item")
        return pk if pk.isdecimal() else f"{NEW}{number}"

    def is_touched(self, number):
        """Whether something was typed into a sent row; into a new one only if it has a title."""
        own, start = self.sent[number], f"{PREFIX}-{number}-"
        if not self.key_of(number).startswith(NEW):
            opened = {name: own.getlist(f"initial-{start}{name}") for name in CELLS}
            return any(
                _plain(name, opened[name]) != _plain(name, own.getlist(f"{start}{name}")) for name in CELLS
            )
        return bool(own.get(f"{start}title", "").strip())

    def holds_something(self, number):
        """Whether a sent row has something in it, be it a row to add that has no title yet."""
        own, start = self.sent[number], f"{PREFIX}-{number}-"
        return any(own.get(f"{start}{name}") for name in CELLS if name not in ("day", "status"))

    def get_form_kwargs(self, index):
        if index is None:  # the row that a script adds
            return {"choices": self.choices, "shows_day": self.day is None, "initial": self._initial}
        item = self.item_of(index)
        kwargs = {"choices": self.choices, "shows_day": self.day is None, "empty_permitted": False}
        if self.is_bound and index < self.sent_count:
            kwargs["data"] = self.sent[index]
            kwargs["asked"] = self.of_row(index, "asked").split()
            kwargs["is_answered"] = self.answers == self.key_of(index)
        elif self.is_bound:
            kwargs |= {"data": None, "files": None}
        if item is None:
            kind = self.of_row(index, "kind")
            kwargs["instance"] = class_of(kind)(program=self.choices.program)
            kwargs["initial"] = self._initial
        else:
            kwargs["instance"] = item
        return kwargs

    @property
    def _initial(self):
        return {"day": self.day} if self.day else {}

    def opened_anew(self, number, item):
        """An unbound form of row ``number``, of ``item`` as it is saved now."""
        return self.form(
            prefix=self.add_prefix(number),
            instance=item,
            choices=self.choices,
            shows_day=self.day is None,
            use_required_attribute=False,
        )


def _plain(name, values):
    """The texts of a cell, or of its hidden value, made comparable."""
    if name == "next_day":
        return values not in ([], [""], ["False"])
    if name in ("start", "end"):
        return [_clock(value) for value in values]
    return sorted(values) if name == "taking_part" else values


def _clock(text):
    try:
        return clock_time(text)
    except ValueError:
        return text


AgendaTable = formset_factory(RowForm, formset=TableFormSet, extra=MORE)
