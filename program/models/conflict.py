from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from program.team.rights import OfProgramQuerySet

from .program import Program


class AcceptedConflict(models.Model):
    """That organizers know a conflict of the draft and leave it so, and why.

    ``key`` is the Finding's (program/agenda/conflicts/findings.py). The row stays when the conflict is gone:
    if that comes back as it was, it is still known. ``accepted_by`` is None when the account is gone.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="accepted_conflicts")
    code = models.CharField(max_length=40)
    key = models.CharField(max_length=32)
    reason = models.CharField(_("reason"), max_length=300)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("who"),
    )
    accepted_at = models.DateTimeField(_("when"))

    objects = OfProgramQuerySet.as_manager()

    class Meta:
        verbose_name = _("known conflict")
        verbose_name_plural = _("known conflicts")
        constraints = [
            models.UniqueConstraint(fields=["program", "key"], name="acceptedconflict_once"),
        ]

    def __str__(self):
        return f"{self.program_id} {self.code}"
