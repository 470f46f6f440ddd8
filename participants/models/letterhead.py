from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from participants.certificates.numbering import validate_pattern
from program.models import Program
from program.team.rights import OfProgramQuerySet


class LetterheadSettings(models.Model):
    """What a program's documents say: letterhead, signers, and how certificates are numbered.

    ``number_pattern`` knows {number} (counted per program), {month} (Roman) and {year} of issue.
    """

    program = models.OneToOneField(Program, on_delete=models.CASCADE, related_name="letterhead_settings")
    letterhead = models.TextField(
        _("letterhead"), blank=True, help_text=_("Names of the organizers, one a line.")
    )
    address = models.CharField(_("address"), max_length=200, blank=True)
    # Keys of their files, see participants/papers/logos.py: left and right of the letterhead.
    logo = models.CharField(max_length=40, blank=True, editable=False)
    second_logo = models.CharField(max_length=40, blank=True, editable=False)
    officer_name = models.CharField(_("officer in charge"), max_length=120, blank=True)
    officer_position = models.CharField(_("officer's position"), max_length=160, blank=True)
    officer_nip = models.CharField(_("officer's NIP"), max_length=30, blank=True)
    acknowledged_name = models.CharField(_("acknowledged by"), max_length=120, blank=True)
    acknowledged_position = models.CharField(_("their position"), max_length=160, blank=True)
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

    certificate_place = models.CharField(
        _("place of issue"),
        max_length=60,
        blank=True,
        help_text=_("Printed with the date above the signatures: Jakarta. Empty: the city of the last item."),
    )
    # The highest number that anybody of the program ever had on a list, see participants/people/numbers.py.
    last_list_number = models.PositiveIntegerField(default=0, editable=False)

    objects = OfProgramQuerySet.as_manager()

    class Meta:
        verbose_name = _("letterhead settings")
        verbose_name_plural = _("letterhead settings")

    def __str__(self):
        return str(self.program)

    @classmethod
    def of(cls, program):
        """The settings of ``program``; those that a program begins with, unsaved, while it has none."""
        return cls.objects.filter(program=program).first() or cls(program=program)

    def clean(self):
        super().clean()
        try:
            validate_pattern(self.number_pattern)
        except ValidationError as error:
            raise ValidationError({"number_pattern": error}) from None


class PrintChoices(models.Model):
    """How a member of the team printed lists last: what participants/papers/forms.py starts with for them.

    ``choices`` is {field: [value]} as the form sent it.
    """

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="print_choices")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    choices = models.JSONField(default=dict)

    objects = OfProgramQuerySet.as_manager()

    class Meta:
        verbose_name = _("print choices")
        verbose_name_plural = _("print choices")
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["program", "user"], name="print_choices_once")]

    def __str__(self):
        return f"{self.program_id} {self.user_id}"
