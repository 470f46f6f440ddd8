from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from participants.attendance.scans import validate_scan
from participants.certificates.numbering import validate_pattern
from program.models import AgendaItem, Program
from program.team.rights import OfProgramQuerySet

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
    # Keys of their files, see participants/papers/logos.py: left and right of the letterhead.
    logo = models.CharField(max_length=40, blank=True, editable=False)
    second_logo = models.CharField(max_length=40, blank=True, editable=False)
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

    objects = OfProgramQuerySet.as_manager()

    class Meta:
        verbose_name = _("papers")
        verbose_name_plural = _("papers")

    def __str__(self):
        return str(self.program)

    def clean(self):
        super().clean()
        try:
            validate_pattern(self.number_pattern)
        except ValidationError as error:
            raise ValidationError({"number_pattern": error}) from None


class PaperMark(models.Model):
    """That a participant's signature is (or is not) on the signed list of an item, as staff entered it.

    Kept beside Attendance, so that marks and signatures can be compared.
    """

    PROGRAM_PATH = "item__program"

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="paper_marks")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="paper_marks")
    signed = models.BooleanField(_("signed"))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    entered_at = models.DateTimeField(_("entered at"))

    objects = OfProgramQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry of a signed list")
        verbose_name_plural = _("entries of signed lists")
        constraints = [
            models.UniqueConstraint(fields=["participant", "item"], name="papermark_once"),
        ]

    def __str__(self):
        return f"{self.participant_id} {self.item_id} {self.signed}"


class PaperScanQuerySet(OfProgramQuerySet):
    def discard(self):
        """Delete these scans, and their files once that is certain; return how many."""
        files = [scan.file.name for scan in self]
        self.delete()
        transaction.on_commit(lambda: [default_storage.delete(name) for name in files])
        return len(files)


class PaperScan(models.Model):
    """The scanned or photographed signed list of an item. For staff only; RetentionPolicy says how long."""

    PROGRAM_PATH = "item__program"

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="paper_scans")
    file = models.FileField(_("file"), upload_to="scans/", validators=[validate_scan])
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    added_at = models.DateTimeField(_("added at"))

    objects = PaperScanQuerySet.as_manager()

    class Meta:
        ordering = ["-added_at"]
        verbose_name = _("scanned list")
        verbose_name_plural = _("scanned lists")

    def __str__(self):
        return str(self.item_id)
