"""Lists to hand over and to count heads with."""

import pytest

from participants import hand_over, printing
from program.kinds import Kind, Status
from tests.makers import make_group, make_item, make_release, make_venue

from .makers import make_participant
from .papers import to_paper

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
    make_item(program, "Dinner of A", "19:00", "20:00", kind=Kind.MEAL, groups=[a])
    make_participant(program, name="Ann", group=a, diet="vegan", diet_note="No nuts", room="12", phone="+1 5")
    make_participant(program, name="Bob", group=b, diet="halal", room="9")
    make_participant(program, name="Gone", group=a, room="12", status="withdrawn")
    make_release(program)

    papers = {}
    for kind in hand_over.HEADINGS:
        moment = printing.read(program, lambda agenda, kind=kind: hand_over.chosen_items(agenda, kind))
        papers[kind] = to_paper(moment, hand_over.document(moment, kind))

    assert "TANDA TERIMA PERLENGKAPAN Receipt of kits" in papers["kits"].text
    assert "1 Ann Nepal A 1 2 Bob Nepal B 2" in papers["kits"].text
    assert "12.00–13.00 WIB Lunch 2 halal 1; vegan 1" in papers["meals"].pages[0]
    lunch = papers["meals"].pages[1]
    assert "1 Ann vegan No nuts 1 2 Bob halal 2" in lunch
    assert "Hari, tanggal / Date : Selasa, 24 Juli 2018 / Tuesday 24 July 2018" in lunch
    lunch_of_a = papers["meals"].pages[2]
    assert "Ann" in lunch_of_a and "Bob" not in lunch_of_a
    assert "9 Bob Nepal B 1 12 Ann Nepal A 2" in papers["rooms"].text
    first, second = papers["bus"].pages
    assert "Hotel, Bandung – Plant, Bandung" in first
    assert "Kendaraan / Vehicle : Bus 1" in first
    assert "1 Ann Nepal +1 5" in first
    assert "Bob" not in first
    assert "Titik kumpul / Meeting point : Lobby" in second
    assert "2 Bob Nepal" in second
    assert not [kind for kind, paper in papers.items() if "Gone" in paper.text]
