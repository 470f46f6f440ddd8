"""Rows inside a form, such as the speakers of a session, that others change at the same time."""

from django.forms.utils import ErrorList
from django.utils.text import normalize_newlines
from django.utils.translation import gettext as _

from .forms import NamedRows

OPENED = "initial-"  # how the hidden value that a row was opened with is called


class RowFormSet(NamedRows):
    """Rows of an object that someone else may have changed since the form was opened.

    What was sent is laid over the rows that there are now: one that was added is shown too; one that was
    removed is gone, unless it was changed here as well: then it stands as a new row, and the form is
    refused once to ask. Files have to be chosen again then.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.removed = 0
        if self.is_bound and self.instance.pk:
            rows = {str(row.pk): row for row in self.get_queryset()}
            sent = [self._sent(n) for n in range(self.total_form_count())]
            if rows.keys() != {values["id"] for values in sent if values.get("id")}:
                self._lay_over(rows, sent)

    def full_clean(self):
        super().full_clean()
        if self.removed:
            text = _(
                "Somebody removed a row that you changed. What you typed stands as a new row: save again to "
                "add it, or remove it."
            )
            self._non_form_errors = ErrorList([*self._non_form_errors, text], error_class="nonform")

    def _sent(self, number):
        """{name of a field: its text} of one row; with OPENED before the name, what it was opened with."""
        own = f"{self.add_prefix(number)}-"
        return {
            key.replace(own, "", 1): self.data[key]
            for key in self.data
            if key.removeprefix(OPENED).startswith(own)
        }

    def _lay_over(self, rows, sent):
        kept = [values for values in sent if values.get("id") in rows]
        added = [
            {"id": pk, self.fk.name: str(self.instance.pk), **self.form(instance=row).initial}
            for pk, row in rows.items()
            if pk not in {values["id"] for values in kept}
        ]
        new = [values for values in sent if values not in kept and "DELETE" not in values]
        removed = [values for values in new if values.get("id") and _is_changed(values)]
        new = [values | {"id": ""} for values in new if not values.get("id") or values in removed]
        self.removed = len(removed)
        data = self.data.copy()
        for key in [key for key in data if key.removeprefix(OPENED).startswith(f"{self.prefix}-")]:
            if key.removeprefix(OPENED).removeprefix(f"{self.prefix}-").split("-")[0].isdecimal():
                del data[key]
        for number, values in enumerate([*kept, *added, *new]):
            own = self.add_prefix(number)
            for name, value in values.items():
                key = (
                    f"{OPENED}{own}-{name.removeprefix(OPENED)}"
                    if name.startswith(OPENED)
                    else f"{own}-{name}"
                )
                data[key] = "" if value is None else value
        data[f"{self.prefix}-INITIAL_FORMS"] = str(len(kept) + len(added))
        data[f"{self.prefix}-TOTAL_FORMS"] = str(len(kept) + len(added) + len(new))
        self.data = data
        del self.management_form


def _is_changed(values):
    """Whether a row was changed after it was opened; so is one that does not say how it was opened."""
    opened = {name.removeprefix(OPENED): text for name, text in values.items() if name.startswith(OPENED)}
    return not opened or any(
        normalize_newlines(text) != normalize_newlines(values.get(name, "")) for name, text in opened.items()
    )
