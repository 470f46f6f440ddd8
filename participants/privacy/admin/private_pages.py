"""The travel record of a person, and the end of all their data: each opened only on purpose."""

from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from participants.models import Participant, TravelReading, TravelRecord
from participants.people.admin.forms import EraseForm, RecordForm
from participants.people.admin.frame import MAY_CHANGE, MAY_READ_TRAVEL, MAY_VIEW, list_url, page
from participants.privacy.erasing import erase, may_be_erased
from participants.travel.records import note_readings
from program.admin.frame import zone_of
from program.admin.rights import found_or_404
from program.team.rights import require

MAY_WRITE_TRAVEL = "participants.change_travelrecord"


def _person(request, pk, right):
    return found_or_404(request, Participant.objects.select_related("program", "user"), pk, right)


@require_http_methods(["GET", "POST"])
def travel(request, pk):
    """Asks first (GET); a POST records that it is read, then shows it; ``save`` changes it."""
    person = _person(request, pk, MAY_VIEW)
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
        note_readings([record], request.user, TravelReading.Where.RECORD)
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


@require_http_methods(["GET", "POST"])
def erase_person(request, pk):
    person = _person(request, pk, MAY_CHANGE)
    program = person.program
    form = EraseForm(request.POST or None, participant=person)
    if may_be_erased(person) and form.is_valid():
        erase(person)
        LogEntry.objects.log_actions(request.user.pk, [person], CHANGE, "Erased.", single_object=True)
        messages.success(
            request, _("The person is erased. Country, group and attendance stay, without a name.")
        )
        return redirect(list_url(program))
    return page(
        request,
        "privacy/erase.html",
        program,
        _("Erase this person"),
        person=person,
        form=form,
        possible=may_be_erased(person),
    )


URLS = [
    ("<int:pk>/travel/", travel, "travel"),
    ("<int:pk>/erase/", erase_person, "erase"),
]
