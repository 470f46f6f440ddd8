"""Operations: what one step of an organizer changed is found in the history, and undone together.

The rows that an operation adds to the history name it. What someone else has changed since is left alone, or
prevents undoing the whole: the Undoer of its kind says which. Each app registers its Undoers.
"""

from dataclasses import dataclass

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from program import clock
from program.agenda.dates import span_text
from program.models import AgendaItem
from program.models.operation import Operation, new_token

from . import history
from .history import moment_words

Kind = Operation.Kind
TOKEN = r"[0-9a-f]{10}"
UNDOERS = {}  # {kind: Undoer}; a kind without one cannot be undone


def begin(kind, program, by=None, token="", undoes=None, **summary):
    """Note an Operation of ``by`` (None: the portal itself), in the transaction of what it changes.

    Raises IntegrityError when ``token`` was used before.
    """
    return Operation.objects.create(
        program=program,
        kind=kind,
        summary=summary,
        user=by,
        happened_at=clock.now(),
        token=token or new_token(),
        undoes=undoes,
    )


def find_operation(token):
    """The Operation with that token, or None."""
    return Operation.objects.filter(token=token).first()


@dataclass(frozen=True)
class Step:
    """What an operation did to one item or person: three entries of its history.

    ``before`` is None when the history begins with the operation; ``newest`` may be that it was deleted.
    """

    before: object
    after: object
    newest: object

    @property
    def title(self):
        return getattr(self.after, "title", "") or self.after.name

    @property
    def is_new(self):
        return self.before is None and self.after.history_type == history.ADDED

    @property
    def is_newest(self):
        return self.newest.pk == self.after.pk

    @property
    def is_deleted(self):
        return self.newest.history_type == history.DELETED

    @property
    def fields(self):
        """The fields that the operation changed; the version, which grows with every save, is none."""
        return _different(self.before, self.after) if self.before else []

    @property
    def is_overtaken(self):
        """Whether a field that the operation changed has another value by now."""
        changed = {field.attname for field in self.fields}
        return any(field.attname in changed for field in _different(self.after, self.newest))


def _different(one, other):
    """The fields in which two entries of a history differ."""
    return [
        field
        for field in one.tracked_fields
        if field.attname != "version" and getattr(one, field.attname) != getattr(other, field.attname)
    ]


class Undoer:
    """How operations of some kinds are undone, by those who have ``permission``.

    ``whole``: all of it or nothing. ``again``: whether the undoing can be undone as well.
    """

    permission = "program.change_agendaitem"
    whole = False
    again = True

    def models(self):
        """The classes in whose history operations of these kinds are."""
        raise NotImplementedError

    def in_order(self, steps):
        """``steps`` as people read them."""
        raise NotImplementedError

    def obstacles(self, steps):
        """{step: why it cannot be undone, in words; "" when its newest entry says it}."""
        raise NotImplementedError

    def take_back(self, steps, undoing):
        """Undo ``steps`` in the name of the operation ``undoing``."""
        raise NotImplementedError

    def lock(self, steps):
        """Let nobody else change what ``steps`` are about until the transaction ends."""
        raise NotImplementedError

    def words(self, steps, tz):
        """[(when or "", [(label or "", old, new)])] of ``steps``, for people to read."""
        raise NotImplementedError

    def told(self, count):
        """A sentence: ``count`` of them are restored."""
        raise NotImplementedError

    def notes(self, operation):
        """What to know before undoing it, as sentences."""
        return []


def register(undoer, *kinds):
    """Let operations of ``kinds`` be undone by ``undoer``; an app above calls it in its AppConfig.ready()."""
    UNDOERS.update(dict.fromkeys(kinds, undoer))


def undoer_of(operation):
    """The Undoer of an Operation, whether or not something of it is left to undo; or None."""
    kind, summary = operation.kind, operation.summary
    while kind == Kind.UNDO:
        kind, summary = summary["of"]["kind"], summary["of"]["summary"]
    undoer = UNDOERS.get(kind)
    return undoer if undoer and (undoer.again or operation.kind != Kind.UNDO) else None


@dataclass(frozen=True)
class Look:
    """What an operation changed, in order; ``obstacles`` {step: why it cannot be undone}.

    ``standing`` are the steps that would be undone now.
    """

    operation: Operation
    undoer: Undoer | None
    steps: tuple[Step, ...]
    obstacles: dict
    standing: tuple[Step, ...]

    @property
    def overtaken(self):
        return [step for step in self.steps if step in self.obstacles]


def look_at(operation):
    """The Look of an Operation. Two queries for each class of items or people, and the undoer's own."""
    undoer = undoer_of(operation)
    if undoer is None:
        return Look(operation, None, (), {}, ())
    steps = []
    for model in undoer.models():
        touched = model.history.filter(operation=operation).values("id")
        entries = model.history.filter(id__in=touched).select_related("history_user", "operation")
        timelines = {}
        for entry in entries.order_by("history_date", "history_id"):
            timelines.setdefault(entry.id, []).append(entry)
        steps.extend(_step(timeline, operation.pk) for timeline in timelines.values())
    steps = tuple(undoer.in_order(steps))
    obstacles = undoer.obstacles(steps)
    nothing = operation.undone or (undoer.whole and obstacles)
    standing = () if nothing else tuple(step for step in steps if step not in obstacles)
    return Look(operation, undoer, steps, obstacles, standing)


