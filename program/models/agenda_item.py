from datetime import datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from model_utils.managers import InheritanceQuerySetMixin
from simple_history.models import HistoricalRecords

from program.agenda.audience import ForGroups
from program.agenda.facts import given, text_lines
from program.agenda.kinds import Kind, Origin, Status
from program.team.rights import OfProgramQuerySet

from .operation import OperationHistory
from .places import Organization, Venue
from .program import Group, Program, other_program_errors

USUAL_MINUTES = 60  # of an item that does not say how long it would be


class AgendaItemQuerySet(InheritanceQuerySetMixin, OfProgramQuerySet):
    def on_day(self, day, tz):
        """Items that begin on the local date ``day`` in ``tz``.

        The day runs from local midnight up to, not including, the next midnight.
        """
        begin = datetime.combine(day, time.min, tzinfo=tz)
        end = datetime.combine(day + timedelta(days=1), time.min, tzinfo=tz)
        return self.filter(starts_at__gte=begin, starts_at__lt=end)

    def placed(self):
        """Items that have their day and time: only they are published."""
        return self.exclude(starts_at=None)

    def unplaced(self):
        """Items that wait for a day and time, in the order they were made."""
        return self.filter(starts_at=None).order_by("pk")

    def for_group(self, group):
        """Items that ``group`` takes part in: its own, and those for everybody. ``expects()`` in SQL."""
        return self.filter(Q(groups=group) | Q(groups=None))

    def concrete(self):
        """Each item as what it is (session, visit, transfer, or plain): history and saving need that."""
        return self.select_subclasses()


