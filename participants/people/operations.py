"""How operations on people are undone: groups and status one by one, an import as a whole."""

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from simple_history.utils import bulk_update_with_history

from participants.models import Participant
from program.drafting.history import moment_words
from program.drafting.operations import Kind, Undoer, register
from program.folding import fold
from program.models import Group

from . import deleting, numbers
from .spreadsheets.columns import COLUMNS, in_words


class PeopleUndoer(Undoer):
    """Restores what an operation changed of people; anything else that was changed since stays."""

    permission = "participants.change_participant"

    def models(self):
        return [Participant]

    def in_order(self, steps):
        return sorted(steps, key=lambda step: (fold(step.title), step.after.id))

    def obstacles(self, steps):
        former = {step.before.group_id for step in steps if step.before}
        groups = set(Group.objects.filter(pk__in=former).values_list("pk", flat=True)) | {None}
        found = {}
        for step in steps:
            if not self._stands(step):
                found[step] = ""
            elif _changes_group(step) and step.before.group_id not in groups:
                found[step] = _("The earlier group was deleted.")
        return found

    def _stands(self, step):
        """Whether nobody has changed these values again since."""
        values = [(getattr(step.newest, f.attname), getattr(step.after, f.attname)) for f in step.fields]
        return step.before and not step.is_deleted and all(new == old for new, old in values)

    def lock(self, steps):
        pks = [step.after.id for step in steps]
        list(Participant.objects.select_for_update().filter(pk__in=pks).order_by("pk").values_list("pk"))

    def take_back(self, steps, undoing):
        people = Participant.objects.in_bulk([step.after.id for step in steps])
        fields = set()
        for step in steps:
            for field in step.fields:
                setattr(people[step.after.id], field.attname, getattr(step.before, field.attname))
                fields.add(field.name)
        bulk_update_with_history(
            list(people.values()),
            Participant,
            sorted(fields),
            batch_size=50,
            default_user=undoing.user,
            custom_historical_attrs={"operation": undoing},
        )
        if people:
            numbers.give(undoing.program)

    def words(self, steps, tz):
        groups = dict(
            Group.objects.filter(program__in={s.after.program_id for s in steps}).values_list("pk", "name")
        )
        return [("", _changes(step, groups)) for step in steps]

    def told(self, count):
        return ngettext(
            "%(count)d person is restored to how they were before.",
            "%(count)d people are restored to how they were before.",
            count,
        ) % {"count": count}


def _changes_group(step):
    return any(field.name == "group" for field in step.fields)


def _changes(step, groups):
    """[(label, old, new)] of what the step changed of a person, in words."""
    if step.before is None:
        return [("", "", _("added"))]
    lines = []
    for field in step.fields:
        old, new = getattr(step.before, field.attname), getattr(step.after, field.attname)
        if field.name == "group":
            old, new = groups.get(old, ""), groups.get(new, "")
        else:
            old, new = in_words(field.name, old), in_words(field.name, new)
        lines.append((COLUMNS.get(field.name, field.verbose_name), old, new))
    return lines


class ImportUndoer(PeopleUndoer):
    """Deletes the new people and restores the changed ones; all, or none once one was edited or signed in."""

    whole = True
    again = False

    def obstacles(self, steps):
        people = Participant.objects.in_bulk([step.after.id for step in steps])
        new = [people[step.after.id] for step in steps if step.is_new and step.after.id in people]
        began = deleting.obstacles(new)
        signed_in = _sign_ins(people)
        found = {}
        for step in steps:
            person = people.get(step.after.id)
            last = person and signed_in.get(person.user_id)
            if last and last > step.after.history_date:
                when = moment_words(last, person.program.tz)
                found[step] = _("Signed in since, %(when)s.") % {"when": when}
            elif not step.is_newest:
                found[step] = ""
            elif step.after.id in began:
                found[step] = began[step.after.id]
        return found

    def take_back(self, steps, undoing):
        super().take_back([step for step in steps if step.before], undoing)
        deleting.delete([step.after.id for step in steps if step.is_new])

    def notes(self, operation):
        """What has no history is not restored: what people say about their health, and telephones."""
        names = [str(COLUMNS[name]) for name in operation.summary.get("kept", ())]
        text = _("These stay as the import left them, since they have no history: %(columns)s.")
        return [text % {"columns": ", ".join(names)}] if names else []


def _sign_ins(people):
    """{user pk: when they signed in last}."""
    users = get_user_model().objects.filter(pk__in={p.user_id for p in people.values() if p.user_id})
    return dict(users.exclude(last_login=None).values_list("pk", "last_login"))


def register_all():
    register(PeopleUndoer(), Kind.GROUPS, Kind.PEOPLE)
    register(ImportUndoer(), Kind.IMPORT)
