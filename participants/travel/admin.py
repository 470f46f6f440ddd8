"""The travel record of a person in the admin: opened on purpose, never in passing."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from participants.models import TravelReading, TravelRecord
from participants.people.admin.frame import MAY_READ_TRAVEL, MAY_VIEW, page, person_or_404
from program.admin.frame import zone_of
from program.team.rights import require

from .forms import RecordForm

MAY_WRITE_TRAVEL = "participants.change_travelrecord"


@require_http_methods(["GET", "POST"])
def travel(request, pk):
    """Asks first (GET); a POST records that it is read, then shows it; ``save`` changes it."""
    person = person_or_404(request, pk, MAY_VIEW)
    require(request.user, MAY_READ_TRAVEL, person)
    if person.erased_at:
        raise Http404
    program = person.program
    record = TravelRecord.objects.filter(participant=person).select_related("participant").first()
    if request.method == "GET":
        return page(
            request, "travel/travel_ask.html", program, _("Travel record"), person=person, record=record
        )
    with timezone.override(program.tz):
        saving = "save" in request.POST
        form = RecordForm(request.POST if saving else None, instance=record, zone=zone_of(program))
        if saving:
            require(request.user, MAY_WRITE_TRAVEL, person)
        if saving and form.is_valid():
            form.instance.participant = person
            form.save()
            messages.success(request, _("The travel record is saved."))
            return redirect(reverse("admin:participants_participant_change", args=[pk]))
    if record and not saving:
        TravelReading.objects.note([record], request.user, TravelReading.Where.RECORD)
    return page(
        request,
        "travel/travel.html",
        program,
        _("Travel record"),
        person=person,
        form=form,
        readings=list(record.readings.all()) if record else [],
        may_save=request.user.has_perm(MAY_WRITE_TRAVEL, person),
    )


URLS = [("<int:pk>/travel/", travel, "travel")]
