"""Conflicts that organizers know and leave as they are: accepting one with a reason, and taking that back."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from program import clock
from program.models import AcceptedConflict
from program.publishing import releases

from .rights import program_or_404


class AcceptForm(forms.ModelForm):
    class Meta:
        model = AcceptedConflict
        fields = ["reason", "key"]


def _back_to_list(program):
    return redirect(f"{reverse('admin:program_program_publish', args=[program.pk])}#conflicts")


@require_POST
def accept(request, pk):
    """Accept the conflict of the draft with this ``key``, for a ``reason``."""
    program = program_or_404(request, pk, "program.add_acceptedconflict")
    form = AcceptForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Nothing was noted: say why the conflict can stay as it is."))
        return _back_to_list(program)
    found = {finding.key: finding for finding in releases.draft(program).findings}
    finding = found.get(form.cleaned_data["key"])
    if finding is None:
        messages.info(request, _("Nothing was noted: this conflict is gone, or has changed since."))
        return _back_to_list(program)
    row, made = AcceptedConflict.objects.get_or_create(
        program=program,
        key=finding.key,
        defaults={
            "code": finding.code,
            "reason": form.cleaned_data["reason"],
            "accepted_by": request.user,
            "accepted_at": clock.now(),
        },
    )
    text = _("Noted as known.") if made else _("It was noted as known already.")
    link = f"?known={row.pk}#known-{row.pk}"
    messages.success(request, format_html('{} <a href="{}">{}</a>', text, link, _("Look at it or undo it")))
    return _back_to_list(program)


@require_POST
def reopen(request, pk):
    """Let the accepted conflict with this ``key`` be told again; pressed twice, it does no more."""
    program = program_or_404(request, pk, "program.delete_acceptedconflict")
    program.accepted_conflicts.filter(key=request.POST.get("key", "")).delete()
    messages.success(request, _("The conflict is in the list again."))
    return _back_to_list(program)
