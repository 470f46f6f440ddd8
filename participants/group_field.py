"""A choice among the groups of a release, in a form that stands in the address."""

from django import forms


class GroupField(forms.ChoiceField):
    """Gives one of ``groups`` (Groups of an agenda), or None for ``all_of_them``.

    The address holds the group's id, which stays when its name changes; a name, as in older addresses, is
    understood too.
    """

    def __init__(self, *, all_of_them, **kwargs):
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
        return str(group.id) if (group := self._group(value)) else value

    def clean(self, value):
        return self._group(super().clean(value))

    def valid_value(self, value):
        return self._group(value) is not None

    def _group(self, text):
        found = [group for group in self.groups if str(group.id) == str(text)]
        found += [group for group in self.groups if group.name == str(text)]
        return found[0] if found else None
