"""For migrations: what a history said of operations at the end of its reasons becomes rows of their own."""

import re

MARK = re.compile(r" #([0-9a-f]{10})$")
REASON_LENGTH = 100
DAY = 20 * 60 * 60  # seconds: what moves by more was moved to another day


def take_up(apps, *names):
    """Give the rows of the histories ``names`` ("app.HistoricalModel") the Operation of their reason's token."""
    Operation = apps.get_model("program", "Operation")
    programs = set(apps.get_model("program", "Program").objects.values_list("pk", flat=True))
    for name in names:
        history = apps.get_model(name)
        marked = history.objects.filter(history_change_reason__contains=" #").order_by(
            "history_date", "history_id"
        )
        for row in marked.iterator():
            found = MARK.search(row.history_change_reason)
            program = getattr(row, "program_id", row.id)
            if not found or program not in programs:  # the history outlives its program
                continue
            text = row.history_change_reason[: found.start()]
            operation, _new = Operation.objects.get_or_create(
                token=found[1],
                defaults={
                    "program_id": program,
                    "kind": _kind(history, row),
                    "summary": {"text": text},
                    "user_id": row.history_user_id,
                    "happened_at": row.history_date,
                },
            )
            history.objects.filter(pk=row.pk).update(operation=operation, history_change_reason=text)


def _kind(history, row):
    if not hasattr(row, "starts_at"):  # of a program; what was saved again kept the reason of its copying
        return "copy-program"
    if row.history_type == "+":
        return "copy-item"
    earlier = history.objects.filter(id=row.id, history_id__lt=row.history_id).order_by("-history_id").first()
    if earlier is None or earlier.starts_at == row.starts_at:
        return "status"
    return "move-day" if abs((row.starts_at - earlier.starts_at).total_seconds()) >= DAY else "delay"


def give_back(apps, *names):
    """The reverse: the token stands at the end of the reason again, after the text where there is one."""
    for name in names:
        history = apps.get_model(name)
        for row in history.objects.exclude(operation=None).select_related("operation").iterator():
            mark = f" #{row.operation.token}"
            text = row.operation.summary.get("text") or row.operation.kind
            if len(text) + len(mark) > REASON_LENGTH:
                text = text[: REASON_LENGTH - len(mark) - 1] + "…"
            history.objects.filter(pk=row.pk).update(history_change_reason=text + mark)
