import pytest

from participants.models import Announcement, Participant
from program.models import Group
from tests.makers import make_group, make_item, make_organizer, make_program
from tests.participants.admin import text_of
from tests.participants.me.makers import make_announcement

from .makers import make_participant

pytestmark = pytest.mark.django_db


@pytest.fixture
def groups(client):
    """(A, B): Ann and Bob are in A, and a workshop is for A."""
    program = make_program()
    a, b = make_group(program, "A"), make_group(program, "B")
    for name in ("Ann", "Bob"):
        make_participant(program, name=name, group=a)
    make_item(program, "Weaving", groups=[a])
    client.force_login(make_organizer())
    return a, b


def address(group):
    return f"/admin/program/group/{group.pk}/delete/"


def test_the_page_says_who_is_in_the_group_and_what_is_for_it(client, groups):
    text = text_of(client.get(address(groups[0])))

    assert "2 people are in this group" in text
    assert "Ann" in text and "Bob" in text
    assert "1 agenda item is for this group" in text
    assert "Weaving" in text


@pytest.mark.parametrize("data", [{}, {"people_to": "none"}, {"items_to": "none"}, {"people_to": "7777"}])
def test_nothing_is_deleted_before_it_is_said_where_both_go(client, groups, data):
    page = client.post(address(groups[0]), data)

    assert "This field is required." in text_of(page) or "Select a valid choice" in text_of(page)
    assert Group.objects.count() == 2
    assert set(Participant.objects.values_list("group", flat=True)) == {groups[0].pk}


def test_people_items_and_announcements_go_to_the_other_group(client, groups):
    a, b = groups
    make_announcement(a.program, "08:00", "09:00", group=a)

    page = client.post(address(a), {"people_to": b.pk, "items_to": b.pk}, follow=True)

    assert "Group A is deleted; 2 people were in it." in text_of(page)
    assert list(Group.objects.all()) == [b]
    assert set(Participant.objects.values_list("group", flat=True)) == {b.pk}
    assert [person.history.count() for person in Participant.objects.all()] == [2, 2]
    item = a.program.items.get()
    assert list(item.groups.all()) == [b]
    assert item.version == 2
    assert Announcement.objects.get().group == b


def test_people_may_be_left_without_a_group_and_items_be_for_everybody(client, groups):
    client.post(address(groups[0]), {"people_to": "none", "items_to": "none"})

    assert set(Participant.objects.values_list("group", flat=True)) == {None}
    assert list(groups[1].program.items.get().groups.all()) == []


def test_an_item_of_both_groups_stays_with_the_other(client, groups):
    a, b = groups
    a.program.items.get().set_groups([a, b])

    client.post(address(a), {"people_to": b.pk, "items_to": "none"})

    assert list(b.program.items.get().groups.all()) == [b]


def test_an_empty_group_is_deleted_after_one_question(client, groups):
    empty = make_group(groups[0].program, "C")

    assert "Nobody is in this group." in text_of(client.get(address(empty)))
    client.post(address(empty), {"post": "yes"})

    assert not Group.objects.filter(pk=empty.pk).exists()


def test_groups_are_not_deleted_many_at_once(client, groups):
    chosen = {"action": "delete_selected", "_selected_action": [group.pk for group in groups], "post": "yes"}

    client.post("/admin/program/group/", chosen)

    assert Group.objects.count() == 2


def test_a_group_of_no_one_is_not_found(client, groups):
    assert client.get("/admin/program/group/7777/delete/").status_code in (302, 404)
