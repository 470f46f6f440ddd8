"""What somebody meets who works on one program and is staff or a participant of another."""

import pytest
from django.test import Client

from program.agenda.kinds import Status
from program.models import AgendaItem
from program.team.members import add_member
from program.team.roles import Role
from tests.makers import at, make_organizer
from tests.participants.people.makers import make_participant

from .elsewhere import ITEM_LIST, WORD, read, told


@pytest.fixture
def both(world, elsewhere):
    """Organizer of their own program, and staff where everything is called Zanzibar."""
    user = make_organizer(program=world["program"])
    add_member(elsewhere["program"], user, Role.STAFF)
    client = Client()
    client.force_login(user)
    return client


READ_ONLY = [
    "venue",
    "organization",
    "group",
    "speaker",
    "item",
    "classroomsession",
    "visit",
    "transfer",
    "person",
]


@pytest.mark.parametrize("word", READ_ONLY)
def test_staff_of_another_program_only_read_there(both, elsewhere, word):
    thing = elsewhere[word]
    opts = thing._meta
    address = f"/admin/{opts.app_label}/{opts.model_name}/{thing.pk}/"

    page = both.get(f"{address}change/")

    assert page.status_code == 200 and told(page)
    assert 'name="_save"' not in page.content.decode()
    assert both.post(f"{address}change/", {"name": "Taken"}).status_code == 403
    assert both.post(f"{address}delete/", {"post": "yes"}).status_code == 403


def test_lists_of_another_program_offer_staff_no_more_than_theirs(both, elsewhere, world):
    there, here = elsewhere["program"].pk, world["program"].pk
    buttons = ('value="confirm"', 'value="cancel"', "/shift/", "/add/", "/publish/")
    names = {}
    for pk in (there, here):
        page = both.get(ITEM_LIST, {"program": pk, "day": ""}).content.decode()
        names[pk] = [word for word in buttons if word in page]

    assert names[there] == []
    assert len(names[here]) == 5


def test_what_staff_may_not_do_there_is_refused(both, elsewhere):
    pk, person = elsewhere["program"].pk, elsewhere["person"].pk
    item = elsewhere["item"]
    sent = {"action": "cancel", "_selected_action": [item.pk], "select_across": "1"}

    both.post(f"{ITEM_LIST}?program={pk}&day=", sent)
    refused = [
        f"/admin/program/program/{pk}/publish/",
        f"/admin/program/program/{pk}/copy/",
        f"/admin/program/program/{pk}/deleted/",
        f"/admin/program/program/copy-item/{item.pk}/",
        f"/admin/program/program/shift/?program={pk}",
        f"/admin/program/program/shift/?item={item.pk}",
        f"/admin/program/venue/add/?program={pk}",
        f"/admin/team/membership/?program={pk}",
        f"/admin/participants/certificate/?program={pk}",
        f"/admin/participants/participant/import/{pk}/",
        f"/admin/participants/participant/groups/{pk}/",
        f"/admin/participants/participant/{person}/travel/",
        f"/admin/participants/participant/{person}/erase/",
    ]

    assert {path: both.get(path).status_code for path in refused} == dict.fromkeys(refused, 403)
    assert AgendaItem.objects.get(pk=item.pk).status == Status.CONFIRMED


def test_start_page_offers_publishing_for_the_own_program_only(both, elsewhere, world, set_clock):
    set_clock(at(24, "10:00", elsewhere["program"].tz))

    page = both.get("/admin/").content.decode()

    assert f"/admin/program/program/{world['program'].pk}/publish/" in page
    assert WORD in page
    assert f"/admin/program/program/{elsewhere['program'].pk}/publish/" not in page


def test_export_has_travel_records_only_where_one_may_read_them(both, elsewhere):
    sent = {"action": "export", "_selected_action": [elsewhere["person"].pk], "sure": "yes", "form": "csv"}

    response = both.post(
        f"/admin/participants/participant/?program={elsewhere['program'].pk}", sent | {"travel": "on"}
    )

    text = read(response).decode("utf-8-sig")
    assert f"{WORD} Person" in text
    assert "Passport number" not in text


def test_participant_who_works_elsewhere_is_no_colleague_there(world, elsewhere):
    """The own record shows in My schedule, not in the admin of a program one does not work on."""
    user = make_organizer(program=world["program"])
    make_participant(elsewhere["program"], user=user, name=f"{WORD} Myself")
    client = Client()
    client.force_login(user)

    assert not told(client.get("/admin/participants/participant/"))
    own = user.participations.get().pk
    assert client.get(f"/admin/participants/participant/{own}/change/").status_code == 404
