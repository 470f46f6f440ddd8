"""Copies: an item at another time, and a whole program as the frame of its next edition.

Nothing of a copy has taken place, so nothing of it is reported: its origin is illustrative, its status
planned, its history its own.
"""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from program.agenda.kinds import Origin, Status
from program.models import ItemGroup, Organization, Program, Venue
from program.team.members import add_founder

from .filling import OF_EDITION, leave_out
from .history import item_classes
from .operations import Kind, begin, find_operation
from .reschedule import days_later


@transaction.atomic
def copy_item(item, starts_at, token, by=None):
    """Copy ``item``, given as its own class, to ``starts_at``, as long as it is; return the copy.

    With its groups and its speakers, without its materials. It is an operation of ``by`` with ``token`` (of
    ``new_token``): copying again under one token returns the copy that is there already.
    Raises ValidationError, and saves nothing, outside the program's dates or when that copy is deleted.
    """
    # Two presses of one button come here one after the other.
    program = Program.objects.select_for_update().get(pk=item.program_id)
    present = find_copy(token)
    if present and present.program_id == program.pk:
        return present
    if find_operation(token):
        raise ValidationError(_("This copy was already made, and then deleted. Please start again."))
    copy = _twin(
        item,
        program=program,
        starts_at=starts_at,
        ends_at=starts_at + item.length,
        status=Status.PLANNED,
        origin=Origin.ILLUSTRATIVE,
        version=1,
    )
    copy.clean()
    copy._operation = begin(Kind.COPY_ITEM, program, by, token, title=item.title)
    copy.save()
    copy._operation = None  # what is saved later is no part of it
    copy.set_groups(item.groups.all())
    copy.add_people_of(item)
    return copy


def find_copy(token):
    """The item that was copied under ``token``, of its own class, or None. One query per class of items."""
    for model in item_classes():
        pk = _first_with(model, token)
        if pk:
            return model.objects.filter(pk=pk).first()
    return None


def find_program_copy(token):
    """The program that was copied under ``token``, or None."""
    return Program.objects.filter(operations__kind=Kind.COPY_PROGRAM, operations__token=token).first()


def _first_with(model, token):
    made = model.history.filter(history_type="+", operation__token=token)
    return made.values_list("id", flat=True).first()


@transaction.atomic
def copy_program(program, *, slug, title, short_title, starts_on, token, by=None, **titles):
    """Copy ``program`` as the frame of an edition that starts on ``starts_on``; return it, unpublished.

    Day n stays day n at the same clock times. Venues, organizations, groups, the days' titles and all items
    but cancelled ones come along; people do not: no speaker, contact, participant, attendance or
    invited country, nor materials and releases. Texts of the edition, and any that names a year, a date or a
    person, are left empty: ``filling.to_fill`` lists them. ``titles`` are ``local_title`` and
    ``local_short_title``.
    It is an operation of ``by``, its first organizer, with ``token``, in the new program.

    About ten queries an item.
    """
    days = (starts_on - program.starts_on).days
    new = _twin(
        program,
        slug=slug,
        title=title,
        short_title=short_title,
        local_title=titles.get("local_title", ""),
        local_short_title=titles.get("local_short_title", ""),
        starts_on=starts_on,
        ends_on=starts_on + (program.ends_on - program.starts_on),
        published=False,
        **dict.fromkeys(OF_EDITION, ""),
    )
    new.save()
    rows = [("program.Program", name, new.pk) for name in OF_EDITION if getattr(program, name)]
    blanks = _Blanks(program.starts_on.year, rows)
    if by:
        add_founder(new, by)
    operation = begin(Kind.COPY_PROGRAM, new, by, token, title=program.short_title)
    new.history.update(operation=operation)
    places = {
        Venue: _copy_rows(program.venues.all(), new, blanks, origin=Origin.ILLUSTRATIVE),
        Organization: _copy_rows(
            program.organizations.all(), new, blanks, origin=Origin.ILLUSTRATIVE, parent=None, closed_dates=""
        ),
    }
    _copy_parents(program, places[Organization])
    groups = _copy_rows(program.groups.all(), new, blanks)
    for day in program.days.all():
        blanks.save(_twin(day, program=new, date=day.date + (starts_on - program.starts_on)))
    for item in program.items.exclude(status=Status.CANCELLED).concrete().prefetch_related("groups"):
        _copy_into(new, item, days, places, groups, blanks)
    operation.summary |= {"to_fill": blanks.rows, "year": blanks.year}
    operation.save()
    return new


@dataclass
class _Blanks:
    """(label of the model, field, primary key) of what is to fill in, as ``filling.to_fill`` reads it.

    ``year`` is that of the edition before.
    """

    year: int
    rows: list

    def save(self, copy, *emptied):
        """Save ``copy`` without what names that year, a date or a person, and note what is to fill in."""
        names = [*emptied, *leave_out(copy, self.year)]
        copy.save()
        self.rows += [(copy._meta.label, name, copy.pk) for name in names]


def _copy_rows(rows, program, blanks, **changes):
    """Copy ``rows`` into ``program``; returns the copies by the primary key of the original."""
    copies = {row.pk: _twin(row, program=program, **changes) for row in rows}
    for copy in copies.values():
        blanks.save(copy)
    return copies


def _copy_parents(program, organizations):
    for original in program.organizations.exclude(parent=None):
        copy = organizations[original.pk]
        copy.parent = organizations.get(original.parent_id)
        copy.save()


def _copy_into(program, item, days, places, groups, blanks):
    starts_at, ends_at = days_later(item, days, program.tz) if item.is_placed else (None, None)
    copy = _twin(
        item,
        program=program,
        starts_at=starts_at,
        ends_at=ends_at,
        status=Status.PLANNED,
        origin=Origin.ILLUSTRATIVE,
        version=1,
        **dict.fromkeys(item.PEOPLE_FIELDS, ""),
    )
    # Its places are those of the new program, in whichever fields its class has them.
    for field in copy._meta.concrete_fields:
        if field.related_model in places:
            original = getattr(item, field.attname)
            setattr(copy, field.name, places[field.related_model].get(original))
    people = [name for name in item.PEOPLE_FIELDS if getattr(item, name)]
    people += [name for name in item.PEOPLE_ROWS if getattr(item, name).exists()]
    blanks.save(copy, *people)
    for group in item.groups.all():
        ItemGroup.objects.create(item=copy, group=groups[group.pk])


def _twin(original, **changes):
    """An unsaved object of ``original``'s class with its values, and ``changes``."""
    fields = [field.attname for field in original._meta.concrete_fields if not field.primary_key]
    twin = type(original)(**{name: getattr(original, name) for name in fields})
    for name, value in changes.items():
        setattr(twin, name, value)
    return twin
