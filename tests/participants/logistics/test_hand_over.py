"""Lists to hand over and to count heads with."""

import pytest

from participants.logistics import hand_over
from participants.papers import printing
from program.agenda.kinds import Kind, Status
from tests.makers import make_group, make_item, make_release, make_venue
from tests.participants.papers.documents import to_document
from tests.participants.people.makers import make_participant

pytestmark = pytest.mark.django_db


def test_hand_over_lists_say_what_kitchen_driver_and_hotel_need(program):
    a, b = make_group(program, "A"), make_group(program, "B")
    hotel = make_venue(program, "Hotel", city="Bandung")
    plant = make_venue(program, "Plant", city="Bandung")
    bus = {"kind": Kind.TRAVEL, "venue": hotel, "destination": plant}
    make_item(program, "Bus of A", "08:00", "09:00", groups=[a], vehicle="Bus 1", **bus)
    make_item(program, "Bus of all", "16:00", "17:00", meeting_point="Lobby", **bus)
    make_item(program, "No bus", "18:00", "19:00", status=Status.CANCELLED, **bus)
    make_item(program, "Lunch", "12:00", "13:00", kind=Kind.MEAL)
    make_participant(program, name="Ann", group=a, diet="vegan", diet_note="No nuts", room="12", phone="+1 5")
    make_participant(program, name="Bob", group=b, diet="halal", room="9")
    make_participant(program, name="Gone", group=a, room="12", status="withdrawn")
    make_release(program)

    documents = {}
    for kind in hand_over.HEADINGS:
        moment = printing.read(program, lambda agenda, kind=kind: hand_over.chosen_items(agenda, kind))
        documents[kind] = to_document(moment, hand_over.document(moment, kind))

    assert "TANDA TERIMA PERLENGKAPAN Receipt of kits" in documents["kits"].text
    assert "1 Ann Nepal A 1 2 Bob Nepal B 2" in documents["kits"].text
    assert "12.00–13.00 WIB Lunch 2 halal 1; vegan 1" in documents["meals"].pages[0]
    assert "Kegiatan / Item : Lunch" in documents["meals"].pages[1]
    assert "1 Ann vegan No nuts 1 2 Bob halal 2" in documents["meals"].pages[1]
    assert "9 Bob Nepal B 1 12 Ann Nepal A 2" in documents["rooms"].text
    first, second = documents["bus"].pages
    assert "Hotel, Bandung – Plant, Bandung" in first
    assert "Kendaraan / Vehicle : Bus 1" in first
    assert "1 Ann Nepal +1 5" in first
    assert "Bob" not in first
    assert "Titik kumpul / Meeting point : Lobby" in second
    assert "2 Bob Nepal" in second
    assert not [kind for kind, document in documents.items() if "Gone" in document.text]


def test_each_meal_is_signed_for_on_a_list_of_its_own_by_those_who_eat_there(program):
    a, b = make_group(program, "A"), make_group(program, "B")
    make_item(program, "Lunch", "12:00", "13:00", kind=Kind.MEAL, groups=[a])
    make_item(program, "Dinner", "19:00", "20:00", kind=Kind.MEAL, venue=make_venue(program, city="Bandung"))
    make_participant(program, name="Ann", group=a)
    make_participant(program, name="Bob", group=b)
    make_release(program)

    moment = printing.read(program, lambda agenda: hand_over.chosen_items(agenda, "meals"))
    _plates, lunch, dinner = to_document(moment, hand_over.document(moment, "meals")).pages

    assert "Kegiatan / Item : Lunch Hari, tanggal / Date : Selasa, 24 Juli 2018" in lunch
    assert "Kelompok / Group : A" in lunch
    assert "Ann" in lunch
    assert "Bob" not in lunch
    assert "Kegiatan / Item : Dinner" in dinner
    assert "Bandung, 24 Juli 2018" in dinner
    assert "2 Bob" in dinner


@pytest.mark.parametrize("kind", ["kits", "rooms"])
def test_kits_and_keys_have_a_line_for_place_and_date(program, kind):
    make_item(program)
    make_participant(program)
    make_release(program)

    moment = printing.read(program, lambda agenda: [])
    (one,) = hand_over.document(moment, kind)["lists"]

    assert [block["place"].strip(" \u00a0.") for block in one["signers"]] == ["", ""]
    assert one["signers"][1]["place"].startswith("....")
