"""What organizers do with the participants they ticked in the list."""

from django.contrib import admin, messages
from django.http import HttpResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from participants.models import Participant
from participants.people import deleting
from participants.people.grouping import assign
from participants.people.seats import seats, set_status
from participants.people.spreadsheets.exports import export as make_spreadsheet
from program.admin.current import chosen_program
from program.admin.operations import with_undo
from program.spreadsheets.writing import CONTENT_TYPES

from .forms import ExportForm, GroupChoiceForm
from .frame import page
from .group_pages import tell_moved

Status = Participant.Status


def ask(request, queryset, template, title, **context):
    """A page that asks before it is done; its form brings the same people to the same action again."""
    shown = {
        "people": list(queryset.select_related("group")),
        "action": request.POST["action"],
        "selected": request.POST.getlist("_selected_action"),
        "select_across": request.POST.get("select_across", "0"),
    }
    return page(request, template, chosen_program(request), title, **(shown | context))


def _settle(request, queryset, status, told):
    program = chosen_program(request)
    operation = set_status(program, queryset, status, by=request.user)
    if operation:
        count = operation.summary["count"]
        messages.success(request, with_undo(told(count) % {"count": count}, operation))
        warn_about_seats(request, program)
    else:
        messages.info(request, _("Nothing to do: all of them had that status already."))


def warn_about_seats(request, program):
    over = seats(program).over
    if over:
        text = ngettext(
            "%(count)d person more than there are seats.", "%(count)d people more than there are seats.", over
        )
        messages.warning(request, text % {"count": over})


@admin.action(description=gettext_lazy("Accept"), permissions=["change"])
def accept(modeladmin, request, queryset):
    _settle(
        request,
        queryset,
        Status.ACCEPTED,
        lambda n: ngettext("%(count)d person is accepted.", "%(count)d people are accepted.", n),
    )


@admin.action(description=gettext_lazy("Confirm"), permissions=["change"])
def confirm(modeladmin, request, queryset):
    _settle(
        request,
        queryset,
        Status.CONFIRMED,
        lambda n: ngettext("%(count)d person is confirmed.", "%(count)d people are confirmed.", n),
    )


@admin.action(description=gettext_lazy("Withdraw…"), permissions=["change"])
def withdraw(modeladmin, request, queryset):
    if "sure" not in request.POST:
        return ask(request, queryset, "people/withdraw.html", _("Withdraw these people?"))
    _settle(
        request,
        queryset,
        Status.WITHDRAWN,
        lambda n: ngettext("%(count)d person is withdrawn.", "%(count)d people are withdrawn.", n),
    )
    return None


@admin.action(description=gettext_lazy("Delete people entered by mistake…"), permissions=["change"])
def delete_mistakes(modeladmin, request, queryset):
    """Permanently, and only people about whom nothing is recorded; the others stay and are named."""
    people = list(queryset.select_related("group"))
    why = deleting.obstacles(people)
    wrong = [person for person in people if person.pk not in why]
    if "sure" not in request.POST:
        return ask(
            request,
            queryset,
            "people/delete_mistakes.html",
            _("Delete these people?"),
            people=wrong,
            stay=[(person, why[person.pk]) for person in people if person.pk in why],
        )
    stay = deleting.delete([person.pk for person in people])
    count = len(people) - len(stay)
    if count:
        text = ngettext("%(count)d person is deleted.", "%(count)d people are deleted.", count)
        messages.success(request, text % {"count": count})
    for person, reason in stay.items():
        text = _("%(name)s was not deleted. %(why)s") % {"name": person.name, "why": reason}
        messages.warning(request, text)
    return None


@admin.action(description=gettext_lazy("Put into a group…"), permissions=["change"])
def group(modeladmin, request, queryset):
    program = chosen_program(request)
    form = GroupChoiceForm(request.POST if "sure" in request.POST else None, program=program)
    if not form.is_valid():
        return ask(request, queryset, "people/group.html", _("Put these people into a group"), form=form)
    people = list(queryset.filter(erased_at=None).select_related("group"))
    group = form.cleaned_data["group"]
    placed = {person.pk: group for person in people}
    operation = assign(program, people, placed, by=request.user, group=group.name if group else "")
    tell_moved(request, operation)
    return None


@admin.action(description=gettext_lazy("Export…"), permissions=["view"])
def export(modeladmin, request, queryset):
    may_read = request.user.has_perm("participants.view_travelrecord", chosen_program(request))
    form = ExportForm(request.POST if "sure" in request.POST else None, may_read_travel=may_read)
    if not form.is_valid():
        return ask(request, queryset, "people/export.html", _("Export people"), form=form)
    kind = form.cleaned_data["form"]
    reader = request.user if form.cleaned_data.get("travel") else None
    response = HttpResponse(make_spreadsheet(queryset, kind, reader), content_type=CONTENT_TYPES[kind])
    name = f"{slugify(_('Participants'))}-{chosen_program(request).slug}.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
