"""The pages of certificates: who gets one, issuing, reissuing, revoking, and all of them in one file."""

from contextlib import suppress

from django import forms
from django.contrib import messages
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from participants.certificates import document
from participants.certificates import files as certificate_files
from participants.certificates import issuing as certificates
from participants.models import Certificate, LetterheadSettings
from participants.people.admin.frame import page
from program import addresses, clock
from program.admin.rights import found_or_404, program_or_404
from program.publishing import releases

LIST = "admin:participants_certificate_changelist"
MAY_VIEW, MAY_ISSUE, MAY_CHANGE = (
    f"participants.{action}_certificate" for action in ("view", "add", "change")
)
private = cache_control(private=True, no_store=True)


def list_url(program):
    return f"{reverse(LIST)}?program={program.pk}"


def address_of(request):
    """A function that makes the public address of a certificate from its code: in English, as on its PDF."""
    site = addresses.site_of(request)
    return lambda code: addresses.printed(site, "participants:verify", code)


class EarlyForm(forms.Form):
    """Asks before something is issued while items are still to come (``coming``)."""

    early = forms.BooleanField(
        label=gettext_lazy("Issue them before the program ends"),
        help_text=gettext_lazy(
            "They count only what took place until now, and say so. What comes later needs a reissue."
        ),
        error_messages={"required": gettext_lazy("The program is not over: tick this, or wait.")},
    )
    field_order = ["people", "chosen", "reason", "early"]

    def __init__(self, *args, coming, **kwargs):
        super().__init__(*args, **kwargs)
        if not coming:
            del self.fields["early"]


