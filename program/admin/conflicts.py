"""Conflicts that organizers know and leave as they are: accepting one with a reason, and taking that back."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from program import clock
from program.models import AcceptedConflict
from program.publishing import releases

from .rights import found_or_404, program_or_404


class AcceptForm(forms.ModelForm):
    class Meta:
        model = AcceptedConflict
        fields = ["reason", "key"]
        labels = {"reason": gettext_lazy("Known, accepted because")}
        error_messages = {"reason": {"required": gettext_lazy("Say why it can stay as it is.")}}
        widgets = {"key": forms.HiddenInput}


@require_POST
def accept(request, pk):
    """Accept the conflict of the draft with this ``key``, for a ``reason``."""
    program = program_or_404(request, pk, "program.add_acceptedconflict")
    back = redirect(f"{reverse('admin:program_program_publish', args=[program.pk])}#conflicts")
    form = AcceptForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Nothing was noted: say why the conflict can stay as it is."))
        return back
    found = {finding.key: finding for finding in releases.draft(program).findings}
    finding = found.get(form.cleaned_data["key"])
    if finding is None:
        messages.info(request, _("Nothing was noted: this conflict is gone, or has changed since."))
        return back
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
    return back


@require_POST
def reopen(request, pk):
    """Let an accepted conflict be told again."""
    rows = AcceptedConflict.objects.select_related("program")
    row = found_or_404(request, rows, pk, "program.delete_acceptedconflict")
    program = row.program
    row.delete()
    messages.success(request, _("The conflict is in the list again."))
    return redirect(f"{reverse('admin:program_program_publish', args=[program.pk])}#conflicts")
