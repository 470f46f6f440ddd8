"""Carries out a Plan as one operation, and takes it back whole, with the places it made."""

from django.apps import apps
from django.db import transaction
from django.utils.translation import gettext as _

from program.agenda.kinds import Status
from program.drafting.history import item_classes, lines_of, names_of, retie
from program.drafting.operations import ItemUndoer, Kind, begin, locked, register
from program.drafting.reschedule import ChangedMeanwhile
from program.models import AgendaItem, Organization, Venue

from .names import free_slug


@transaction.atomic
def apply(plan, seen, token, by=None):
    """Write what ``plan`` says and return the Operation, of ``by`` and with ``token`` (of ``new_token``).

    ``seen`` {primary key: version} is what the organizer saw. Raises ChangedMeanwhile, and writes nothing,
    when one of those is another by now, or an item that they did not see would be changed.
    """
    items = locked({*seen, *plan.seen})
    changed = [pk for pk, version in seen.items() if pk not in items or items[pk].version != version]
    changed += [pk for pk in plan.seen if pk not in seen or items[pk].version != plan.seen[pk]]
    if changed:
        raise ChangedMeanwhile([items[pk] for pk in dict.fromkeys(changed) if pk in items])
    new, cancelled = len(plan.of_sort("new")), len(plan.cancelled)
    counts = {"new": new, "changed": len(plan.of_sort("changed")), "cancelled": cancelled}
    operation = begin(Kind.AGENDA, plan.program, by, token, **counts)
    writer = _Writer(plan, operation, items)
    operation.summary |= {"made": writer.made, "rows": writer.rows}
    operation.save()
    return operation


class _Writer:
    """``made`` {label of the model: [primary keys]}, ``rows`` {item: {name: [ids before, ids after]}}."""

    def __init__(self, plan, operation, items):
        self.plan, self.operation, self.program = plan, operation, plan.program
        self.made, self.rows, self.pks = {}, {}, {}
        self._make_places()
        for planned in plan.writes:
            item = items[planned.item.pk] if planned.item else self._new(planned)
            self._write(planned, item)
        for item in plan.cancelled:
            item = items[item.pk]
            item.status = Status.CANCELLED
            item.save_as(operation=operation)

    def _make_places(self):
        for sort, model in (("venue", Venue), ("organization", Organization)):
            taken = set(model.objects.filter(program=self.program).values_list("slug", flat=True))
            for same in self.plan.places.new(sort):
                one = same[0]
                more = {"city": one.city} if sort == "venue" else {"role": one.role}
                slug = free_slug(one.name, taken, sort)
                self._made(same, model(program=self.program, name=one.name, slug=slug, **more))
        for same in self.plan.places.new("speakers"):
            self._made(same, self.plan.places.people_model(program=self.program, name=same[0].name))

    def _made(self, same, place):
        place.save()
        self.made.setdefault(place._meta.label, []).append(place.pk)
        self.pks.update(dict.fromkeys(same, place.pk))

    def _pk(self, chosen):
        return chosen.pk or self.pks[chosen]

    def _new(self, planned):
        model = next((m for m in item_classes() if planned.kind in m.KINDS), AgendaItem)
        return model(program=self.program)

    def _write(self, planned, item):
        for name, value in planned.values.items():
            if name in ("venue", "organization"):
                setattr(item, f"{name}_id", self._pk(value))
            else:
                setattr(item, name, value)
        is_new = item.pk is None
        if is_new:
            item._operation = self.operation
            item.save()
            item._operation = None
        else:
            item.save_as(operation=self.operation)
        if planned.groups is not None:
            before = set() if is_new else item.group_ids
            self._tie(item, "itemgroup", before, sorted(planned.groups), is_new)
        if planned.people is not None:
            places = self.plan.places
            name = places.people_field.remote_field.through._meta.model_name
            before = [] if is_new else places.people_of.get(item.pk, ())
            self._tie(item, name, before, [self._pk(person) for person in planned.people], is_new)

    def _tie(self, item, name, before, after, is_new):
        retie(item, name, add=[pk for pk in after if pk not in before], remove=set(before) - set(after))
        if not is_new:
            self.rows.setdefault(str(item.pk), {})[name] = [sorted(before), list(after)]


class AgendaUndoer(ItemUndoer):
    """New items are deleted, changed ones get back what they were, and the places made for them go with them.

    Deleted items are restored from the deleted items, not by undoing again.
    """

    again = False

    def take_back(self, steps, undoing):
        super().take_back(steps, undoing)
        summary = undoing.undoes.summary
        items = locked([step.after.id for step in steps])
        for pk, rows in summary["rows"].items():
            for name, (before, after) in rows.items():
                if int(pk) in items:
                    retie(items[int(pk)], name, set(before) - set(after), set(after) - set(before))
        for model, pks in _made(summary):
            for place in model.objects.filter(pk__in=pks):
                _delete_unused(place)

    def words(self, steps, tz):
        if not steps:
            return []
        operation = steps[0].after.operation
        drafts, names = {}, {}
        for step in steps:
            fields = tuple(
                (field, getattr(step.before, field.attname), getattr(step.after, field.attname))
                for field in step.fields
            )
            rows = operation.summary["rows"].get(str(step.after.id), {})
            drafts[step] = (None, fields, tuple((name, *ids) for name, ids in rows.items()))
        for model in self.models():
            own = [draft for step, draft in drafts.items() if step.after.instance_type is model]
            for related, found in names_of(model, own).items():
                names.setdefault(related, {}).update(found)
        whens = super().words(steps, tz)
        return [
            self._words(step, draft, when, operation.program, names)
            for (step, draft), when in zip(drafts.items(), whens, strict=True)
        ]

    def _words(self, step, draft, when, program, names):
        if step.before is None:
            return when
        item = step.after.instance
        item.program = program
        lines = lines_of(item, draft[1], draft[2], names)
        return "", [(line.label, line.old, line.new) for line in lines]

    def notes(self, operation):
        made = [
            f"{len(pks)} {model._meta.verbose_name if len(pks) == 1 else model._meta.verbose_name_plural}"
            for model, pks in _made(operation.summary)
        ]
        text = _(
            "Also made: %(places)s. They are deleted too, unless they were edited or are used elsewhere."
        )
        return [text % {"places": ", ".join(made)}] if made and not operation.undone else []


def _made(summary):
    """[(model, primary keys)] of the places and people that an operation made; what uses others first."""
    found = [(apps.get_model(label), pks) for label, pks in summary["made"].items()]
    return sorted(found, key=lambda made: made[0] in (Venue, Organization))


def _delete_unused(place):
    """Delete a place that was made, unless somebody edited it since or something else uses it."""
    edited = hasattr(place, "history") and place.history.count() > 1
    used = any(
        relation.related_model._base_manager.filter(**{relation.field.name: place}).exists()
        for relation in place._meta.related_objects
    )
    if not edited and not used:
        place.delete()


register(AgendaUndoer(), Kind.AGENDA)
