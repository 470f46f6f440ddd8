"""The pages of a signed list: entering its signatures, keeping its scan, settling its differences."""

import secrets

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import permission_required
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from participants.attendance import marking, signed_lists
from participants.attendance.scans import TYPES, kind_of
from participants.models import Attendance, ScannedList
from participants.papers import sheets
from participants.people.staff import MARK, item_page, show
from program import clock
from program.models import AgendaItem

from .marking import NOT_IN_ORDER, WHY_NOT, UndoForm


class NumbersForm(forms.Form):
    """Numbers of the list. ``people`` says who had which number on the page they were read from
    ("1:12-2:15"); the page writes it itself, so that an answer with an error has the people of now."""

    numbers = forms.CharField(
        label=gettext_lazy("Numbers of those who signed"),
        help_text=gettext_lazy("Type a number and press Enter; or several: 1 2 5-9."),
        max_length=400,
        widget=forms.TextInput(
            attrs={"class": "form-control", "inputmode": "text", "autocomplete": "off", "autofocus": True}
        ),
    )
    people = forms.CharField(required=False)

    def __init__(self, *args, lines, **kwargs):
        super().__init__(*args, **kwargs)
        self.lines = {line.row.number: line.row.person for line in lines if line.printed}

    def clean_numbers(self):
        try:
            numbers = signed_lists.read_numbers(self.cleaned_data["numbers"])
        except ValueError:
            raise forms.ValidationError(_("Only numbers on the list, such as 7 or 1 2 5-9.")) from None
        unknown = [str(number) for number in numbers if number not in self.lines]
        if unknown:
            text = _("Not on this list: %(numbers)s. Nothing was entered.")
            raise forms.ValidationError(text % {"numbers": ", ".join(unknown[:10])})
        return numbers

    def clean_people(self):
        before = set(self.cleaned_data["people"].split("-"))
        if {
            _numbered(number, self.lines[number]) for number in self.cleaned_data.get("numbers", ())
        } - before:
            raise forms.ValidationError(
                _("The list of participants has changed: check the numbers again. Nothing was entered.")
            )
        return self.cleaned_data["people"]

    @property
    def named(self):
        return [self.lines[number] for number in self.cleaned_data["numbers"]]


class ScanForm(forms.ModelForm):
    class Meta:
        model = ScannedList
        fields = ["file"]
        widgets = {
            "file": forms.FileInput(
                attrs={"class": "form-control", "accept": "application/pdf,image/jpeg,image/png"}
            )
        }


@require_http_methods(["GET", "HEAD", "POST"])
@item_page
def signed_list(request, program, published, item):
    sheet = _sheet_of(request)
    lines = signed_lists.lines_of(program, item, sheet)
    numbers, scan = NumbersForm(lines=lines), ScanForm()
    if request.method == "POST":
        try:
            done = _act(request, program, item, lines)
        except marking.NotMarked as error:
            done = messages.error(request, WHY_NOT[type(error)])
        if done is None:
            place = "#diff-h" if {"settle", "settle-all"} & request.POST.keys() else ""
            return redirect(_address(program.slug, item.id, sheet) + place)
        numbers, scan = (done, scan) if isinstance(done, NumbersForm) else (numbers, done)
    return show(
        request,
        "participants/attendance/signed_list.html",
        published,
        item=item,
        sheet=sheet,
        group=published.agenda.group(sheet.group) if sheet else None,
        outdated=sheet and sheet.release < published.number,
        unread="sheet" in request.GET and sheet is None,
        lines=lines,
        shift=signed_lists.shift_of(program, item, lines, sheet),
        differences=[line for line in lines if line.differs],
        asked=sum(line.printed or line.entry is not None for line in lines),
        entered=sum(line.entry is not None for line in lines),
        open=sum(line.entry is None and line.printed and line.expected for line in lines),
        signed=sum(line.entry is not None and line.entry.signed for line in lines),
        numbers=numbers,
        people=_people(lines),
        scan=scan,
        scans=ScannedList.objects.filter(item_id=item.id).select_related("added_by"),
        last=signed_lists.last_entry(item, request.user),
    )


@require_safe
@permission_required(MARK, raise_exception=True)
def sheet(request, pk, code):
    """Where the code on a printed sheet leads: to the page of its list, which then knows the sheet."""
    found = get_object_or_404(AgendaItem.objects.select_related("program"), pk=pk)
    if not request.user.has_perm(MARK, found):
        raise Http404
    return redirect(_address(found.program.slug, pk) + "?" + urlencode({"sheet": code}))


def _sheet_of(request):
    """The Sheet that the address names, or None."""
    try:
        return sheets.read(request.GET.get("sheet", ""))
    except ValueError:
        return None


