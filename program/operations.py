"""Changes of many items at once, which are found again and taken back together.

Such an operation leaves a token at the end of the reason in the history of every item it changes. By it
the operation is found again, and taken back: exactly those items that nobody has changed since.
"""

import re
import secrets
from dataclasses import dataclass

from django.apps import apps
from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from .kinds import Status
from .models import AgendaItem

REASON_LENGTH = 100  # of simple_history's history_change_reason
TOKEN = re.compile(r"[0-9a-f]{10}")


def new_token():
    return secrets.token_hex(5)


def is_token(text):
    return TOKEN.fullmatch(text) is not None


def marked(text, token):
    """``text`` as a reason for the history, cut to fit, with ``token`` at its end."""
    mark = f" #{token}"
    return Truncator(text).chars(REASON_LENGTH - len(mark)) + mark


def unmarked(reason):
    """The words of a reason without the token that ``marked`` put at its end."""
    return re.sub(rf" #{TOKEN.pattern}$", "", reason or "")


@transaction.atomic
def set_status(items, status):
    """Give ``items`` (a list or queryset of AgendaItems of any class) the Status ``status``.

    Each is saved as what it is, so that its history has it. Returns the operation's token, to be shown and
    taken back at ``admin:program_agendaitem_operation``; "" when all had that status already.
    """
    items = [i for i in locked([item.pk for item in items]).values() if i.status != status]
    if not items:
        return ""
    token = new_token()
    for item in items:
        item.status = status
        item.save_as(marked(Status(status).label, token))
    return token


def locked(pks):
    """The items as they are now by primary key, each of its own class, locked until the transaction ends.

    Locked first and read after: PostgreSQL cannot lock the joins that find an item's class, and what is read
    while waiting for a lock may be old.
    """
    list(AgendaItem.objects.select_for_update().filter(pk__in=pks).order_by("pk").values_list("pk"))
    return {
        item.pk: item for item in AgendaItem.objects.filter(pk__in=pks).select_related("program").concrete()
    }


@dataclass(frozen=True)
class Step:
    """What an operation did to one item: three entries of its history.

    ``before`` is None when the history begins with the operation; ``newest`` may be that it was deleted.
    """

    before: object
    after: object
    newest: object

    @property
    def stands(self):
        """Whether nobody has changed the item since, so that it can be taken back."""
        return self.before is not None and self.newest.pk == self.after.pk

    @property
    def title(self):
        return self.after.title

    @property
    def is_deleted(self):
        return self.newest.history_type == "-"

    @property
    def newest_reason(self):
        return unmarked(self.newest.history_change_reason)


@dataclass(frozen=True)
class Operation:
    """An operation as the history knows it; ``steps`` in order of time, never empty."""

    token: str
    steps: tuple[Step, ...]

    @property
    def _entry(self):
        return self.steps[0].after

    @property
    def summary(self):
        return unmarked(self._entry.history_change_reason)

    @property
    def by(self):
        return self._entry.history_user

    @property
    def at(self):
        return self._entry.history_date

    @property
    def program_ids(self):
        return sorted({step.after.program_id for step in self.steps})

    @property
    def standing(self):
        return [step for step in self.steps if step.stands]

    @property
    def overtaken(self):
        return [step for step in self.steps if not step.stands]


def item_classes():
    """AgendaItem and every class of items that an app adds to it."""
    return [model for model in apps.get_models() if issubclass(model, AgendaItem)]


def find_operation(token):
    """The Operation with that token, or None. One query per class of items."""
    if not is_token(token):
        return None
    steps = []
    for model in item_classes():
        touched = model.history.filter(history_change_reason__endswith=f" #{token}").values("id")
        entries = model.history.filter(id__in=touched).select_related("history_user")
        timelines = {}
        for entry in entries.order_by("history_date", "history_id"):
            timelines.setdefault(entry.id, []).append(entry)
        steps.extend(_step(timeline, token) for timeline in timelines.values())
    steps.sort(key=lambda step: (step.after.starts_at, step.after.id))
    return Operation(token, tuple(steps)) if steps else None


def _step(timeline, token):
    place = next(n for n, e in enumerate(timeline) if (e.history_change_reason or "").endswith(f" #{token}"))
    return Step(timeline[place - 1] if place else None, timeline[place], timeline[-1])


@transaction.atomic
def undo(token):
    """Take the operation back where nobody has changed an item since: its times and status of before.

    Returns (the token of the undoing, the Operation as it was found): ``standing`` steps were taken back,
    ``overtaken`` ones left alone. The token is "" when nothing could be taken back, the whole None when
    there is no such operation.
    """
    operation = find_operation(token)
    if operation is None:
        return None
    items = locked([step.after.id for step in operation.steps])
    operation = find_operation(token)  # again, now that nobody can write in between
    if not operation.standing:
        return "", operation
    new = new_token()
    reason = marked(_("Taken back: %(what)s") % {"what": operation.summary}, new)
    for step in operation.standing:
        item = items[step.after.id]
        item.starts_at, item.ends_at = step.before.starts_at, step.before.ends_at
        item.status = step.before.status
        item.save_as(reason)
    return new, operation
