import zoneinfo
from datetime import UTC, timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from program.agenda.zones import Zone
from program.countries import country_choices
from program.team.rights import OfProgramQuerySet

from .operation import OperationHistory

# First words of addresses that are not programs (see program/urls.py).
RESERVED_SLUGS = frozenset(
    (
        *("about", "account", "admin", "appearance", "b", "en", "healthz", "i18n", "id"),
        *("media", "preview", "programs", "s", "static", "verify"),
    )
)


def validate_timezone(name):
    if name not in zoneinfo.available_timezones():
        raise ValidationError(_("Write a time zone such as Asia/Jakarta."), code="timezone")


def validate_slug_is_free(slug):
    if slug in RESERVED_SLUGS:
        raise ValidationError(
            _("This word is an address of the portal itself. Choose another."), code="reserved"
        )


def other_program_errors(obj, *names):
    """{field: ValidationError} for each field of ``names`` that holds an object of another program."""
    return {
        name: ValidationError(_("This belongs to another program."), code="other_program")
        for name in names
        if obj.program_id and (other := getattr(obj, name)) and other.program_id != obj.program_id
    }


class ProgramQuerySet(OfProgramQuerySet):
    def published(self):
        """Programs that everybody may see."""
        return self.filter(published=True)

    def not_over(self, moment):
        """A list of those that run or come at ``moment``, each asked in its own time zone, the first to start
        first. One query.
        """
        yesterday = moment.astimezone(UTC).date() - timedelta(days=1)  # it may be yesterday there
        found = self.filter(ends_on__gte=yesterday).order_by("starts_on", "pk")
        return [program for program in found if not program.is_over(moment)]

    def current(self, moment):
        """A list of the published programs not over at ``moment``; else of the one that ended last."""
        published = self.published()
        return published.not_over(moment) or list(published.order_by("-ends_on")[:1])


class Program(models.Model):
    """One edition of the training. Everything else in the portal hangs from one program.

    ``starts_on`` and ``ends_on`` are local dates in ``timezone``, both included. ``local_*`` fields
    hold the host country's language.
    """

    PROGRAM_PATH = "pk"

    slug = models.SlugField(
        _("address"),
        unique=True,
        validators=[validate_slug_is_free],
        help_text=_("The first word of its addresses, such as ikm-2018."),
    )
    title = models.CharField(_("title"), max_length=200)
    local_title = models.CharField(_("title in Bahasa Indonesia"), max_length=200, blank=True)
    short_title = models.CharField(
        _("short title"), max_length=60, help_text=_("For the head of every page.")
    )
    local_short_title = models.CharField(_("short title in Bahasa Indonesia"), max_length=60, blank=True)
    theme = models.CharField(_("theme"), max_length=200, blank=True)
    local_theme = models.CharField(_("theme in Bahasa Indonesia"), max_length=200, blank=True)
    framework = models.CharField(_("framework"), max_length=200, blank=True)
    local_framework = models.CharField(_("framework in Bahasa Indonesia"), max_length=200, blank=True)
    headline = models.CharField(
        _("headline"), max_length=200, blank=True, help_text=_("One line above the summary.")
    )
    local_headline = models.CharField(_("headline in Bahasa Indonesia"), max_length=200, blank=True)
    summary = models.TextField(
        _("summary"), blank=True, help_text=_("For the home page; a blank line starts a paragraph.")
    )
    local_summary = models.TextField(_("summary in Bahasa Indonesia"), blank=True)
    sources = models.TextField(
        _("sources"),
        blank=True,
        help_text=_("What of this program was published, by whom, and what is filled in."),
    )
    local_sources = models.TextField(_("sources in Bahasa Indonesia"), blank=True)
    countries = models.CharField(
        _("countries"),
        max_length=200,
        blank=True,
        help_text=_("Countries to name on the home page: ISO codes with a space between, as in NP LK."),
    )
    starts_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    timezone = models.CharField(
        _("time zone"), max_length=64, default="Asia/Jakarta", validators=[validate_timezone]
    )
    host_country = models.CharField(
        _("host country"),
        max_length=2,
        choices=country_choices,
        default="ID",
        help_text=_("Its public holidays are told among the conflicts."),
    )
    seats = models.PositiveSmallIntegerField(_("seats"), default=20)
    published = models.BooleanField(
        _("published"), default=False, help_text=_("Everybody may see its pages.")
    )

    objects = ProgramQuerySet.as_manager()
    history = OperationHistory()

    class Meta:
        ordering = ["-starts_on", "pk"]
        verbose_name = _("program")
        verbose_name_plural = _("programs")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="program_ends_after_start",
                violation_error_message=_("The last day must not come before the first."),
            ),
        ]
        permissions = [("publish_program", _("Can publish a release"))]

    def __str__(self):
        """Its name with the year, said once: editions are told apart in every list."""
        year = str(self.starts_on)[:4]
        return self.short_title if year in self.short_title else f"{self.short_title} {year}"

    def get_absolute_url(self):
        return reverse("program:home", args=[self.slug])

    def clean(self):
        """Refuse an address that still leads to another program, which had it before."""
        super().clean()
        taken = type(self).objects.filter(former_addresses__slug=self.slug).exclude(pk=self.pk)
        if self.slug and taken.exists():
            text = _("Another program had this address, and printed links still lead there. Choose another.")
            raise ValidationError({"slug": ValidationError(text, code="former")})

    @property
    def tz(self):
        return Zone(self.timezone)

    def is_over(self, moment):
        """Whether the last day, in the program's zone, is past at the aware ``moment``."""
        return moment.astimezone(self.tz).date() > self.ends_on

    @property
    def dates(self):
        """All local dates of the program, in order."""
        count = (self.ends_on - self.starts_on).days + 1
        return [self.starts_on + timedelta(days=n) for n in range(count)]


