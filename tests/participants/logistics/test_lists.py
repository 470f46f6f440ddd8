import pytest

from participants.logistics.lists import people, plates, rooms, travels
from participants.models import Participant, TravelReading
from program.agenda.kinds import Kind, Status
from program.publishing.releases import current
from tests.makers import at, make_group, make_item, make_organizer, make_program, make_release
from tests.participants.people.makers import make_participant
from tests.participants.travel.makers import make_travel_record

pytestmark = pytest.mark.django_db


@pytest.fixture
def program():
    return make_program()


def agenda_of(program):
    make_release(program)
    return current(program).agenda


def numbers(plate):
    return {diet.value: number for diet, number in plate.counts if number}


@pytest.mark.parametrize("status", ["nominated", "withdrawn"])
def test_lists_hold_those_who_take_a_seat(program, status):
    confirmed = make_participant(program)
    accepted = make_participant(program, status="accepted")
    make_participant(program, status=status)

    assert people(program) == [confirmed, accepted]


def test_plates_of_each_meal_by_diet_and_group(program):
    a, b = make_group(program, "A"), make_group(program, "B")
    make_participant(program, group=a, diet="halal")
    make_participant(program, group=a, diet="vegan")
    make_participant(program, group=b, diet="halal")
    make_participant(program, diet="halal")
    make_participant(program, group=a, diet="halal", status="withdrawn")
    make_item(program, "Lunch", "12:00", "13:00", kind=Kind.MEAL)
    make_item(program, "Dinner of A", "19:00", "20:00", kind=Kind.MEAL, groups=[a])
    make_item(program, "Supper", "21:00", "22:00", kind=Kind.MEAL, status=Status.CANCELLED)
    make_item(program, "Visit", "14:00", "15:00")

    lunch, dinner = plates(agenda_of(program), people(program))

    assert (lunch.item.title, lunch.total, numbers(lunch)) == ("Lunch", 4, {"halal": 3, "vegan": 1})
    assert (dinner.item.title, dinner.total, numbers(dinner)) == ("Dinner of A", 2, {"halal": 1, "vegan": 1})
    assert [diet for diet, _number in lunch.counts] == list(Participant.Diet)


def test_plates_are_those_of_the_release_not_of_the_draft(program):
    make_participant(program)
    meal = make_item(program, "Lunch", "12:00", "13:00", kind=Kind.MEAL)
    agenda = agenda_of(program)
    meal.title = "Changed since"
    meal.save()

    assert [plate.item.title for plate in plates(agenda, people(program))] == ["Lunch"]


def test_arrivals_and_departures_by_time_in_the_zone_of_the_program(program):
    late, early, untold = (make_participant(program, name=name) for name in ("Late", "Early", "Untold"))
    make_travel_record(late, arrives_at=at(18, "14:05", program.tz), arrival_flight="XY 2")
    make_travel_record(
        early,
        arrives_at=at(18, "00:30", program.tz),
        arrival_flight="XY 1",
        departs_at=at(30, "20:00", program.tz),
    )

    found = travels(program, make_organizer())

    assert [(way.person, way.flight, f"{way.at:%d %H:%M %Z}") for way in found.arrivals] == [
        (early, "XY 1", "18 00:30 WIB"),
        (late, "XY 2", "18 14:05 WIB"),
    ]
    assert [way.person for way in found.departures] == [early]
    assert found.untold_arrival == [untold]
    assert found.untold_departure == [late, untold]


def test_a_flight_without_a_time_comes_last(program):
    known, unknown = make_participant(program), make_participant(program)
    make_travel_record(unknown, arrival_flight="XY 1")
    make_travel_record(known, arrives_at=at(18, "14:05", program.tz))

    assert [way.person for way in travels(program, make_organizer()).arrivals] == [known, unknown]


def test_reading_the_list_is_written_down_for_those_on_it(program):
    organizer = make_organizer()
    told = make_participant(program)
    make_travel_record(told, arrival_flight="XY 1")
    make_travel_record(make_participant(program))  # passport only: the list does not show it
    gone = make_participant(program, status="withdrawn")
    make_travel_record(gone, arrival_flight="XY 9")

    found = travels(program, organizer)

    assert [way.person for way in found.arrivals] == [told]
    reading = TravelReading.objects.get()
    assert (reading.record.participant, reading.reader, reading.where) == (told, organizer, "list")


def test_rooms_are_shared_whatever_their_case_and_in_the_order_of_their_numbers(program):
    ten, nine, also_nine, none = (
        make_participant(program, name=name, room=room)
        for name, room in [("C", "Tower b10"), ("B", "Tower B9"), ("A", " tower b9 "), ("D", "")]
    )

    shared, without = rooms(people(program))

    assert [same for _room, same in shared] == [[also_nine, nine], [ten]]
    assert without == [none]


@pytest.mark.parametrize("count", [1, 3])
def test_query_count_does_not_grow(program, count, django_assert_num_queries):
    organizer = make_organizer()
    for n in range(count):
        make_travel_record(
            make_participant(program, group=make_group(program, str(n))), arrival_flight="XY 1"
        )

    with django_assert_num_queries(3):  # records; readings; people
        assert len(travels(program, organizer).arrivals) == count
