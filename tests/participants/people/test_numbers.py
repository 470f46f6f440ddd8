"""The numbers of people on lists: given once, kept, never given again."""

from importlib import import_module

import pytest
from django.apps import apps

from participants.models import LetterheadSettings, Participant
from participants.people import deleting, numbers, seats
from tests.forms import fill
from tests.makers import make_program
from tests.participants.people.makers import make_participant

from .spreadsheets import HEADS, as_csv, run

pytestmark = pytest.mark.django_db
Status = Participant.Status


def numbers_of(program):
    return dict(program.participants.exclude(list_number=None).values_list("name", "list_number"))


def confirm(program, organizer, *names):
    seats.set_status(program, program.participants.filter(name__in=names), Status.CONFIRMED, by=organizer)


def test_people_confirmed_together_are_numbered_by_country_and_name_and_keep_it(program, organizer):
    for name, country in (("Zed", "DE"), ("Bina", "NP"), ("amal", "NP"), ("Åke", "AT"), ("Ada", "ZA")):
        make_participant(program, name=name, country=country, status=Status.ACCEPTED)
    confirm(program, organizer, "Zed", "Bina", "amal")

    confirm(program, organizer, "Åke", "Ada")

    assert numbers_of(program) == {"Zed": 1, "amal": 2, "Bina": 3, "Åke": 4, "Ada": 5}
    assert [(n, p.name) for n, p in numbers.numbered(program.participants.all())] == [
        *((1, "Zed"), (2, "amal"), (3, "Bina"), (4, "Åke"), (5, "Ada"))
    ]


def test_a_number_survives_withdrawing_and_coming_back(program, organizer):
    for name in ("Amal", "Bina", "Chen"):
        make_participant(program, name=name, status=Status.ACCEPTED)
    confirm(program, organizer, "Amal", "Bina")
    amal = program.participants.filter(name="Amal")

    seats.set_status(program, amal, Status.WITHDRAWN, by=organizer)
    confirm(program, organizer, "Chen")
    seats.set_status(program, amal, Status.CONFIRMED, by=organizer)

    assert numbers_of(program) == {"Amal": 1, "Bina": 2, "Chen": 3}


def test_the_number_of_a_deleted_person_is_not_given_again(program, organizer):
    for name in ("Amal", "Bina", "Chen"):
        make_participant(program, name=name, status=Status.ACCEPTED)
    confirm(program, organizer, "Amal", "Bina")

    deleting.delete([program.participants.get(name="Bina").pk])
    confirm(program, organizer, "Chen")

    assert numbers_of(program) == {"Amal": 1, "Chen": 3}


def test_each_program_counts_for_itself(program, organizer):
    other = make_program(slug="other")
    for one in (program, other):
        make_participant(one, name="Amal", status=Status.ACCEPTED)
        confirm(one, organizer, "Amal")

    assert numbers_of(program) == numbers_of(other) == {"Amal": 1}


def test_an_import_gives_numbers(program, organizer):
    rows = [("b@example.org", "Bina", "NP", "confirmed"), ("a@example.org", "Amal", "NP", "confirmed")]

    run(program, as_csv(*rows, heads=[*HEADS, "Status"]), by=organizer)

    assert numbers_of(program) == {"Amal": 1, "Bina": 2}


def test_the_form_of_a_person_gives_a_number(client, program, organizer):
    person = make_participant(program, name="Amal", status=Status.ACCEPTED)
    address = f"/admin/participants/participant/{person.pk}/change/"

    client.post(address, fill(client.get(address), "participant_form", status=Status.CONFIRMED))

    assert numbers_of(program) == {"Amal": 1}


def test_the_upgrade_numbers_the_confirmed_in_the_order_that_lists_had(program):
    for name, country, status in (
        *(("Zed", "DE", "confirmed"), ("Bina", "NP", "confirmed"), ("amal", "NP", "confirmed")),
        ("Gone", "AT", "withdrawn"),
    ):
        make_participant(program, name=name, country=country, status=status)

    LetterheadSettings.objects.create(program=program)

    import_module("participants.migrations.0017_numbers_and_signers").give_numbers(apps, None)

    assert numbers_of(program) == {"Zed": 1, "amal": 2, "Bina": 3}
    assert LetterheadSettings.objects.get(program=program).last_list_number == 3
