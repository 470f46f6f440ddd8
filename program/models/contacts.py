from typing import NamedTuple

from django.db import models
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from program import digits
from program.digits import validate_phone
from program.team.rights import OfProgramQuerySet

from .program import Program


class Contact(NamedTuple):
    """Whom a participant can call, as pages, mails and papers show it; "" is what is not known.

    Telephone numbers are written with the country code, ``emergency_phone`` as it is dialled in the country.
    """

    officer: str = ""
    phone: str = ""
    whatsapp: str = ""
    hotel: str = ""
    hotel_phone: str = ""
    emergency_phone: str = ""
    reply_to: str = ""

    def __bool__(self):
        return any(self)

    @property
    def afterwards(self):
        """What is left of it once the program is over and everybody at home."""
        return self._replace(hotel="", hotel_phone="", emergency_phone="")


class ContactsQuerySet(OfProgramQuerySet):
    def of(self, **program):
        """The Contact of the program that is named as in ``slug="ikm-2018"``; empty while there is none."""
        named = {f"program__{name}": value for name, value in program.items()}
        row = self.filter(**named).values_list(*Contact._fields).first()
        return Contact(*row) if row else Contact()


class Contacts(models.Model):
    """Whom participants of one program can call. No part of a release: a new number counts at once.

    Only signed-in participants and the team see it, in mails and on papers too; no public page shows it.
    """

    program = models.OneToOneField(
        Program, on_delete=models.CASCADE, related_name="contacts", verbose_name=_("program")
    )
    officer = models.CharField(
        _("officer on duty"), max_length=120, blank=True, help_text=_("Who answers the telephone below.")
    )
    phone = models.CharField(_("telephone"), max_length=40, blank=True, validators=[validate_phone])
    whatsapp = models.CharField(
        _("WhatsApp"),
        max_length=40,
        blank=True,
        validators=[validate_phone],
        help_text=_("Only if messages are read there."),
    )
    hotel = models.CharField(_("hotel"), max_length=120, blank=True)
    hotel_phone = models.CharField(
        _("telephone of the hotel"), max_length=40, blank=True, validators=[validate_phone]
    )
    emergency_phone = models.CharField(
        _("emergency number"),
        max_length=20,
        blank=True,
        default="112",
        help_text=_("For ambulance, fire brigade and police. In Indonesia it is 112."),
    )
    reply_to = models.EmailField(
        _("address for answers"),
        blank=True,
        help_text=_("Answers to mails of the portal go there. If it is empty, they go to who sent the mail."),
    )

    objects = ContactsQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("contacts")
        verbose_name_plural = _("contacts")

    def __str__(self):
        return str(self.program)

    def clean(self):
        """Keep telephone numbers with digits that can be dialled, whatever keyboard they were typed on."""
        super().clean()
        for name in ("phone", "whatsapp", "hotel_phone", "emergency_phone"):
            setattr(self, name, digits.plain(getattr(self, name)))
