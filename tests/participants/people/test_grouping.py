import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participants.models import Participant
from participants.people.grouping import assign, balance
from program.drafting.operations import undo
from program.models import Group
from tests.makers import make_group, make_organizer, make_program

from .makers import make_participant

GROUPS = [Group(pk=n, name=name) for n, name in enumerate("ABCD", 1)]
countries = st.lists(st.sampled_from(["AF", "BD", "BT", "ID", "LA", "MM", "NP"]), max_size=60)


def people_of(codes, groups=None):
    groups = groups or [None] * len(codes)
    return [
        Participant(pk=n, name=f"Sample {n}", country=code, group_id=group)
        for n, (code, group) in enumerate(zip(codes, groups, strict=True), 1)
    ]


def spread(numbers):
    return max(numbers) - min(numbers)


@given(countries, st.integers(1, 4), st.randoms(use_true_random=False))
def test_groups_and_countries_are_even_whatever_the_people(codes, count, chance):
    groups, people = GROUPS[:count], people_of(codes)
    shuffled = people[:]
    chance.shuffle(shuffled)

    placed = balance(shuffled, groups)

    assert set(placed) == {p.pk for p in people}
    sizes = Counter(group.pk for group in placed.values())
    assert spread([sizes[g.pk] for g in groups]) <= 1
    for code in set(codes):
        here = Counter(placed[p.pk].pk for p in people if p.country == code)
        assert spread([here[g.pk] for g in groups]) <= 1
    assert placed == balance(people, groups)


@given(st.lists(st.tuples(st.sampled_from(["AF", "NP", "LA"]), st.sampled_from([None, 1, 2])), max_size=40))
def test_who_has_a_group_keeps_it_and_the_others_make_up_for_it(rows):
    people = people_of([code for code, _ in rows], [group for _, group in rows])

    placed = balance(people, GROUPS[:2])

    assert all(placed[p.pk].pk == p.group_id for p in people if p.group_id)
    before = Counter(p.group_id for p in people if p.group_id)
    after = Counter(group.pk for group in placed.values())
    unavoidable = spread([before[1], before[2]]) - sum(p.group_id is None for p in people)
    assert spread([after[1], after[2]]) <= max(1, unavoidable)


def test_asked_to_everybody_is_placed_anew():
    people = people_of(["NP"] * 4, [1, 1, 1, 1])

    placed = balance(people, GROUPS[:2], keep=False)

    assert Counter(group.name for group in placed.values()) == {"A": 2, "B": 2}


def test_without_groups_nobody_is_placed():
    assert balance(people_of(["NP"]), []) == {}


@pytest.mark.django_db
def test_assign_is_an_operation_in_the_history_and_undone():
    program, organizer = make_program(), make_organizer()
    a, b = make_group(program, "A"), make_group(program, "B")
    kept = make_participant(program, country="NP", group=a)
    new = make_participant(program, country="NP")
    people = [kept, new]

    operation = assign(program, people, balance(people, [a, b]), by=organizer)

    new.refresh_from_db()
    assert (new.group, operation.sentence) == (b, "Groups balanced: 1 person moved")
    assert (new.history.first().history_user, new.history.first().operation) == (organizer, operation)
    assert kept.history.count() == 1

    undoing, look = undo(operation, by=organizer)
    new.refresh_from_db()
    assert new.group is None
    assert [step.title for step in look.standing] == [new.name]
    assert new.history.first().operation == undoing


@pytest.mark.django_db
def test_assign_that_moves_nobody_is_no_operation():
    program = make_program()
    person = make_participant(program)

    assert assign(program, [person], {person.pk: None}, by=None) is None


@pytest.mark.django_db
def test_undo_leaves_who_was_moved_since_and_does_not_bring_back_a_group_that_is_gone():
    program, organizer = make_program(), make_organizer()
    a, b, gone = (make_group(program, name) for name in "ABC")
    moved_since, homeless = make_participant(program, group=b), make_participant(program, group=gone)
    edited = make_participant(program, group=b)
    people = [moved_since, homeless, edited]
    operation = assign(program, people, dict.fromkeys([p.pk for p in people], a), by=organizer, group="A")
    moved_since.group = None
    moved_since.save()
    edited.room = "12"
    edited.save()
    gone.delete()

    undo(operation, by=organizer)

    for person in people:
        person.refresh_from_db()
    assert [(p.group, p.room) for p in people] == [(None, ""), (a, ""), (b, "12")]


@pytest.mark.django_db
def test_undoing_groups_can_be_undone():
    program = make_program()
    b = make_group(program, "B")
    person = make_participant(program)
    operation = assign(program, [person], {person.pk: b}, by=None, group="B")
    undoing, _look = undo(operation)

    undo(undoing)

    person.refresh_from_db()
    assert person.group == b


def test_the_order_of_the_people_does_not_matter():
    people = people_of(["NP", "LA", "NP", "MM", "LA"])

    results = [balance(random.Random(seed).sample(people, 5), GROUPS[:2]) for seed in range(5)]

    assert all(result == results[0] for result in results)
