"""The rules of marking: who is expected, whose mark counts, what is undone."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from django.db import connection
from django.utils import translation

from participants.attendance import marking as attendance
from participants.models import Attendance, Participant
from participants.people import numbers
from program import clock
from program.agenda.facts import Group
from program.publishing import releases
from tests.makers import at, make_group, make_item, make_program, make_release
from tests.participants.people.makers import make_participant

from .attending import Clock, history, make_staff, published, states

pytestmark = pytest.mark.django_db
State = Attendance.State


@pytest.fixture(autouse=True)
def morning(monkeypatch, program):
    """The clock runs on from 10:00 of the day of the items."""
    running = Clock(at(24, "10:00", program.tz))
    monkeypatch.setattr(clock, "now", running)
    return running


@pytest.fixture
def staff():
    return make_staff()


def mark(program, item, by, how="tap", said_at=None, **words):
    """Mark the people of these first names."""
    people = {p.name: p.pk for p in program.participants.all()}
    told = {people[name]: state for name, state in words.items()}
    return attendance.mark(program, item, told, by=by, how=how, said_at=said_at)


# Who is expected


def test_only_confirmed_people_of_the_items_group_are_expected(program):
    first, second = make_group(program, "A"), make_group(program, "B")
    item = published(program, "Workshop", groups=[first])
    make_participant(program, name="Here", group=first)
    make_participant(program, name="Elsewhere", group=second)
    make_participant(program, name="Without a group")
    for status in ("nominated", "accepted", "withdrawn"):
        make_participant(program, name=status, group=first, status=status)
    make_participant(make_program(slug="other"), name="Of another program")

    assert [row.person.name for row in attendance.roll_of(program, item)] == ["Here"]


def test_numbers_go_by_country_and_name_and_are_the_same_in_both_languages(program):
    for name, country in (("Zed", "DE"), ("amal", "NP"), ("Bina", "NP"), ("Ada", "ZA"), ("Åke", "AT")):
        make_participant(program, name=name, country=country)
    people = list(program.participants.order_by("-pk"))

    numbered = [(number, person.name) for number, person in numbers.numbered(people)]
    with translation.override("id"):  # Afrika Selatan and Jerman stand elsewhere there
        in_indonesian = [(number, person.name) for number, person in numbers.numbered(people[::-1])]

    assert numbered == [(1, "Åke"), (2, "Zed"), (3, "amal"), (4, "Bina"), (5, "Ada")]
    assert in_indonesian == numbered


def test_a_tally_counts_the_expected_in_each_state(program, staff):
    first, second = make_group(program, "A"), make_group(program, "B")
    workshop = make_item(program, "Workshop", groups=[first])
    lunch = published(program, "Lunch", kind="meal")
    for name, group in (("One", first), ("Two", first), ("Three", first), ("Four", second), ("Five", second)):
        make_participant(program, name=name, group=group)
    mark(program, lunch, staff, One="present", Two="late", Three="sick", Four="present", Five="absent")
    program.participants.filter(name="Four").update(status="withdrawn")
    items = [lunch, replace(lunch, id=workshop.pk, groups=(Group(first.pk, "A"),))]

    tallies = attendance.tallies(program, items)

    assert (tallies[lunch.id].there, tallies[lunch.id].expected, tallies[lunch.id].open) == (2, 4, 0)
    assert [(state, n) for state, _word, n in tallies[lunch.id].others] == [
        ("late", 1),
        ("sick", 1),
        ("absent", 1),
    ]
    assert (tallies[workshop.pk].there, tallies[workshop.pk].expected) == (0, 3)


@pytest.mark.parametrize("count", [1, 3, 20])
def test_reading_and_marking_cost_the_same_queries_for_any_number_of_people(
    program, staff, count, django_assert_num_queries
):
    item = published(program)
    people = [make_participant(program) for _n in range(count)]

    with django_assert_num_queries(2):
        attendance.roll_of(program, item)
    with django_assert_num_queries(2):
        attendance.tallies(program, [item])
    with django_assert_num_queries(
        6
    ):  # who is expected, their records, the new ones, the history; a savepoint
        attendance.mark(program, item, {p.pk: "present" for p in people}, by=staff)
    with django_assert_num_queries(6):
        attendance.mark(program, item, {p.pk: "late" for p in people}, by=staff)


# Marking


def test_the_last_word_stands_and_every_word_is_kept_with_who_how_and_when(program, staff, morning):
    other = make_staff("Second Staff")
    item = published(program)
    make_participant(program, name="One")

    mark(program, item, staff, One="absent")
    mark(program, item, other, how="badge", One="present")

    record = Attendance.objects.get()
    assert (record.state, record.how, record.marked_by) == ("present", "badge", other)
    assert record.marked_at == morning.moment
    versions = record.history.order_by("history_id").values_list("state", "how", "history_user", "marked_by")
    assert list(versions) == [
        ("absent", "tap", staff.pk, staff.pk),
        ("present", "badge", other.pk, other.pk),
    ]


def test_the_same_word_again_changes_nothing(program, staff):
    item = published(program)
    make_participant(program, name="One")
    mark(program, item, staff, One="present")
    first = Attendance.objects.get()

    step = mark(program, item, make_staff("Second Staff"), One="present")

    assert step.changed == set()
    assert Attendance.objects.get().marked_by == first.marked_by
    assert history(item) == [("One", "present", "+")]


def test_who_is_not_expected_is_refused_and_the_others_are_marked(program, staff):
    item = published(program, groups=[make_group(program, "A")])
    make_participant(program, name="In", group=program.groups.get())
    out = make_participant(program, name="Out", group=program.groups.get(), status="withdrawn")
    other = make_participant(program, name="Other", group=make_group(program, "B"))

    step = mark(program, item, staff, In="present", Out="present", Other="present")

    assert step.refused == {out.pk, other.pk}
    assert states(item) == {"In": "present"}


def test_at_a_cancelled_item_nobody_is_marked(program, staff):
    item = published(program, status="cancelled")
    make_participant(program, name="One")

    for attempt in (
        lambda: mark(program, item, staff, One="present"),
        lambda: attendance.mark_everybody(program, item, by=staff),
        lambda: attendance.undo(program, item, clock.now(), by=staff),
    ):
        with pytest.raises(attendance.ItemCancelled):
            attempt()
    assert states(item) == {}


def test_a_tap_that_was_sent_late_loses_against_a_later_word(program, staff, morning):
    item = published(program)
    make_participant(program, name="One")
    make_participant(program, name="Two")
    tapped = clock.now()
    mark(program, item, make_staff("Second Staff"), One="sick")

    step = mark(program, item, staff, said_at=tapped, One="present", Two="present")

    assert states(item) == {"One": "sick", "Two": "present"}
    assert step.outdated == {program.participants.get(name="One").pk}
    assert Attendance.objects.get(participant__name="Two").marked_at == tapped


def test_a_tap_that_arrives_twice_is_written_once(program, staff):
    item = published(program)
    make_participant(program, name="One")
    tapped = clock.now()
    mark(program, item, staff, One="present")

    step = mark(program, item, staff, said_at=tapped, One="present")

    assert (step.changed, step.outdated) == (set(), set())
    assert history(item) == [("One", "present", "+")]


def test_everybody_are_those_of_whom_nobody_said_anything(program, staff):
    item = published(program)
    for name in ("One", "Two", "Three"):
        make_participant(program, name=name)
    make_participant(program, name="Gone", status="withdrawn")
    mark(program, item, staff, Two="sick")

    attendance.mark_everybody(program, item, by=staff)

    assert states(item) == {"One": "present", "Two": "sick", "Three": "present"}
    assert set(Attendance.objects.values_list("participant__name", "how")) == {
        ("One", "everybody"),
        ("Two", "tap"),
        ("Three", "everybody"),
    }


# Taking back


def test_undo_brings_back_the_earlier_word_with_who_said_it(program, staff):
    item = published(program)
    make_participant(program, name="One")
    mark(program, item, staff, One="late")
    before = Attendance.objects.get()
    other = make_staff("Second Staff")
    step = mark(program, item, other, One="absent")

    attendance.undo(program, item, step.moment, by=other)

    record = Attendance.objects.get()
    assert (record.state, record.marked_by, record.marked_at) == ("late", staff, before.marked_at)
    assert history(item) == [("One", "late", "+"), ("One", "absent", "~"), ("One", "late", "~")]


def test_undo_of_everybody_leaves_who_was_marked_before_and_since(program, staff):
    item = published(program)
    for name in ("Before", "Both", "Since"):
        make_participant(program, name=name)
    mark(program, item, staff, Before="sick")
    step = attendance.mark_everybody(program, item, by=staff)
    mark(program, item, make_staff("Second Staff"), Since="late")

    done = attendance.undo(program, item, step.moment, by=staff)

    assert states(item) == {"Before": "sick", "Since": "late"}
    assert done.outdated == {program.participants.get(name="Since").pk}


def test_undo_never_restores_a_mark_that_was_taken_away_before(program, staff):
    item = published(program)
    make_participant(program, name="One")
    mark(program, item, staff, One="present")
    mark(program, item, staff, One="")
    step = mark(program, item, staff, One="late")

    attendance.undo(program, item, step.moment, by=staff)

    assert states(item) == {}
    assert history(item)[-1] == ("One", "late", "-")


def test_undo_of_a_mark_that_was_taken_back_and_made_again_leaves_nothing(program, staff):
    item = published(program)
    make_participant(program, name="One")
    first = mark(program, item, staff, One="present")
    attendance.undo(program, item, first.moment, by=staff)
    again = mark(program, item, make_staff("Second Staff"), One="sick")

    done = attendance.undo(program, item, first.moment, by=staff)

    assert (done.changed, done.outdated) == (set(), {program.participants.get().pk})
    assert states(item) == {"One": "sick"}
    assert again.changed == done.outdated


def test_nobody_takes_back_what_another_one_said(program, staff):
    item = published(program)
    make_participant(program, name="One")
    step = mark(program, item, staff, One="present")

    done = attendance.undo(program, item, step.moment, by=make_staff("Second Staff"))

    assert done.changed == set()
    assert states(item) == {"One": "present"}


def test_the_last_step_is_offered_until_it_is_taken_back(program, staff):
    item = published(program)
    people = {make_participant(program, name=name).pk for name in ("One", "Two")}
    assert attendance.last_step(item, staff) is None
    step = attendance.mark_everybody(program, item, by=staff)

    assert attendance.last_step(item, staff) == attendance.Step(step.moment, frozenset(people))
    assert attendance.last_step(item, make_staff("Second Staff")) is None
    attendance.undo(program, item, step.moment, by=staff)
    assert attendance.last_step(item, staff) is None
    assert states(item) == {}


# A badge


def items_for(program, clock_time):
    agenda = releases.load(*make_release(program).key).agenda
    person = Participant.objects.get()
    items, others = attendance.items_for(agenda, person, at(24, clock_time, program.tz))
    return [item.title for item in items], [item.title for item in others]


@pytest.mark.parametrize(
    ("clock_time", "now", "others"),
    [
        ("09:20", [], ["Registration", "Workshop A", "Lunch"]),
        ("09:30", ["Registration"], ["Workshop A", "Lunch"]),
        ("10:15", ["Workshop A", "Registration"], ["Lunch"]),  # what began last comes first
        ("11:30", ["Lunch"], ["Registration", "Workshop A"]),
        ("13:30", [], ["Registration", "Workshop A", "Lunch"]),
    ],
)
def test_a_badge_is_scanned_for_what_is_on_or_starts_within_half_an_hour(program, clock_time, now, others):
    first, second = make_group(program, "A"), make_group(program, "B")
    make_item(program, "Registration", "10:00", "10:30", kind="registration")
    make_item(program, "Workshop A", "10:10", "11:30", groups=[first])
    make_item(program, "Workshop B", "10:10", "11:30", groups=[second])
    make_item(program, "Cancelled", "10:00", "13:00", status="cancelled")
    make_item(program, "Lunch", "12:00", "13:00", kind="meal")
    make_item(program, "Tomorrow", "10:00", "11:00", day=25)
    make_participant(program, group=first)

    assert items_for(program, clock_time) == (now, others)


# Several at once


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_many_who_mark_one_person_at_once_leave_one_record_and_every_word(program):
    item = published(program)
    person = make_participant(program, name="One")
    people = [make_staff(f"Staff {n}") for n in range(6)]
    barrier = Barrier(len(people))
    words = [*State.values, "present"]

    def say(by, state):
        try:
            barrier.wait()
            return attendance.mark(program, item, {person.pk: state}, by=by)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(people)) as pool:
        steps = list(pool.map(say, people, words))

    written = history(item)
    assert states(item) == {"One": written[-1][1]}
    assert len(written) == sum(len(step.changed) for step in steps) >= 5
    assert [sign for _name, _state, sign in written] == ["+"] + ["~"] * (len(written) - 1)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_everybody_at_once_from_two_phones_marks_each_person_once(program):
    item = published(program)
    for _n in range(12):
        make_participant(program)
    people = [make_staff("First Staff"), make_staff("Second Staff")]
    barrier = Barrier(2)

    def everybody(by):
        try:
            barrier.wait()
            return attendance.mark_everybody(program, item, by=by)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        steps = list(pool.map(everybody, people))

    assert sorted(len(step.changed) for step in steps) == [0, 12]
    assert Attendance.objects.count() == len(history(item)) == 12
