"""Mails about changes in the admin: asking before they are sent, and what happened to them."""

from django.contrib import admin, messages
from django.shortcuts import redirect
from django.template.defaultfilters import linebreaksbr
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from participants.me import notices
from participants.models import Notice
from participants.people.admin.frame import page
from program import addresses, clock
from program.admin.agenda_list import ProgramFilter
from program.admin.rights import InProgram, found_or_404
from program.drafting.history import moment_words
from program.models import Release

LIST = "admin:participants_notice_changelist"


def tell(request, pk):
    """After a release: whom it affects, what they would be told, and whether they are."""
    rows = Release.objects.defer("data").select_related("program")
    release = found_or_404(request, rows, pk, "program.publish_program")
    portal = addresses.site_of(request)
    if request.method == "POST":
        if "send" in request.POST:
            _say_queued(request, notices.queue(release, portal))
        elif count := notices.waiting_for(release).count():
            text = ngettext(
                "%(count)d mail about it is already waiting and will be sent. To stop it, choose it here.",
                "%(count)d mails about it are already waiting and will be sent. To stop them, choose them "
                "here.",
                count,
            )
            messages.warning(request, text % {"count": count})
        else:
            messages.info(
                request, _("Nobody gets a mail about release %(number)d.") % {"number": release.number}
            )
        return redirect(_next_page(request, release.program))
    affected = notices.affected(release, portal)
    if not affected:
        text = _(
            "Release %(number)d changes nothing for participants who get mails, or they were told already."
        )
        if release.number == 1:
            text = _("Release %(number)d is the first: no mail about changes is sent.")
        messages.info(request, text % {"number": release.number})
        return redirect("admin:program_release_change", release.pk)
    context = {
        "release": release,
        "affected": affected,
        "count": sum(len(part.participants) for part in affected),
        "minutes": notices.PATIENCE.seconds // 60,
        "waiting": notices.waiting_for(release).count(),
    }
    return page(request, "me/tell.html", release.program, _("Tell those affected?"), **context)


def _say_queued(request, count):
    text = ngettext(
        "%(count)d person gets a mail in %(minutes)d minutes, together with what you publish until then.",
        "%(count)d people get a mail in %(minutes)d minutes, together with what you publish until then.",
        count,
    )
    messages.success(request, text % {"count": count, "minutes": notices.PATIENCE.seconds // 60})


def _next_page(request, program):
    if not request.user.has_perm("participants.view_notice", program):
        return reverse("admin:index")
    return f"{reverse(LIST)}?program={program.pk}"


class StateFilter(admin.SimpleListFilter):
    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request, model_admin):
        return [
            ("sent", _("Sent")),
            ("waiting", _("Waiting")),
            ("failed", _("Failed, will be retried automatically")),
            ("given-up", _("Given up")),
        ]

    def queryset(self, request, queryset):
        if self.value() == "sent":
            return queryset.exclude(sent_at=None)
        if self.value() == "waiting":
            return queryset.waiting().filter(attempts=0)
        if self.value() == "failed":
            return queryset.failed()
        return queryset.given_up() if self.value() == "given-up" else queryset


@admin.register(Notice)
class NoticeAdmin(InProgram, admin.ModelAdmin):
    """What was sent, to whom and when. Nobody can write or change one; what failed can be tried again."""

    list_display = ["person", "releases", "state", "error"]
    list_display_links = ["person"]
    list_filter = [ProgramFilter, StateFilter]
    list_select_related = ["participant__program"]
    list_per_page = 100
    search_fields = ["participant__name", "participant__preferred_name", "participant__email"]
    sortable_by = ()
    actions = ["try_again", "stop"]
    empty_value_display = ""
    fields = ["person", "address", "releases", "state", "attempts", "error", "letter"]
    readonly_fields = fields
    action_rights = {"tell": "program.publish_program"}

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def has_tell_permission(self, request):
        return request.user.has_perm(self.right_to("tell"))

    def changelist_view(self, request, extra_context=None):
        program = self.list_program(request)
        extra = {"title": _("Mails about changes"), "subtitle": program.short_title if program else None}
        return super().changelist_view(request, extra | (extra_context or {}))

    def change_view(self, request, object_id, form_url="", extra_context=None):
        extra = {"title": _("Mail about changes"), "subtitle": None} | (extra_context or {})
        return super().change_view(request, object_id, form_url, extra)

    def get_urls(self):
        tell_page = self.admin_site.admin_view(tell)
        return [path("tell/<int:pk>/", tell_page, name="participants_notice_tell"), *super().get_urls()]

    @admin.display(description=gettext_lazy("participant"), ordering="participant__name")
    def person(self, notice):
        return format_html("<bdi>{}</bdi>", notice.participant.name)

    @admin.display(description=gettext_lazy("e-mail"))
    def address(self, notice):
        return notice.participant.email

    @admin.display(description=gettext_lazy("releases"))
    def releases(self, notice):
        return _("%(program)s: from release %(first)d to %(last)d") % {
            "program": notice.participant.program.short_title,
            "first": notice.from_release,
            "last": notice.to_release,
        }

    @admin.display(description=gettext_lazy("state"), ordering="send_after")
    def state(self, notice):
        tz = notice.participant.program.tz
        if notice.sent_at:
            return _("Sent %(when)s") % {"when": moment_words(notice.sent_at, tz)}
        if notice.is_given_up:
            return _("Given up")
        words = {"when": moment_words(notice.send_after, tz), "attempts": notice.attempts}
        if notice.attempts:
            return _("Failed, tried again %(when)s") % words
        return _("Waiting until %(when)s") % words

    @admin.display(description=gettext_lazy("mail"))
    def letter(self, notice):
        return linebreaksbr(notice.text or notices.draft_of(notice))

    @admin.action(description=gettext_lazy("Do not send"), permissions=["tell"])
    def stop(self, request, queryset):
        """What they would have told is not told by a later mail; My schedule shows it in any case."""
        count, _models = queryset.waiting().delete()
        text = ngettext("%(count)d mail will not be sent.", "%(count)d mails will not be sent.", count)
        messages.success(request, text % {"count": count})

    @admin.action(description=gettext_lazy("Try again now"), permissions=["tell"])
    def try_again(self, request, queryset):
        count = queryset.waiting().update(send_after=clock.now(), attempts=0)
        if count:
            text = ngettext("%(count)d mail is tried again.", "%(count)d mails are tried again.", count)
            messages.success(request, text % {"count": count})
        else:
            messages.info(request, _("All of them were sent."))
