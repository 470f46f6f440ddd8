from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from participants.models import Participant
from participants.people.personal import data_page, show_of
from participants.travel.parts import parts
from program import clock
from program.models import Program

from . import my_data as data
from . import retention


@login_not_required
@require_safe
def privacy(request, slug):
    """What the portal keeps about a participant of this program, who sees it, and how long. Public."""
    programs = Program.objects.published().select_related("retention_policy")
    program = get_object_or_404(programs, slug=slug)
    own = Participant.objects.for_account(request.user).filter(program=program).exists()
    return show_of(
        request,
        "participants/privacy/privacy.html",
        program,
        parts=parts(program),
        scans_until=retention.scans_until(program),
        mails_until=retention.mails_until(program),
        today=clock.now().astimezone(program.tz).date(),
        reader="participant" if own else "",
    )


@never_cache
@require_safe
@data_page
def my_data(request, participant):
    """All that is kept about the person, as a file."""
    response = JsonResponse(
        data.everything(participant), json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    response["Content-Disposition"] = f'attachment; filename="my-data-{participant.program.slug}.json"'
    return response
