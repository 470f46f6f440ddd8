from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from participants.models import Participant
from participants.people.personal import data_page, show_of
from participants.travel.parts import parts
from program import addresses, clock
from program.agenda.kinds import Role
from program.models import Contacts, Program
from program.publishing import releases

from . import asking, retention
from . import my_data as data
from .my_data_page import parts_of

# Those who decide what is kept about participants.
RESPONSIBLE = (Role.ORGANIZER, Role.CO_ORGANIZER)


@login_not_required
@require_safe
def privacy(request, slug):
    """What the portal keeps about a participant of this program, who sees it, and how long. Public."""
    programs = Program.objects.published().select_related("retention_policy")
    program = get_object_or_404(programs, slug=slug)
    own = Participant.objects.for_account(request.user).filter(program=program).exists()
    published = releases.current(program)
    offices = published.agenda.organizations if published else ()
    return show_of(
        request,
        "participants/privacy/privacy.html",
        program,
        parts=parts(program),
        scans_until=retention.scans_until(program),
        mails_until=retention.mails_until(program),
        today=clock.now().astimezone(program.tz).date(),
        offices=[office for office in offices if office.role in RESPONSIBLE],
        reply_to=Contacts.objects.of(slug=slug).reply_to if own else "",
        reader="participant" if own else "",
    )


@never_cache
@require_safe
@data_page
def my_data(request, participant):
    """All that is kept about the person, to read."""
    changes, account = data.history(participant), data.account(participant.user)
    return show_of(
        request,
        "participants/privacy/my_data.html",
        participant.program,
        participant=participant,
        parts=parts_of(participant, changes, account),
        asked_at=asking.asked_at(participant),
        section="profile",
        reader="" if participant.withdrawn else "participant",
    )


@never_cache
@require_safe
@data_page
def my_data_file(request, participant):
    """The same as a ZIP file, with the photo and the documents."""
    response = HttpResponse(data.zipped(participant), content_type="application/zip")
    response["Content-Disposition"] = f'attachment; filename="my-data-{participant.program.slug}.zip"'
    return response


@require_POST
@data_page
def ask_erasure(request, participant):
    """Ask the organizers to erase the person; asked twice is asked once."""
    if request.POST.get("sure") and not asking.asked_at(participant):
        if asking.ask(participant, addresses.site_of(request), request.user):
            messages.success(request, _("The organizers are asked to erase you."))
        else:
            messages.error(request, _("No organizer has a mail address here. Ask at the registration desk."))
    return redirect("participants:my-data", participant.program.slug)
