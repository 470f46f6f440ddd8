"""Visits, workshops, cultural items and transfers in the admin."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from program.admin.items import ItemAdmin

from .models import Transfer, Visit


@admin.register(Visit)
class VisitAdmin(ItemAdmin):
    kinds = Visit.KINDS
    details = (
        *("room", "activity", "safety", "capacity"),
        *("contact_name", "contact_phone"),
    )
    local_details = ("local_activity", "local_safety")
    add_label = _("Add a visit or workshop")


@admin.register(Transfer)
class TransferAdmin(ItemAdmin):
    kinds = Transfer.KINDS
    places = ("destination",)
    details = ("meeting_point", "be_there", "vehicle")
    local_details = ("local_meeting_point", "local_vehicle")
    add_label = _("Add a transfer")
