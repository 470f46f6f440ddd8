"""The words an agenda item is described by, shared by models and the pure agenda."""

from datetime import timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Kind(TextChoices):
    CEREMONY = "ceremony", _("Ceremony")
    SESSION = "session", _("Session")
    WORKSHOP = "workshop", _("Workshop")
    VISIT = "visit", _("Visit")
    CULTURE = "culture", _("Culture")
    TRAVEL = "travel", _("Travel")
    MEAL = "meal", _("Meal")
    BREAK = "break", _("Break")
    BRIEFING = "briefing", _("Briefing")
    REGISTRATION = "registration", _("Registration")

    @property
    def css_kind(self):
        """The kind's class and mark in the stylesheet: registration and briefing share one."""
        return "notice" if self in (Kind.REGISTRATION, Kind.BRIEFING) else self.value


# What participants come for, as opposed to getting there, eating and waiting.
MAIN_KINDS = frozenset({Kind.CEREMONY, Kind.SESSION, Kind.WORKSHOP, Kind.VISIT, Kind.CULTURE})


class Status(TextChoices):
    PLANNED = "planned", _("Planned")
    CONFIRMED = "confirmed", _("Confirmed")
    CANCELLED = "cancelled", _("Cancelled")


class Origin(TextChoices):
    REPORTED = "reported", _("Reported")
    ILLUSTRATIVE = "illustrative", _("Illustrative")


class Role(TextChoices):
    ORGANIZER = "organizer", _("Organizer")
    CO_ORGANIZER = "co-organizer", _("Co-organizer")
    RESOURCE = "resource", _("Resource")
    INSTITUTE = "institute", _("Institute")
    ENTERPRISE = "enterprise", _("Enterprise")
    HOST = "host", _("Host")
    CULTURE = "culture", _("Culture")


# Roles whose organizations receive the participants; the others plan and teach.
RECEIVING_ROLES = (Role.INSTITUTE, Role.ENTERPRISE, Role.HOST, Role.CULTURE)

# How many minutes before a transfer leaves one is to be there, unless it says otherwise.
BE_THERE = 10
# How long before it leaves a transfer comes first on My schedule, whatever else is on.
GET_READY = timedelta(minutes=30)