class AgendaItem(ForGroups, models.Model):
    """One entry of a program's agenda, as the organizers draft it.

    ``starts_at`` and ``ends_at`` are aware moments in whole minutes; pages show them in the program's zone.
    Without both the item is not placed yet: it waits in the draft, takes about ``minutes``, and is never
    published.
    No group means everybody. ``version`` grows with every ``save_as``: a form opened on an older one is
    refused. Items that carry more have a class of their own (ClassroomSession, Visit, Transfer); each is
    saved through its own class, or its history would miss the save.
    """

    # The kinds that are items of this class; every other kind is a plain AgendaItem.
    KINDS = ()
    # What a subclass needs loaded before ``snapshot()``, so that a release costs few queries.
    SNAPSHOT_PREFETCH = ()
    # The rows that tie others to an item and have a history of their own (program/drafting/history.py).
    HISTORY_ROWS = ("itemgroup",)
    # Text fields about people: a copy of the program for its next edition leaves them empty.
    PEOPLE_ROWS = ()  # the names of its many-to-many fields that name people
    PEOPLE_FIELDS = ()

    program = models.ForeignKey(
        Program, on_delete=models.CASCADE, related_name="items", verbose_name=_("program")
    )
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    title = models.CharField(_("title"), max_length=200)
    local_title = models.CharField(_("title in Bahasa Indonesia"), max_length=200, blank=True)
    starts_at = models.DateTimeField(_("starts at"), null=True, blank=True)
    ends_at = models.DateTimeField(_("ends at"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(
        _("about how many minutes"),
        null=True,
        blank=True,
        validators=[MinValueValidator(5), MaxValueValidator(24 * 60)],
        help_text=_("While it has no time yet."),
    )
    venue = models.ForeignKey(
        Venue,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="items",
        verbose_name=_("venue"),
    )
    organization = models.ForeignKey(
        Organization,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="items",
        verbose_name=_("organization"),
        help_text=_("Who holds it or receives the participants."),
    )
    groups = models.ManyToManyField(
        Group, through="ItemGroup", blank=True, related_name="items", verbose_name=_("groups")
    )
    status = models.CharField(
        _("status"), max_length=10, choices=Status, default=Status.PLANNED, db_index=True
    )
    attendance_counts = models.BooleanField(
        _("attendance counts"), default=False, help_text=_("It counts for the certificate.")
    )
    notes = models.TextField(
        _("notes for participants"), blank=True, help_text=_("Shown on the item's page.")
    )
    local_notes = models.TextField(_("notes in Bahasa Indonesia"), blank=True)
    bring = models.TextField(_("bring"), blank=True, help_text=_("One thing a line."))
    local_bring = models.TextField(_("bring, in Bahasa Indonesia"), blank=True)
    dress = models.TextField(_("dress"), blank=True, help_text=_("One point a line."))
    local_dress = models.TextField(_("dress, in Bahasa Indonesia"), blank=True)
    origin = models.CharField(
        _("origin"),
        max_length=12,
        choices=Origin,
        default=Origin.ILLUSTRATIVE,
        help_text=_("Reported: that it took place is stated by a published source."),
    )
    version = models.PositiveIntegerField(default=1, editable=False)

    objects = AgendaItemQuerySet.as_manager()
    history = OperationHistory()

    class Meta:
        ordering = [F("starts_at").asc(nulls_last=True), "pk"]
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda")
        indexes = [models.Index(fields=["program", "starts_at"])]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="agendaitem_ends_after_start",
                violation_error_message=_("The end must come after the start."),
            ),
            models.CheckConstraint(
                condition=Q(starts_at=None, ends_at=None) | Q(starts_at__isnull=False, ends_at__isnull=False),
                name="agendaitem_placed_or_not",
                violation_error_message=_("Give both the start and the end, or neither."),
            ),
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="agendaitem_kind_known"),
            models.CheckConstraint(condition=Q(status__in=Status.values), name="agendaitem_status_known"),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("program:agenda-item", args=[self.program.slug, self.pk])

    def clean(self):
        """Refuse an item outside its program's dates, or at another program's places."""
        super().clean()
        places = [f.name for f in self._meta.fields if f.related_model in (Venue, Organization)]
        errors = other_program_errors(self, *places)
        try:
            self.check_dates()
        except ValidationError as error:
            errors["starts_at"] = error
        if errors:
            raise ValidationError(errors)

    def check_dates(self):
        """Refuse a start outside the program's dates. No query when the program is loaded."""
        if not self.program_id or not self.starts_at:
            return
        first, last = self.program.starts_on, self.program.ends_on
        if not first <= self.starts_at.astimezone(self.program.tz).date() <= last:
            raise ValidationError(
                _("The program runs from %(first)s to %(last)s: this is outside its dates."),
                code="outside",
                params={"first": date_format(first, "MONTH_DAY_FORMAT"), "last": date_format(last)},
            )

    @property
    def is_placed(self):
        return self.starts_at is not None

    @property
    def length(self):
        """How long it is, or about how long it would be: a timedelta."""
        if self.is_placed:
            return self.ends_at - self.starts_at
        return timedelta(minutes=self.minutes or USUAL_MINUTES)

    def take_off(self):
        """Let it wait without a day and time, unsaved; how long it was stays."""
        if self.is_placed:
            self.minutes = max(5, min(self.length // timedelta(minutes=1), 24 * 60))
        self.starts_at = self.ends_at = None

    def save_as(self, reason="", operation=None):
        """Save as the next version; the history names ``reason``, cut to 100 characters, and ``operation``.

        Call it on the concrete item.
        """
        self.version += 1
        self._change_reason, self._operation = Truncator(reason).chars(100), operation
        self.save()

    @property
    def group_ids(self):
        """No query when ``groups`` is prefetched."""
        return {group.pk for group in self.groups.all()}

    def set_groups(self, groups):
        """Make ``groups`` the item's groups, one by one so that each change enters the history."""
        wanted = {group.pk for group in groups}
        for row in self.itemgroup_set.exclude(group__in=wanted):
            row.delete()
        present = set(self.itemgroup_set.values_list("group_id", flat=True))
        for pk in sorted(wanted - present):
            self.itemgroup_set.create(group_id=pk)

    def add_people_of(self, original):
        """Give this copy, saved and of the same program, the people of ``original``; classes know theirs."""

    def snapshot(self, slugs):
        """What of this item is published, as plain data; see program/agenda/agenda.py for the format.

        Subclasses add their own keys. ``slugs`` turns primary keys of places into their addresses.
        Runs no query when ``groups`` and ``SNAPSHOT_PREFETCH`` are prefetched.
        """
        tz = self.program.tz
        groups = sorted(self.groups.all(), key=lambda group: group.name)
        return {
            "id": self.pk,
            "kind": self.kind,
            "title": self.title,
            "local_title": self.local_title,
            "starts_at": self.starts_at.astimezone(tz).isoformat(),
            "ends_at": self.ends_at.astimezone(tz).isoformat(),
            "venue": slugs.venue(self.venue_id),
            "organization": slugs.organization(self.organization_id),
            "groups": [group.name for group in groups],
            "group_ids": [group.pk for group in groups],
            "status": self.status,
            "attendance_counts": self.attendance_counts,
            "notes": self.notes,
            "origin": self.origin,
        } | given(
            local_notes=self.local_notes,
            bring=text_lines(self.bring),
            local_bring=text_lines(self.local_bring),
            dress=text_lines(self.dress),
            local_dress=text_lines(self.local_dress),
        )

    @classmethod
    def live(cls, pks):
        """What pages show of the items ``pks``, all of this class's KINDS, as it is now, beside the release.

        {pk: tuple of Live (program/publishing/live.py)}, without those that have none. At most one query.
        Subclasses say what is live of theirs; what is in ``snapshot()`` never is.
        """
        return {}


class ItemGroup(models.Model):
    """That a group takes part in an item; a model of its own so that it has a history."""

    PROGRAM_PATH = "item__program"

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE)
    group = models.ForeignKey(Group, on_delete=models.RESTRICT)

    objects = OfProgramQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("group of an item")
        verbose_name_plural = _("groups of items")
        constraints = [
            models.UniqueConstraint(fields=["item", "group"], name="itemgroup_once"),
        ]

    def __str__(self):
        return f"{self.item_id} {self.group_id}"
