"""The rows of the agenda's table as its page shows them: what the cells hold, and whether that is saved."""

from dataclasses import dataclass, field
from functools import cached_property

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from program.agenda.kinds import Kind
from program.merging import CHANGED_MEANWHILE, as_sent, in_words

from .current import url_of
from .frame import person
from .saving import new_token
from .table_forms import NEW

# How it stands with a row, by the word that its class in the page has.
AS_SAVED, SAVED, TYPED, BAD, ASKED, BLANK = "as-saved", "saved", "typed", "bad", "asked", "blank"


@dataclass
class Row:
    """``number`` is its place in the formset, ``key`` what its buttons name, ``item`` None while it is none.

    ``note`` is a sentence about the whole row; ``findings`` are the conflicts of its item.
    """

    number: int
    key: str
    form: object
    item: object = None
    state: str = AS_SAVED
    note: str = ""
    token: str = field(default_factory=new_token)
    findings: tuple = ()

    @property
    def is_new(self):
        return self.item is None

    @property
    def is_unsaved(self):
        return self.state in (TYPED, BAD, ASKED)

    @property
    def prefix(self):
        return self.form.prefix

    @property
    def anchor(self):
        return f"row-{self.key}"

    @cached_property
    def name(self):
        """What the row is called to who cannot see it: "10:30 Factory", "new row 2"."""
        if self.item is None:
            return _("new row %(number)s") % {"number": self.key.removeprefix(NEW)}
        return f"{self.start} {self.title}".strip()

    def _text(self, name):
        sent = as_sent(self.form.fields[name], self.form[name].value())
        return sent[0] if sent else ""

    @cached_property
    def day(self):
        return self._text("day")

    @cached_property
    def start(self):
        return self._text("start")

    @cached_property
    def end(self):
        return self._text("end")

    @cached_property
    def title(self):
        return self._text("title")

    @cached_property
    def kind(self):
        return self._text("kind")

    @property
    def css_kind(self):
        return Kind(self.kind).css_kind if self.kind in Kind.values else ""

    @property
    def ends_next_day(self):
        return bool(self.form["next_day"].value())

    @property
    def asks_next_day(self):
        """Whether the tick for it is there: where it is ticked, or what was typed calls for it."""
        return self.ends_next_day or any(error.code == "end_before_start" for error in self._errors("end"))

    @property
    def day_options(self):
        return self.form.choices.day_options.chosen(self.day)

    @property
    def kind_options(self):
        return self.form.choices.kind_options(self.form.instance).chosen(self.kind)

    @property
    def venue_options(self):
        return self.form.choices.venue_options.chosen(self._text("venue"))

    @property
    def organization_options(self):
        return self.form.choices.organization_options.chosen(self._text("organization"))

    @property
    def status_options(self):
        return self.form.choices.status_options.chosen(self._text("status"))

    @property
    def groups(self):
        """[(primary key, name, whether it is ticked)] of all groups, and of what was pasted beside."""
        ticked = {*as_sent(self.form.fields["taking_part"], self.form["taking_part"].value())}
        known = self.form.choices.groups
        offered = [(pk, group.name, pk in ticked) for pk, group in known.items()]
        return [*offered, *((text, text, True) for text in sorted(ticked - known.keys()))]

    # What was wrong with it

    def _errors(self, name):
        if self.state not in (BAD, ASKED):
            return []
        return [
            error for error in self.form.errors.as_data().get(name, []) if error.code != CHANGED_MEANWHILE
        ]

    @cached_property
    def problems(self):
        """{field, or "all" for the whole row: what is wrong with it}."""
        if self.state not in (BAD, ASKED):
            return {}
        shown = {"__all__": "all", **({} if self.form.shows_day else {"day": "start"}), "next_day": "end"}
        found = {}
        for name in self.form.errors:
            texts = [text for error in self._errors(name) for text in error.messages]
            found.setdefault(shown.get(name, name), []).extend(texts)
        if self.note:
            found.setdefault("all", []).append(self.note)
        return {name: " ".join(texts) for name, texts in found.items() if texts}

    @cached_property
    def differences(self):
        """[(label, theirs, mine)] of the cells that somebody else changed, too."""
        fields = self.form.fields
        return [
            (
                capfirst(str(fields[name].label)),
                _in_words(fields[name], theirs) or _("nothing"),
                _in_words(fields[name], mine) or _("nothing"),
            )
            for name, (theirs, mine) in self.form.both_changed.items()
        ]

    @cached_property
    def other(self):
        """(who, when) of the last save that changed one of these cells; ("", None) when nothing tells."""
        saves = [self.form.last_change(name) for name in self.form.both_changed]
        user, when = max((save for save in saves if save[0]), key=lambda save: save[1], default=(None, None))
        return (person(user) if user else "", when)

    @property
    def asked(self):
        return " ".join(self.form.both_changed)

    @property
    def address(self):
        return url_of(self.item)

    @property
    def history(self):
        return url_of(self.item, "history")


def _in_words(field, value):
    if not hasattr(field, "rows"):
        return in_words(field, value)
    pks = value if isinstance(value, list) else [value] if value else []
    return ", ".join(str(field.rows.get(pk, pk)) for pk in pks)  # a word that was pasted is none of them
