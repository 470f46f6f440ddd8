"""Whom to call: told to signed-in people, with links that call; never on public pages of others."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from program.models import Contacts
from tests.makers import at, make_item, make_organizer, make_program, make_release
from tests.participants.people.makers import make_participant
from tests.reading import Page

pytestmark = pytest.mark.django_db

CALLS = [
    ("+62 800 0000 0001", "tel:+6280000000001"),
    ("+62 800 0000 0003", "https://wa.me/6280000000003"),
    ("+62 800 0000 0002", "tel:+6280000000002"),
    ("112", "tel:112"),
    ("committee@example.org", "mailto:committee@example.org"),
]


@pytest.fixture
def program():
    return make_program()


@pytest.fixture
def contacts(program):
    return Contacts.objects.create(
        program=program,
        officer="Sample Officer",
        phone="+62 800 0000 0001",
        whatsapp="+62 800 0000 0003",
        hotel="Sample Hotel",
        hotel_phone="+62 800 0000 0002",
        reply_to="committee@example.org",
    )


@pytest.fixture
def item(program):
    item = make_item(program)
    make_release(program)
    return item


@pytest.fixture
def addresses(item):
    slug = item.program.slug
    return {
        "me": reverse("participants:me", args=[slug]),
        "item": reverse("program:agenda-item", args=[slug, item.pk]),
    }


@pytest.fixture
def participant(program, item):
    client = Client()
    client.force_login(make_participant(program, user=True).user)
    return client


@pytest.mark.parametrize("name", ["me", "item"])
def test_participant_reads_whom_to_call(participant, contacts, addresses, set_clock, name):
    set_clock(at(24, "09:00", contacts.program.tz))

    page = Page(participant.get(addresses[name]))

    links = page.links(within=page.one("dl", "whom"))
    assert links == CALLS
    assert "Sample Officer" in page.one("dl", "whom").text


def test_after_the_end_the_organizers_are_left_to_ask(participant, contacts, addresses, set_clock):
    set_clock(at(31, "09:00", contacts.program.tz))
    page = Page(participant.get(addresses["me"]))
    assert page.links(within=page.one("dl", "whom")) == CALLS  # some are on their way home

    set_clock(at(24, "09:00", contacts.program.tz) + timedelta(days=365))
    page = Page(participant.get(addresses["me"]))

    assert page.links(within=page.one("dl", "whom")) == [CALLS[0], CALLS[1], CALLS[4]]
    assert "Whom to ask" in page.main.text and "Officer on duty" not in page.main.text


def test_new_number_counts_at_once(participant, contacts, addresses):
    for address in addresses.values():
        participant.get(address)
    contacts.phone = "+62 800 0000 0009"
    contacts.save()

    for address in addresses.values():
        assert "tel:+6280000000009" in participant.get(address).content.decode()


def test_visitor_reads_no_number(client, contacts, addresses, participant):
    participant.get(addresses["item"])

    assert "800 0000" not in client.get(addresses["item"]).content.decode()


def test_nothing_is_said_while_nothing_is_known(participant, addresses):
    for address in addresses.values():
        assert "Whom to call" not in Page(participant.get(address)).root.text


def test_organizer_gets_there_from_the_program(client, program):
    client.force_login(make_organizer())
    page = Page(client.get(reverse("admin:program_program_change", args=[program.pk])))
    (address,) = [address for words, address in page.links() if words == "Whom to call"]

    client.post(address, {"program": program.pk, "officer": "Sample Officer", "phone": "+62 800 0000 0001"})

    assert Contacts.objects.of(pk=program.pk).officer == "Sample Officer"
    page = Page(client.get(reverse("admin:program_program_change", args=[program.pk])))
    assert ("Whom to call", f"/admin/program/contacts/{program.contacts.pk}/change/") in page.links()


def test_number_is_kept_as_it_can_be_dialled(program):
    contacts = Contacts(program=program, phone="+٦٢ ٨٠٠ ٠٠٠٠ ٠٠٠١")

    contacts.full_clean()

    assert contacts.phone == "+62 800 0000 0001"


def test_number_without_country_code_is_refused(program):
    with pytest.raises(ValidationError) as refused:
        Contacts(program=program, whatsapp="0812 3456 789").full_clean()

    assert list(refused.value.message_dict) == ["whatsapp"]
