"""The frame of the pages that belong to one participant."""

from functools import wraps

from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from participants.models import Participant
from program import clock
from program.publishing import frame, releases


def personal_page(view, records_of=Participant.objects.for_account):
    """Make ``view(request, participant)`` a page at ``<slug>/…`` of the signed-in person's own record.

    404 for anyone who is not a participant of that program. Runs in the program's time zone.
    """

    @wraps(view)
    def own(request, slug):
        records = records_of(request.user).select_related("program", "group")
        participant = get_object_or_404(records, program__slug=slug, program__published=True)
        with timezone.override(participant.program.tz):
            return view(request, participant)

    return own


def data_page(view):
    """The same also for those who withdrew: they may see what is kept about them."""
    return personal_page(view, Participant.objects.of_account)


def show(request, template, participant, **context):
    """Render a personal page in the frame of its program."""
    own = {"participant": participant, "section": "profile", "reader": "participant"}
    return show_of(request, template, participant.program, **own | context)


def show_of(request, template, program, **context):
    """Render a page in the frame of ``program``; it has one before the first release too."""
    published = releases.current(program)
    if published is None:
        return render(request, template, {"program": program} | context)
    return frame.show(request, template, published, clock.now(), **context)
