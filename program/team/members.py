"""Adds and removes colleagues of a program, and changes what they may do.

``is_staff`` of an account, which opens the admin, is set here and nowhere else: it follows from having a
membership of an office role, or from being a superuser.
"""

from django.contrib.auth import get_user_model
from django.db import transaction

from program import clock

from .models import Membership
from .rights import forget_rights, programs_with
from .roles import OFFICE, Role


class LastOrganizer(Exception):
    """A program is never left without an organizer."""


@transaction.atomic
def add_member(program, user, role, *, reads_travel=False, by=None):
    """The Membership of ``user`` in ``program``, made when there is none; else as it is."""
    membership, _made = Membership.objects.get_or_create(
        program=program,
        user=user,
        defaults={
            "role": role,
            "reads_travel": reads_travel,
            "created_at": clock.now(),
            "created_by": by,
        },
    )
    keep_in_step(user)
    return membership


def add_founder(program, user):
    """The user who makes a program is its first organizer; a superuser, who sees all, chooses one."""
    if not user.is_superuser:
        add_member(program, user, Role.ORGANIZER, by=user)


@transaction.atomic
def save_member(membership):
    """Save a changed role. Raises LastOrganizer, and saves nothing, for the only one."""
    if membership.role != Role.ORGANIZER:
        _refuse_last(membership)
    membership.save()
    keep_in_step(membership.user)


@transaction.atomic
def remove_member(membership):
    """Raises LastOrganizer for the only one. The account stays: what it did names it."""
    _refuse_last(membership)
    membership.delete()
    keep_in_step(membership.user)


def is_last_organizer(membership):
    organizers = Membership.objects.organizers().filter(program=membership.program_id)
    return list(organizers.values_list("pk", flat=True)) == [membership.pk]


def may_rename(user, membership):
    """Whether ``user`` may write the name of the person: unless others, elsewhere, know them by it."""
    if user.is_superuser:
        return True
    if membership.user.is_superuser:
        return False
    there = membership.user.memberships.values_list("program_id", flat=True)
    return set(there) <= set(programs_with(user, "team.change_membership"))


def _refuse_last(membership):
    # Two organizers who remove each other at one moment come here one after the other.
    rows = Membership.objects.select_for_update().filter(program=membership.program_id)
    list(rows.order_by("pk").values_list("pk"))
    if is_last_organizer(membership):
        raise LastOrganizer


def keep_in_step(user):
    """Let ``is_staff`` of ``user`` say whether they work on any program."""
    forget_rights(user)
    works = user.is_superuser or user.memberships.filter(role__in=OFFICE).exists()
    if user.is_staff != works:
        user.is_staff = works
        get_user_model().objects.filter(pk=user.pk).update(is_staff=works)
