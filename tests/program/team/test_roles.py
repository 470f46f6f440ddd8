import pytest
from django.contrib.auth.models import Permission

from program.team import roles
from program.team.roles import Role, rights_of
from tests.makers import make_organizer, make_program, make_user

pytestmark = pytest.mark.django_db

ALL = "add change delete view"
# The table of the README: who may do what in the admin, by the apps that hold the agenda.
RIGHTS = {
    "Organizers": {
        "classroom.classroomsession": ALL,
        "classroom.material": ALL,
        "classroom.sessionspeaker": ALL,
        "classroom.speaker": ALL,
        "program.acceptedconflict": ALL,
        "program.agendaitem": ALL,
        "program.group": ALL,
        "program.itemgroup": ALL,
        "program.organization": ALL,
        "program.contacts": "add change view",
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
        "program.acceptedconflict": "view",
        "program.agendaitem": "view",
        "program.contacts": "add change view",
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


PEOPLE_RIGHTS = {
    "Organizers": {
        "participants.announcement": ALL,
        "participants.attendance": "mark view",
        "participants.certificate": "add change view",
        "participants.mail": "view",
        "participants.letterheadsettings": "add change view",
        "participants.participant": "add change view",
        "participants.retentionpolicy": "add change view",
        "participants.signatory": ALL,
        "participants.travelreading": "view",
        "participants.travelrecord": "change view",
        "team.membership": ALL,
    },
    "Staff": {
        "participants.announcement": "add change view",
        "participants.attendance": "mark view",
        "participants.participant": "view",
    },
}
ROLES = {"Organizers": Role.ORGANIZER, "Staff": Role.STAFF}


def by_model(rights):
    """{"app.model": "add change ..."} of names of rights."""
    found = {}
    for right in sorted(rights):
        app, codename = right.split(".")
        action, model = codename.split("_")
        found.setdefault(f"{app}.{model}", []).append(action)
    return {name: " ".join(actions) for name, actions in found.items()}


@pytest.mark.parametrize("role", ["Organizers", "Staff"])
def test_role_has_exactly_the_rights_of_the_table(role):
    assert by_model(rights_of(ROLES[role])) == RIGHTS[role] | PEOPLE_RIGHTS[role]


def test_every_right_of_a_role_is_one_that_django_knows():
    known = {
        f"{app}.{name}" for app, name in Permission.objects.values_list("content_type__app_label", "codename")
    }

    assert set().union(*roles.RIGHTS.values()) <= known


def test_staff_who_read_travel_records_have_that_right_more_and_no_other():
    more = rights_of(Role.STAFF, reads_travel=True) - rights_of(Role.STAFF)

    assert more == {"participants.view_travelrecord"}


def test_no_role_may_manage_users_or_rights():
    apart = ("auth.", "admin.", "contenttypes.", "sessions.", "account.", "mfa.", "usersessions.")

    assert not [right for right in set().union(*roles.RIGHTS.values()) if right.startswith(apart)]


def test_organizer_is_staff_of_the_admin_and_no_superuser():
    organizer = make_organizer(program=make_program())

    assert (organizer.is_staff, organizer.is_superuser) == (True, False)
    assert [membership.role for membership in organizer.memberships.all()] == ["organizer"]
    assert organizer.has_perms(["program.publish_program", "program.change_agendaitem"])
    assert not organizer.has_perm("program.delete_program")
    assert not organizer.has_perm("program.change_release")


def test_staff_only_reads():
    staff = make_user(role="Staff", program=make_program())

    assert (staff.is_staff, staff.is_superuser) == (True, False)
    assert staff.has_perm("program.view_agendaitem")
    assert not staff.has_perm("program.publish_program")
    assert not staff.has_perm("program.change_agendaitem")


def test_user_without_a_role_may_do_nothing():
    user = make_user()

    assert (user.is_staff, user.get_all_permissions()) == (False, set())


@pytest.mark.parametrize(("role", "may"), [("Organizers", True), ("Staff", True), (None, False)])
def test_who_may_enter_the_admin(client, role, may):
    make_program()
    client.force_login(make_user(role=role))

    response = client.get("/admin/", follow=True)

    assert response.wsgi_request.path == ("/admin/" if may else "/admin/login/")
