"""Forms of what several people edit at once: what one of them saved is never lost to another unseen.

A form sends every field together with the value it was opened with (Django's hidden initial). When it comes
back a field has three values: as it was opened, as it is saved now, and as it was sent.

- Who did not touch a field gets what is saved now, whatever the form said.
- Who changed a field that nobody else changed has it saved.
- When two changed the same field, the form is refused once: it says what is saved now and keeps what was
  typed. Sent again, it replaces the other value on purpose.
"""

from datetime import date, datetime, time

from django import forms
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils import translation
from django.utils.datastructures import MultiValueDict
from django.utils.formats import date_format, time_format
from django.utils.safestring import mark_safe
from django.utils.text import Truncator, normalize_newlines
from django.utils.translation import gettext as _

SHOWN = 300  # letters of the other's text in a message
CHANGED_MEANWHILE = "changed_meanwhile"  # the code of an error that asks
RECORDS = 50  # so far back it is looked for who changed a field


class MergingForm:
    """For a ModelForm. ``merged`` names the fields in which somebody else's value was taken over.

    ``both_changed`` {field: (value saved now, value typed)} is what the form asks about.
    ``refusal`` is a sentence for which the form is refused whatever it holds; "" for none.
    ``history_names`` {field of the form: field of the model}, where the history calls it differently.
    """

    refusal = ""
    history_names = {}
    # A person's own data: a form that does not say how it was opened is taken as it is, and nobody is named
    # by an account that has no name.
    is_own = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.merged, self.both_changed = [], {}
        if not self.instance._state.adding:
            for field in self.fields.values():
                field.show_hidden_initial = not isinstance(field, forms.FileField)

    def opened_with(self):
        """The hidden fields of it, for a layout that shows the others one by one."""
        names = [name for name, field in self.fields.items() if field.show_hidden_initial]
        return mark_safe("".join(self[name].as_hidden(only_initial=True) for name in names))

    def full_clean(self):
        self.both_changed = {}
        if self.is_bound and not self.instance._state.adding:
            self._merge()
        super().full_clean()
        for name, (now, _mine) in self.both_changed.items():
            self.add_error(name, forms.ValidationError(self._question(name, now), code=CHANGED_MEANWHILE))
        if self.is_bound and self.refusal:
            self.add_error(None, forms.ValidationError(self.refusal, code="refused"))

    def _merge(self):
        """Let the data be what a form opened now would send."""
        if not isinstance(self.data, MultiValueDict):
            listed = {key: value if isinstance(value, list) else [value] for key, value in self.data.items()}
            self.data = MultiValueDict(listed)
        knows = any(key.startswith(self.add_initial_prefix("")) for key in self.data)
        put = {}
        for name, field in self.fields.items():
            if field.disabled or not field.show_hidden_initial:
                continue
            bound = self[name]
            now_sent = as_sent(field, bound.initial)
            now = value_of(field, now_sent)
            mine = value_of(field, self._widget_data_value(field.widget, bound.html_name))
            hidden = self._widget_data_value(field.hidden_widget(), bound.html_initial_name)
            opened = value_of(field, hidden) if knows else now if self.is_own else None
            if self.waits_for(name):
                opened = None
            if now not in (opened, mine):
                if mine == opened:
                    put[bound.html_name] = now_sent
                    self.merged.append(name)
                else:
                    self.both_changed[name] = now, mine
            put[bound.html_initial_name] = as_sent(field, bound.initial, hidden=True)
        self._put(put)

    def waits_for(self, name):
        """Whether that field was asked about before and is not answered by being sent again."""
        return False

    def _put(self, sent):
        self.data = self.data.copy()
        for key, values in sent.items():
            self.data.setlist(key, values) if values else self.data.pop(key, None)
        self.__dict__.pop("changed_data", None)  # a formset asked before

    def _question(self, name, now):
        words = {"now": Truncator(in_words(self.fields[name], now)).chars(SHOWN), "who": self._who(name)}
        if words["who"]:
            happened = _("%(who)s changed this while you had it open.")
        else:
            happened = _("Somebody changed this while you had it open.")
        saved = _("Saved is: “%(now)s”.") if words["now"] else _("Saved is: nothing.")
        asked = _("What you typed stands here; save again to replace what is saved.")
        return " ".join(text % words for text in (happened, saved, asked))

    def _who(self, name):
        """Who gave the field ``name`` its saved value; "" when neither its history nor the log says."""
        user, _when = self.last_change(name)
        return (user.get_full_name() or ("" if self.is_own else user.get_username())) if user else ""

    def last_change(self, name):
        """(user, moment) of the save that gave the field ``name`` its saved value; (None, None) when neither
        its history nor the log says."""
        return (
            self._by_history(self.history_names.get(name, name))
            or self._by_log(self.fields[name].label)
            or (None, None)
        )

    def _by_history(self, name):
        history = getattr(self.instance, "history", None)
        if history is None:
            return None
        kept = {field.name: field.attname for field in history.model.tracked_fields}
        newest = None
        for record in history.select_related("history_user")[:RECORDS] if name in kept else ():
            if newest and getattr(record, kept[name]) != getattr(newest, kept[name]):
                return newest.history_user and (newest.history_user, newest.history_date)
            newest = record
        return None

    def _by_log(self, label):
        """The last entry that names the field; the log writes its label in no language."""
        kind = ContentType.objects.get_for_model(self.instance)
        entries = LogEntry.objects.filter(content_type=kind, object_id=str(self.instance.pk))
        with translation.override(None):
            label = str(label)
        for entry in entries.select_related("user")[:RECORDS]:  # the newest first
            if f'"{label}"' in entry.change_message:
                return entry.user, entry.action_time
        return None


class MergingModelForm(MergingForm, forms.ModelForm):
    pass


def as_sent(field, value, hidden=False):
    """The list of texts that a browser sends for ``field`` when its page shows ``value``."""
    value = field.prepare_value(value)
    widget = field.hidden_widget() if hidden else getattr(field.widget, "widget", field.widget)
    if isinstance(widget, forms.CheckboxInput):
        return ["on"] if value else []
    shown = widget.format_value(value)
    if not isinstance(shown, list | tuple):
        return ["" if shown is None else str(shown)]
    return [str(one) for one in shown] or ([] if getattr(widget, "allow_multiple_selected", True) else [""])


def value_of(field, raw):
    """What a browser sent for ``field``, so that it can be compared; "" for nothing."""
    if isinstance(field, forms.ModelMultipleChoiceField):
        return sorted(map(str, raw or []))
    if isinstance(raw, list):
        raw = raw[0] if raw else ""
    if isinstance(field, forms.ModelChoiceField):
        return str(raw or "")
    if isinstance(raw, str):
        raw = normalize_newlines(raw)
    try:
        value = field.to_python(raw)
    except forms.ValidationError:
        return raw
    return "" if value in field.empty_values else value


def in_words(field, value):
    """A value of ``value_of`` for people to read."""
    if isinstance(field, forms.ModelChoiceField):
        pks = value if isinstance(value, list) else [value] if value else []
        rows = field.queryset if isinstance(field.queryset, QuerySet) else field.queryset.all()
        return ", ".join(field.label_from_instance(row) for row in rows.filter(pk__in=pks))
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(value, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return f"{date_format(value)}, {time_format(value)}"
    if isinstance(value, date):
        return date_format(value)
    return time_format(value) if isinstance(value, time) else str(value)
