"""Printed lists: the document as a page and as a PDF, and the page where staff choose what to print."""

from datetime import date

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from participants.logistics import hand_over
from participants.models import LetterheadSettings
from participants.papers import attendance_lists, logos, printing
from participants.papers.forms import LANGUAGES, ListForm, PrintForm
from participants.people.staff import item_page, show, staff_page
from program import clock
from program.printing.documents import printable

HALVES = ("morning", "afternoon")


def _read(program, choose, choices):
    return printing.read(program, choose, states=choices.marked, committee="committee" in choices.lists)


def _pdf(moment, data, *name):
    """The PDF of ``data``, shown in the browser; kept by nobody, since the next print may read otherwise."""
    file = "-".join(slugify(word) for word in ("daftar", *name) if word)
    headers = {"Content-Disposition": f'inline; filename="{file}.pdf"', "Cache-Control": "no-store, private"}
    return HttpResponse(printing.pdf(moment, data), content_type="application/pdf", headers=headers)


def _read_one(program, item, choices):
    moment = _read(program, lambda agenda: [i for i in agenda.items if i.id == item.id], choices)
    if not moment.items:  # published without it a moment ago
        raise Http404
    return moment


@require_safe
@item_page
def item_list(request, program, published, item):
    """The list of one item as a page that prints as the PDF does."""
    form = ListForm(request.GET, agenda=published.agenda, item=item)
    choices = form.choices
    moment = _read_one(program, item, choices)
    return show(
        request,
        "participants/papers/list.html",
        published,
        item=item,
        form=form,
        document=printable(attendance_lists.document(moment, choices)),
        logos={name: place for place, name in enumerate(logos.FIELDS, 1) if name in moment.logos},
        query=f"?{request.GET.urlencode()}" if request.GET else "",
    )


@require_safe
@item_page
def item_list_pdf(request, program, published, item):
    form = ListForm(request.GET, agenda=published.agenda, item=item)
    if not form.is_valid():
        page = reverse("participants:list", args=[program.slug, item.id])
        return redirect(f"{page}?{request.GET.urlencode()}")
    moment = _read_one(program, item, form.choices)
    return _pdf(moment, attendance_lists.document(moment, form.choices), "hadir", program.slug, str(item.id))


@require_safe
@staff_page
def lists_pdf(request, program, published):
    """Lists of several items in one PDF: see PrintForm for what may be asked for."""
    form = PrintForm(request.GET, agenda=published.agenda)
    page = reverse("participants:print", args=[program.slug])
    if not form.is_valid():
        return redirect(f"{page}?{request.GET.urlencode()}")
    moment = _read(program, form.items_of, form.choices)
    data = attendance_lists.document(moment, form.choices)
    if not data["lists"] or not (moment.items or form.cleaned_data["spare"]):
        messages.info(request, _("There is no list to print: the published agenda has no such item."))
        return redirect(page)
    return _pdf(moment, data, "hadir", program.slug, form.cleaned_data["day"], form.cleaned_data["half"])


@require_safe
@staff_page
def print_lists(request, program, published):
    """Today's lists on top, then every other day, then what else can be printed."""
    agenda = published.agenda
    form = PrintForm(request.GET, agenda=agenda)
    today = clock.now().astimezone(program.tz).date()
    days = [_day(agenda, day) for day in agenda.days]
    return show(
        request,
        "participants/papers/print.html",
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
    return _pdf(moment, data, kind, program.slug, day)


@require_safe
@staff_page
def logo(request, program, published, place):
    """A logo of the letterhead, for the list as a page."""
    settings = LetterheadSettings.objects.filter(program=program).first()
    found = logos.read(settings) if settings and 0 < place <= len(logos.FIELDS) else {}
    content = found.get(logos.FIELDS[place - 1]) if found else None
    if content is None:
        raise Http404
    return HttpResponse(content, content_type="image/png")