def _address(slug, pk, sheet=None):
    address = reverse("participants:signed-list", args=[slug, pk])
    return f"{address}?{urlencode({'sheet': sheet.code})}" if sheet else address


@require_http_methods(["GET", "HEAD", "POST"])
def old_address(request, slug, pk):
    """Lead from ``…/paper/``, as the page was called, with what a page that is still open sends."""
    return redirect("participants:signed-list", slug, pk, permanent=True, preserve_request=True)


def _people(lines):
    return "-".join(_numbered(line.row.number, line.row.person) for line in lines if line.printed)


def _numbered(number, person):
    return f"{number}:{person.pk}"


def _act(request, program, item, lines):
    """Do what the button that was pressed says; return a form that has errors, else None."""
    data, by = request.POST, request.user
    if "rest" in data:
        open_lines = [line for line in lines if line.entry is None and line.printed and line.expected]
        rest = [line.row.person.pk for line in open_lines]
        signed_lists.enter(program, item, rest, signed=False, by=by)
        text = ngettext("One person did not sign.", "%(count)d people did not sign.", len(rest))
        return messages.success(request, text % {"count": len(rest)})
    if "undo" in data:
        form = UndoForm({"moment": data["undo"]})
        if not form.is_valid():
            return messages.error(request, NOT_IN_ORDER)
        signed_lists.undo(program, item, form.cleaned_data["moment"], by=by)
        return messages.success(request, _("Undone."))
    for name in ("signed", "unsigned", "settle"):
        if name in data:
            return _line(request, program, item, lines, name, data[name])
    if "settle-all" in data:
        count = len(signed_lists.settle_all(program, item, lines, by=by).changed)
        text = ngettext(
            "The signed list was used for one person.",
            "The signed list was used for %(count)d people.",
            count,
        )
        return messages.success(request, text % {"count": count})
    if "remove" in data:
        return _remove(request, item, data["remove"])
    if "attach" in data:
        return _attach(request, item)
    form = NumbersForm(data, lines=lines)
    if not form.is_valid():
        return form
    signed_lists.enter(program, item, [person.pk for person in form.named], signed=True, by=by)
    gone = {line.row.person.pk for line in lines if not line.expected}
    names = ", ".join(
        f"{number} {person.called}"
        for number, person in zip(form.cleaned_data["numbers"], form.named, strict=True)
    )
    messages.success(request, _("Signed: %(names)s") % {"names": names})
    if left := [person.called for person in form.named if person.pk in gone]:
        text = _("The signature is kept, but no attendance is marked, since they are not expected: %(names)s")
        messages.warning(request, text % {"names": ", ".join(left)})


def _line(request, program, item, lines, action, value):
    """One line of the list: it is signed or not, or one of the two states that differ is chosen."""
    pk, _blank, state = value.partition(" ")
    person = next((line.row.person for line in lines if str(line.row.person.pk) == pk), None)
    if person is None or (action == "settle" and state not in Attendance.State):
        return messages.error(request, NOT_IN_ORDER)
    if action == "settle":
        signed_lists.settle(program, item, person.pk, state, by=request.user)
        word = Attendance.State(state).label
        return messages.success(request, f"{person.called}: {word}")
    signed_lists.enter(program, item, [person.pk], signed=action == "signed", by=request.user)
    text = _("Signed: %(names)s") if action == "signed" else _("Did not sign: %(names)s")
    return messages.success(request, text % {"names": person.called})


def _attach(request, item):
    form = ScanForm(request.POST, request.FILES)
    if not form.is_valid():
        return form
    if not AgendaItem.objects.filter(pk=item.id).exists():
        raise marking.ItemDeleted
    added = form.save(commit=False)
    # The file name given by the phone is of no use here, and may be private.
    added.file.name = f"{secrets.token_urlsafe(16)}.{kind_of(request.FILES['file'])}"
    added.item_id, added.added_by, added.added_at = item.id, request.user, clock.now()
    added.save()
    return messages.success(request, _("The scan is attached."))


def _remove(request, item, pk):
    if ScannedList.objects.filter(item_id=item.id, pk=pk if pk.isdecimal() else 0).discard():
        messages.success(request, _("The scan is removed."))


@require_safe
@item_page
def scan(request, program, published, item, scan):
    """A scanned list, to those who mark attendance only."""
    found = get_object_or_404(ScannedList, item_id=item.id, pk=scan)
    try:
        file = found.file.open()
    except FileNotFoundError:
        raise Http404 from None
    ending = found.file.name.rpartition(".")[2]
    return FileResponse(file, content_type=TYPES[ending], filename=f"{item.id}-{found.pk}.{ending}")
