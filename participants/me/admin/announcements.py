"""Announcements in the admin: written in a moment, seen at once on My schedule."""

from datetime import datetime, time, timedelta

from django import forms
from django.contrib import admin, messages
from django.shortcuts import redirect
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from participants.me import announcing, notices
from participants.me.messenger import language_asked, message
from participants.models import Announcement
from participants.people.admin.frame import PlainChoices, page
from program import addresses, clock
from program.admin.agenda_list import ProgramFilter
from program.admin.current import chosen_program
from program.admin.forms import ProgramForm
from program.admin.rights import InProgram, found_or_404
from program.admin.saving import SafeSaving
from program.drafting.history import moment_words

from .notices import asked_wait, say_queued


class AnnouncementForm(ProgramForm):
    """One line for everybody or for one group, from now until ``expires_at``, in the program's time."""

    expires_at = forms.DateTimeField(
        label=gettext_lazy("Shown until"),
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
    )

    class Meta:
        model = Announcement
        fields = ["program", "text", "local_text", "group", "expires_at"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = self.owner.groups.all()
        self.fields["group"].empty_label = _("Everybody")
        now = clock.now().astimezone(self.owner.tz)
        self.fields["expires_at"].help_text = _("In %(zone)s, the time of the program.") % {
            "zone": now.tzname()
        }
        if not self.instance.pk:
            self.instance.starts_at = now
            self.initial["expires_at"] = end_of_day(now)

    def clean(self):
        data = super().clean()
        if not self.instance.pk and "text" in data:
            same = {name: data.get(name) for name in ("program", "text", "group")}
            if Announcement.objects.filter(**same, expires_at__gt=clock.now()).exists():
                raise forms.ValidationError(_("This announcement is already shown."), code="twice")
        return data

    def clean_expires_at(self):
        until = self.cleaned_data["expires_at"]
        if until <= self.instance.starts_at:
            raise forms.ValidationError(_("Choose a later time: this one has passed."), code="over")
        return until


def end_of_day(now):
    """The last minute of the day; of the next one in the last hour of a day, when nobody would read it."""
    day = (now + timedelta(hours=1)).date()
    return datetime.combine(day, time(23, 59), now.tzinfo)


@admin.register(Announcement)
class AnnouncementAdmin(SafeSaving, PlainChoices, InProgram, admin.ModelAdmin):
    form = AnnouncementForm
    list_display = ["text", "for_whom", "state", "author"]
    list_filter = [ProgramFilter]
    list_select_related = ["program", "group", "author"]
    list_per_page = 50
    sortable_by = ()
    search_fields = ["text", "local_text"]
    actions = ["stop"]
    view_on_site = False
    change_form_template = "admin/participants/me/announcement.html"

    def get_urls(self):
        tell_page = self.admin_site.admin_view(self.tell)
        return [
            path("<int:pk>/tell/", tell_page, name="participants_announcement_tell"),
            *super().get_urls(),
        ]

    @admin.display(description=gettext_lazy("for"))
    def for_whom(self, announcement):
        if not announcement.group:
            return _("Everybody")
        return _("Group %(name)s") % {"name": announcement.group.name}

    @admin.display(description=gettext_lazy("shown"))
    def state(self, announcement):
        when = {"when": moment_words(announcement.expires_at, announcement.program.tz)}
        if announcement.expires_at <= clock.now():
            return _("Until %(when)s: ended") % when
        return _("Now, until %(when)s") % when

    @admin.action(description=gettext_lazy("Stop showing"), permissions=["change"])
    def stop(self, request, queryset):
        now = clock.now()
        count = queryset.filter(expires_at__gt=now, starts_at__lt=now).update(expires_at=now)
        text = ngettext("%(count)d announcement is over now.", "%(count)d announcements are over now.", count)
        messages.success(request, text % {"count": count})

    def changelist_view(self, request, extra_context=None):
        program = self.list_program(request)
        extra = {"title": _("Announcements"), "subtitle": str(program) if program else None}
        return super().changelist_view(request, extra | (extra_context or {}))

    # The form

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        known = object_id and not self.was_deleted(request, object_id)
        obj = self.get_object(request, object_id) if known else None
        owner = obj.program if obj else chosen_program(request)
        if owner is None:
            messages.info(request, _("There is no program yet: add it first."))
            return redirect("admin:program_program_changelist")
        extra = {"subtitle": str(owner)} | (extra_context or {})
        with timezone.override(owner.tz):
            response = super().changeform_view(request, object_id, form_url, extra)
            return response.render() if hasattr(response, "render") else response

    def save_model(self, request, obj, form, change):
        if not change:
            obj.author = request.user
        super().save_model(request, obj, form, change)

    # Telling those whom it is for

    def response_post_save_add(self, request, obj):
        return self._to_telling(request, obj) or super().response_post_save_add(request, obj)

    def response_post_save_change(self, request, obj):
        return self._to_telling(request, obj) or super().response_post_save_change(request, obj)

    def _to_telling(self, request, obj):
        is_read = obj.program.published and obj.expires_at > clock.now()
        return redirect("admin:participants_announcement_tell", obj.pk) if is_read else None

    def tell(self, request, pk):
        """After an announcement: whether and when it goes out by mail, and its text for a messenger."""
        rows = Announcement.objects.select_related("program", "group")
        announcement = found_or_404(request, rows, pk, self.right_to("change"))
        program, portal = announcement.program, addresses.site_of(request)
        if announcement.expires_at <= clock.now() or not program.published:
            messages.info(request, _("Nobody is told: this announcement is not shown."))
            return redirect("admin:participants_announcement_changelist")
        if request.method == "POST" and "send" in request.POST:
            wait = asked_wait(request)
            say_queued(request, announcing.queue(announcement, portal, request.user, wait), wait)
            return redirect(request.get_full_path())  # the text for the messenger is there
        language, group = language_asked(request), announcement.group
        text = message("announcement", program, portal, language, group, announcement=announcement)
        context = {
            "opts": self.opts,
            "announcement": announcement,
            "message": text,
            "message_language": language,
            "count": announcing.untold(announcement).count(),
            "told": len(announcing.told(announcement)),
            "waiting": len(announcing.waiting_for(announcement)),
            "minutes": notices.PATIENCE.seconds // 60,
        }
        return page(request, "me/announced.html", program, _("Tell them by mail too?"), **context)
