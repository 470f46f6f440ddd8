"""Badges in the admin: printed for many or for one, and revoked when one is lost."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from participants.models import Participant
from participants.papers import badge_documents, badges
from participants.papers.forms import ItemsField
from participants.people.admin.frame import MAY_CHANGE, MAY_MARK, page
from program import addresses
from program.admin.current import chosen_program
from program.admin.rights import found_or_404, program_or_404
from program.publishing import releases


def _wearers(people):
    """Those of ``people`` (a queryset) for whom a badge is made: confirmed, and not erased."""
    return people.expected().filter(erased_at=None)


class PrintForm(forms.Form):
    """Whose badges are printed: ``person``, any number of them, else those ``who`` says."""

    who = forms.ChoiceField(label=gettext_lazy("Badges for"), widget=forms.RadioSelect, required=False)
    sides = forms.ChoiceField(
        label=gettext_lazy("Sides"),
        choices=[
            ("both", gettext_lazy("Front and back: print on both sides, turned on the long edge")),
            ("front", gettext_lazy("Front only")),
        ],
        initial="both",
        widget=forms.RadioSelect,
    )
    person = ItemsField(coerce=int, required=False, widget=forms.MultipleHiddenInput)

    def __init__(self, *args, program, **kwargs):
        super().__init__(*args, **kwargs)
        self.confirmed = _wearers(program.participants.all())
        self.groups = {str(group.pk): group for group in program.groups.all()}
        self.fields["who"].choices = [
            ("all", _("All who are confirmed")),
            ("new", _("Those without a badge")),
            *((pk, _("Group %(name)s") % {"name": group.name}) for pk, group in self.groups.items()),
        ]
        self.missing = badges.without(self.confirmed).count()
        self.fields["who"].initial = "new" if self.missing else "all"

    @property
    def people(self):
        """The confirmed participants, with their groups, that a valid form asks for."""
        told = self.cleaned_data
        found = self.confirmed.select_related("group")
        if told["person"]:
            return found.filter(pk__in=told["person"])
        if told["who"] in self.groups:
            return found.filter(group=self.groups[told["who"]])
        return badges.without(found) if told["who"] == "new" else found


def _address_of(request):
    """A function from a badge's code to the address in its QR code, the same in every language."""
    site = addresses.site_of(request)
    return lambda code: addresses.printed(site, "participants:badge", code)


@require_http_methods(["GET", "POST"])
def print_badges(request, pk):
    """Asks whose (GET). A POST answers with the PDF: people without a code get one."""
    program = program_or_404(request, pk, MAY_MARK)
    form = PrintForm(request.POST if request.method == "POST" else None, program=program)
    published = releases.current(program)
    if published and form.is_valid():
        people = list(form.people)
        if people:
            backs = form.cleaned_data["sides"] == "both"
            body = badge_documents.pdf(published, people, address_of=_address_of(request), backs=backs)
            headers = {
                "Content-Disposition": f'inline; filename="badges-{program.slug}.pdf"',
                "Cache-Control": "no-store, private",
            }
            return HttpResponse(body, content_type="application/pdf", headers=headers)
        messages.info(
            request, _("There is no badge to print: none of these people is confirmed, or all have one.")
        )
    return _ask(request, program, form)


def _ask(request, program, form, selected=()):
    return page(
        request,
        "papers/badges.html",
        program,
        _("Badges"),
        form=form,
        selected=selected,
        confirmed=form.confirmed.count(),
        missing=form.missing,
        published=releases.current(program),
        address=_address_of(request)("x").removesuffix("x/") + "…/",
    )


@admin.action(description=gettext_lazy("Print badges…"), permissions=["mark"])
def print_action(modeladmin, request, queryset):
    """Of those ticked in the list; the page then sends them to ``print_badges``."""
    program = chosen_program(request)
    selected = badge_documents.in_order(_wearers(queryset.filter(program=program)))
    if not selected:
        messages.info(request, _("None of these people is confirmed: they get no badge."))
        return None
    form = PrintForm(program=program, initial={"person": [person.pk for person in selected]})
    return _ask(request, program, form, selected)


def _person(request, pk, right):
    people = Participant.objects.filter(erased_at=None).select_related("program", "group")
    return found_or_404(request, people, pk, right)


@require_safe
def badge(request, pk):
    """The badges of one person, the valid and the revoked ones, and what may be done."""
    person = _person(request, pk, MAY_MARK)
    found = list(person.badges.all())
    return page(
        request,
        "papers/badge.html",
        person.program,
        _("Badge"),
        person=person,
        badges=found,
        valid=next((badge for badge in found if badge.revoked_at is None), None),
        confirmed=person.status == Participant.Status.CONFIRMED,
        form=PrintForm(program=person.program, initial={"person": [pk]}),
        published=releases.current(person.program),
    )


@require_http_methods(["GET", "POST"])
def reissue(request, pk):
    """A new code in place of a lost one, which stops working at once."""
    person = _person(request, pk, MAY_CHANGE)
    if request.method == "POST" and person.status == Participant.Status.CONFIRMED:
        badges.reissue(person)
        _note(request, person, "Badge reissued.")
        messages.success(request, _("The old badge no longer works. Print the new one now."))
        return redirect("admin:participants_participant_badge", pk)
    return page(request, "papers/badge_reissue.html", person.program, _("New badge"), person=person)


@require_http_methods(["GET", "POST"])
def revoke(request, pk):
    person = _person(request, pk, MAY_CHANGE)
    if request.method == "POST":
        badges.revoke(person)
        _note(request, person, "Badge revoked.")
        messages.success(request, _("The badge is revoked: it no longer works."))
        return redirect("admin:participants_participant_badge", pk)
    return page(request, "papers/badge_revoke.html", person.program, _("Revoke the badge"), person=person)


def _note(request, person, what):
    LogEntry.objects.log_actions(request.user.pk, [person], CHANGE, what, single_object=True)


URLS = [
    ("badges/<int:pk>/", print_badges, "badges"),
    ("<int:pk>/badge/", badge, "badge"),
    ("<int:pk>/badge/new/", reissue, "badge_reissue"),
    ("<int:pk>/badge/revoke/", revoke, "badge_revoke"),
]
