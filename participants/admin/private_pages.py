"""The travel record of a person, and the end of all their data: each opened on purpose, never in passing."""

from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from program.admin.frame import zone_of

from ..models import Participant, TravelReading, TravelRecord
from ..privacy import erase, may_be_erased
from ..travel_record import note_readings
from .forms import EraseForm, RecordForm
from .frame import list_url, may_change, may_read_travel, may_view, page


def _person(pk):
    return get_object_or_404(Participant.objects.select_related("program", "user"), pk=pk)


@may_view
@may_read_travel
@require_http_methods(["GET", "POST"])
def travel(request, pk):
    """Asks first (GET); a POST writes down that it is read, then shows it; ``save`` changes it."""
    person = _person(pk)
    if person.erased_at:
        raise Http404
    program = person.program
    record = TravelRecord.objects.filter(participant=person).select_related("participant").first()
    if request.method == "GET":
        return page(request, "travel_ask.html", program, _("Travel record"), person=person, record=record)
    with timezone.override(program.tz):
        saving = "save" in request.POST
        form = RecordForm(request.POST if saving else None, instance=record, zone=zone_of(program))
        if saving and not request.user.has_perm("participants.change_travelrecord"):
            raise PermissionDenied
        if saving and form.is_valid():
            form.instance.participant = person
            form.save()
            messages.success(request, _("The travel record is saved."))
            return redirect(reverse("admin:participants_participant_change", args=[pk]))
    if record and not saving:
        note_readings([record], request.user, TravelReading.Where.RECORD)
    return page(
        request,
        "travel.html",
        program,
        _("Travel record"),
        person=person,
        form=form,
        readings=list(record.readings.all()) if record else [],
        may_save=request.user.has_perm("participants.change_travelrecord"),
    )


@may_change
@require_http_methods(["GET", "POST"])
def erase_person(request, pk):
    person = _person(pk)
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
        "erase.html",
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
