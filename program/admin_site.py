"""The admin of the portal: its name, and a start page for organizers."""

from django.contrib.admin import AdminSite
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse_lazy
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from . import clock
from .drafting import drafts
from .drafting.first_hour import FirstHour
from .drafting.working_on import remember, works_on
from .models import Program
from .todo import todos_of

# What the start page names, in the order of the work; what is not named here comes after.
ORDER = [
    *("AgendaItem", "Venue", "Organization", "Speaker", "Group", "Program", "Release"),
    *("Operation", "Membership", "Contacts"),
]
PROGRAMS_AT_ONCE = 3


class PortalAdmin(AdminSite):
    site_header = _("Admin")
    site_title = _("Admin")
    index_title = _("Home")
    site_url = reverse_lazy("program:root")
    enable_nav_sidebar = False

    def each_context(self, request):
        return super().each_context(request) | {"works_on": SimpleLazyObject(lambda: works_on(request))}

    def get_app_list(self, request, app_label=None):
        apps = super().get_app_list(request, app_label)
        for app in apps:
            app["models"].sort(key=self._place)
        return sorted(apps, key=lambda app: min(map(self._place, app["models"])))

    def _place(self, model):
        name = model["object_name"]
        return ORDER.index(name) if name in ORDER else len(ORDER)

    def get_urls(self):
        """Without Django's pages for passwords, which nobody has; and "view on site" for what one may see."""
        shown = path(
            "r/<path:content_type_id>/<path:object_id>/",
            self.admin_view(self.view_on_site),
            name="view_on_site",
        )
        left_out = ("password_change", "password_change_done", "view_on_site")
        return [shown, *(url for url in super().get_urls() if getattr(url, "name", "") not in left_out)]

    def view_on_site(self, request, content_type_id, object_id):
        """The public page of a row that the user may see in the admin."""
        number = int(content_type_id) if content_type_id.isdecimal() else 0
        model = get_object_or_404(ContentType, pk=number).model_class()
        if not hasattr(model, "get_absolute_url") or not self.is_registered(model):
            raise Http404
        model_admin = self.get_model_admin(model)
        found = model_admin.get_object(request, object_id)
        if not model_admin.has_view_permission(request, found):
            raise PermissionDenied
        return redirect(found)

    def index(self, request, extra_context=None):
        context = {}
        self._choose(request)
        if request.user.has_perm("program.view_agendaitem"):
            programs = self._programs(Program.objects.visible_to(request.user))
            chosen = works_on(request)  # also when it has ended
            programs = programs if chosen in programs or not chosen else [chosen, *programs]
            states = [drafts.DraftState.of(program) for program in programs]
            context = {"states": states, "today": self._today(states)}
            if chosen and request.user.has_perm("program.change_program", chosen):
                context["first"] = FirstHour.of(chosen)
            context["todos"] = [
                (state.program, todo) for state in states for todo in todos_of(state.program, request.user)
            ]
        return super().index(request, context | (extra_context or {}))

    def _choose(self, request):
        """Let the program that the address names be the one worked on; 404 for one that is not theirs."""
        pk = request.GET.get("program", "")
        if pk.isdecimal():
            remember(request, get_object_or_404(Program.objects.of_team(request.user), pk=pk))

    def _programs(self, visible):
        """Of the queryset ``visible`` the programs that run or come next; when there are none, the last."""
        programs = visible.not_over(clock.now())[:PROGRAMS_AT_ONCE]
        last = None if programs else drafts.default_program(visible)
        return programs or ([last] if last else [])

    def _today(self, states):
        """[(a DraftState, its Day that is today)] of the programs that have one."""
        found = []
        for state in states:
            day = state.agenda.day(clock.now().astimezone(state.program.tz).date())
            if day:
                found.append((state, day))
        return found
