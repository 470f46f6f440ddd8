"""What readers may choose on public pages, in the address: each form is the whole list of what is accepted.

Every field is a choice and none is needed: "" is everything.
"""

from django import forms

from .facts import group_asked
from .kinds import Kind


def _pairs(values):
    return [(value, value) for value in values]


class AgendaFilter(forms.Form):
    kind = forms.ChoiceField(choices=Kind.choices, required=False)
    city = forms.ChoiceField(required=False)

    def __init__(self, data, agenda):
        super().__init__(data)
        self.fields["city"].choices = _pairs(agenda.cities)


class GroupField(forms.ChoiceField):
    """Gives one of ``groups`` (Groups of an agenda), or None for ``all_of_them``.

    The address holds the group's id, which stays when its name changes; a name, as in older addresses, is
    understood too.
    """

    def __init__(self, *, all_of_them="", **kwargs):
        self.all_of_them = all_of_them
        self._groups = ()
        super().__init__(**kwargs)

    @property
    def groups(self):
        return self._groups

    @groups.setter
    def groups(self, groups):
        self._groups = groups
        self.choices = [("", self.all_of_them), *((str(group.id), group.name) for group in groups)]

    def prepare_value(self, value):
        """An older address shows as the group it means."""
        return str(group.id) if (group := group_asked(self.groups, value)) else value

    def clean(self, value):
        return group_asked(self.groups, super().clean(value))

    def valid_value(self, value):
        return group_asked(self.groups, value) is not None


class GroupFilter(forms.Form):
    group = GroupField(required=False)

    def __init__(self, data, agenda):
        super().__init__(data)
        self.fields["group"].groups = agenda.groups


class CalendarFilter(GroupFilter):
    day = forms.ChoiceField(required=False)

    def __init__(self, data, agenda):
        super().__init__(data, agenda)
        self.fields["day"].choices = _pairs(day.date.isoformat() for day in agenda.days)
