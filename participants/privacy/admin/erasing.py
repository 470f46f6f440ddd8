"""Erasing a person in the admin: opened on purpose, and confirmed by typing their address."""

from django import forms
from django.contrib import messages
from django.contrib.admin.models import CHANGE, LogEntry
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from participants.people.admin.frame import MAY_CHANGE, list_url, page, person_or_404
from participants.privacy.erasing import erase, may_be_erased


class EraseForm(forms.Form):
    """The organizer types the address of the person, so that nobody is erased by a wrong click."""

    email = forms.CharField(
        label=gettext_lazy("E-mail address of the person"),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args, participant, **kwargs):
        super().__init__(*args, **kwargs)
        self.participant = participant

    def clean_email(self):
        typed = self.cleaned_data["email"].strip()
        if typed.lower() != self.participant.email.lower():
            raise ValidationError(_("This is not the address of this person."), code="other")
        return typed


@require_http_methods(["GET", "POST"])
def erase_person(request, pk):
    person = person_or_404(request, pk, MAY_CHANGE)
    program = person.program
    form = EraseForm(request.POST or None, participant=person)
    if may_be_erased(person) and form.is_valid():
        erase(person)
        LogEntry.objects.log_actions(request.user.pk, [person], CHANGE, "Erased.", single_object=True)
        messages.success(
            request, _("The person is erased. Country, group and attendance stay, without a name.")
        )
        return redirect(list_url(program))
    return page(
        request,
        "privacy/erase.html",
        program,
        _("Erase this person"),
        person=person,
        form=form,
        possible=may_be_erased(person),
    )


URLS = [("<int:pk>/erase/", erase_person, "erase")]
