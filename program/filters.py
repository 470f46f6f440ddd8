"""What readers may choose on public pages, in the address: each form is the whole list of what is accepted.

Every field is a choice and none is needed: "" is everything.
"""

from django import forms

from .kinds import Kind


def _pairs(values):
    return [(value, value) for value in values]


class AgendaFilter(forms.Form):
    kind = forms.ChoiceField(choices=Kind.choices, required=False)
    city = forms.ChoiceField(required=False)

    def __init__(self, data, agenda):
        super().__init__(data)
        self.fields["city"].choices = _pairs(agenda.cities)


class GroupFilter(forms.Form):
    group = forms.ChoiceField(required=False)

    def __init__(self, data, agenda):
        super().__init__(data)
        self.fields["group"].choices = _pairs(group.name for group in agenda.groups)


class CalendarFilter(GroupFilter):
    day = forms.ChoiceField(required=False)

    def __init__(self, data, agenda):
        super().__init__(data, agenda)
        self.fields["day"].choices = _pairs(day.date.isoformat() for day in agenda.days)
