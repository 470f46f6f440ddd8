"""Operations: steps of an organizer that changed several items or people, and the history that names them."""

import secrets

from django.conf import settings
from django.db import models
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords
from simple_history.signals import pre_create_historical_record

from program.agenda.operation_words import sentence
from program.team.rights import OfProgramQuerySet


def new_token():
    return secrets.token_hex(5)


class OperationQuerySet(OfProgramQuerySet):
    def visible_to(self, user):
        """Those of the programs in which the user may change the agenda: who may do it may look at it."""
        return self.where_allowed(user, "program.change_agendaitem")

    def with_people(self):
        """With all that a list of operations tells: who did each, and who undid it."""
        return self.select_related("program", "user", "undoing__user")


class Operation(models.Model):
    """One step of an organizer that changed several items or people of ``program``.

    ``summary`` holds what ``sentence`` needs to say in any language what was done; no names of people.
    ``user`` is None for the portal itself. ``token`` was in the form: sent twice, it is done once.
    ``undoes`` is the operation that this one undid.
    """

    class Kind(models.TextChoices):
        DELAY = "delay", _("Delay")
        MOVE_DAY = "move-day", _("Move of a day")
        STATUS = "status", _("Status of several items")
        PLACE = "place", _("Place in the agenda")
        SWAP_DAYS = "swap-days", _("Swap of two days")
        POSTPONE = "postpone", _("Move of the whole program")
        AGENDA = "agenda", _("Agenda from a spreadsheet")
        ROWS = "rows", _("Rows of the table")
        COPY_ITEM = "copy-item", _("Copy of an item")
        COPY_PROGRAM = "copy-program", _("Copy of a program")
        GROUPS = "groups", _("Groups of participants")
        PEOPLE = "people", _("Status of participants")
        IMPORT = "import", _("Import of participants")
        UNDO = "undo", _("Undo")

    program = models.ForeignKey("program.Program", on_delete=models.CASCADE, related_name="operations")
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    summary = models.JSONField(default=dict)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("who"),
    )
    happened_at = models.DateTimeField(_("when"))
    token = models.CharField(max_length=10, unique=True, default=new_token)
    undoes = models.OneToOneField(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="undoing"
    )

    objects = OperationQuerySet.as_manager()

    class Meta:
        ordering = ["-happened_at", "-pk"]
        indexes = [models.Index(fields=["program", "-happened_at"])]
        verbose_name = _("operation")
        verbose_name_plural = _("operations")
        default_permissions = ()  # who may change items or people may undo what was done to them

    def __str__(self):
        return self.sentence

    @property
    def sentence(self):
        """What was done, in the page's language."""
        return sentence(self.kind, self.summary)

    @property
    def undone(self):
        """The Operation that undid this one, or None."""
        return getattr(self, "undoing", None)


class InOperation(models.Model):
    """What rows of a history have on top: the operation that they belong to."""

    operation = models.ForeignKey(
        Operation, on_delete=models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    class Meta:
        abstract = True


class OperationHistory(HistoricalRecords):
    """A history whose rows name the operation in the saved object's ``_operation``."""

    def __init__(self, **kwargs):
        super().__init__(bases=[InOperation], **kwargs)


@receiver(pre_create_historical_record)
def _name_operation(instance, history_instance, **kwargs):
    if isinstance(history_instance, InOperation):
        history_instance.operation = getattr(instance, "_operation", None)
