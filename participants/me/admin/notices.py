"""Telling people about a release, in the admin: by mail, in their messenger; and who has seen it since."""

from datetime import timedelta

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from participants.me import notices, opened, telling
from participants.me.messenger import language_asked
from participants.people.admin.frame import MAY_VIEW, page
from program import addresses
from program.admin.rights import found_or_404
from program.models import Release

LIST = "admin:participants_mail_changelist"
NOW = timedelta(0)


def tell(request, pk):
    """After a release: whom it affects, what they would be told, and whether and when they are."""
    release = _release_or_404(request, pk, "program.publish_program")
    portal = addresses.site_of(request)
    if request.method == "POST":
        if "send" in request.POST:
            wait = asked_wait(request)
            say_queued(request, notices.queue(release, portal, request.user, wait), wait)
            return redirect(request.get_full_path())  # the texts for the messenger are there
        if count := len(notices.waiting_for(release)):
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
    parts = telling.parts_of(release, portal, language_asked(request))
    if not parts:
        text = _("Release %(number)d changes nothing for participants.")
        if release.number == 1:
            text = _("Release %(number)d is the first: no mail about changes is sent.")
        messages.info(request, text % {"number": release.number})
        return redirect("admin:program_release_change", release.pk)
    context = {
        "release": release,
        "parts": parts,
        "message_language": language_asked(request),
        "concerned": sum(part.opened.everybody for part in parts),
        "opened": telling.opened_since(release),
        "count": sum(len(part.untold.participants) for part in parts if part.untold),
        "minutes": notices.PATIENCE.seconds // 60,
        "waiting": len(notices.waiting_for(release)),
    }
    return page(request, "me/tell.html", release.program, _("Tell those affected?"), **context)


def who_opened(request, pk):
    """Who has opened My schedule since a release, and the telephones of those who have not."""
    release = _release_or_404(request, pk, MAY_VIEW)
    people = opened.concerned(release, telling.groups_concerned(release))
    people = people.select_related("group").order_by("group__name", "name", "pk")
    have, have_not = [], []
    for person in people:
        (have if person.opened_release >= release.number else have_not).append(person)
    context = {"release": release, "have": have, "have_not": have_not}
    return page(request, "me/opened.html", release.program, _("Who has opened My schedule"), **context)


def _release_or_404(request, pk, right):
    return found_or_404(request, Release.objects.defer("data").select_related("program"), pk, right)


def asked_wait(request):
    """How long a mail waits: not at all with ``send=now``, else for what may come after it."""
    return NOW if request.POST["send"] == "now" else notices.PATIENCE


def say_queued(request, count, wait):
    if wait:
        text = ngettext(
            "%(count)d person gets a mail in %(minutes)d minutes, together with what comes until then.",
            "%(count)d people get a mail in %(minutes)d minutes, together with what comes until then.",
            count,
        )
    else:
        text = ngettext("%(count)d person gets a mail now.", "%(count)d people get a mail now.", count)
    messages.success(request, text % {"count": count, "minutes": wait.seconds // 60})


def _next_page(request, program):
    if not request.user.has_perm("participants.view_mail", program):
        return reverse("admin:index")
    return f"{reverse(LIST)}?program={program.pk}"
