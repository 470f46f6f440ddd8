"""Placing items is one operation: refused when somebody was faster, undone with times and groups."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from program.agenda.kinds import Kind
from program.drafting.operations import look_at, undo
from program.drafting.placing import Placement, add, place, versions_after
from program.drafting.reschedule import ChangedMeanwhile
from program.models import AgendaItem
from tests.makers import at, make_group, make_item, make_program
from visits.models import Visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def program():
    return make_program()


def placement(item, start=None, end=None, day=24, groups=None, version=None):
    times = (at(day, start, item.program.tz), at(day, end, item.program.tz)) if start else (None, None)
    return Placement(item.pk, version or AgendaItem.objects.get(pk=item.pk).version, *times, groups)


def times(item):
    item.refresh_from_db()
    tz = item.program.tz
    return item.is_placed and f"{item.starts_at.astimezone(tz):%d %H:%M}–{item.ends_at.astimezone(tz):%H:%M}"


def groups(item):
    return sorted(AgendaItem.objects.get(pk=item.pk).groups.values_list("name", flat=True))


def test_moving_is_said_in_one_sentence_and_undone_and_done_again(program):
    visit = make_item(program, "Foundry", "10:00", "11:00")

    moved, versions = place(program, [placement(visit, "10:30", "11:30")])

    assert moved.sentence == "“Foundry” moved on 24 July: 10:00–11:00 → 10:30–11:30"
    assert versions == versions_after(moved) == {visit.pk: 2}
    undone, _look = undo(moved)
    assert times(visit) == "24 10:00–11:00"
    undo(undone)
    assert times(visit) == "24 10:30–11:30"


@pytest.mark.parametrize(
    "target, sentence",
    [
        (("10:00", "11:30"), "“Foundry” on 24 July ends at 11:30, was 11:00"),
        (
            ("10:00", "11:00", 25),
            "“Foundry” moved: Tuesday 24 July 2018, 10:00–11:00 → Wednesday 25 July 2018, 10:00–11:00",
        ),
        ((), "“Foundry” taken off the agenda: not placed yet"),
    ],
)
def test_each_way_of_moving_has_its_words(program, target, sentence):
    visit = make_item(program, "Foundry", "10:00", "11:00")

    operation, _versions = place(program, [placement(visit, *target)])

    assert operation.sentence == sentence
    with translation.override("id"):
        assert operation.sentence != sentence
    assert undo(operation)[0]
    assert times(visit) == "24 10:00–11:00"


def test_what_waits_is_placed_and_keeps_how_long_it_was_when_it_is_taken_off(program):
    visit = make_item(program, "Foundry", "10:00", "11:30")
    place(program, [placement(visit)])
    visit.refresh_from_db()
    assert (visit.is_placed, visit.minutes) == (False, 90)

    operation, _versions = place(program, [placement(visit, "14:00", "15:30", 25)])

    assert operation.sentence == "“Foundry” placed on Wednesday 25 July 2018, 14:00–15:30"
    undo(operation)
    assert times(visit) is False


def test_another_group_is_undone_with_the_time(program):
    a, b = make_group(program, "A"), make_group(program, "B")
    visit = make_item(program, "Foundry", "10:00", "11:00", groups=[a])

    operation, _versions = place(program, [placement(visit, "10:30", "11:30", groups=(b.pk,))])

    assert groups(visit) == ["B"]
    assert operation.sentence.endswith("10:00–11:00 → 10:30–11:30; now for group B, was for group A")
    look = look_at(operation)
    words = look.undoer.words(look.steps, program.tz)
    assert words == [
        ("Tuesday 24 July 2018", [("", "10:00–11:00", "10:30–11:30"), ("Groups", "group A", "group B")])
    ]
    undone, _look = undo(operation)
    assert (groups(visit), times(visit)) == (["A"], "24 10:00–11:00")
    undo(undone)
    assert (groups(visit), times(visit)) == (["B"], "24 10:30–11:30")


def test_groups_that_somebody_changed_since_are_left_alone(program):
    a, b = make_group(program, "A"), make_group(program, "B")
    visit = make_item(program, "Foundry", groups=[a])
    operation, _versions = place(program, [placement(visit, "10:00", "11:00", groups=(b.pk,))])
    visit.set_groups([])

    undone, look = undo(operation)

    assert undone is None
    assert list(look.obstacles.values()) == ["Its groups were changed since."]
    assert groups(visit) == []


def test_several_items_move_together_or_not_at_all(program):
    one, other = make_item(program, "One"), make_item(program, "Other", "12:00", "13:00")
    stale = placement(other, "12:05", "13:05")
    other.save_as()

    with pytest.raises(ChangedMeanwhile) as refused:
        place(program, [placement(one, "10:05", "11:05"), stale])
    assert [item.title for item in refused.value.items] == ["Other"]
    assert times(one) == "24 10:00–11:00"

    operation, _versions = place(
        program, [placement(one, "10:05", "11:05"), placement(other, "12:05", "13:05")]
    )
    assert operation.sentence == "2 items moved"
    undo(operation)
    assert (times(one), times(other)) == ("24 10:00–11:00", "24 12:00–13:00")


def test_items_of_another_program_and_impossible_places_are_refused(program):
    visit = make_item(program, "Foundry")
    stranger = make_item(make_program("other"), "Stranger")
    group = make_group(stranger.program, "A")

    with pytest.raises(ChangedMeanwhile):
        place(program, [placement(stranger, "10:30", "11:30")])
    for bad, words in [
        (placement(visit, "10:00", "11:00", 31), "outside its dates"),
        (placement(visit, "11:00", "10:00"), "The end must come after the start."),
        (placement(visit, "10:05", "11:00", groups=(group.pk,)), "This group was deleted meanwhile."),
    ]:
        with pytest.raises(ValidationError, match=words):
            place(program, [bad])

    assert times(visit) == "24 10:00–11:00"
    assert times(stranger) == "24 10:00–11:00"


def test_where_everything_is_already_nothing_is_done(program):
    visit = make_item(program, "Foundry")

    assert place(program, [placement(visit, "10:00", "11:00")]) == (None, {visit.pk: 1})
    assert program.operations.count() == 0


def test_added_item_is_deleted_by_undoing_and_not_brought_back_by_undoing_again(program):
    start = at(24, "16:45", program.tz)
    group = make_group(program)
    item = Visit(
        program=program, kind=Kind.VISIT, title="Talk", starts_at=start, ends_at=start + timedelta(minutes=30)
    )

    operation = add(item, [group])

    assert (operation.sentence, groups(item)) == ("“Talk” added", ["A"])
    undone, _look = undo(operation)
    assert not AgendaItem.objects.filter(title="Talk").exists()
    assert undo(undone)[0] is None


@pytest.mark.parametrize("count", [1, 30])
def test_a_move_costs_as_much_on_a_full_day(program, count, django_assert_num_queries):
    for number in range(count):
        make_item(program, f"Item {number}", groups=[make_group(program, f"G{number}")])
    visit = make_item(program, "Foundry", "14:00", "15:00")
    one = placement(visit, "14:05", "15:05", groups=())

    # Savepoint and release; lock; the item; groups; its groups; the operation; two rows; history.
    with django_assert_num_queries(10):
        place(program, [one])
