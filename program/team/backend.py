"""Answers ``user.has_perm``: rights come from memberships in programs, and from nowhere else."""

from django.core.exceptions import PermissionDenied

from .rights import program_id_of, rights_by_program


class TeamBackend:
    """The first of the backends, and it decides alone.

    Django asks one backend after the other until one says yes. A refusal here ends that, so that rights
    which Django keeps for users and groups count for nothing, and cost no query. Superusers are answered
    by Django itself.
    """

    def authenticate(self, request):
        """Nobody signs in here: that is allauth's."""

    def has_perm(self, user, perm, obj=None):
        rights = rights_by_program(user)
        if obj is None:
            allowed = any(perm in there for there in rights.values())
        else:
            allowed = perm in rights.get(program_id_of(obj), ())
        if not allowed:
            raise PermissionDenied
        return True

    def has_module_perms(self, user, label):
        found = rights_by_program(user).values()
        if not any(right.startswith(f"{label}.") for rights in found for right in rights):
            raise PermissionDenied
        return True

    def get_all_permissions(self, user, obj=None):
        if obj is not None:
            return set(rights_by_program(user).get(program_id_of(obj), ()))
        return set().union(*rights_by_program(user).values())
