from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from program.models import Program
from sessions.models import Speaker

from .attendance import new_code
from .participant import Participant


class PaperSettings(models.Model):
    """What a program's printed papers say: letterhead, signers, and how certificates are numbered.

    ``number_pattern`` knows {number} (counted per program), {month} (Roman) and {year} of issue.
    """

    program = models.OneToOneField(Program, on_delete=models.CASCADE, related_name="paper_settings")
    letterhead = models.TextField(
        _("letterhead"), blank=True, help_text=_("Names of the organizers, one a line.")
    )
    address = models.CharField(_("address"), max_length=200, blank=True)
    logo = models.CharField(max_length=40, blank=True, editable=False)
    officer_name = models.CharField(_("officer in charge"), max_length=120, blank=True)
    officer_nip = models.CharField(_("officer's NIP"), max_length=30, blank=True)
    acknowledged_name = models.CharField(_("acknowledged by"), max_length=120, blank=True)
    acknowledged_nip = models.CharField(_("their NIP"), max_length=30, blank=True)
    threshold = models.PositiveSmallIntegerField(
        _("certificate threshold, percent"),
        default=80,
        validators=[MaxValueValidator(100)],
        help_text=_("Of the items that count, how many a participant must have attended."),
    )
    number_pattern = models.CharField(
        _("certificate number"),
        max_length=80,
        default="{number:03d}/SERT/{month}/{year}",
        help_text=_("{number}, {month} (Roman) and {year} are filled in: 007/SERT/VII/2018."),
    )

    class Meta:
        verbose_name = _("papers")
        verbose_name_plural = _("papers")

    def __str__(self):
        return str(self.program)


class Signatory(models.Model):
    """Who signs the certificates of a program; ``signature`` is the key of an uploaded picture."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="signatories")
    name = models.CharField(_("name"), max_length=120)
    position = models.CharField(_("position"), max_length=160)
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    signature = models.CharField(max_length=40, blank=True, editable=False)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("signatory")
        verbose_name_plural = _("signatories")

    def __str__(self):
        return self.name


class Certificate(models.Model):
    """A certificate as it was issued: its data and its PDF are frozen.

    ``reason`` says why an organizer issued it although the threshold was not reached. A reissue keeps
    number and code, counts ``reissues`` up and freezes anew.
    """

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="certificates")
    participant = models.ForeignKey(
        Participant,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="certificates",
    )
    speaker = models.ForeignKey(
        Speaker, on_delete=models.SET_NULL, null=True, blank=True, related_name="certificates"
    )
    sequence = models.PositiveIntegerField()
    number = models.CharField(_("number"), max_length=100)
    code = models.CharField(max_length=22, unique=True, default=new_code, editable=False)
    data = models.JSONField()
    pdf = models.BinaryField()
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    issued_at = models.DateTimeField(_("issued at"))
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    reissues = models.PositiveSmallIntegerField(default=0)
    reissued_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True)
    revoked_reason = models.CharField(_("why revoked"), max_length=300, blank=True)

    class Meta:
        ordering = ["program", "sequence"]
        verbose_name = _("certificate")
        verbose_name_plural = _("certificates")
        constraints = [
            models.UniqueConstraint(fields=["program", "sequence"], name="certificate_number_once"),
            models.UniqueConstraint(
                fields=["program", "participant"],
                condition=Q(participant__isnull=False),
                name="certificate_once_per_participant",
            ),
            models.UniqueConstraint(
                fields=["program", "speaker"],
                condition=Q(speaker__isnull=False),
                name="certificate_once_per_speaker",
            ),
        ]

    def __str__(self):
        return self.number
