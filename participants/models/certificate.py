from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from program.models import Program
from program.team.rights import OfProgramQuerySet

from .attendance import new_code
from .participant import Participant


class Signatory(models.Model):
    """Who signs the certificates of a program; ``signature`` is the key of an uploaded picture."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="signatories")
    name = models.CharField(_("name"), max_length=120)
    position = models.CharField(_("position"), max_length=160)
    nip = models.CharField(_("NIP"), max_length=30, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    signature = models.CharField(max_length=40, blank=True, editable=False)

    objects = OfProgramQuerySet.as_manager()

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("signatory")
        verbose_name_plural = _("signatories")

    def __str__(self):
        return self.name


class CertificateQuerySet(OfProgramQuerySet):
    def valid(self):
        """Neither revoked nor emptied because its holder was erased."""
        return self.filter(revoked_at=None).exclude(pdf=b"")


class Certificate(models.Model):
    """A certificate as it was issued: its data and its PDF are frozen.

    ``data`` is described in participants/certificates/document.py. ``reason`` says why an organizer issued it
    although the threshold was not reached. A reissue keeps number and code, counts ``reissues`` up and
    freezes the new data. When its holder is erased the PDF is empty, and the data says nothing about a
    person.
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
        "classroom.Speaker", on_delete=models.SET_NULL, null=True, blank=True, related_name="certificates"
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

    objects = CertificateQuerySet.as_manager()

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

    @property
    def holder_name(self):
        """The name as issued; "" of a holder who was erased."""
        return self.data.get("name", "")

    @property
    def erased(self):
        """Whether its holder's data was deleted."""
        return not self.holder_name
