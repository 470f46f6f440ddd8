"""Certificates and who signs them, in the admin."""

from django import forms
from django.contrib import admin
from django.http import Http404, HttpResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from participants.models import Certificate, Signatory
from participants.papers import signatures
from participants.people.admin.forms import PictureField
from participants.people.admin.frame import PlainChoices
from participants.people.forms import LineField
from program.admin.agenda_list import ProgramFilter
from program.admin.forms import ProgramForm
from program.admin.frame import person
from program.admin.places import OfProgram
from program.admin.rights import InProgram, found_or_404
from program.drafting.history import moment_words

from . import pages as certificate_pages


@admin.register(Certificate)
class CertificateAdmin(InProgram, admin.ModelAdmin):
    """Read only: a certificate is issued, reissued and revoked on pages of their own."""

    list_display = ["number", "holder", "what", "issued", "state"]
    list_display_links = ["number", "holder"]
    list_filter = [ProgramFilter]
    list_per_page = 200
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    sortable_by = ()
    search_fields = ["number", "data__name"]
    change_list_template = "admin/participants/certificates/certificates.html"
    change_form_template = "admin/participants/certificates/certificate.html"
    view_on_site = False

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        """Certificates are never deleted: the number stays taken, and the public page says what happened to
        it.
        """
        return False

    def get_queryset(self, request):
        return super().get_queryset(request).defer("pdf").select_related("program", "issued_by")

    def get_fields(self, request, obj=None):
        told = ["reason"] if obj and obj.reason else []
        return ["number", "what", *told, "state", "issued", "author", "reissued"]

    def changelist_view(self, request, extra_context=None):
        program = self.list_program(request)
        extra = {"program": program, "title": _("Certificates")}
        if program:
            extra["any_valid"] = program.certificates.valid().exists()
        return super().changelist_view(request, extra | (extra_context or {}))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj:
            context["program"] = obj.program
        return super().render_change_form(request, context, add, change, form_url, obj)

    @admin.display(description=gettext_lazy("name"))
    def holder(self, certificate):
        return certificate.holder_name or _("erased")

    @admin.display(description=gettext_lazy("for"))
    def what(self, certificate):
        if certificate.data["kind"] == "speaker":
            return _("Speaker")
        return _("Participant, by decision") if certificate.reason else _("Participant")

    @admin.display(description=gettext_lazy("issued"))
    def issued(self, certificate):
        return moment_words(certificate.issued_at, certificate.program.tz)

    @admin.display(description=gettext_lazy("by"))
    def author(self, certificate):
        return person(certificate.issued_by)

    @admin.display(description=gettext_lazy("reissued"))
    def reissued(self, certificate):
        if not certificate.reissued_at:
            return _("never")
        return moment_words(certificate.reissued_at, certificate.program.tz)

    @admin.display(description=gettext_lazy("state"))
    def state(self, certificate):
        if certificate.revoked_at:
            words = {
                "when": moment_words(certificate.revoked_at, certificate.program.tz),
                "reason": certificate.revoked_reason,
            }
            return _("Revoked %(when)s: %(reason)s") % words if words["reason"] else _("Revoked")
        return _("Valid, its holder is erased") if certificate.erased else _("Valid")

    def get_urls(self):
        own = [
            path(route, self.admin_site.admin_view(view), name=f"participants_certificate_{name}")
            for route, view, name in certificate_pages.URLS
        ]
        return own + super().get_urls()


class SignatoryForm(ProgramForm):
    new_signature = PictureField(
        signatures.ink,
        label=gettext_lazy("Signature"),
        help_text=gettext_lazy(
            "Dark ink on white paper, photographed or scanned: PNG, JPEG or WebP, up to 5 MB. Only the ink is"
            " kept. Without a picture there is room to sign by hand."
        ),
    )
    remove_signature = forms.BooleanField(label=gettext_lazy("Print no signature"), required=False)

    class Meta:
        model = Signatory
        fields = ("program", "name", "position", "nip", "order")
        field_classes = {"name": LineField, "position": LineField, "nip": LineField}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.signature:
            self.fields.pop("remove_signature", None)


@admin.register(Signatory)
class SignatoryAdmin(PlainChoices, OfProgram):
    form = SignatoryForm
    list_display = ["name", "position", "order", "has_signature"]
    change_form_template = "admin/participants/certificates/signatory.html"
    view_on_site = False

    @admin.display(description=gettext_lazy("signature"), boolean=True)
    def has_signature(self, signatory):
        return bool(signatory.signature)

    def get_fields(self, request, obj=None):
        fields = ["program", "name", "position", "nip", "order"]
        if obj and not self.has_change_permission(request, obj):
            return fields[1:]
        return [*fields, "new_signature", *(["remove_signature"] if obj and obj.signature else [])]

    def save_model(self, request, obj, form, change):
        content = form.cleaned_data.get("new_signature")
        if content or form.cleaned_data.get("remove_signature"):
            signatures.exchange(obj, content)
        super().save_model(request, obj, form, change)

    def delete_model(self, request, obj):
        signatures.exchange(obj, None)
        super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        for signatory in queryset:
            self.delete_model(request, signatory)

    def get_urls(self):
        own = path(
            "<int:pk>/signature.png",
            self.admin_site.admin_view(signature),
            name="participants_signatory_signature",
        )
        return [own, *super().get_urls()]


@require_safe
@certificate_pages.private
def signature(request, pk):
    signatory = found_or_404(request, Signatory.objects, pk, "participants.view_signatory")
    content = signatures.read(signatory.signature)
    if content is None:
        raise Http404
    return HttpResponse(content, content_type="image/png")
