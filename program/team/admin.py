"""The team of a program in the admin, and for superusers the accounts of all."""

from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from program import clock
from program.admin.frame import person
from program.admin.places import OfProgram
from program.drafting.history import moment_words

from .accounts import account_at
from .admin_forms import MemberForm
from .invitations import invite
from .members import add_member, is_last_organizer, keep_in_step, may_rename, remove_member, save_member
from .models import Membership
from .rights import forget_rights


@admin.register(Membership)
class MembershipAdmin(OfProgram):
    """Organizers add colleagues, change their role and remove them."""

    form = MemberForm
    list_display = ["name", "address", "role", "travel", "signed_in", "added"]
    list_select_related = ["user", "program", "created_by"]
    readonly_fields = ["who", "added"]
    actions = None  # one after the other, each with a look at who it is
    view_on_site = False
    change_form_template = "admin/team/membership/change_form.html"

    def get_fields(self, request, obj=None):
        if obj is None:
            return ["program", "email", "name", "role", "reads_travel"]
        name = ["name"] if may_rename(request.user, obj) else []
        return ["program", "who", *name, "role", "reads_travel", "added"]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.user = request.user
        return form

    def get_object(self, request, object_id, from_field=None):
        """Lock the team while it is changed: two organizers who remove each other wait for one another."""
        found = super().get_object(request, object_id, from_field)
        if request.method == "POST":
            list(Membership.objects.select_for_update().filter(program=found.program_id).order_by("pk"))
            found = super().get_object(request, object_id, from_field)
        return found

    # The list

    @admin.display(description=gettext_lazy("name"))
    def name(self, membership):
        return format_html("<bdi>{}</bdi>", membership.name)

    @admin.display(description=gettext_lazy("e-mail"))
    def address(self, membership):
        return membership.user.email

    @admin.display(description=gettext_lazy("travel records"))
    def travel(self, membership):
        return _("Reads travel records") if membership.may_read_travel else ""

    @admin.display(description=gettext_lazy("signed in"))
    def signed_in(self, membership):
        last = membership.user.last_login
        if not last:
            return _("Not signed in yet")
        when = moment_words(clock.moved(last), membership.program.tz)
        return _("Signed in %(when)s") % {"when": when}

    @admin.display(description=gettext_lazy("added"))
    def added(self, membership):
        when = moment_words(membership.created_at, membership.program.tz)
        if not membership.created_by:
            return _("Added %(when)s") % {"when": when}
        return _("Added %(when)s by %(name)s") % {"when": when, "name": person(membership.created_by)}

    @admin.display(description=gettext_lazy("person"))
    def who(self, membership):
        return format_html("<bdi>{}</bdi> {}", membership.user.get_full_name(), membership.user.email)

    def changelist_view(self, request, extra_context=None):
        program = self.list_program(request)
        extra = {"program": program, "subtitle": str(program) if program else None}
        return super().changelist_view(request, extra | (extra_context or {}))

    # Adding, changing, removing

    def save_model(self, request, obj, form, change):
        if change:
            save_member(obj)
        else:
            obj.user = account_at(form.cleaned_data["email"])
            made = add_member(obj.program, obj.user, obj.role, reads_travel=obj.reads_travel, by=request.user)
            obj.pk, obj.created_at, obj.created_by = made.pk, made.created_at, made.created_by
            invite(obj, request)
        name = form.cleaned_data.get("name", "")
        if name and may_rename(request.user, obj) and (change or not obj.user.get_full_name()):
            obj.user.first_name, obj.user.last_name = name, ""
            obj.user.save(update_fields=["first_name", "last_name"])

    def response_add(self, request, obj, post_url_continue=None):
        text = _("In the team now: %(name)s. An invitation to %(email)s is on its way.")
        messages.success(request, text % {"name": obj.name, "email": obj.user.email})
        return redirect(self._list(obj.program))

    def response_change(self, request, obj):
        messages.success(request, _("Saved: %(name)s.") % {"name": obj.name})
        if "_invite" in request.POST:
            invite(obj, request)
            text = _("An invitation to %(email)s is on its way.")
            messages.success(request, text % {"email": obj.user.email})
        return redirect(self._list(obj.program))

    def get_deleted_objects(self, objs, request):
        """What Django shows before it deletes: the only organizer cannot be removed."""
        last = [str(member) for member in objs if is_last_organizer(member)]
        return [str(member) for member in objs], {}, set(), last

    def render_delete_form(self, request, context):
        context["is_oneself"] = context["object"].user == request.user
        return super().render_delete_form(request, context)

    def delete_model(self, request, obj):
        remove_member(obj)
        request.left_program = obj.program

    def response_delete(self, request, obj_display, obj_id):
        text = _("Removed from the team: %(name)s.") % {"name": obj_display}
        messages.success(request, text)
        forget_rights(request.user)
        if not request.user.has_perm("team.view_membership", request.left_program):
            return redirect(settings.LOGIN_REDIRECT_URL)
        return redirect(self._list(request.left_program))

    def _list(self, program):
        return f"{reverse('admin:team_membership_changelist')}?program={program.pk}"


admin.site.unregister([Group, User])


class MembershipInline(admin.TabularInline):
    model = Membership
    fk_name = "user"
    fields = readonly_fields = ["program", "role", "reads_travel"]
    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """For superusers. Accounts are made in the team of a program, with an invitation, or at the terminal."""

    list_display = ["email", "get_full_name", "is_active", "is_superuser", "last_login"]
    list_filter = ["is_active", "is_staff", "is_superuser"]
    search_fields = ["email", "first_name", "last_name", "username"]
    fields = ["email", "first_name", "last_name", "is_active", "is_superuser", "last_login", "date_joined"]
    inlines = [MembershipInline]

    def get_readonly_fields(self, request, obj=None):
        own = ["is_active", "is_superuser"] if obj == request.user else []  # nobody locks themselves out
        return ["email", "last_login", "date_joined", *own]

    def has_add_permission(self, request):
        return False

    @transaction.atomic
    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        keep_in_step(obj)
