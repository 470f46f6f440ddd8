"""Organizations, venues and groups of one program in the admin."""

import pytest

from program.models import Group, Organization, Venue
from tests.forms import fill
from tests.makers import (
    make_group,
    make_item,
    make_organization,
    make_organizer,
    make_program,
    make_user,
    make_venue,
)
from tests.reading import Page

pytestmark = pytest.mark.django_db
ADD_VENUE = "/admin/program/venue/add/"


@pytest.fixture(autouse=True)
def organizer(client):
    user = make_organizer()
    client.force_login(user)
    return user


def errors(response):
    return response.context["adminform"].form.errors


def add_venue(client, program, **fields):
    address = f"{ADD_VENUE}?program={program.pk}"
    typed = {"name": "Weaving hall", "slug": "weaving-hall", "city": "Bandung"} | fields
    return client.post(address, fill(client.get(address), "venue_form", **typed))


@pytest.mark.parametrize(
    ("model", "maker"),
    [("venue", make_venue), ("organization", make_organization), ("group", make_group)],
)
def test_lists_show_one_program(client, program, model, maker):
    other = make_program("ikm-2019")
    maker(program, name="Here")
    maker(other, name="There")

    listed = (
        Page(client.get(f"/admin/program/{model}/?program={other.pk}")).one("table", id="result_list").text
    )

    assert "There" in listed and "Here" not in listed


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("model", "maker"),
    [("venue", make_venue), ("organization", make_organization), ("group", make_group)],
)
def test_list_query_count_does_not_grow(client, program, model, maker, count, django_assert_num_queries):
    for n in range(count):
        maker(program, name=f"Name {n}")
        make_program(f"other-{n}", ends_on=program.ends_on)
    address = f"/admin/program/{model}/?program={program.pk}"
    client.get(address)

    # session, user, rights, program, programs, 2 x count and rows, cities of venues
    with django_assert_num_queries(8 if model == "venue" else 7):
        response = client.get(address)

    assert response.context["cl"].result_count == count


def test_venue_is_added_to_the_program_asked_for(client, program):
    other = make_program("ikm-2019")

    add_venue(client, other, latitude="-6.9", longitude="107.6", capacity="40")

    venue = Venue.objects.get()
    assert (venue.program, venue.name, venue.city) == (other, "Weaving hall", "Bandung")
    assert (venue.latitude, venue.longitude, venue.capacity) == (-6.9, 107.6, 40)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"latitude": "91", "longitude": "107"}, "latitude"),
        ({"latitude": "-6.9", "longitude": "-181"}, "longitude"),
        ({"latitude": "south", "longitude": "107"}, "latitude"),
        ({"latitude": "nan", "longitude": "107"}, "latitude"),
        ({"latitude": "inf", "longitude": "107"}, "latitude"),
        ({"latitude": "-6.9"}, "longitude"),
        ({"longitude": "107.6"}, "latitude"),
        ({"name": ""}, "name"),
        ({"slug": "two words"}, "slug"),
        ({"capacity": "-1"}, "capacity"),
    ],
)
def test_bad_venue_is_told_at_its_field(client, program, fields, field):
    response = add_venue(client, program, **fields)

    assert list(errors(response)) == [field]
    assert not Venue.objects.exists()


def test_second_venue_at_one_address_is_refused_in_the_same_program_only(client, program):
    make_venue(program, slug="weaving-hall")
    make_venue(make_program("ikm-2019"), slug="another")

    response = add_venue(client, program)
    add_venue(client, program, slug="another")

    assert "This program already has a venue with that word." in str(errors(response))
    assert program.venues.filter(slug="another").exists()


def test_organization_is_part_of_one_of_its_program_only(client, program):
    ministry = make_organization(program, "Ministry")
    foreign = make_organization(make_program("ikm-2019"), "Foreign")
    address = f"/admin/program/organization/add/?program={program.pk}"
    page = client.get(address)
    typed = {"name": "Center", "slug": "center", "role": "institute", "website": "example.org"}

    refused = client.post(address, fill(page, "organization_form", parent=foreign.pk, **typed))
    client.post(address, fill(page, "organization_form", parent=ministry.pk, **typed))

    assert "Foreign" not in page.content.decode()
    assert list(errors(refused)) == ["parent"]
    center = Organization.objects.get(slug="center")
    assert (center.parent, center.website) == (ministry, "https://example.org")


def test_place_stays_in_its_program(client, program):
    other = make_program("ikm-2019")
    venue = make_venue(program, "Hall")
    address = f"/admin/program/venue/{venue.pk}/change/"

    client.post(address, fill(client.get(address), "venue_form", program=other.pk, name="Great hall"))

    venue.refresh_from_db()
    assert (venue.name, venue.program) == ("Great hall", program)


def test_deleting_is_asked_in_plain_words(client, program):
    venue = make_venue(program, "Hall")
    address = f"/admin/program/venue/{venue.pk}/delete/"

    page = Page(client.get(address))

    assert page.texts("h1") == ["Delete “Hall”?"]
    assert "Summary" not in page.main.text and "Objects" not in page.main.text
    client.post(address, {"post": "yes"})
    assert not Venue.objects.exists()


def test_venue_in_use_is_not_deleted(client, program):
    venue = make_venue(program, "Hall")
    make_item(program, "Factory", venue=venue)

    page = client.post(f"/admin/program/venue/{venue.pk}/delete/", {"post": "yes"})

    assert "This cannot be deleted, because it is still used. Change these first:" in page.content.decode()
    assert Venue.objects.exists()


def test_group_is_added(client, program):
    address = f"/admin/program/group/add/?program={program.pk}"

    client.post(address, fill(client.get(address), "group_form", name="A", size="12"))

    assert list(Group.objects.values_list("program", "name", "size")) == [(program.pk, "A", 12)]


def test_without_a_program_nothing_can_be_added(client):
    client.force_login(make_user(is_staff=True, is_superuser=True))  # nobody else gets here then
    page = client.get(ADD_VENUE)
    response = client.post(ADD_VENUE, {"name": "Hall", "slug": "hall", "city": "X", "origin": "reported"})

    assert "Add a program first." in page.content.decode()
    assert list(errors(response)) == ["program"]


def test_staff_cannot_change_a_venue(client, program):
    venue = make_venue(program, "Hall")
    address = f"/admin/program/venue/{venue.pk}/change/"
    typed = fill(client.get(address), "venue_form", name="Great hall")
    client.force_login(make_user(role="Staff"))

    assert client.get(address).status_code == 200
    assert client.post(address, typed).status_code == 403
    assert Venue.objects.get().name == "Hall"


def test_history_of_a_venue_tells_old_and_new(client, program):
    venue = make_venue(program, "Hall", city="Bandung")
    address = f"/admin/program/venue/{venue.pk}/"
    client.post(address + "change/", fill(client.get(address + "change/"), "venue_form", city="Cimahi"))

    page = Page(client.get(address + "history/"))

    assert page.texts("dt") == ["City"]
    assert page.texts("dd") == ["before: Bandung → after: Cimahi"]
    assert "Undo this change" not in page.main.text
    assert ("Venues", f"/admin/program/venue/?program={program.pk}") in page.links()