class ReachedForm(EarlyForm):
    people = forms.ModelMultipleChoiceField(
        None, error_messages={"required": gettext_lazy("Tick who gets a certificate.")}
    )

    def __init__(self, *args, program, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = program.participants.all()


class DecisionForm(EarlyForm):
    """Who gets a certificate by an organizer's decision, and why. ``chosen`` are participants or speakers."""

    chosen = forms.ModelMultipleChoiceField(
        None, error_messages={"required": gettext_lazy("Tick who gets a certificate.")}
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        help_text=gettext_lazy("Kept with the certificate. Only organizers read it."),
        error_messages={"required": gettext_lazy("Please give a reason.")},
    )

    def __init__(self, *args, offered, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["chosen"].queryset = offered

    @property
    def ticked(self):
        return self.data.getlist(self.add_prefix("chosen")) if self.is_bound else []


@require_http_methods(["GET", "POST"])
def issue(request, pk):
    """Who gets a certificate and who does not, and why; a POST issues to those ticked in the part ``do``."""
    program = program_or_404(request, pk, MAY_ISSUE)
    do = request.POST.get("do")
    published = releases.current(program)
    coming = _coming(published)

    def sent(part):
        return {"data": request.POST if do == part else None, "coming": coming}

    reached = ReachedForm(**sent("reached"), program=program)
    others = DecisionForm(**sent("others"), prefix="others", offered=program.participants.all())
    speakers = DecisionForm(**sent("speakers"), prefix="speakers", offered=program.speakers.all())
    how = {"by": request.user, "address_of": address_of(request)}
    try:
        if reached.is_valid():
            made = certificates.issue(program, reached.cleaned_data["people"], **how)
            return _issued(request, program, made)
        for form, whom in ((others, "people"), (speakers, "speakers")):
            if form.is_valid():
                chosen = {whom: form.cleaned_data["chosen"], "reason": form.cleaned_data["reason"]}
                return _issued(request, program, certificates.issue_by_decision(program, **chosen, **how))
    except certificates.NotPublished:
        messages.error(request, _("Nothing is published yet: a certificate would be empty."))
    found = certificates.candidates(program)
    speaking, unprintable = certificates.speakers_without(program)
    return page(
        request,
        "certificates/issue.html",
        program,
        _("Issue certificates"),
        published=published,
        settings=LetterheadSettings.of(program),
        reached=[c for c in found if c.reached],
        reached_form=reached,
        others=[c for c in found if not c.reached],
        others_form=others,
        speakers=speaking,
        unprintable=unprintable,
        speakers_form=speakers,
        issued=program.certificates.count(),
        next_number=certificates.next_number(program),
        address=how["address_of"]("x" * 22).replace("x" * 22, "…"),
        signatories=program.signatories.count(),
        coming=coming,
    )


def _coming(published):
    """How many items that certificates list or count are not over yet."""
    return len(document.coming(published.agenda, clock.now())) if published else 0


def _issued(request, program, made):
    if not made:
        messages.info(
            request, _("No certificate was issued: these people already have one, or may not get one.")
        )
        return redirect("admin:participants_certificate_issue", program.pk)
    LogEntry.objects.log_actions(request.user.pk, made, ADDITION, "Issued.")
    text = ngettext("%(count)d certificate is issued.", "%(count)d certificates are issued.", len(made))
    messages.success(request, text % {"count": len(made)})
    return redirect(list_url(program))


@require_safe
@private
def sample(request, pk):
    """How a certificate would look now, with a sample name."""
    program = program_or_404(request, pk, MAY_ISSUE)
    try:
        made = certificates.sample(program, address_of=address_of(request))
    except certificates.NotPublished:
        raise Http404 from None
    return HttpResponse(made, content_type="application/pdf")


def _certificate(request, pk, right):
    found = Certificate.objects.select_related("program", "participant__group", "speaker__organization")
    return found_or_404(request, found, pk, right)


@require_safe
@private
def pdf(request, pk):
    certificate = _certificate(request, pk, MAY_VIEW)
    if certificate.erased:
        raise Http404
    return HttpResponse(bytes(certificate.pdf), content_type="application/pdf")


@require_http_methods(["GET", "POST"])
def reissue(request, pk):
    certificate = _certificate(request, pk, MAY_CHANGE)
    program = certificate.program
    possible = certificates.may_be_reissued(certificate)
    if request.method == "POST" and possible:
        try:
            if request.POST.get("seen") != certificates.state_of(certificate):
                raise certificates.Changed
            certificates.reissue(certificate, address_of=address_of(request))
        except certificates.Changed:
            text = _(
                "Not reissued: someone else reissued or revoked it in the meantime. Please check it again."
            )
            messages.error(request, text)
            return redirect("admin:participants_certificate_change", pk)
        _log(request, [certificate], "Reissued.")
        messages.success(request, _("Certificate %(number)s is reissued.") % {"number": certificate.number})
        return redirect("admin:participants_certificate_change", pk)
    holder = certificate.participant or certificate.speaker
    return page(
        request,
        "certificates/reissue.html",
        program,
        _("Reissue this certificate"),
        certificate=certificate,
        possible=possible,
        seen=certificates.state_of(certificate),
        name=holder.name if holder else "",
        coming=_coming(releases.current(program)),
    )


class ReissueForm(forms.Form):
    chosen = forms.ModelMultipleChoiceField(
        None, error_messages={"required": gettext_lazy("Tick the certificates to reissue.")}
    )

    def __init__(self, *args, program, **kwargs):
        super().__init__(*args, **kwargs)
        found = Certificate.objects.valid().filter(program=program)
        self.fields["chosen"].queryset = found.defer("pdf").select_related("participant", "speaker")


@require_http_methods(["GET", "POST"])
def reissue_many(request, pk):
    """For a mistake in all of them, such as a forgotten signature."""
    program = program_or_404(request, pk, MAY_CHANGE)
    form = ReissueForm(request.POST if request.method == "POST" else None, program=program)
    if form.is_valid():
        chosen = []
        for certificate in form.cleaned_data["chosen"]:
            with suppress(certificates.Changed):  # it is no longer what was ticked
                if certificates.may_be_reissued(certificate):
                    certificates.reissue(certificate, address_of=address_of(request))
                    chosen.append(certificate)
        _log(request, chosen, "Reissued.")
        text = ngettext(
            "%(count)d certificate is reissued.", "%(count)d certificates are reissued.", len(chosen)
        )
        say = messages.success if chosen else messages.warning
        say(request, text % {"count": len(chosen)})
        return redirect(list_url(program))
    found = [c for c in form.fields["chosen"].queryset if certificates.may_be_reissued(c)]
    return page(
        request,
        "certificates/reissue_many.html",
        program,
        _("Reissue certificates"),
        form=form,
        certificates=[(c, (c.participant or c.speaker).name) for c in found],
        coming=_coming(releases.current(program)),
    )


class RevokeForm(forms.Form):
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        help_text=gettext_lazy("Kept with the certificate. The public page does not show it."),
    )


@require_http_methods(["GET", "POST"])
def revoke(request, pk):
    certificate = _certificate(request, pk, MAY_CHANGE)
    form = RevokeForm(request.POST or None)
    if not certificate.revoked_at and form.is_valid():
        certificates.revoke(certificate, reason=form.cleaned_data["reason"])
        _log(request, [certificate], f"Revoked: {form.cleaned_data['reason']}")
        messages.success(request, _("Certificate %(number)s is revoked.") % {"number": certificate.number})
        return redirect("admin:participants_certificate_change", pk)
    return page(
        request,
        "certificates/revoke.html",
        certificate.program,
        _("Revoke this certificate"),
        certificate=certificate,
        form=form,
    )


def _log(request, changed, what):
    LogEntry.objects.log_actions(request.user.pk, changed, CHANGE, what)


def _all(request, pk):
    """(the program, its valid certificates in the order of their numbers)."""
    program = program_or_404(request, pk, MAY_VIEW)
    found = Certificate.objects.valid().filter(program=program).order_by("sequence")
    if not found.exists():
        raise Http404
    return program, found.iterator(chunk_size=20)


@require_safe
@private
def all_pdf(request, pk):
    program, found = _all(request, pk)
    name = f"{program.slug}-certificates.pdf"
    return FileResponse(certificate_files.joined(found), filename=name, content_type="application/pdf")


@require_safe
@private
def all_zip(request, pk):
    program, found = _all(request, pk)
    name = f"{program.slug}-certificates.zip"
    file = certificate_files.zipped(found)
    return FileResponse(file, as_attachment=True, filename=name, content_type="application/zip")


URLS = [
    ("issue/<int:pk>/", issue, "issue"),
    ("reissue/<int:pk>/", reissue_many, "reissue_many"),
    ("sample/<int:pk>.pdf", sample, "sample"),
    ("all/<int:pk>.pdf", all_pdf, "all_pdf"),
    ("all/<int:pk>.zip", all_zip, "all_zip"),
    ("<int:pk>/certificate.pdf", pdf, "pdf"),
    ("<int:pk>/reissue/", reissue, "reissue"),
    ("<int:pk>/revoke/", revoke, "revoke"),
]
