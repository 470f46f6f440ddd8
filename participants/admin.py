"""The admin of people: each slice has its own pages, and here they come together."""

from django.contrib import admin

from .accounts.accounts import account_for
from .accounts.admin import invite, waiting_invitation
from .accounts.invitations import with_invitation
from .certificates.admin import certificates
from .logistics import admin as logistics
from .me.admin import announcements, on_agenda
from .models import Participant
from .outbox.admin import mails
from .papers.admin import badges, letterhead
from .people.admin import actions, groups
from .people.admin.people import PeopleAdmin
from .privacy.admin import erasing, retention
from .privacy.asking import asked_at
from .privacy.erasing import may_be_erased
from .travel import admin as travel

__all__ = ["announcements", "certificates", "groups", "letterhead", "mails", "on_agenda", "retention"]


@admin.register(Participant)
class ParticipantAdmin(PeopleAdmin):
    """The list and the form of people, with what every slice does with them."""

    actions = [
        *(actions.accept, actions.confirm, invite, actions.group, actions.export, actions.withdraw),
        *(actions.delete_mistakes, badges.print_action),
    ]
    pages = [*badges.URLS, *PeopleAdmin.pages, *logistics.URLS, *travel.URLS, *erasing.URLS]

    def get_queryset(self, request):
        return with_invitation(super().get_queryset(request))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj:
            context |= waiting_invitation(obj)
        context["may_be_erased"] = bool(obj) and may_be_erased(obj)
        context["asked_to_be_erased_at"] = asked_at(obj) if obj and not obj.erased_at else None
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if change and obj.user_id and "email" in form.changed_data:
            account_for(obj)  # the owner of the new address signs in with it
