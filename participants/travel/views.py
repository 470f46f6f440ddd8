from django.contrib import messages
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from participants.models import TravelRecord
from participants.people.personal import personal_page, show
from program import clock

from .forms import TravelForm
from .parts import parts


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@personal_page
def travel(request, participant):
    if request.method == "POST":
        record, _made = TravelRecord.objects.get_or_create(participant=participant)
    else:
        record = TravelRecord.objects.filter(participant=participant).first()
    form = TravelForm(
        request.POST or None,
        instance=record,
        zone=clock.now().astimezone(participant.program.tz).tzname(),
    )
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Your travel record is saved."))
        return redirect("participants:travel", participant.program.slug)
    return show(
        request,
        "participants/travel/travel.html",
        participant,
        form=form,
        readings=record.readings.all() if record else [],
        parts=parts(participant.program),
        today=clock.now().astimezone(participant.program.tz).date(),
    )
