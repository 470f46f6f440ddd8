"""Visits and transfers in the admin."""

import pytest

from program.agenda.kinds import Kind
from tests.forms import fill
from tests.makers import make_item, make_organizer, make_program, make_venue
from tests.reading import Page
from visits.models import Transfer, Visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def program():
    return make_program()


@pytest.fixture(autouse=True)
def organizer(client):
    user = make_organizer()
    client.force_login(user)
    return user


def test_visit_keeps_what_visitors_bring_and_the_hosts_contact(client, program):
    visit = make_item(program, "Factory")
    address = f"/admin/visits/visit/{visit.pk}/change/"
    data = fill(
        client.get(address),
        "visit_form",
        activity="See the looms",
        bring="Water\nHat",
        dress="Closed shoes",
        safety="Stay behind the line",
        capacity="25",
        contact_name="Sample Contact",
        contact_phone="+62 21 000 000",
    )

    client.post(address, data)

    saved = Visit.objects.get()
    assert (saved.activity, saved.bring.split(), saved.dress) == (
        "See the looms",
        ["Water", "Hat"],
        "Closed shoes",
    )
    assert (saved.safety, saved.capacity) == ("Stay behind the line", 25)
    assert (saved.contact_name, saved.contact_phone) == ("Sample Contact", "+62 21 000 000")


@pytest.mark.parametrize(
    "typed", ["+۶۲ ۲۱ ۵۵۵", "+٦٢ ٢١ ٥٥٥", "+৬২ ২১ ৫৫৫", "+၆၂ ၂၁ ၅၅၅", "\u202a+62 21 555\u202c"]
)
def test_telephone_of_the_host_is_kept_with_digits_that_can_be_dialled(client, program, typed):
    address = f"/admin/visits/visit/{make_item(program).pk}/change/"

    client.post(address, fill(client.get(address), "visit_form", contact_phone=typed))

    assert Visit.objects.get().contact_phone == "+62 21 555"


@pytest.mark.parametrize("kind", [Kind.VISIT, Kind.WORKSHOP, Kind.CULTURE])
def test_visit_form_offers_the_kinds_of_visits(client, program, kind):
    visit = make_item(program, kind=kind)

    page = client.get(f"/admin/visits/visit/{visit.pk}/change/")

    kinds = [value for value, _label in page.context["adminform"].form.fields["kind"].choices]
    assert kinds == [Kind.VISIT, Kind.WORKSHOP, Kind.CULTURE]
    assert fill(page, "visit_form")["kind"] == [kind]


def test_capacity_below_zero_is_refused_at_its_field(client, program):
    visit = make_item(program)
    address = f"/admin/visits/visit/{visit.pk}/change/"

    response = client.post(address, fill(client.get(address), "visit_form", capacity="-1"))

    assert list(response.context["adminform"].form.errors) == ["capacity"]


def test_transfer_asks_no_kind_and_names_where_it_goes(client, program):
    hotel, factory = make_venue(program, "Hotel", city="Jakarta"), make_venue(program, "Factory")
    bus = make_item(program, "Bus", kind=Kind.TRAVEL, venue=hotel)
    address = f"/admin/visits/transfer/{bus.pk}/change/"
    page = client.get(address)

    client.post(address, fill(page, "transfer_form", destination=factory.pk, meeting_point="Lobby"))

    assert Page(page).one("input", name="kind").attributes["type"] == "hidden"
    assert Page(page).texts("optgroup", within=Page(page).one("select", name="venue"))
    saved = Transfer.objects.get()
    assert (saved.kind, saved.venue, saved.destination, saved.meeting_point) == (
        Kind.TRAVEL,
        hotel,
        factory,
        "Lobby",
    )


def test_venues_are_offered_by_city(client, program):
    make_venue(program, "Hotel", city="Jakarta")
    make_venue(program, "Weaving hall", city="Bandung")

    page = Page(client.get("/admin/visits/visit/add/"))

    cities = page.all("optgroup", within=page.one("select", name="venue"))
    assert [(city.attributes["label"], city.text) for city in cities] == [
        ("Bandung", "Weaving hall"),
        ("Jakarta", "Hotel"),
    ]


def test_adding_a_venue_on_the_way_is_for_the_same_program(client, program):
    other = make_program("ikm-2019")

    page = Page(client.get(f"/admin/visits/visit/add/?program={other.pk}"))

    link = page.one("a", id="add_id_venue").attributes["href"]
    assert link.startswith("/admin/program/venue/add/") and f"program={other.pk}" in link
