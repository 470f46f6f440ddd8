"""What participants add to the admin's pages of the agenda and of releases, which do not know about them."""

from django.contrib import admin
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from participants.me.telling import opened_since
from program.admin.current import chosen_program
from program.admin.items import AgendaItemAdmin
from program.admin.publishing import ReleaseAdmin
from program.models import AgendaItem, Release

from .notices import tell, who_opened

admin.site.unregister([AgendaItem, Release])


@admin.action(description=_("Print attendance lists"), permissions=["print"])
def print_lists(model_admin, request, queryset):
    """Lead to the lists of the chosen items, as the current release has them."""
    chosen = urlencode({"item": queryset.values_list("pk", flat=True)}, doseq=True)
    return redirect(f"{reverse('participants:lists-pdf', args=[chosen_program(request).slug])}?{chosen}")


@admin.register(AgendaItem)
class AgendaWithLists(AgendaItemAdmin):
    """The agenda, and the attendance lists of its items."""

    change_list_template = "admin/participants/me/agenda_list.html"
    actions = [print_lists, *AgendaItemAdmin.actions]
    action_rights = {"print": "participants.mark_attendance"}

    def has_print_permission(self, request):
        program = chosen_program(request)
        return bool(program and program.published)  # the lists read what is published


@admin.register(Release)
class ReleaseWithNotices(ReleaseAdmin):
    """The releases, and the mails about what they change."""

    detail_template = "participants/me/release_detail.html"

    def get_urls(self):
        view = self.admin_site.admin_view
        pages = [
            path("<int:pk>/tell/", view(tell), name="participants_notice_tell"),
            path("<int:pk>/opened/", view(who_opened), name="participants_opened"),
        ]
        return [*pages, *super().get_urls()]

    def facts_of(self, release):
        return {"opened": opened_since(release)}

    def after_publishing(self, release):
        """Whom it affects; that page goes on to the release when it is nobody."""
        return reverse("admin:participants_notice_tell", args=[release.pk])
