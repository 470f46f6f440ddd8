import pytest
from django.contrib.auth.models import AnonymousUser, Permission

from participants.models import Participant, TravelRecord
from program.models import AgendaItem, Program, Venue
from program.team.members import add_member, remove_member
from program.team.rights import program_id_of
from program.team.roles import Role
from sessions.models import Material
from tests.makers import make_item, make_organizer, make_program, make_user, make_venue
from tests.participants.people.makers import make_participant
from tests.participants.travel.makers import make_travel_record

pytestmark = pytest.mark.django_db


@pytest.fixture
def here():
    return make_program("here")


@pytest.fixture
def there():
    return make_program("there")


def test_a_right_counts_in_the_program_of_the_membership_and_in_no_other(here, there):
    user = make_organizer(program=here)

    assert user.has_perm("program.change_venue")  # somewhere
    assert user.has_perm("program.change_venue", make_venue(here))
    assert not user.has_perm("program.change_venue", make_venue(there))
    assert (
        user.has_perm("program.publish_program", here),
        user.has_perm("program.publish_program", there),
    ) == (*(True, False),)


def test_one_may_be_organizer_of_one_program_and_staff_of_another(here, there):
    user = make_organizer(program=here)
    add_member(there, user, Role.STAFF)

    assert user.has_perm("program.view_venue", make_venue(there))
    assert not user.has_perm("program.change_venue", make_venue(there))
    assert user.has_perm("program.change_venue", make_venue(here))


def test_what_hangs_from_a_program_by_others_is_found(here):
    person = make_participant(here)
    record = make_travel_record(person)
    session = make_item(here, kind="session")
    material = Material.objects.create(session=session, title="Slides", link="https://example.org/")

    found = [program_id_of(thing) for thing in (here, person, record, session, material)]

    assert found == [here.pk] * 5


def test_the_door_shows_rows_of_own_programs_only(here, there):
    mine, _theirs = make_venue(here), make_venue(there)
    user = make_organizer(program=here)

    assert list(Venue.objects.visible_to(user)) == [mine]
    assert list(Program.objects.visible_to(user)) == [here]
    assert not AgendaItem.objects.visible_to(user).exists()


def test_superuser_sees_all_and_nobody_else_does(here, there):
    make_venue(here), make_venue(there)
    superuser = make_user(is_superuser=True)
    closed = make_user(is_superuser=True, is_active=False)

    assert Venue.objects.visible_to(superuser).count() == 2
    assert superuser.has_perm("program.change_venue", there)
    for nobody in (AnonymousUser(), make_user(), closed):
        assert not Venue.objects.visible_to(nobody).exists()
        assert not nobody.has_perm("program.view_venue")
        assert not nobody.has_perm("program.view_venue", here)


def test_a_closed_account_has_no_rights(here):
    user = make_organizer(program=here, is_active=False)

    assert not user.has_perm("program.view_venue", here)
    assert not Program.objects.visible_to(user).exists()


def test_travel_records_are_for_those_who_may_read_them_there_and_for_oneself(here, there):
    first, second = (make_travel_record(make_participant(p, user=True)) for p in (here, there))
    reader = make_user(role="Staff", program=here, reads_travel=True)
    add_member(there, reader, Role.STAFF)

    assert list(TravelRecord.objects.visible_to(reader)) == [first]
    assert reader.has_perm("participants.view_travelrecord", first)
    assert not reader.has_perm("participants.view_travelrecord", second)
    assert not reader.has_perm("participants.change_travelrecord", first)
    assert list(TravelRecord.objects.visible_to(second.participant.user)) == [second]


def test_people_are_visible_to_their_team_and_to_themselves(here, there):
    mine, own, _theirs = (
        make_participant(here),
        make_participant(there, user=True),
        make_participant(there),
    )
    add_member(here, own.user, Role.STAFF)

    assert set(Participant.objects.visible_to(own.user)) == {mine, own}
    assert set(Participant.objects.shown_to(own.user)) == {mine, own}


def test_rights_kept_by_django_count_for_nothing(here):
    user = make_user()
    user.user_permissions.add(Permission.objects.get(codename="change_venue"))

    assert not user.has_perm("program.change_venue")
    assert not user.has_module_perms("program")


def test_memberships_are_read_once(here, there, django_assert_num_queries):
    user = make_organizer(program=here)
    fresh = type(user).objects.get(pk=user.pk)

    with django_assert_num_queries(1):
        assert fresh.has_perm("program.change_venue")
        assert not fresh.has_perm("program.change_venue", there)
        assert not fresh.has_perm("auth.change_user")
        assert fresh.has_module_perms("participants")


def test_who_left_the_team_has_no_rights_at_once(here):
    make_organizer(program=here)
    leaving = make_organizer(program=here)
    membership = leaving.memberships.get()

    remove_member(membership)
    leaving.refresh_from_db()

    assert not type(leaving).objects.get(pk=leaving.pk).has_perm("program.change_venue")
    assert leaving.is_staff is False
