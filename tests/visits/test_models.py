import pytest
from django.core.exceptions import ValidationError
from django.db.models import RestrictedError

from program.agenda.kinds import Kind
from program.publishing.releases import draft, snapshot
from tests.makers import make_group, make_item, make_organization, make_program, make_venue
from visits.models import Transfer, Visit

pytestmark = pytest.mark.django_db


def published(program):
    """The only item of ``program`` as a release would hold it."""
    (item,) = snapshot(program)["items"]
    return item


@pytest.mark.parametrize("kind", [Kind.VISIT, Kind.WORKSHOP, Kind.CULTURE])
def test_visit_is_saved_and_read_through_its_own_class(kind):
    program = make_program()
    visit = make_item(program, kind=kind, activity="Dye cloth.")

    visit.activity = "Dye cloth by hand."
    visit.save_as()

    assert program.items.concrete().get().activity == "Dye cloth by hand."
    assert [row.activity for row in Visit.history.all()] == ["Dye cloth by hand.", "Dye cloth."]


def test_visit_publishes_its_lines_without_blanks():
    program = make_program()
    make_item(
        program, bring=" Water \n\nHat\r\n", dress="", safety="Gloves", activity="Dye\n\ncloth.", capacity=12
    )

    item = published(program)

    assert (item["bring"], item["dress"], item["safety"]) == (["Water", "Hat"], [], ["Gloves"])
    assert (item["activity"], item["capacity"]) == ("Dye\n\ncloth.", 12)


def test_contact_is_kept_in_the_draft_and_its_history_only():
    program = make_program()
    make_item(program, contact_name="Sample Contact", contact_phone="+62 000")

    assert Visit.objects.get().contact_name == "Sample Contact"
    assert Visit.history.get().contact_phone == "+62 000"
    assert not {"contact_name", "contact_phone"} & published(program).keys()


def test_visit_needs_nothing_but_a_time():
    visit = make_item(make_program())

    visit.full_clean()

    assert (visit.activity, visit.bring, visit.capacity, visit.organization) == ("", "", None, None)


def test_visit_keeps_its_host_from_being_deleted():
    program = make_program()
    host = make_organization(program)
    visit = make_item(program, organization=host)

    with pytest.raises(RestrictedError):
        host.delete()
    visit.delete()
    host.delete()

    assert list(program.organizations.all()) == []


def test_transfer_publishes_where_it_goes():
    program = make_program()
    hotel, lab = make_venue(program, "Hotel", slug="hotel"), make_venue(program, "Lab", slug="lab")
    make_item(program, kind=Kind.TRAVEL, venue=hotel, destination=lab, vehicle="Bus 1", meeting_point="Lobby")

    item = published(program)

    assert (item["venue"], item["destination"]) == ("hotel", "lab")
    assert (item["vehicle"], item["meeting_point"]) == ("Bus 1", "Lobby")


def test_transfer_is_saved_and_read_through_its_own_class():
    program = make_program()
    bus = make_item(program, kind=Kind.TRAVEL, vehicle="Bus 1")

    bus.vehicle = "Bus 2"
    bus.save_as("Bus 1 broke down")

    assert program.items.concrete().get().vehicle == "Bus 2"
    newest = Transfer.history.first()
    assert (newest.vehicle, newest.history_change_reason) == ("Bus 2", "Bus 1 broke down")


def test_transfer_keeps_its_destination_from_being_deleted():
    program = make_program()
    lab = make_venue(program)
    bus = make_item(program, kind=Kind.TRAVEL, destination=lab)

    with pytest.raises(RestrictedError):
        lab.delete()
    bus.delete()
    lab.delete()

    assert list(program.venues.all()) == []


def test_transfer_to_another_programs_venue_is_refused():
    program = make_program()
    bus = make_item(program, kind=Kind.TRAVEL)
    bus.destination = make_venue(make_program("other"))

    with pytest.raises(ValidationError) as refused:
        bus.full_clean()

    assert refused.value.message_dict == {"destination": ["This belongs to another program."]}


def test_room_of_a_workshop_is_published_and_no_two_items_use_it_at_once():
    program = make_program()
    hall, a, b = make_venue(program), make_group(program, "A"), make_group(program, "B")
    make_item(program, "Milling", kind=Kind.WORKSHOP, venue=hall, groups=[a], room="CNC hall")
    make_item(program, "Turning", kind=Kind.WORKSHOP, venue=hall, groups=[b], room="CNC hall")
    found = draft(program)

    assert [item.room for item in found.agenda.items] == ["CNC hall", "CNC hall"]
    assert [finding.code for finding in found.conflicts] == ["room-twice"]


def test_visit_without_a_room_is_published_as_before_there_were_rooms():
    program = make_program()
    make_item(program)

    assert "room" not in draft(program).data["items"][0]