class ProgramDay(models.Model):
    """What an organizer says about one day: a short title, and a line on top of its page."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="days")
    date = models.DateField(_("date"))
    title = models.CharField(_("title"), max_length=60)
    local_title = models.CharField(_("title in Bahasa Indonesia"), max_length=60, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    local_note = models.CharField(_("note in Bahasa Indonesia"), max_length=300, blank=True)

    objects = OfProgramQuerySet.as_manager()

    class Meta:
        ordering = ["date"]
        verbose_name = _("day")
        verbose_name_plural = _("days")
        constraints = [
            models.UniqueConstraint(
                fields=["program", "date"],
                name="programday_once",
                violation_error_message=_("This day has a title already."),
            ),
        ]

    def __str__(self):
        return self.title

    def clean(self):
        """Refuse a day outside its program's dates, where no page would show it."""
        super().clean()
        first, last = self.program.starts_on, self.program.ends_on
        if self.date and first and last and not first <= self.date <= last:
            raise ValidationError({"date": _("This is outside the program's dates.")}, code="outside")

    def snapshot(self):
        return {
            "date": self.date.isoformat(),
            "title": self.title,
            "local_title": self.local_title,
            "note": self.note,
            "local_note": self.local_note,
        }


class Group(models.Model):
    """Participants who rotate together when an item runs in two rounds."""

    program = models.ForeignKey(Program, on_delete=models.CASCADE, related_name="groups")
    name = models.CharField(_("name"), max_length=20, help_text=_("A letter or a short word."))
    size = models.PositiveSmallIntegerField(
        _("size"), default=10, help_text=_("How many participants it is expected to have.")
    )

    objects = OfProgramQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("group")
        verbose_name_plural = _("groups")
        constraints = [
            models.UniqueConstraint(
                fields=["program", "name"],
                name="group_name_once_in_program",
                violation_error_message=_("This program has a group of that name already."),
            ),
        ]

    def __str__(self):
        return self.name

    def snapshot(self):
        """What of this group is published."""
        return {"id": self.pk, "name": self.name, "size": self.size}
