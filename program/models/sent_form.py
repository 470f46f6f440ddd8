from django.db import models

from program.team.rights import OfProgramQuerySet

from .program import Program


class SentForm(models.Model):
    """That a form which adds something was sent: its ``token`` was in the page, ``made`` is what it added.

    ``digest`` is of what was typed. Kept for some days, so that sending it again adds nothing again.
    """

    token = models.CharField(max_length=32, unique=True)
    digest = models.CharField(max_length=64)
    sent_at = models.DateTimeField(db_index=True)
    program = models.ForeignKey(Program, on_delete=models.CASCADE, null=True, related_name="+")
    made = models.CharField(max_length=20, blank=True)

    objects = OfProgramQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self):
        return self.token
