"""Mails about changes in the admin: asking before they go out."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participants.me import notices
from participants.people.admin.frame import page
from program import addresses
from program.admin.rights import found_or_404
from program.models import Release

LIST = "admin:participants_mail_changelist"


def tell(request, pk):
    """After a release: whom it affects, what they would be told, and whether they are."""
    rows = Release.objects.defer("data").select_related("program")
    release = found_or_404(request, rows, pk, "program.publish_program")
    portal = addresses.site_of(request)
    if request.method == "POST":
        if "send" in request.POST:
            _say_queued(request, notices.queue(release, portal, by=request.user))
        elif count := len(notices.waiting_for(release)):
            text = ngettext(
                "%(count)d mail about it is already waiting and will be sent. To stop it, choose it here.",
                "%(count)d mails about it are already waiting and will be sent. To stop them, choose them "
                "here.",
                count,
            )
            messages.warning(request, text % {"count": count})
        else:
            messages.info(
                request, _("Nobody gets a mail about release %(number)d.") % {"number": release.number}
            )
        return redirect(_next_page(request, release.program))
    affected = notices.affected(release, portal)
    if not affected:
        text = _(
            "Release %(number)d changes nothing for participants who get mails, or they were told already."
        )
        if release.number == 1:
            text = _("Release %(number)d is the first: no mail about changes is sent.")
        messages.info(request, text % {"number": release.number})
        return redirect("admin:program_release_change", release.pk)
    context = {
        "release": release,
        "affected": affected,
        "count": sum(len(part.participants) for part in affected),
        "minutes": notices.PATIENCE.seconds // 60,
        "waiting": len(notices.waiting_for(release)),
    }
    return page(request, "me/tell.html", release.program, _("Tell those affected?"), **context)


def _say_queued(request, count):
    text = ngettext(
        "%(count)d person gets a mail in %(minutes)d minutes, together with what you publish until then.",
        "%(count)d people get a mail in %(minutes)d minutes, together with what you publish until then.",
        count,
    )
    messages.success(request, text % {"count": count, "minutes": notices.PATIENCE.seconds // 60})


def _next_page(request, program):
    if not request.user.has_perm("participants.view_mail", program):
        return reverse("admin:index")
    return f"{reverse(LIST)}?program={program.pk}"
