"""The address at which a page of the draft says that it is open, and hears who else is there."""

from django import forms
from django.http import HttpResponseBadRequest
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST

from program.drafting import presence
from program.drafting.presence import Place
from program.models import AgendaItem

from .frame import person
from .rights import program_or_404

MAY_EDIT = "program.change_agendaitem"


class PlaceForm(forms.Form):
    item = forms.IntegerField(required=False)
    day = forms.DateField(required=False)
    leaves = forms.BooleanField(required=False)


@require_POST
def present(request, pk):
    """Note who asks, or with ``leaves`` that they go; answer with the others. Only for who may edit it."""
    program = program_or_404(request, pk, MAY_EDIT)
    form = PlaceForm(request.POST)
    if not form.is_valid():
        return HttpResponseBadRequest()
    sent = form.cleaned_data
    if sent["item"]:
        place = place_of(get_object_or_404(AgendaItem, program=program, pk=sent["item"]), program)
    else:
        place = Place(day=sent["day"] if sent["day"] in program.dates else None)
    if sent["leaves"]:
        presence.forget(program, request.user, place)
    else:
        presence.note(program, request.user, person(request.user), place)
    return render(request, "admin/program/_present.html", present_at(request, program, place))


def place_of(item, program):
    """The Place of the saved ``item``."""
    day = item.starts_at.astimezone(program.tz).date() if item.is_placed else None
    return Place(item.pk, item.title, day)


def present_at(request, program, place):
    """What the template _present.html expects."""
    others = presence.others_at(program, request.user, place)
    return {"others": others, "place": place, "program": program}
