"""Whom participants can call: one page of the admin for each program."""

from django.contrib import admin
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from program.models import Contacts

from .history import TimelineView
from .places import OfProgram


@admin.register(Contacts)
class ContactsAdmin(TimelineView, OfProgram):
    list_display = ["program", "officer", "phone", "whatsapp", "hotel"]
    list_select_related = ["program"]
    fieldsets = [
        (None, {"fields": ["program"]}),
        (_("Officer on duty"), {"fields": ["officer", "phone", "whatsapp"]}),
        (_("Hotel"), {"fields": ["hotel", "hotel_phone"]}),
        (_("In an emergency"), {"fields": ["emergency_phone"]}),
        (_("Mails"), {"fields": ["reply_to"]}),
    ]

    def has_delete_permission(self, request, obj=None):
        return False


def address_of(program):
    """The address of the page about the contacts of ``program``: of those there are, or to add them."""
    found = Contacts.objects.filter(program=program).values_list("pk", flat=True).first()
    if found:
        return reverse("admin:program_contacts_change", args=[found])
    return f"{reverse('admin:program_contacts_add')}?program={program.pk}"
