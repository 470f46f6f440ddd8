from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from program.models import AgendaItem

from ..scans import validate_scan
from .participant import Participant


class PaperMark(models.Model):
    """That a participant's signature stands (or does not) on the signed list of an item, as staff entered it.

    Kept beside Attendance, so that what was tapped and what was signed can be held against each other.
    """

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="paper_marks")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="paper_marks")
    signed = models.BooleanField(_("signed"))
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    entered_at = models.DateTimeField(_("entered at"))

    class Meta:
        verbose_name = _("entry of a signed list")
        verbose_name_plural = _("entries of signed lists")
        constraints = [
            models.UniqueConstraint(fields=["participant", "item"], name="papermark_once"),
        ]

    def __str__(self):
        return f"{self.participant_id} {self.item_id} {self.signed}"


class PaperScan(models.Model):
    """The scanned or photographed signed list of an item. For staff only."""

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="paper_scans")
    file = models.FileField(_("file"), upload_to="scans/", validators=[validate_scan])
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    added_at = models.DateTimeField(_("added at"))

    class Meta:
        ordering = ["-added_at"]
        verbose_name = _("scanned list")
        verbose_name_plural = _("scanned lists")

    def __str__(self):
        return str(self.item_id)
