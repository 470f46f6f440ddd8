"""Inviting people from the admin's list of them."""

from django.contrib import admin, messages
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from participants.people.admin.actions import ask
from program import addresses

from .invitations import invite as send_invitations
from .invitations import may_be_invited


@admin.action(description=gettext_lazy("Invite by e-mail…"), permissions=["change"])
def invite(modeladmin, request, queryset):
    people = list(queryset.filter(erased_at=None).select_related("program", "group"))
    invited = [person for person in people if may_be_invited(person)]
    if "sure" not in request.POST:
        return ask(
            request,
            queryset,
            "accounts/invite.html",
            _("Invite these people?"),
            people=invited,
            left=[person for person in people if not may_be_invited(person)],
        )
    portal = addresses.site_of(request)
    failures = send_invitations(invited, portal, by=request.user)
    sent = len(invited) - len(failures)
    if sent:
        text = ngettext("%(count)d invitation is sent.", "%(count)d invitations are sent.", sent)
        messages.success(request, text % {"count": sent})
    for person, failure in failures:
        text = _("Not sent to %(name)s: %(failure)s")
        messages.error(request, text % {"name": person.name, "failure": failure})
    return None
