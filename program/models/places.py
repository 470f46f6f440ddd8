from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from program.agenda.conflicts.closed import WEEKDAYS, Closed
from program.agenda.facts import given, text_lines
from program.agenda.kinds import Origin, Role
from program.team.rights import OfProgramQuerySet

from .program import Program, other_program_errors


class Organization(models.Model):
    """Who organizes, teaches or receives: a ministry, an institute, an enterprise, a museum."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="organizations")
    slug = models.SlugField(_("address"), help_text=_("The last word of its page's address."))
    name = models.CharField(_("name"), max_length=200)
    local_name = models.CharField(_("name in Bahasa Indonesia"), max_length=200, blank=True)
    role = models.CharField(_("role"), max_length=20, choices=Role)
    parent = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="parts",
        verbose_name=_("part of"),
    )
    description = models.TextField(_("description"), blank=True)
    local_description = models.TextField(_("description in Bahasa Indonesia"), blank=True)
    website = models.URLField(_("website"), blank=True)
    closed_weekdays = models.CharField(
        _("closed on weekdays"),
        max_length=27,
        blank=True,
        help_text=_("Items on such a day are told among the conflicts. Nobody else reads it."),
    )
    closed_dates = models.TextField(
        _("closed on these days"), blank=True, help_text=_("One date a line, such as 2026-12-25.")
    )
    origin = models.CharField(_("origin"), max_length=12, choices=Origin, default=Origin.ILLUSTRATIVE)

    objects = OfProgramQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")
        constraints = [
            models.UniqueConstraint(
                fields=["program", "slug"],
                name="organization_slug_once_in_program",
                violation_error_message=_("This program has an organization at that address already."),
            ),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        super().clean()
        errors = other_program_errors(self, "parent")
        try:
            self.closed  # noqa: B018  reads what was typed
        except ValueError:
            errors["closed_dates"] = ValidationError(
                _("Write one date a line, such as 2026-12-25."), code="closed_dates"
            )
        if self.parent_id and self.parent_id == self.pk:
            errors["parent"] = ValidationError(
                _("An organization cannot be part of itself."), code="own_parent"
            )
        if errors:
            raise ValidationError(errors)

    @property
    def closed(self):
        """When it is closed, as Closed. ValueError when ``closed_dates`` holds a line that is no date."""
        return Closed(
            (WEEKDAYS.index(day) for day in self.closed_weekdays.split()),
            (date.fromisoformat(line) for line in text_lines(self.closed_dates)),
        )

    def snapshot(self, slugs):
        return {
            "slug": self.slug,
            "name": self.name,
            "local_name": self.local_name,
            "role": self.role,
            "parent": slugs.organization(self.parent_id),
            "description": self.description,
            "local_description": self.local_description,
            "website": self.website,
            "origin": self.origin,
        }


class Venue(models.Model):
    """A place where items happen. Coordinates are WGS 84 degrees; both are given or neither."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="venues")
    slug = models.SlugField(_("address word"))
    name = models.CharField(_("name"), max_length=200)
    local_name = models.CharField(_("name in Bahasa Indonesia"), max_length=200, blank=True)
    city = models.CharField(_("city"), max_length=80)
    address = models.CharField(_("address"), max_length=200, blank=True)
    latitude = models.FloatField(
        _("latitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )
    longitude = models.FloatField(
        _("longitude"),
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )
    approximate = models.BooleanField(
        _("approximate"), default=True, help_text=_("The position is near, not exact.")
    )
    capacity = models.PositiveSmallIntegerField(
        _("capacity"), null=True, blank=True, help_text=_("How many people it holds.")
    )
    origin = models.CharField(_("origin"), max_length=12, choices=Origin, default=Origin.ILLUSTRATIVE)

    objects = OfProgramQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["name"]
        verbose_name = _("venue")
        verbose_name_plural = _("venues")
        constraints = [
            models.UniqueConstraint(
                fields=["program", "slug"],
                name="venue_slug_once_in_program",
                violation_error_message=_("This program already has a venue with that word."),
            ),
            models.CheckConstraint(
                # A comparison with nothing is neither true nor false, and would let half a position pass.
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(latitude__isnull=False, longitude__isnull=False)
                & models.Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="venue_coordinates_whole",
                violation_error_message=_("Give latitude and longitude, or neither."),
            ),
        ]

    def __str__(self):
        return self.name

    def snapshot(self):
        return {
            "slug": self.slug,
            "name": self.name,
            "city": self.city,
            "address": self.address,
            "latitude": self.latitude,
            "longitude": self.longitude,
            "approximate": self.approximate,
            "capacity": self.capacity,
            "origin": self.origin,
        } | given(local_name=self.local_name)
