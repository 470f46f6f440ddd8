import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from program.models import AgendaItem
from program.team.rights import OfProgramQuerySet

from .participant import Participant


class Attendance(models.Model):
    """That a participant was (or was not) at an agenda item: one record, the latest mark.

    Who made it, how and when is in the record, and every earlier mark is in its history.
    An item with attendance can be cancelled, never deleted.
    """

    PROGRAM_PATH = "item__program"

    class State(models.TextChoices):
        PRESENT = "present", _("Present")
        LATE = "late", _("Late")
        EXCUSED = "excused", _("Excused")
        SICK = "sick", _("Sick")
        ABSENT = "absent", _("Absent")

    # Who was there, as the certificate counts it.
    THERE = (State.PRESENT, State.LATE)

    class How(models.TextChoices):
        TAP = "tap", _("tapped on the list")
        EVERYBODY = "everybody", _("everybody at once")
        BADGE = "badge", _("badge")
        SIGNED_LIST = "signed_list", _("signed list")

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="attendance")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="attendance")
    state = models.CharField(_("state"), max_length=8, choices=State)
    how = models.CharField(_("how"), max_length=12, choices=How)
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    marked_at = models.DateTimeField(_("marked at"))

    objects = OfProgramQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        constraints = [
            models.UniqueConstraint(fields=["participant", "item"], name="attendance_once"),
            models.CheckConstraint(
                condition=models.Q(state__in=["present", "late", "excused", "sick", "absent"]),
                name="attendance_state_known",
            ),
        ]
        permissions = [("mark_attendance", _("Can mark attendance and print lists"))]

    def __str__(self):
        return f"{self.participant_id} {self.item_id} {self.state}"


def new_code():
    """A code nobody can guess: 128 bits, safe in an address."""
    return secrets.token_urlsafe(16)


class Badge(models.Model):
    """What the QR code of a badge leads to. It says nothing by itself, and works for staff only."""

    PROGRAM_PATH = "participant__program"

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="badges")
    code = models.CharField(max_length=22, unique=True, default=new_code, editable=False)
    issued_at = models.DateTimeField(_("issued at"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)

    objects = OfProgramQuerySet.as_manager()

    class Meta:
        ordering = ["-issued_at"]
        verbose_name = _("badge")
        verbose_name_plural = _("badges")
        constraints = [
            models.UniqueConstraint(
                fields=["participant"],
                condition=models.Q(revoked_at=None),
                name="badge_one_valid",
            ),
        ]

    def __str__(self):
        return str(self.participant_id)
