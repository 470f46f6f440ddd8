"""The page "Mails": what waits, what was sent, to whom and when; to stop a mail, send it now or try again."""

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.template.defaultfilters import linebreaksbr
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from participants.models import Mail
from participants.outbox import queue as outbox
from participants.outbox import words
from program.admin.agenda_list import ProgramFilter
from program.admin.frame import number
from program.admin.rights import InProgram

Status = Mail.Status


class StateFilter(admin.SimpleListFilter):
    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [
            ("waiting", _("Waiting")),
            ("sent", _("Sent")),
            ("failed", _("Failed, will be retried automatically")),
            ("given-up", _("Refused or given up")),
            ("stopped", _("Stopped or no longer needed")),
        ]

    def queryset(self, request, queryset):
        if self.value() == "sent":
            return queryset.sent()
        if self.value() == "waiting":
            return queryset.unsent().filter(attempts=0)
        if self.value() == "failed":
            return queryset.failed()
        if self.value() == "stopped":
            return queryset.filter(status__in=[Status.STOPPED, Status.UNNEEDED])
        return queryset.given_up() if self.value() == "given-up" else queryset


@admin.register(Mail)
class MailAdmin(InProgram, admin.ModelAdmin):
    """Nobody can write or change a mail here."""

    list_display = ["person", "about", "state", "failure", "now"]
    list_display_links = ["person"]
    list_filter = [ProgramFilter, StateFilter]
    list_select_related = ["program", "participant"]
    list_per_page = 100
    change_list_template = "admin/participants/outbox/mails.html"
    change_form_template = "admin/participants/outbox/mail.html"
    search_fields = [
        "participant__name",
        "participant__preferred_name",
        "participant__email",
        "name",
        "address",
    ]
    sortable_by = ()
    show_facets = admin.ShowFacets.NEVER
    actions = ["send_now", "stop", "try_again"]
    empty_value_display = ""
    fields = ["person", "to_address", "about", "state", "attempts", "failure", "subject_line", "letter"]
    readonly_fields = fields
    action_rights = {"tell": "program.publish_program"}

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_tell_permission(self, request, obj=None):
        return request.user.has_perm(self.right_to("tell"), obj)

    def get_list_display(self, request):
        may_send = self.has_tell_permission(request, self.list_program(request))
        return [column for column in self.list_display if may_send or column != "now"]

    def changelist_view(self, request, extra_context=None):
        if "send" in request.POST:
            return self._do_with_one(request, request.POST["send"], "send_now")
        program = self.list_program(request)
        extra = {
            "title": _("Mails"),
            "subtitle": str(program) if program else None,
            "program": program,
        }
        return super().changelist_view(request, extra | (extra_context or {}))

    def _do_with_one(self, request, pk, action):
        """A button beside a mail in the list, or on its page."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        mail = get_object_or_404(self.get_queryset(request), pk=number(pk))
        if not self.has_tell_permission(request, mail):
            raise PermissionDenied
        getattr(self, action)(request, Mail.objects.filter(pk=mail.pk))
        return redirect(request.get_full_path())

    def change_view(self, request, object_id, form_url="", extra_context=None):
        if request.method == "POST" and request.POST.get("action") in self.actions:
            return self._do_with_one(request, object_id, request.POST["action"])
        extra = {"title": _("Mail"), "subtitle": None} | (extra_context or {})
        return super().change_view(request, object_id, form_url, extra)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        waits = obj.status == Status.WAITING and self.has_tell_permission(request, obj)
        context |= {"waits": waits, "program": obj.program}
        return super().render_change_form(request, context, add, change, form_url, obj)

    def get_fields(self, request, obj=None):
        """Without those that have nothing to say."""
        empty = set() if obj.error else {"failure"}
        if not (obj.is_unsent or obj.text):
            empty |= {"subject_line", "letter"}
        return [name for name in self.fields if name not in empty]

    # Columns

    @admin.display(description=gettext_lazy("to whom"))
    def person(self, mail):
        return format_html("<bdi>{}</bdi>", mail.to_whom or mail.to)

    @admin.display(description=gettext_lazy("e-mail"))
    def to_address(self, mail):
        return mail.to

    @admin.display(description=gettext_lazy("about"))
    def about(self, mail):
        return outbox.about(mail)

    @admin.display(description=gettext_lazy("state"))
    def state(self, mail):
        return words.state(mail)

    @admin.display(description=gettext_lazy("why it failed"))
    def failure(self, mail):
        if not mail.error:
            return ""
        return format_html('{} <span class="quiet">{}</span>', words.failure(mail), mail.error)

    @admin.display(description="")
    def now(self, mail):
        if mail.status != Status.WAITING:
            return ""
        whom = format_html('<span class="visually-hidden">: {}</span>', mail.to_whom or mail.to)
        button = '<button class="btn" name="send" value="{}">{}{}</button>'
        return format_html(button, mail.pk, _("Send now"), whom)

    @admin.display(description=gettext_lazy("subject"))
    def subject_line(self, mail):
        return mail.subject or (self._draft(mail).subject if self._draft(mail) else "")

    @admin.display(description=gettext_lazy("mail"))
    def letter(self, mail):
        """What was sent; of what waits, what it would say now."""
        return linebreaksbr(mail.text or (self._draft(mail).body if self._draft(mail) else ""))

    def _draft(self, mail):
        if not mail.is_unsent:
            return None
        if not hasattr(mail, "_draft"):
            mail._draft = outbox.draft_of(mail)
        return mail._draft

    # Actions

    @admin.action(description=gettext_lazy("Send now"), permissions=["tell"])
    def send_now(self, request, queryset):
        count = outbox.send_now(queryset)
        if count:
            text = ngettext("%(count)d mail is sent now.", "%(count)d mails are sent now.", count)
            messages.success(request, text % {"count": count})
        else:
            messages.info(request, _("None of them is waiting any more."))

    @admin.action(description=gettext_lazy("Do not send"), permissions=["tell"])
    def stop(self, request, queryset):
        """What they would have said is not said by a later mail; My schedule shows it in any case."""
        count = outbox.stop(queryset)
        if count:
            text = ngettext("%(count)d mail will not be sent.", "%(count)d mails will not be sent.", count)
            messages.success(request, text % {"count": count})
        else:
            messages.info(request, _("None of them is waiting any more."))

    @admin.action(description=gettext_lazy("Try again"), permissions=["tell"])
    def try_again(self, request, queryset):
        count = outbox.send_now(queryset.filter(attempts__gt=0))
        if count:
            text = ngettext("%(count)d mail is tried again.", "%(count)d mails are tried again.", count)
            messages.success(request, text % {"count": count})
        else:
            messages.info(request, _("None of them has failed."))
