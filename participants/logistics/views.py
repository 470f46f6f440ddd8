"""The page where staff choose what to print, and what is handed over by a list: kits, meals, seats, rooms."""

from datetime import date

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from participants.papers import attendance_lists, print_choices, printing
from participants.papers.forms import LANGUAGES, PrintForm
from participants.people.staff import show, staff_page
from program import clock

from . import hand_over

HALVES = ("morning", "afternoon")


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page
def print_lists(request, program, published):
    """Today's lists on top, then every other day, then what else can be printed.

    A POST remembers the choices and opens the PDF.
    """
    agenda = published.agenda
    usual = print_choices.of(request.user, program)
    form = PrintForm(request.POST or request.GET, agenda=agenda, usual=usual)
    if request.method == "POST" and form.is_valid():
        print_choices.keep(request.user, program, form.kept)
        return redirect(reverse("participants:lists-pdf", args=[program.slug]) + f"?{form.query}")
    today = clock.now().astimezone(program.tz).date()
    days = [_day(agenda, day) for day in agenda.days]
    return show(
        request,
        "participants/logistics/print.html",
        published,
        form=form,
        days=days,
        now_day=next((day for day in days if day["day"].date == today), None),
        meals=hand_over.chosen_items(agenda, "meals", day=today),
        buses=hand_over.chosen_items(agenda, "bus", day=today),
        language=form.choices.language,
        languages=LANGUAGES,
        whole=len(attendance_lists.chosen_items(agenda)),
        whole_main=len(attendance_lists.chosen_items(agenda, main=True)),
    )


def _day(agenda, day):
    found = {half: attendance_lists.chosen_items(agenda, day=day.date, half=half) for half in HALVES}
    main = attendance_lists.chosen_items(agenda, day=day.date, main=True)
    return {
        "day": day,
        "items": [*found["morning"], *found["afternoon"]],
        "main": len(main),
        "meals": hand_over.chosen_items(agenda, "meals", day=day.date),
        "buses": hand_over.chosen_items(agenda, "bus", day=day.date),
    } | {half: len(items) for half, items in found.items()}


class HandOverForm(forms.Form):
    """Of which day, or of which transfer or meals alone; the whole program without either."""

    day = forms.DateField(required=False)
    item = forms.IntegerField(required=False, min_value=1)
    language = forms.ChoiceField(choices=LANGUAGES, required=False)


@require_safe
@staff_page
def hand_over_pdf(request, program, published, kind):
    """Kits, meals, the bus or rooms; see hand_over.HEADINGS."""
    form = HandOverForm(request.GET)
    if kind not in hand_over.HEADINGS or not form.is_valid():
        raise Http404
    told = form.cleaned_data
    items = [told["item"]] if told["item"] else ()

    def choose(agenda):
        return hand_over.chosen_items(agenda, kind, items=items, day=told["day"])

    moment = printing.read(program, choose)
    data = hand_over.document(moment, kind, told["language"] or "both")
    if not data["lists"]:
        messages.info(request, _("There is no list to print: the published agenda has no such item."))
        return redirect("participants:print", program.slug)
    day = told["day"].isoformat() if isinstance(told["day"], date) else ""
    return printing.pdf_response(moment, data, kind, program.slug, day)
