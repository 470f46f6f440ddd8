from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from program import clock
from program.models import Program
from program.team.rights import OfProgramQuerySet, programs_with, sees_all

from .participant import Participant

MOST_DAYS = 3650  # ten years


class TravelRecordQuerySet(OfProgramQuerySet):
    def visible_to(self, user):
        """Those of the programs in which the user may read them, and the user's own."""
        if sees_all(user):
            return self
        if not user.is_authenticated:
            return self.none()
        reads = Q(participant__program__in=programs_with(user, "participants.view_travelrecord"))
        return self.filter(reads | Q(participant__user_id=user.pk))


class TravelRecord(models.Model):
    """What only those who need it may see of a participant: passport, flights, emergency contact, health.

    No history is kept of it. Every reading by someone else is recorded as a TravelReading;
    RetentionPolicy says when each part is deleted. Moments are aware and shown in the program's zone.
    """

    PROGRAM_PATH = "participant__program"
    # What organizers say of how people are fetched; their owner reads it on My schedule.
    PICKUPS = ("arrival_pickup", "pickup_at", "departure_pickup")
    # The parts that are deleted together: RetentionPolicy has a number of days for each.
    PARTS = {
        "passport": ("passport_number", "passport_expires_on"),
        "flights": (
            *("arrival_flight", "arrives_at", "arrival_pickup"),
            *("departure_flight", "departs_at", "pickup_at", "departure_pickup"),
        ),
        "emergency": ("emergency_name", "emergency_relation", "emergency_phone"),
        "medical": ("medical_notes",),
    }

    participant = models.OneToOneField(Participant, on_delete=models.CASCADE, related_name="travel_record")
    passport_number = models.CharField(_("passport number"), max_length=20, blank=True)
    passport_expires_on = models.DateField(_("passport expires on"), null=True, blank=True)
    arrival_flight = models.CharField(_("arrival flight"), max_length=20, blank=True)
    arrives_at = models.DateTimeField(_("arrives at"), null=True, blank=True)
    arrival_pickup = models.CharField(
        _("met on arrival by"),
        max_length=120,
        blank=True,
        help_text=_("For example: a driver with a sign of the program, gate 3."),
    )
    departure_flight = models.CharField(_("departure flight"), max_length=20, blank=True)
    departs_at = models.DateTimeField(_("departs at"), null=True, blank=True)
    pickup_at = models.DateTimeField(_("picked up at, to leave"), null=True, blank=True)
    departure_pickup = models.CharField(
        _("picked up where and by what"),
        max_length=120,
        blank=True,
        help_text=_("For example: minibus, lobby."),
    )
    emergency_name = models.CharField(_("emergency contact"), max_length=120, blank=True)
    emergency_relation = models.CharField(_("relation"), max_length=60, blank=True)
    emergency_phone = models.CharField(_("emergency telephone"), max_length=40, blank=True)
    medical_notes = models.TextField(_("medical notes"), max_length=600, blank=True)

    objects = TravelRecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("travel record")
        verbose_name_plural = _("travel records")

    def __str__(self):
        return str(self.participant_id)


class TravelReadingQuerySet(OfProgramQuerySet):
    def note(self, records, reader, where):
        """Record, before they are shown, that ``reader`` (a user) sees these travel records.

        ``where`` is a TravelReading.Where. One's own record is not a reading by someone else. One query,
        when the records came with their participants.
        """
        now = clock.now()
        name = reader.get_full_name() or reader.email or reader.get_username()
        self.bulk_create(
            TravelReading(record=record, reader=reader, reader_name=name[:150], where=where, read_at=now)
            for record in records
            if record.participant.user_id != reader.pk
        )


class TravelReading(models.Model):
    """That someone read a participant's travel record: shown to the participant."""

    PROGRAM_PATH = "record__participant__program"

    class Where(models.TextChoices):
        RECORD = "record", _("the record")
        EXPORT = "export", _("an export")
        LIST = "list", _("a list of arrivals and departures")

    record = models.ForeignKey(TravelRecord, on_delete=models.CASCADE, related_name="readings")
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    reader_name = models.CharField(max_length=150)
    where = models.CharField(max_length=10, choices=Where)
    read_at = models.DateTimeField()

    objects = TravelReadingQuerySet.as_manager()

    class Meta:
        ordering = ["-read_at"]
        verbose_name = _("reading of a travel record")
        verbose_name_plural = _("readings of travel records")

    def __str__(self):
        return f"{self.reader_name} {self.read_at:%Y-%m-%d %H:%M}"


def _days(name, default):
    # More than this is a typing mistake, and dates have an upper limit.
    return models.PositiveSmallIntegerField(name, default=default, validators=[MaxValueValidator(MOST_DAYS)])


class RetentionPolicy(models.Model):
    """For how many days after a program's last day travel records, scanned lists and mails are kept."""

    program = models.OneToOneField(Program, on_delete=models.CASCADE, related_name="retention_policy")
    passport_days = _days(_("passport, days"), 14)
    flights_days = _days(_("flights, days"), 30)
    emergency_days = _days(_("emergency contact, days"), 30)
    medical_days = _days(_("medical notes, days"), 30)
    scans_days = _days(_("scanned lists, days"), 365)
    mails_days = _days(_("mails, days"), 30)

    objects = OfProgramQuerySet.as_manager()

    class Meta:
        verbose_name = _("retention policy")
        verbose_name_plural = _("retention policies")

    def __str__(self):
        return str(self.program)

    def clean(self):
        super().clean()
        days = [getattr(self, f"{part}_days") for part in TravelRecord.PARTS]
        if None not in days and self.passport_days > min(days):
            message = _("The passport goes first: no other part may be deleted before it.")
            raise ValidationError({"passport_days": message})
