from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.auth.models import Group, Permission

from program.team.members import LastOrganizer, add_member, keep_in_step, remove_member, save_member
from program.team.models import Membership
from program.team.roles import Role
from tests.makers import make_organizer, make_program, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def program():
    return make_program()


def test_the_last_organizer_stays(program):
    membership = make_organizer(program=program).memberships.get()
    make_user(role="Staff", program=program)

    with pytest.raises(LastOrganizer):
        remove_member(membership)
    membership.role = Role.STAFF
    with pytest.raises(LastOrganizer):
        save_member(membership)

    assert Membership.objects.get(pk=membership.pk).role == Role.ORGANIZER


def test_an_organizer_with_a_closed_account_does_not_count(program):
    membership = make_organizer(program=program).memberships.get()
    make_organizer(program=program, is_active=False)

    with pytest.raises(LastOrganizer):
        remove_member(membership)


def test_adding_twice_keeps_the_first_role(program):
    user = make_user()

    add_member(program, user, Role.STAFF)
    add_member(program, user, Role.ORGANIZER)

    assert user.memberships.get().role == Role.STAFF


def test_staff_of_the_admin_follows_from_the_memberships(program):
    make_organizer(program=program)
    user = make_user()
    first, second = (add_member(p, user, Role.STAFF) for p in (program, make_program("other")))
    assert user.is_staff

    remove_member(first)
    user.refresh_from_db()
    assert user.is_staff

    remove_member(second)
    user.refresh_from_db()
    assert not user.is_staff


def test_superuser_stays_staff_without_a_membership():
    user = make_user(is_superuser=True)

    keep_in_step(user)

    assert user.is_staff


# From the groups of before

members = import_module("program.team.migrations.0002_members_from_groups")


def old_group(name, *codenames):
    group = Group.objects.create(name=name)
    group.permissions.add(*Permission.objects.filter(codename__in=codenames))
    return group


def test_groups_become_memberships_in_every_program(program):
    other = make_program("other")
    organizers, staff, readers = (
        old_group("Organizers", "view_travelrecord"),
        old_group("Staff"),
        old_group("Readers", "view_travelrecord"),
    )
    office, helper, reader, by_hand, both, _stranger = (
        make_user(name, is_staff=True) for name in ("office", "helper", "reader", "hand", "both", "stranger")
    )
    office.groups.add(organizers)
    both.groups.add(organizers, staff)
    for user in (helper, reader, by_hand):
        user.groups.add(staff)
    reader.groups.add(readers)
    by_hand.user_permissions.add(Permission.objects.get(codename="view_travelrecord"))
    boss = make_user("boss", is_staff=True, is_superuser=True)

    members.make_members(apps, None)

    told = Membership.objects.values_list("user__username", "role", "reads_travel", "program__slug")
    expected = [
        ("office", "organizer", False),
        ("both", "organizer", False),
        ("helper", "staff", False),
        ("reader", "staff", True),
        ("hand", "staff", True),
    ]
    assert sorted(told) == sorted((*row, p.slug) for row in expected for p in (program, other))
    assert not Group.objects.filter(name__in=["Organizers", "Staff"]).exists()
    assert not Permission.objects.filter(user__isnull=False).exists()
    staffs = {u.username: u.is_staff for u in type(boss).objects.all()}
    assert staffs == {
        **dict.fromkeys(("office", "helper", "reader", "hand", "both", "boss"), True),
        "stranger": False,
    }


def test_the_way_back_makes_the_groups_again(program):
    organizer, staff = make_organizer(program=program), make_user(role="Staff", program=program)

    members.make_groups(apps, None)

    assert (organizer.groups.get().name, staff.groups.get().name) == ("Organizers", "Staff")
    rights = Group.objects.get(name="Staff").permissions.values_list("codename", flat=True)
    assert {"view_agendaitem", "mark_attendance"} <= set(rights)
    assert "publish_program" not in rights


def test_without_a_program_nobody_is_staff_but_superusers():
    user = make_user(is_staff=True)
    user.groups.add(old_group("Organizers"))

    members.make_members(apps, None)
    user.refresh_from_db()

    assert (user.is_staff, Membership.objects.count()) == (False, 0)


def test_when_a_program_is_deleted_its_team_is_staff_no_more(client, program):
    user = make_user(role="Staff", program=program)
    client.force_login(make_user("boss", is_staff=True, is_superuser=True))

    client.post(f"/admin/program/program/{program.pk}/delete/", {"post": "yes"})
    user.refresh_from_db()

    assert (Membership.objects.count(), user.is_staff) == (0, False)
