from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from participants.models import Participant
from participants.people.personal import show_of
from program.models import Program

from . import retention


@login_not_required
@require_safe
def privacy(request, slug):
    """What the portal keeps about a participant of this program, who sees it, and how long. Public."""
    programs = Program.objects.published().select_related("retention_policy")
    program = get_object_or_404(programs, slug=slug)
    own = Participant.objects.for_account(request.user).filter(program=program).exists()
    base = "participants/base.html" if own else "program/base.html"
    return show_of(
        request,
        "participants/privacy/privacy.html",
        program,
        parts=retention.parts(program),
        scans_until=retention.scans_until(program),
        base=base,
    )
