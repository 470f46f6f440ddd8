"""Rights in the admin: rows of the programs that a user works on, and what they may do there.

Every ModelAdmin and inline of what belongs to a program is built on these; pages of our own begin with
``program_or_404``. tests/program/team/test_doors.py finds the one that is not.
"""

from django.contrib.auth import get_permission_codename
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404

from program.drafting.working_on import remember
from program.models import Program
from program.team.rights import perms_in, program_of, require

from .current import chosen_program, named_program


def program_or_404(request, pk, right):
    """The program of a page: 404 unless the user works on it, 403 without ``right`` in it."""
    return found_or_404(request, Program.objects, pk, right)


def found_or_404(request, rows, pk, right):
    """The row ``pk`` of ``rows``: 404 unless the user works on its program, 403 without ``right`` in it."""
    found = get_object_or_404(rows.of_team(request.user), pk=pk)
    require(request.user, right, found)
    return found


class _Rights:
    def right_to(self, action):
        """The name of the right that ``action`` ("view", "change" …) with such rows needs."""
        return f"{self.opts.app_label}.{get_permission_codename(action, self.opts)}"

    def has_view_permission(self, request, obj=None):
        return any(request.user.has_perm(self.right_to(action), obj) for action in ("view", "change"))

    def has_change_permission(self, request, obj=None):
        return request.user.has_perm(self.right_to("change"), obj)

    def has_delete_permission(self, request, obj=None):
        return request.user.has_perm(self.right_to("delete"), obj)


class InProgram(_Rights):
    """For a ModelAdmin: who works on a program sees its rows, and nobody else does.

    A list that has actions shows one program at a time (ProgramFilter): the actions are those that the user
    may do there. A form gets ``programs``, those for which the user may add something.
    """

    # The rights that actions need beyond Django's four, by the word in their ``permissions``.
    action_rights = {}

    def right_to(self, action):
        return self.action_rights.get(action) or super().right_to(action)

    def has_add_permission(self, request):
        """In the program of the list, or that the address names; elsewhere in any."""
        of_list = request.resolver_match.url_name.endswith("_changelist")
        program = chosen_program(request) if of_list else named_program(request)
        return request.user.has_perm(self.right_to("add"), program)

    def get_queryset(self, request):
        return super().get_queryset(request).where_allowed(request.user, self.right_to("view"))

    def get_object(self, request, object_id, from_field=None):
        """404 for what does not exist or is not theirs; 403 in their own program."""
        found = super().get_object(request, object_id, from_field)
        if found is None:
            pk = int(object_id) if object_id.isdecimal() else 0
            get_object_or_404(self.model._default_manager.of_team(request.user), pk=pk)
            raise PermissionDenied
        return found

    def get_changeform_initial_data(self, request):
        initial = super().get_changeform_initial_data(request)
        program = chosen_program(request) if hasattr(self.model, "program") else None
        return initial | ({"program": program.pk} if program else {})

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        form.programs = Program.objects.where_allowed(request.user, self.right_to("add"))
        return form

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        rows = db_field.related_model._default_manager
        if db_field.related_model is Program:
            kwargs["queryset"] = Program.objects.where_allowed(request.user, self.right_to("add"))
        elif hasattr(rows, "visible_to") and "queryset" not in kwargs:
            kwargs["queryset"] = rows.visible_to(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_actions(self, request):
        program = chosen_program(request)
        return {
            name: action
            for name, action in super().get_actions(request).items()
            if all(
                request.user.has_perm(self.right_to(word), program)
                for word in getattr(action[0], "allowed_permissions", ())
            )
        }

    def list_program(self, request):
        """The program that the list shows: one in which the user may view such rows."""
        return chosen_program(request, self.right_to("view"))

    def changelist_view(self, request, extra_context=None):
        perms = perms_in(request.user, self.list_program(request))
        return super().changelist_view(request, {"perms": perms} | (extra_context or {}))

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if obj:
            context["perms"] = perms_in(request.user, obj)
            remember(request, program_of(obj))
        return super().render_change_form(request, context, add, change, form_url, obj)


class InProgramInline(_Rights):
    """For an inline of rows that belong to what a form is about."""

    def has_add_permission(self, request, obj):
        return request.user.has_perm(self.right_to("add"), obj)
