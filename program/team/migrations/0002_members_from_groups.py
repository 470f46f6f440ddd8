"""Everybody in the groups Organizers and Staff gets that role in every program there is; the groups go.

A member of staff who could read travel records, by hand or by another group, still can. Rights that were
given to single accounts count for nothing from here on, and are taken away. Who works on no program is no
longer staff of the admin.
"""

from django.db import migrations
from django.db.models import Q

from program import clock
from program.team.roles import RIGHTS, Role

GROUPS = {Role.ORGANIZER: "Organizers", Role.STAFF: "Staff"}


def make_members(apps, schema_editor):
    User = apps.get_model("auth", "User")
    Membership = apps.get_model("team", "Membership")
    programs = list(apps.get_model("program", "Program").objects.values_list("pk", flat=True))
    roles = {}  # organizers first: who is in both groups is one
    for role, name in GROUPS.items():
        for pk in User.objects.filter(groups__name=name).values_list("pk", flat=True):
            roles.setdefault(pk, role)
    reading = readers(User)
    Membership.objects.bulk_create(
        Membership(
            program_id=program,
            user_id=user,
            role=role,
            reads_travel=role == Role.STAFF and user in reading,
            created_at=clock.now(),
        )
        for program in programs
        for user, role in roles.items()
    )
    for user in User.objects.filter(user_permissions__isnull=False).distinct():
        user.user_permissions.clear()
    apps.get_model("auth", "Group").objects.filter(name__in=GROUPS.values()).delete()
    User.objects.filter(is_staff=True, is_superuser=False, memberships=None).update(is_staff=False)


def readers(User):
    """Primary keys of those who have the permission for travel records, by hand or by a group."""
    right = {"codename": "view_travelrecord", "content_type__app_label": "participants"}
    by_hand, by_group = (
        Q(**{f"{way}__{name}": value for name, value in right.items()})
        for way in ("user_permissions", "groups__permissions")
    )
    return set(User.objects.filter(by_hand).values_list("pk", flat=True)) | set(
        User.objects.filter(by_group).values_list("pk", flat=True)
    )


def make_groups(apps, schema_editor):
    Permission = apps.get_model("auth", "Permission")
    for role, name in GROUPS.items():
        group, _made = apps.get_model("auth", "Group").objects.get_or_create(name=name)
        group.user_set.set(apps.get_model("auth", "User").objects.filter(memberships__role=role).distinct())
        for right in RIGHTS[role]:
            app, codename = right.split(".")
            group.permissions.add(
                *Permission.objects.filter(content_type__app_label=app, codename=codename)
            )


class Migration(migrations.Migration):
    dependencies = [
        ("team", "0001_membership"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [migrations.RunPython(make_members, make_groups)]
