"""The admin of the portal: its name, and a start page for organizers."""

from django.contrib.admin import AdminSite
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from . import clock, drafts
from .models import Program

# What the start page names, in the order of the work; what is not named here comes after.
ORDER = ["AgendaItem", "Venue", "Organization", "Speaker", "Group", "Program", "Release", "Operation"]
PROGRAMS_AT_ONCE = 3


class PortalAdmin(AdminSite):
    site_header = _("Admin")
    site_title = _("Admin")
    index_title = _("Home")
    site_url = reverse_lazy("program:root")
    enable_nav_sidebar = False

    def get_app_list(self, request, app_label=None):
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=self._place)
        return sorted(apps, key=lambda app: min(map(self._place, app["models"])))

    def _place(self, model):
        name = model["object_name"]
        return ORDER.index(name) if name in ORDER else len(ORDER)

    def index(self, request, extra_context=None):
        context = {}
        if request.user.has_perm("program.view_agendaitem"):
            states = [drafts.DraftState.of(program) for program in self._programs()]
            context = {"states": states, "today": self._today(states)}
        return super().index(request, context | (extra_context or {}))

    def _programs(self):
        """The programs that run or come next; when there are none, the last."""
        coming = Program.objects.filter(ends_on__gte=clock.now().date()).order_by("starts_on", "pk")
        programs = list(coming[:PROGRAMS_AT_ONCE])
        last = None if programs else drafts.default_program()
        return programs or ([last] if last else [])

    def _today(self, states):
        """[(a DraftState, its Day that is today)] of the programs that have one."""
        found = []
        for state in states:
            day = state.agenda.day(clock.now().astimezone(state.program.tz).date())
            if day:
                found.append((state, day))
        return found
