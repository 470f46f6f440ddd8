"""Printed lists: the document as a page and as a PDF, and the page where staff choose what to print."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from participants.models import LetterheadSettings
from participants.papers import attendance_lists, logos, printing
from participants.papers.forms import ListForm, PrintForm
from participants.people.staff import item_page, show, staff_page
from program.printing.documents import printable


def _read(program, choose, choices):
    return printing.read(program, choose, states=choices.marked, committee="committee" in choices.lists)


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
    return printing.pdf_response(
        moment, attendance_lists.document(moment, form.choices), "hadir", program.slug, str(item.id)
    )


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
    return printing.pdf_response(
        moment, data, "hadir", program.slug, form.cleaned_data["day"], form.cleaned_data["half"]
    )


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
