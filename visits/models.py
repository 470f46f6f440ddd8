from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from program import digits
from program.agenda.facts import given, text_lines
from program.agenda.kinds import BE_THERE, Kind
from program.models import AgendaItem, Venue
from program.models.operation import OperationHistory


class Visit(AgendaItem):
    """A visit, workshop or cultural item: what participants do there.

    The host is the item's ``organization``. The contact is for organizers and staff: it is never
    published.
    """

    KINDS = (Kind.VISIT, Kind.WORKSHOP, Kind.CULTURE)
    PEOPLE_FIELDS = ("contact_name", "contact_phone")

    contact_name = models.CharField(_("contact"), max_length=120, blank=True)
    contact_phone = models.CharField(_("contact's telephone"), max_length=40, blank=True)
    room = models.CharField(
        _("room or machine"),
        max_length=80,
        blank=True,
        help_text=_("Where at the venue, such as CNC hall: two items there at once are told as a conflict."),
    )
    activity = models.TextField(_("what you will do"), blank=True)
    local_activity = models.TextField(_("what you will do, in Bahasa Indonesia"), blank=True)
    safety = models.TextField(_("safety"), blank=True, help_text=_("One point a line."))
    local_safety = models.TextField(_("safety, in Bahasa Indonesia"), blank=True)
    capacity = models.PositiveSmallIntegerField(
        _("capacity"), null=True, blank=True, help_text=_("How many visitors the host can take.")
    )

    history = OperationHistory()

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits and workshops")

    def clean(self):
        """Keep a telephone number with digits that can be dialled, whatever keyboard it was typed on."""
        super().clean()
        self.contact_phone = digits.plain(self.contact_phone)

    def snapshot(self, slugs):
        own = {
            "activity": self.activity,
            "bring": text_lines(self.bring),
            "dress": text_lines(self.dress),
            "safety": text_lines(self.safety),
            "capacity": self.capacity,
        }
        more = given(
            room=self.room,
            local_activity=self.local_activity,
            local_safety=text_lines(self.local_safety),
        )
        return super().snapshot(slugs) | own | more


class Transfer(AgendaItem):
    """A bus or other way from the item's ``venue`` to ``destination``."""

    KINDS = (Kind.TRAVEL,)

    destination = models.ForeignKey(
        Venue,
        on_delete=models.RESTRICT,
        null=True,
        blank=True,
        related_name="arrivals",
        verbose_name=_("destination"),
    )
    vehicle = models.CharField(_("vehicle"), max_length=80, blank=True)
    local_vehicle = models.CharField(_("vehicle in Bahasa Indonesia"), max_length=80, blank=True)
    meeting_point = models.CharField(_("meeting point"), max_length=120, blank=True)
    local_meeting_point = models.CharField(_("meeting point in Bahasa Indonesia"), max_length=120, blank=True)
    be_there = models.PositiveSmallIntegerField(
        _("be there before it leaves (minutes)"),
        default=BE_THERE,
        validators=[MaxValueValidator(240)],
        help_text=_("My schedule says when to be at the meeting point. 0: nothing is said."),
    )

    history = OperationHistory()

    class Meta:
        verbose_name = _("transfer")
        verbose_name_plural = _("transfers")

    def snapshot(self, slugs):
        own = {
            "destination": slugs.venue(self.destination_id),
            "vehicle": self.vehicle,
            "meeting_point": self.meeting_point,
        }
        more = given(local_vehicle=self.local_vehicle, local_meeting_point=self.local_meeting_point)
        early = {} if self.be_there == BE_THERE else {"be_there": self.be_there}
        return super().snapshot(slugs) | own | more | early
