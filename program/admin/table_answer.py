"""What the agenda's table does with what was typed: saves the good rows, and keeps the others as they are."""

from django.contrib import admin
from django.contrib.admin.utils import construct_change_message
from django.db import transaction

from program.drafting.table import Typed, items_with, locked_in, save_rows
from program.models import SentForm

from .saving import SentMeanwhile, deleted_words, digest_of, note_sent, sent_before_words
from .table_forms import ALL, NEW, PREFIX, AgendaTable
from .table_rows import AS_SAVED, ASKED, BAD, BLANK, SAVED, TYPED, Row

MOST_ROWS_MORE = 50


class Answer:
    """A table that was sent. ``rows`` are its Rows as they are now, ``saved`` the items saved by it (added
    before, where the same row was sent twice), ``operation`` what undoes it, or None.

    ``merged`` are the names of cells in which somebody else's value was taken over.
    """

    def __init__(self, request, program, day, choices):
        self.request, self.program = request, program
        sent = request.POST
        take, keep, save = (sent.get(name, "") for name in ("take", "keep", "save"))
        more = sent.get("rows", "")
        self.has_more = bool(more)
        self.formset = AgendaTable(
            sent,
            choices=choices,
            items={},
            day=day,
            answers=keep or (save if save != ALL else ""),
            more=min(int(more), MOST_ROWS_MORE) if more.isdecimal() else 0,
        )
        self.saved, self.operation, self.merged = [], None, []
        if take:
            self._take_theirs(take)
        with transaction.atomic():
            self._judge(chosen=keep or save)

    @property
    def is_done(self):
        """Whether the page has nothing that was typed and is not saved: it may be opened anew."""
        formset = self.formset
        left = [row.number for row in self.rows if row.is_unsaved or row.state == BLANK]
        return not self.has_more and not any(formset.holds_something(number) for number in left)

    def _take_theirs(self, key):
        """Let the cells that were asked about hold what is saved; the others stay as typed."""
        formset = self.formset
        for number in range(formset.sent_count):
            if formset.key_of(number) != key:
                continue
            own, start = formset.sent[number], f"{PREFIX}-{number}-"
            for name in formset.of_row(number, "asked").split():
                theirs = own.getlist(f"initial-{start}{name}")
                if name == "next_day":
                    theirs = ["on"] if theirs == ["True"] else []
                elif name in ("start", "end"):
                    theirs = [text[:5] for text in theirs]  # without its seconds
                own.setlist(f"{start}{name}", theirs)
            own[f"{start}asked"] = ""

    def _judge(self, chosen):
        formset = self.formset
        numbers = range(formset.sent_count)
        keys = [formset.key_of(number) for number in numbers]
        touched = {number for number in numbers if formset.is_touched(number)}
        to_save = {number for number in touched if chosen in (ALL, keys[number])}
        pks = {number: int(keys[number]) for number in numbers if not keys[number].startswith(NEW)}
        locked = locked_in(self.program, [pks[number] for number in to_save & pks.keys()])
        formset.items = items_with(self.program, set(pks.values()) - locked.keys()) | locked
        self.rows, good = [], {}
        for number, form in enumerate(formset.forms):
            row = self._row(number, form)
            is_gone = number in pks and row.item is None
            if number in to_save:
                if is_gone:
                    row.state, row.note = BAD, deleted_words(type(form.instance), pks[number])
                elif self._is_good(row):
                    good[number] = row
            elif number in touched:
                row.state = TYPED
                if form.asked and not form.is_valid() and form.both_changed:
                    row.state = ASKED
            elif is_gone:
                continue
            self.rows.append(row)
        self._save(good)

    def _row(self, number, form):
        item = self.formset.item_of(number)
        key = str(item.pk) if item else f"{NEW}{number}"
        row = Row(number, key, form, item, state=AS_SAVED if item else BLANK)
        row.token = self.formset.of_row(number, "token") or row.token
        if item and not self.formset.is_touched(number):
            row.form = self.formset.opened_anew(number, item)
        return row

    def _is_good(self, row):
        """Whether the row is to be saved; else it has the state that says why not."""
        form = row.form
        if row.item is None and self._was_sent(row):
            return False
        if not form.is_valid():
            row.state = ASKED if form.both_changed else BAD
            return False
        if row.item and not form.has_changed():  # it was typed in another way
            row.form = self.formset.opened_anew(row.number, row.item)
            return False
        return True

    def _was_sent(self, row):
        """Whether a row to add was sent before: then it is the item that it added, or asks."""
        sent = SentForm.objects.filter(token=row.token[:32]).first()
        if sent is None:
            return False
        made = items_with(self.program, [int(sent.made)] if sent.made else []).get(int(sent.made or 0))
        if made and sent.digest == self._digest(row):
            self._show_saved(row, made)
            self.saved.append(made)
        else:
            row.state, row.note = BAD, sent_before_words(made)
            row.token = Row(row.number, row.key, row.form).token
        return True

    def _digest(self, row):
        own = self.formset.sent[row.number]
        return digest_of(sorted((key, values) for key, values in own.lists() if not key.endswith("-token")))

    def _save(self, good):
        claims = {}
        for number, row in list(good.items()):
            if row.item is not None:
                continue
            try:
                claims[number] = note_sent(row.token[:32], self._digest(row))
            except SentMeanwhile:
                self._was_sent(good.pop(number))
        typed = [Typed(row.form.instance, row.form.cleaned_data["taking_part"]) for row in good.values()]
        self.operation = save_rows(self.program, typed, self.request.user)
        items = items_with(self.program, [one.item.pk for one in typed])
        for number, row in good.items():
            form, item = row.form, items[row.form.instance.pk]
            self._log(form, item, added=number in claims)
            self.merged += [form.fields[name].label for name in form.merged]
            if number in claims:
                claims[number].made, claims[number].program = str(item.pk), self.program
                claims[number].save()
            self._show_saved(row, item)
            self.saved.append(item)

    def _show_saved(self, row, item):
        row.item, row.key, row.state = item, str(item.pk), SAVED
        row.form = self.formset.opened_anew(row.number, item)

    def _log(self, form, item, added):
        """As the item's own form does: who gave a field its value is looked up there, too."""
        model_admin = admin.site.get_model_admin(type(item))
        message = construct_change_message(form, None, added)
        (model_admin.log_addition if added else model_admin.log_change)(self.request, item, message)
