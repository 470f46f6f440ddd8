"""Printed lists: the document as a page and as a PDF, and the page where staff choose what to print."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from participants.models import LetterheadSettings
from participants.papers import attendance_lists, logos, print_choices, printing
from participants.papers.forms import ListForm, PrintForm
from participants.people.staff import item_page, show, staff_page
from program import addresses
from program.printing.documents import printable


def _read(program, choose, choices):
    return printing.read(program, choose, states=choices.marked, committee="committee" in choices.lists)


def _read_one(program, item, choices):
    moment = _read(program, lambda agenda: [i for i in agenda.items if i.id == item.id], choices)
    if not moment.items:  # published without it a moment ago
        raise Http404
    return moment


def _document(request, moment, choices):
    site = addresses.site_of(request)

    def address_of(item, code):
        return addresses.printed(site, "participants:sheet", item.id, code)

    return attendance_lists.document(moment, choices, address_of=address_of)


@require_http_methods(["GET", "HEAD", "POST"])
@item_page
def item_list(request, program, published, item):
    """A preview of the list of one item. A POST remembers how it is printed."""
    of = {"agenda": published.agenda, "item": item}
    form = ListForm(request.POST or request.GET, usual=print_choices.of(request.user, program), **of)
    if request.method == "POST" and form.is_valid():
        print_choices.keep(request.user, program, form.kept)
        return redirect(f"{request.path}?{form.query}")
    choices = form.choices
    moment = _read_one(program, item, choices)
    return show(
        request,
        "participants/papers/list.html",
        published,
        item=item,
        form=form,
        document=printable(_document(request, moment, choices)),
        logos={name: place for place, name in enumerate(logos.FIELDS, 1) if name in moment.logos},
        query=f"?{request.GET.urlencode()}" if request.GET else "",
    )


@require_safe
@item_page
def item_list_pdf(request, program, published, item):
    usual = print_choices.of(request.user, program)
    form = ListForm(request.GET, agenda=published.agenda, item=item, usual=usual)
    if not form.is_valid():
        page = reverse("participants:list", args=[program.slug, item.id])
        return redirect(f"{page}?{request.GET.urlencode()}")
    moment = _read_one(program, item, form.choices)
    return printing.pdf_response(
        moment, _document(request, moment, form.choices), "hadir", program.slug, str(item.id)
    )


@require_safe
@staff_page
def lists_pdf(request, program, published):
    """Lists of several items in one PDF: see PrintForm for what may be asked for."""
    usual = print_choices.of(request.user, program)
    form = PrintForm(request.GET, agenda=published.agenda, usual=usual)
    page = reverse("participants:print", args=[program.slug])
    if not form.is_valid():
        return redirect(f"{page}?{request.GET.urlencode()}")
    moment = _read(program, form.items_of, form.choices)
    data = _document(request, moment, form.choices)
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