def _step(timeline, pk):
    own = [place for place, entry in enumerate(timeline) if entry.operation_id == pk]
    return Step(timeline[own[0] - 1] if own[0] else None, timeline[own[-1]], timeline[-1])


@transaction.atomic
def undo(operation, by=None):
    """Undo ``operation`` where nobody has changed an item or a person since.

    Returns (the undoing Operation, the Look as it was found): ``standing`` steps were undone,
    ``overtaken`` ones left alone. The Operation is None when nothing could be undone.
    """
    operation = Operation.objects.select_for_update().get(pk=operation.pk)
    look = look_at(operation)
    if look.undoer:
        look.undoer.lock(look.steps)
        look = look_at(operation)  # again, now that nobody can write in between
    if not look.standing:
        return None, look
    of = {"kind": operation.kind, "summary": operation.summary}
    undoing = begin(Kind.UNDO, operation.program, by, undoes=operation, of=of)
    look.undoer.take_back(look.standing, undoing)
    return undoing, look


# Items


@transaction.atomic
def set_status(items, status, by=None):
    """Give ``items`` (a list or queryset of AgendaItems of any class, of one program) the Status ``status``.

    Each is saved as what it is, so that its history has it. Returns the Operation; None when all had that
    status already.
    """
    items = [i for i in locked([item.pk for item in items]).values() if i.status != status]
    if not items:
        return None
    operation = begin(Kind.STATUS, items[0].program, by, status=status, count=len(items))
    for item in items:
        item.status = status
        item.save_as(operation=operation)
    return operation


def locked(pks):
    """The items as they are now by primary key, each of its own class, locked until the transaction ends.

    Locked first and read after: PostgreSQL cannot lock the joins that find an item's class, and what is read
    while waiting for a lock may be old.
    """
    list(AgendaItem.objects.select_for_update().filter(pk__in=pks).order_by("pk").values_list("pk"))
    return {
        item.pk: item for item in AgendaItem.objects.filter(pk__in=pks).select_related("program").concrete()
    }


class ItemUndoer(Undoer):
    """Items get back what the operation changed of them; a copy is deleted.

    What was edited since stays: an item of which only something else was changed, such as a note, keeps that
    and is undone all the same; one whose time was set again is left alone, and so is a copy that was edited.
    """

    def models(self):
        return history.item_classes()

    def in_order(self, steps):
        return sorted(steps, key=lambda step: (not step.after.starts_at, step.after.starts_at, step.after.id))

    def obstacles(self, steps):
        return {step: "" for step in steps if not self._can_be_undone(step)}

    def _can_be_undone(self, step):
        if step.is_newest:
            return bool(step.before or step.is_new)
        return bool(step.before) and not step.is_deleted and not step.is_overtaken

    def lock(self, steps):
        locked([step.after.id for step in steps])

    def take_back(self, steps, undoing):
        items = locked([step.after.id for step in steps])
        for step in steps:
            item = items[step.after.id]
            if step.is_new:
                history.delete(item, undoing)
                continue
            for field in step.fields:
                setattr(item, field.attname, getattr(step.before, field.attname))
            item.save_as(operation=undoing)

    def words(self, steps, tz):
        return [_item_words(step, tz) for step in steps]

    def told(self, count):
        return ngettext(
            "%(count)d item is restored to how it was before.",
            "%(count)d items are restored to how they were before.",
            count,
        ) % {"count": count}


def _item_words(step, tz):
    before, after = step.before, step.after
    if before is None or step.after.history_type == history.DELETED:
        return _span(after, tz), [("", "", _("added") if step.is_new else _("deleted"))]
    if (before.starts_at, before.ends_at) == (after.starts_at, after.ends_at):
        when = moment_words(after.starts_at, tz) if after.starts_at else _span(after, tz)
        return when, [("", before.get_status_display(), after.get_status_display())]
    start = after.starts_at and after.starts_at.astimezone(tz)
    same_day = before.starts_at and start and before.starts_at.astimezone(tz).date() == start.date()
    times = ("", _span(before, tz, day=not same_day), _span(after, tz, day=not same_day))
    return date_format(start) if same_day else "", [times]


def _span(entry, tz, day=True):
    """When the item is by that entry of its history, in words."""
    if entry.starts_at is None:
        return _("Not placed yet")
    return span_text(entry.starts_at.astimezone(tz), entry.ends_at.astimezone(tz), day=day)


class CopyUndoer(ItemUndoer):
    """A deleted copy is restored from the deleted items, not by undoing again."""

    again = False


register(ItemUndoer(), Kind.DELAY, Kind.MOVE_DAY, Kind.STATUS)
register(CopyUndoer(), Kind.COPY_ITEM)
