from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from participants.people.names import language_of
from program.countries import country_name, validate_country
from program.models import Group, Program
from program.models.operation import OperationHistory
from program.team.rights import OfProgramQuerySet, programs_with, sees_all


class ParticipantQuerySet(OfProgramQuerySet):
    def active(self):
        """Everybody except those who withdrew: they appear in no list."""
        return self.exclude(status=Participant.Status.WITHDRAWN)

    def taking_seats(self):
        """Those who take one of the program's seats: accepted or confirmed."""
        return self.filter(status__in=[Participant.Status.ACCEPTED, Participant.Status.CONFIRMED])

    def expected(self):
        """Those who are expected to come: confirmed."""
        return self.filter(status=Participant.Status.CONFIRMED)

    def expected_at(self, item):
        """Those who are expected at ``item`` of a release: its ``expects()`` in SQL."""
        expected = self.expected()
        return expected.filter(group__in=item.group_ids) if item.group_ids else expected

    def in_directory(self):
        """Active participants who agreed to be shown to the others."""
        return self.active().filter(shown_in_directory=True)

    def visible_to(self, user):
        """Everybody in the programs that the user works on, and the user's own records."""
        if sees_all(user):
            return self
        if not user.is_authenticated:
            return self.none()
        works = Q(program__in=programs_with(user, "participants.view_participant"))
        return self.filter(works | Q(user_id=user.pk))

    def for_account(self, user):
        """The records of one signed-in person: one per program they take part in, without withdrawn ones."""
        return self.active().of_account(user)

    def of_account(self, user):
        """The same, including withdrawn ones: the data kept about them is still theirs."""
        return self.filter(user_id=user.pk) if user.is_authenticated else self.none()

    def shown_to(self, user):
        """Active participants whom ``user`` may meet on a page: those who agreed to be shown, in a program
        the user takes part in, and the user's own records; all of the programs the user works on."""
        if sees_all(user):
            return self.active()
        works = Q(program__in=programs_with(user, "participants.view_participant"))
        mine = Participant.objects.for_account(user)
        others = Q(shown_in_directory=True, program__in=mine.values("program"))
        return self.active().filter(works | others | Q(pk__in=mine.values("pk")))


class Participant(models.Model):
    """A person in one program.

    ``name`` is one field, as in the passport: names of one part are valid and none is ever split.
    What a person without a ``group`` is shown, and where they are expected: see program/agenda/audience.py.
    ``country`` is an ISO 3166 code. ``user`` stays empty until the person is invited.
    ``list_number`` is what the person has on all printed lists, from when they are first confirmed.
    ``seen_release`` is the number of the release whose changes the person has seen, ``opened_release`` that
    of the newest one that was on their screen, since ``opened_at`` (see participants/me/opened.py).
    ``calendar_round`` grows when the person makes a new calendar address: those of earlier rounds are void.
    """

    class Status(models.TextChoices):
        NOMINATED = "nominated", _("Nominated")
        ACCEPTED = "accepted", _("Accepted")
        CONFIRMED = "confirmed", _("Confirmed")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Diet(models.TextChoices):
        ANY = "any", _("No restrictions")
        HALAL = "halal", _("Halal")
        VEGETARIAN = "vegetarian", _("Vegetarian")
        VEGAN = "vegan", _("Vegan")
        NO_BEEF = "no-beef", _("No beef")
        OTHER = "other", _("Other")

    program = models.ForeignKey(
        Program, on_delete=models.PROTECT, related_name="participants", verbose_name=_("program")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="participations",
        verbose_name=_("account"),
    )
    email = models.EmailField(_("e-mail"), help_text=_("The address the person signs in with."))
    name = models.CharField(_("name as in the passport"), max_length=120)
    preferred_name = models.CharField(
        _("preferred name"), max_length=60, blank=True, help_text=_("For the badge.")
    )
    own_script_name = models.CharField(_("name in own script"), max_length=120, blank=True)
    country = models.CharField(_("country"), max_length=2, validators=[validate_country])
    institution = models.CharField(_("institution"), max_length=160, blank=True)
    position = models.CharField(_("position"), max_length=120, blank=True)
    phone = models.CharField(_("mobile telephone"), max_length=40, blank=True)
    photo = models.CharField(max_length=40, blank=True, editable=False)
    group = models.ForeignKey(
        Group,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="participants",
        verbose_name=_("group"),
    )
    diet = models.CharField(_("diet"), max_length=12, choices=Diet, default=Diet.ANY)
    diet_note = models.CharField(
        _("diet, in words"), max_length=120, blank=True, help_text=_("Allergies too.")
    )
    bio = models.TextField(_("short bio"), max_length=600, blank=True)
    shown_in_directory = models.BooleanField(
        _("shown in the directory"),
        default=False,
        help_text=_("Other participants see name, country, institution, group and photo."),
    )
    contact_shown = models.BooleanField(
        _("contact shown in the directory"),
        default=False,
        help_text=_("They also see e-mail address and telephone."),
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.NOMINATED)
    room = models.CharField(
        _("hotel room"), max_length=20, blank=True, help_text=_("People in one room share its name.")
    )
    invited_at = models.DateTimeField(_("invited at"), null=True, blank=True, editable=False)
    # See participants/people/numbers.py: given once, and never to anybody else.
    list_number = models.PositiveIntegerField(null=True, blank=True, editable=False)
    seen_release = models.PositiveIntegerField(default=0, editable=False)
    opened_release = models.PositiveIntegerField(default=0, editable=False)
    opened_at = models.DateTimeField(null=True, blank=True, editable=False)
    calendar_round = models.PositiveIntegerField(default=0, editable=False)
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ParticipantQuerySet.as_manager()
    # What people write about their health and themselves is gone when they delete it.
    history = OperationHistory(
        excluded_fields=[
            *("list_number", "seen_release", "opened_release", "opened_at", "calendar_round"),
            *("phone", "diet_note", "bio"),
        ]
    )

    class Meta:
        ordering = ["country", "name", "pk"]
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        constraints = [
            models.UniqueConstraint(
                "program",
                Lower("email"),
                name="participant_email_once_in_program",
                violation_error_message=_("This program has a participant with that e-mail address already."),
            ),
            models.UniqueConstraint(
                fields=["program", "user"],
                condition=Q(user__isnull=False),
                name="participant_user_once_in_program",
                violation_error_message=_("This account belongs to another participant of this program."),
            ),
            models.UniqueConstraint(
                fields=["program", "list_number"], name="participant_list_number_once_in_program"
            ),
        ]

    def __str__(self):
        return self.called

    def clean(self):
        super().clean()
        if self.group and self.program_id and self.group.program_id != self.program_id:
            raise ValidationError({"group": _("This group belongs to another program.")})

    @property
    def called(self):
        """The name for badge and pages: the preferred one where there is one."""
        return self.preferred_name or self.name

    @property
    def country_name(self):
        """The country in the page's language."""
        return country_name(self.country)

    @property
    def mail_language(self):
        """The language of mails to this person: Bahasa Indonesia to Indonesians, English to all others."""
        return "id" if self.country == "ID" else "en"

    def group_in(self, agenda):
        """The name of the group in ``agenda``, a release's, or "". See Agenda.name_of()."""
        return agenda.name_of(self.group)

    @property
    def own_script_language(self):
        """The BCP 47 tag of the name in own script; "" when it is in Latin letters or not known."""
        return language_of(self.own_script_name, self.country)

    @property
    def tie(self):
        """The number of the tie that is shown in place of a photo: always the same for one person."""
        return self.pk % 5

    @property
    def withdrawn(self):
        return self.status == self.Status.WITHDRAWN
