from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from program.team.rights import OfProgramQuerySet

from .participant import Participant

# Attempts after which a mail is given up; the waits between them, which double, add up to 21 hours.
MAX_ATTEMPTS = 9


class NoticeQuerySet(OfProgramQuerySet):
    def waiting(self):
        """Not sent yet, given up or not."""
        return self.filter(sent_at=None)

    def due(self, now):
        """Those whose ten minutes have passed, or whose next attempt is due; not given up."""
        return self.waiting().filter(send_after__lte=now, attempts__lt=MAX_ATTEMPTS)

    def failed(self):
        """Those that failed and are tried again."""
        return self.waiting().filter(attempts__gt=0, attempts__lt=MAX_ATTEMPTS)

    def given_up(self):
        return self.waiting().filter(attempts__gte=MAX_ATTEMPTS)


class Notice(models.Model):
    """One mail to one participant about what changed for them from one release to a later one.

    Releases that follow within ten minutes widen the same waiting notice (``to_release``). A failed
    attempt keeps the notice with its ``error`` and a later ``send_after``. ``text`` is what was sent.
    ``portal`` is the portal's address as the organizer had it, for the links.
    """

    PROGRAM_PATH = "participant__program"

    participant = models.ForeignKey(Participant, on_delete=models.CASCADE, related_name="notices")
    from_release = models.PositiveIntegerField(_("from release"))
    to_release = models.PositiveIntegerField(_("to release"))
    created_at = models.DateTimeField(_("created at"))
    send_after = models.DateTimeField(_("send after"))
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.CharField(_("error"), max_length=200, blank=True)
    text = models.TextField(_("text"), blank=True)
    portal = models.URLField(_("address of the portal"))

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "pk"]
        verbose_name = _("mail about changes")
        verbose_name_plural = _("mails about changes")
        constraints = [
            models.UniqueConstraint(
                fields=["participant"], condition=Q(sent_at=None), name="notice_one_waiting"
            ),
        ]

    def __str__(self):
        return f"{self.participant_id}: {self.from_release}-{self.to_release}"

    @property
    def is_given_up(self):
        return self.sent_at is None and self.attempts >= MAX_ATTEMPTS
