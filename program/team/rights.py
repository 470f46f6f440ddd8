"""Who may do what where: the rights of a user in a program, and the one door to its objects.

``user.has_perm(right)`` asks "in at least one program", ``user.has_perm(right, thing)`` "in the program of
that thing" (see backend.py). ``Things.objects.visible_to(user)`` are the things of the programs in which
the user may view them; whatever a page shows, changes, prints or exports comes from there. Runs one query
for each user object, whatever is asked; none for visitors who are not signed in and for superusers.
"""

from collections.abc import Collection

from django.contrib.auth.context_processors import PermWrapper
from django.core.exceptions import PermissionDenied
from django.db import models

from .roles import rights_of


def rights_by_program(user):
    """{primary key of a program: the rights ``user`` has there}. Read once per user object."""
    if not user.is_authenticated or not user.is_active:
        return {}
    if not hasattr(user, "_rights_by_program"):
        rows = user.memberships.values_list("program_id", "role", "reads_travel")
        user._rights_by_program = {
            program: rights_of(role, reads_travel=travel) for program, role, travel in rows
        }
    return user._rights_by_program


def forget_rights(user):
    """Read the rights of ``user`` again next time: their memberships have changed."""
    if hasattr(user, "_rights_by_program"):  # of the user behind a request's lazy one, too
        del user._rights_by_program


def sees_all(user):
    return user.is_active and user.is_superuser


def programs_with(user, right) -> Collection:
    """Primary keys of the programs in which ``user`` (no superuser) has ``right``."""
    return [pk for pk, rights in rights_by_program(user).items() if right in rights]


def path_to_program(model):
    """The lookup that leads from a row of ``model`` to its program: "program", "session__program" …

    A model that has no ``program`` of its own names it in ``PROGRAM_PATH``.
    """
    return getattr(model, "PROGRAM_PATH", "program")


def program_id_of(thing):
    """The primary key of the program that ``thing`` belongs to; may load what lies on the way there."""
    path = path_to_program(type(thing))
    if path == "pk":
        return thing.pk
    *way, last = path.split("__")
    for name in way:
        thing = getattr(thing, name)
    return getattr(thing, f"{last}_id")


def program_of(thing):
    """The program that ``thing`` belongs to; may load it, and what lies on the way there."""
    for name in path_to_program(type(thing)).split("__"):
        thing = thing if name == "pk" else getattr(thing, name)
    return thing


def require(user, right, thing):
    """Raise PermissionDenied (403) unless ``user`` has ``right`` in the program of ``thing``.

    Find the thing by ``of_team`` or ``visible_to`` before, so that another program is a 404.
    """
    if not user.has_perm(right, thing):
        raise PermissionDenied


class _UserIn:
    """A user as templates ask them: what they may do in the program of one thing."""

    def __init__(self, user, thing):
        self.user, self.thing = user, thing

    def has_perm(self, right):
        return self.user.has_perm(right, self.thing)

    def has_module_perms(self, label):
        return self.user.has_module_perms(label)


def perms_in(user, thing):
    """``perms`` for a template, of the program that ``thing`` belongs to; of any program when it is None."""
    return PermWrapper(_UserIn(user, thing))


class OfProgramQuerySet(models.QuerySet):
    """Rows that belong to a program."""

    def visible_to(self, user):
        """Those of the programs in which ``user`` may view such rows; all of them to a superuser."""
        opts = self.model._meta
        return self.where_allowed(user, f"{opts.app_label}.view_{opts.model_name}")

    def where_allowed(self, user, right):
        """Those of the programs in which ``user`` has ``right``."""
        return self._in(user, programs_with(user, right))

    def of_team(self, user):
        """Those of the programs whose team ``user`` is in, whether or not they may view them.

        For an answer to who opens one by its address: 403 in the own program, 404 elsewhere.
        """
        return self._in(user, list(rights_by_program(user)))

    def _in(self, user, programs):
        if sees_all(user):
            return self
        return self.filter(**{f"{path_to_program(self.model)}__in": programs})
