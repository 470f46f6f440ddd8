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
