"""Visits, workshops, cultural items and transfers in the admin."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from program.admin.items import ItemAdmin

from .models import Transfer, Visit


@admin.register(Visit)
class VisitAdmin(ItemAdmin):
    kinds = Visit.KINDS
    details = (
        *("room", "activity", "bring", "dress", "safety", "capacity"),
        *("contact_name", "contact_phone"),
    )
    add_label = _("Add a visit or workshop")


@admin.register(Transfer)
class TransferAdmin(ItemAdmin):
    kinds = Transfer.KINDS
    places = ("destination",)
    details = ("meeting_point", "vehicle")
    add_label = _("Add a transfer")
