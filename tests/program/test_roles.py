from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group as Role
from django.contrib.auth.models import Permission

from tests.makers import make_organizer, make_user

pytestmark = pytest.mark.django_db

ALL = "add change delete view"
# The table of the README: who may do what in the admin, by the apps that hold the agenda.
RIGHTS = {
    "Organizers": {
        "classroom.classroomsession": ALL,
        "classroom.material": ALL,
        "classroom.sessionspeaker": ALL,
        "classroom.speaker": ALL,
        "program.agendaitem": ALL,
        "program.group": ALL,
        "program.itemgroup": ALL,
        "program.organization": ALL,
        "program.program": "add change publish view",
        "program.programday": ALL,
        "program.release": "view",
        "program.venue": ALL,
        "visits.transfer": ALL,
        "visits.visit": ALL,
    },
    "Staff": {
        "classroom.classroomsession": "view",
        "classroom.material": "view",
        "classroom.sessionspeaker": "view",
        "classroom.speaker": "view",
        "program.agendaitem": "view",
        "program.group": "view",
        "program.itemgroup": "view",
        "program.organization": "view",
        "program.program": "view",
        "program.programday": "view",
        "program.release": "view",
        "program.venue": "view",
        "visits.transfer": "view",
        "visits.visit": "view",
    },
}


def rights_of(role):
    """{"app.model": "add change ..."} of a role, in the apps that hold the agenda."""
    rows = (
        Permission.objects.filter(
            group__name=role, content_type__app_label__in=("program", "classroom", "visits")
        )
        .order_by("codename")
        .values_list("content_type__app_label", "content_type__model", "codename")
    )
    found = {}
    for app, model, codename in rows:
        found.setdefault(f"{app}.{model}", []).append(codename.removesuffix(f"_{model}"))
    return {name: " ".join(actions) for name, actions in found.items()}


@pytest.mark.parametrize("role", ["Organizers", "Staff"])
def test_role_has_exactly_the_rights_of_the_table(role):
    assert rights_of(role) == RIGHTS[role]


def test_no_role_may_manage_users_or_rights():
    apart = ("auth", "admin", "contenttypes", "sessions")

    assert not Permission.objects.filter(group__isnull=False, content_type__app_label__in=apart).exists()


def test_organizer_is_staff_of_the_admin_and_no_superuser():
    organizer = make_organizer()

    assert (organizer.is_staff, organizer.is_superuser) == (True, False)
    assert [role.name for role in organizer.groups.all()] == ["Organizers"]
    assert organizer.has_perms(["program.publish_program", "program.change_agendaitem"])
    assert not organizer.has_perm("program.delete_program")
    assert not organizer.has_perm("program.change_release")


def test_staff_only_reads():
    staff = make_user(role="Staff")

    assert (staff.is_staff, staff.is_superuser) == (True, False)
    assert staff.has_perm("program.view_agendaitem")
    assert not staff.has_perm("program.publish_program")
    assert not staff.has_perm("program.change_agendaitem")


def test_user_without_a_role_may_do_nothing():
    user = make_user()

    assert (user.is_staff, user.get_all_permissions()) == (False, set())


@pytest.mark.parametrize(("role", "may"), [("Organizers", True), ("Staff", True), (None, False)])
def test_who_may_enter_the_admin(client, role, may):
    client.force_login(make_user(role=role))

    response = client.get("/admin/", follow=True)

    assert response.wsgi_request.path == ("/admin/" if may else "/admin/login/")


def test_roles_are_taken_away_by_the_way_back():
    roles = import_module("participants.migrations.0001_roles")

    roles.remove_roles(apps, None)

    assert not Role.objects.filter(name__in=["Organizers", "Staff"]).exists()
