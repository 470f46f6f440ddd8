"""Inviting people from the admin's list of them."""

from django.contrib import admin, messages
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from participants.outbox import words
from participants.people.admin.actions import ask
from program import addresses
from program.admin.current import chosen_program

from .invitations import invite as send_invitations
from .invitations import latest_invitation, may_be_invited


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
    queued = send_invitations(invited, addresses.site_of(request), by=request.user)
    if queued:
        text = ngettext(
            "%(count)d invitation is on its way.", "%(count)d invitations are on their way.", len(queued)
        )
        _say_with_mails(request, text % {"count": len(queued)})
    if count := len(invited) - len(queued):
        text = ngettext(
            "%(count)d person was invited within the last minute: no second mail is sent.",
            "%(count)d people were invited within the last minute: no second mail is sent.",
            count,
        )
        messages.info(request, text % {"count": count})
    return None


def _say_with_mails(request, text):
    """Say ``text``, with a link to the page that shows the status of the mails."""
    program = chosen_program(request)
    if request.user.has_perm("participants.view_mail", program):
        address = f"{reverse('admin:participants_mail_changelist')}?program={program.pk}"
        text = format_html('{} <a href="{}">{}</a>', text, address, _("See the status of the mails"))
    messages.success(request, text)


def waiting_invitation(person):
    """What the form of ``person`` says of an invitation that is not sent yet; nothing of any other."""
    invitation = latest_invitation(person)
    if not (invitation and invitation.is_unsent):
        return {}
    return {
        "invitation": invitation,
        "invitation_state": words.state(invitation),
        "invitation_failure": words.failure(invitation),
    }
