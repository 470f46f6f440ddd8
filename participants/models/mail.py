from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from program.models import Program
from program.team.rights import OfProgramQuerySet

from .participant import Participant

# Attempts after which a mail is given up; the waits between them, which double, add up to 21 hours.
MAX_ATTEMPTS = 9


class MailQuerySet(OfProgramQuerySet):
    def waiting(self):
        """Nobody is sending them at the moment; given up or not."""
        return self.filter(status=Mail.Status.WAITING)

    def unsent(self):
        """Waiting, or on their way."""
        return self.filter(status__in=[Mail.Status.WAITING, Mail.Status.SENDING])

    def due(self, now):
        """Those to send at ``now``, not given up; also those whose sender has died on the way."""
        return self.unsent().filter(send_after__lte=now, attempts__lt=MAX_ATTEMPTS, refused=False)

    def failed(self):
        """Those that failed and are tried again."""
        return self.waiting().filter(attempts__gt=0, attempts__lt=MAX_ATTEMPTS, refused=False)

    def given_up(self):
        return self.unsent().filter(Q(attempts__gte=MAX_ATTEMPTS) | Q(refused=True))

    def sent(self):
        return self.filter(status=Mail.Status.SENT)


class Mail(models.Model):
    """One mail in the outbox: it waits until ``send_after``, is tried again when it fails, and stays as sent.

    ``kind`` says how it gets its words when it is sent (see outbox/queue.py), ``data`` is what they need.
    It goes to ``participant``, at the address they have then, or to the ``address`` of someone else, whose
    ``name`` is given; of a mail that was sent, ``address`` is where it went. A failed attempt leaves its
    ``error`` and a later ``send_after``; one that the mail server ``refused`` for good is not tried again by
    itself. While a mail is on its way, ``send_after`` is the moment from which another run may take it.
    ``subject`` and ``text`` are what was sent. ``portal`` is the portal's address as the organizer (``by``)
    had it, for the links.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        SENDING = "sending", _("On its way")
        SENT = "sent", _("Sent")
        STOPPED = "stopped", _("Stopped")
        UNNEEDED = "unneeded", _("No longer needed")

    program = models.ForeignKey(
        Program, on_delete=models.CASCADE, related_name="+", verbose_name=_("program")
    )
    kind = models.CharField(max_length=30)
    participant = models.ForeignKey(
        Participant, on_delete=models.CASCADE, null=True, blank=True, related_name="mails"
    )
    address = models.EmailField(_("e-mail"), blank=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    data = models.JSONField(default=dict, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    portal = models.URLField(_("address of the portal"))
    status = models.CharField(_("state"), max_length=10, choices=Status, default=Status.WAITING)
    created_at = models.DateTimeField(_("created at"))
    send_after = models.DateTimeField(_("send after"))
    sent_at = models.DateTimeField(_("sent at"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.CharField(_("error"), max_length=200, blank=True)
    refused = models.BooleanField(_("refused"), default=False)
    subject = models.CharField(_("subject"), max_length=300, blank=True)
    text = models.TextField(_("text"), blank=True)

    objects = MailQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "pk"]
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "participant"], condition=Q(status="waiting"), name="mail_one_waiting"
            ),
            models.UniqueConstraint(
                fields=["kind", "program", "address"],
                condition=Q(status="waiting", participant=None),
                name="mail_one_waiting_at_address",
            ),
        ]

    def __str__(self):
        return self.to_whom or self.to

    @property
    def is_unsent(self):
        return self.status in (self.Status.WAITING, self.Status.SENDING)

    @property
    def is_given_up(self):
        return self.is_unsent and (self.refused or self.attempts >= MAX_ATTEMPTS)

    @property
    def to(self):
        """The address it goes to, or went to."""
        return self.address or (self.participant.email if self.participant else "")

    @property
    def to_whom(self):
        """The name of whom it goes to."""
        return self.participant.name if self.participant else self.name
