"""What to bring and to wear: each thing once, on every kind of item, in the reader's language."""

from dataclasses import replace

import pytest
from django.utils.translation import override

from participants.me.needs import things
from program.agenda.kinds import Kind, Status
from tests.makers import make_item, make_release
from tests.reading import Page

from .test_schedule import item

VISIT = item(1, "09:00", "10:00", dress=("closed shoes; long trousers",))
FOUNDRY = item(2, "10:00", "11:00", dress=("Closed shoes", "Long trousers."))
OPENING = item(3, "11:00", "12:00", kind=Kind.CEREMONY, dress=("Formal dress",))


def told(found):
    return [(thing.text, [item.id for item in thing.items]) for thing in found]


def test_each_thing_is_said_once_with_what_it_is_for():
    assert told(things("dress", [VISIT, FOUNDRY, OPENING])) == [
        ("Closed shoes", [1, 2]),
        ("Long trousers", [1, 2]),
        ("Formal dress", [3]),
    ]


def test_a_cancelled_item_asks_for_nothing():
    assert things("dress", [replace(OPENING, status=Status.CANCELLED)]) == ()


def test_a_thing_is_in_the_language_of_the_page():
    translated = replace(OPENING, local_dress=("Pakaian resmi",))

    with override("id"):
        local, english = things("dress", [translated, FOUNDRY])[:2]

    assert (local.text, local.local) == ("Pakaian resmi", "Pakaian resmi")
    assert (english.text, english.local) == ("Closed shoes", "")


@pytest.mark.django_db
def test_my_schedule_tells_how_to_dress_for_a_ceremony(me, program, open_me_at):
    make_item(
        program, "Opening", "15:00", "16:00", kind=Kind.CEREMONY, dress="Formal dress", bring="A speech"
    )
    make_release(program)

    page = Page(open_me_at("14:00"))

    day = page.one("dl", "take")
    assert "Wear Formal dress Opening" in day.text
    assert "Bring today A speech Opening" in day.text


@pytest.mark.django_db
def test_the_note_of_the_day_is_not_said_once_something_of_the_day_is_over(me, program, open_me_at):
    program.days.create(date="2018-07-24", title="Metal", note="Bring your luggage before breakfast.")
    make_release(program)

    early, late = open_me_at("07:30"), open_me_at("14:30")

    assert "before breakfast" in Page(early).main.text
    assert "before breakfast" not in Page(late).main.text


@pytest.mark.django_db
def test_my_schedule_in_indonesian_says_which_texts_are_english(me, program, visit_day, open_me_at):
    bus = visit_day["out"]
    bus.local_title, bus.local_meeting_point = "Bus berangkat", "Lobi"
    bus.save()
    make_release(program)

    page = Page(open_me_at("07:30", path="/id/ikm-2018/me/"))

    english = {node.text for node in page.main.nodes if node.attributes.get("lang") == "en"}
    assert {"Your badge", "Bus 2", "Laboratory", "Bus back", "Gate"} <= english
    assert not {"Bus berangkat", "Lobi"} & english
    assert "Lobi" in page.main.text
