from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from participants.attendance.scans import validate_scan
from program.models import AgendaItem
from program.team.rights import OfProgramQuerySet

from .participant import Participant


class SignedListEntry(models.Model):
    """That a participant's signature is (or is not) on the signed list of an item, as staff entered it.

    Kept beside Attendance, so that marks and signatures can be compared.
    """

    PROGRAM_PATH = "item__program"

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="signed_list_entries")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="signed_list_entries")
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
            models.UniqueConstraint(fields=["participant", "item"], name="signed_list_entry_once"),
        ]

    def __str__(self):
        return f"{self.participant_id} {self.item_id} {self.signed}"


class ScannedListQuerySet(OfProgramQuerySet):
    def discard(self):
        """Delete these scans, and their files once that is certain; return how many."""
        files = [scan.file.name for scan in self]
        self.delete()
        transaction.on_commit(lambda: [default_storage.delete(name) for name in files])
        return len(files)


class ScannedList(models.Model):
    """The scanned or photographed signed list of an item. For staff only; RetentionPolicy says how long."""

    PROGRAM_PATH = "item__program"

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="scanned_lists")
    file = models.FileField(_("file"), upload_to="scans/", validators=[validate_scan])
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    added_at = models.DateTimeField(_("added at"))

    objects = ScannedListQuerySet.as_manager()

    class Meta:
        ordering = ["-added_at"]
        verbose_name = _("scanned list")
        verbose_name_plural = _("scanned lists")

    def __str__(self):
        return str(self.item_id)
