from decimal import Decimal
from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from program.agenda.facts import text_lines
from program.agenda.kinds import Kind
from program.models import AgendaItem, Organization, Program
from program.models.operation import OperationHistory
from program.models.program import other_program_errors
from program.publishing.live import Live
from program.team.rights import OfProgramQuerySet, programs_with, sees_all

from .files import validate_material

# One jam pelajaran (lesson hour, JP) of Indonesian government training is 45 minutes.
LESSON_MINUTES = 45


class Speaker(models.Model):
    """A resource person of a program; may teach several of its sessions."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="speakers")
    name = models.CharField(_("name"), max_length=120)
    position = models.CharField(_("position"), max_length=120, blank=True)
    organization = models.ForeignKey(
        Organization,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="speakers",
        verbose_name=_("organization"),
    )

    objects = OfProgramQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")

    def __str__(self):
        return self.name

    def clean(self):
        super().clean()
        if errors := other_program_errors(self, "organization"):
            raise ValidationError(errors)


class ClassroomSession(AgendaItem):
    """A session in a classroom: who teaches it, in which room, to what end."""

    KINDS = (Kind.SESSION,)
    PEOPLE_ROWS = ("speakers",)
    SNAPSHOT_PREFETCH = ("sessionspeaker_set__speaker",)
    HISTORY_ROWS = (*AgendaItem.HISTORY_ROWS, "sessionspeaker")

    room = models.CharField(_("room"), max_length=80, blank=True)
    objectives = models.TextField(
        _("objectives"), blank=True, help_text=_("What it covers, one point a line.")
    )
    lesson_hours = models.DecimalField(
        _("lesson hours (JP)"),
        max_digits=4,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.5"))],
        help_text=_("One JP is 45 minutes."),
    )
    speakers = models.ManyToManyField(
        Speaker,
        through="SessionSpeaker",
        blank=True,
        related_name="sessions",
        verbose_name=_("speakers"),
    )

    history = OperationHistory()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")

    def add_people_of(self, original):
        for row in original.sessionspeaker_set.all():
            self.sessionspeaker_set.create(speaker_id=row.speaker_id)

    def snapshot(self, slugs):
        hours = self.lesson_hours
        return super().snapshot(slugs) | {
            "room": self.room,
            "objectives": text_lines(self.objectives),
            "lesson_hours": None if hours is None else float(hours),
            "speakers": [
                {
                    "id": row.speaker_id,
                    "name": row.speaker.name,
                    "position": row.speaker.position,
                    "organization": slugs.organization(row.speaker.organization_id),
                }
                for row in self.sessionspeaker_set.all()
            ],
        }

    @classmethod
    def live(cls, pks):
        """Its materials, in the order of entry."""
        found = {}
        rows = Material.objects.filter(session__in=pks)
        for session, *facts in rows.values_list("session", "session__program__slug", "pk", "title", "file"):
            found.setdefault(session, []).append(_live_material(*facts))
        return {session: tuple(materials) for session, materials in found.items()}


def _live_material(slug, pk, title, file):
    address = reverse("classroom:material", args=[slug, pk])
    return Live(title, address, form=PurePath(file or "").suffix.lstrip(".").upper())


class SessionSpeaker(models.Model):
    """That a speaker teaches a session; the order is that of entry."""

    PROGRAM_PATH = "session__program"

    session = models.ForeignKey(ClassroomSession, on_delete=models.CASCADE)
    speaker = models.ForeignKey(Speaker, on_delete=models.RESTRICT, verbose_name=_("speaker"))

    objects = OfProgramQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("speaker")
        verbose_name_plural = _("speakers")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "speaker"],
                name="sessionspeaker_once",
                violation_error_message=_("This speaker is named twice."),
            ),
        ]

    def __str__(self):
        return gettext("%(speaker)s in “%(session)s”") % {"speaker": self.speaker, "session": self.session}

    def clean(self):
        super().clean()
        if self.session_id and self.speaker_id and self.speaker.program_id != self.session.program_id:
            raise ValidationError({"speaker": _("This belongs to another program.")})


class MaterialQuerySet(OfProgramQuerySet):
    def visible_to(self, user):
        """Those of the programs that the user works on, or takes part in and did not withdraw from."""
        if sees_all(user):
            return self
        works = Q(session__program__in=programs_with(user, "classroom.view_material"))
        mine = user.participations.active().values("program")
        return self.filter(works | Q(session__program__in=mine))


class Material(models.Model):
    """Slides or a reading of a session: a file, or a link. Live: not part of a release.

    Files are handed out to the people of the program only, always as a download.
    """

    PROGRAM_PATH = "session__program"

    session = models.ForeignKey(ClassroomSession, on_delete=models.CASCADE, related_name="materials")
    title = models.CharField(_("title"), max_length=120)
    file = models.FileField(_("file"), upload_to="materials/", blank=True, validators=[validate_material])
    link = models.URLField(_("link"), blank=True)

    objects = MaterialQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("material")
        verbose_name_plural = _("materials")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(file="", link__gt="") | models.Q(file__gt="", link=""),
                name="material_file_or_link",
                violation_error_message=_("Give a file or a link, one of the two."),
            ),
        ]

    def __str__(self):
        return self.title
