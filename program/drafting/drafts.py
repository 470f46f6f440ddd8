"""What organizers work on: which program, and what of its draft is not published yet."""

from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import Count, Max, Sum

from program import clock
from program.agenda.conflicts import about, errors_of, find_conflicts, only_in
from program.agenda.kinds import Status
from program.models import Program
from program.publishing import releases


def default_program(programs):
    """Of the queryset ``programs`` the one that runs or comes next, published or not; else the one that
    ended last; or None."""
    not_over = programs.not_over(clock.now())
    return not_over[0] if not_over else programs.order_by("-ends_on", "-pk").first()


def draft_signature(program):
    """A short text that is another one after every change of an item, of what is published, or of which
    conflicts are known. Three small queries."""
    items = program.items.aggregate(Count("pk"), Max("pk"), Sum("version"))
    release = program.releases.aggregate(last=Max("number"))["last"]
    known = program.accepted_conflicts.aggregate(Count("pk"), Max("pk"))
    return "-".join(str(value or 0) for value in (*items.values(), release, *known.values()))


@dataclass(frozen=True)
class DraftState:
    """What the banner says about a program's draft."""

    program: Program
    draft: releases.Draft

    @classmethod
    def of(cls, program):
        return cls(program, releases.draft(program))

    @property
    def agenda(self):
        return self.draft.agenda

    @property
    def number(self):
        """The number of the current release, or None before the first."""
        return self.draft.published.number if self.draft.published else None

    @property
    def changes(self):
        return self.draft.changes

    @cached_property
    def errors(self):
        return errors_of(self.draft.conflicts)

    @cached_property
    def warnings(self):
        return [finding for finding in self.draft.conflicts if finding.is_warning]

    def made_by_deleting(self, pk):
        """The conflicts that deleting the item ``pk`` would make, such as a missing bus."""
        left = self.agenda.replace_items(item for item in self.agenda.items if item.id != pk)
        return only_in(find_conflicts(left, self.draft.finders), self.draft.findings)

    def made_by_cancelling(self, *pks):
        """The conflicts that are there because the items ``pks``, now cancelled, were."""
        items = [replace(i, status=Status.PLANNED) if i.id in pks else i for i in self.agenda.items]
        before = find_conflicts(self.agenda.replace_items(items), self.draft.finders)
        return only_in(self.draft.conflicts, before)

    def about(self, pk):
        """The findings about the item ``pk``."""
        return about(self.draft.conflicts, pk)

    def is_unpublished(self, pk):
        """Whether the item ``pk`` is published differently from how it is now, or not at all."""
        return any(change.item and change.item.id == pk for change in self.draft.changes)

    def is_public(self, pk):
        """Whether the item ``pk`` has a page that everybody may see."""
        published = self.draft.published
        return self.program.published and published is not None and published.agenda.item(pk) is not None
