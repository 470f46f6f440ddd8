from django.contrib import messages
from django.http import JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from participants.models import TravelRecord
from participants.people.forms import ProfileForm, TravelForm
from participants.people.personal import data_page, personal_page, show
from participants.privacy import my_data as data
from participants.privacy import retention
from program import clock


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@personal_page
def profile(request, participant):
    form = ProfileForm(request.POST or None, request.FILES or None, instance=participant)
    if request.method == "POST":
        if form.is_valid():
            form.save()
            messages.success(request, _("Your profile is saved."))
            return redirect("participants:profile", participant.program.slug)
        participant.refresh_from_db()  # a refused form has changed the object, not the person
    return show(request, "participants/people/profile.html", participant, form=form)


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
        parts=retention.parts(participant.program),
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
