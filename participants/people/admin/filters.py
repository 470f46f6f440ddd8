"""Filters of the list of participants: one program at a time, and who withdrew only when asked for."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from participants.models import Participant
from program.admin.agenda_list import ProgramFilter
from program.admin.current import chosen_program
from program.countries import country_name

Status = Participant.Status


class StatusFilter(admin.SimpleListFilter):
    """Without a choice: everybody but those who withdrew."""

    title = _("status")
    parameter_name = "status"

    def lookups(self, request, model_admin):
        return Status.choices

    def queryset(self, request, queryset):
        return queryset.filter(status=self.value()) if self.value() in Status else queryset.active()


class CountryFilter(admin.SimpleListFilter):
    """The countries that people of the program come from."""

    title = _("country")
    parameter_name = "country"

    def lookups(self, request, model_admin):
        program = chosen_program(request)
        codes = (
            program.participants.order_by().values_list("country", flat=True).distinct() if program else []
        )
        return sorted(((code, country_name(code)) for code in codes), key=lambda choice: choice[1])

    def queryset(self, request, queryset):
        return queryset.filter(country=self.value()) if self.value() else queryset


class GroupFilter(admin.SimpleListFilter):
    title = _("group")
    parameter_name = "group"

    def lookups(self, request, model_admin):
        program = chosen_program(request)
        groups = program.groups.values_list("name", "name") if program else []
        return [*groups, ("-", _("no group"))]

    def queryset(self, request, queryset):
        if self.value() == "-":
            return queryset.filter(group=None)
        return queryset.filter(group__name=self.value()) if self.value() else queryset


class InvitedFilter(admin.SimpleListFilter):
    title = _("invitation")
    parameter_name = "invited"

    def lookups(self, request, model_admin):
        return [("yes", _("sent")), ("no", _("not sent"))]

    def queryset(self, request, queryset):
        if self.value() in ("yes", "no"):
            return queryset.filter(invited_at__isnull=self.value() == "no")
        return queryset


FILTERS = [ProgramFilter, StatusFilter, CountryFilter, GroupFilter, InvitedFilter]
