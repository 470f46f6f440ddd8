from datetime import date, timedelta

import pytest

from program.agenda.kinds import Kind, Status
from program.models import AgendaItem, ItemGroup
from sessions.models import ClassroomSession
from tests.makers import (
    at,
    make_group,
    make_item,
    make_organization,
    make_program,
    make_venue,
)
from tests.validity import messages_of, refused_by_database
from visits.models import Transfer, Visit

pytestmark = pytest.mark.django_db


def unsaved_item(program, start="10:00", end="11:00", day=24, model=AgendaItem, **fields):
    defaults = {"kind": Kind.BRIEFING, "title": "Briefing"}
    times = {"starts_at": at(day, start, program.tz), "ends_at": at(day, end, program.tz)}
    return model(program=program, **(defaults | times | fields))


@pytest.mark.parametrize("end", ["09:59", "10:00"])
def test_item_must_end_after_its_start(end):
    item = unsaved_item(make_program(), start="10:00", end=end)

    assert messages_of(item) == {"__all__": ["The end must come after the start."]}
    assert refused_by_database(item, "agendaitem_ends_after_start")


@pytest.mark.parametrize(
    ("field", "constraint"),
    [("kind", "agendaitem_kind_known"), ("status", "agendaitem_status_known")],
)
def test_item_of_an_unknown_word_is_refused(field, constraint):
    item = unsaved_item(make_program(), **{field: "odd"})

    assert messages_of(item) == {field: ["Value 'odd' is not a valid choice."]}
    assert refused_by_database(item, constraint)


@pytest.mark.parametrize(("day", "start", "end"), [(17, "23:00", "23:59"), (31, "00:00", "01:00")])
def test_item_outside_the_programs_dates_is_refused_at_its_start(day, start, end):
    item = unsaved_item(make_program(), start, end, day)

    assert messages_of(item) == {
        "starts_at": ["The program runs from 18 July to Monday 30 July 2018: this is outside its dates."]
    }


@pytest.mark.parametrize(("day", "start"), [(18, "00:00"), (30, "22:59")])
def test_item_at_the_very_ends_of_the_program_is_valid(day, start):
    program = make_program()
    item = unsaved_item(program, start, day=day)
    item.ends_at = item.starts_at + timedelta(hours=2)  # past midnight on the last day

    assert messages_of(item) == {}


def test_item_dates_are_those_of_the_programs_zone():
    # 18 July 00:30 in Kathmandu is still 17 July in UTC.
    program = make_program(timezone="Asia/Kathmandu")

    assert messages_of(unsaved_item(program, "00:30", "01:00", day=18)) == {}


@pytest.mark.parametrize("place", ["venue", "organization", "destination"])
def test_item_at_a_place_of_another_program_is_refused(place):
    program, other = make_program(), make_program("other")
    make = make_organization if place == "organization" else make_venue
    model = Transfer if place == "destination" else AgendaItem

    item = unsaved_item(program, model=model, kind=Kind.TRAVEL, **{place: make(other)})
    assert messages_of(item) == {place: ["This belongs to another program."]}

    setattr(item, place, make(program))
    assert messages_of(item) == {}


def test_item_without_program_says_only_that():
    item = AgendaItem(kind=Kind.MEAL, title="Lunch")

    assert messages_of(item) == {
        "program": ["This field cannot be null."],
    }


def test_on_day_runs_from_local_midnight_to_the_next():
    program = make_program()
    for day, start, end, title in [
        (23, "23:59", "23:59:30", "last minute of the day before"),
        (24, "00:00", "00:30", "midnight"),
        (24, "23:30", "23:59", "late"),
        (25, "00:00", "00:30", "next midnight"),
    ]:
        make_item(program, title, start, end, day)

    found = program.items.on_day(date(2018, 7, 24), program.tz)

    assert [item.title for item in found] == ["midnight", "late"]


def test_on_day_in_another_zone():
    program = make_program(timezone="Asia/Kathmandu")
    make_item(program, "just before", "23:59", "23:59:59", day=23)
    make_item(program, "early", "00:00", "00:30")  # still the 23rd in UTC

    found = program.items.on_day(date(2018, 7, 24), program.tz)

    assert [item.title for item in found] == ["early"]


def test_on_day_of_a_day_with_23_hours():
    program = make_program(
        timezone="Pacific/Auckland", starts_on=date(2018, 9, 29), ends_on=date(2018, 10, 1)
    )
    sunday = date(2018, 9, 30)  # clocks go from 02:00 to 03:00
    make_item(program, "evening", "22:59", "23:59", day=sunday)
    make_item(program, "next day", "00:00", "01:00", day=date(2018, 10, 1))

    assert [item.title for item in program.items.on_day(sunday, program.tz)] == ["evening"]


def test_for_group_has_its_own_items_and_those_for_everybody_once_each():
    program = make_program()
    a, b, c = (make_group(program, name) for name in "ABC")
    make_item(program, "everybody")
    make_item(program, "A", groups=[a])
    make_item(program, "B and C", groups=[b, c])
    make_item(program, "all by name", groups=[a, b, c])

    assert [i.title for i in program.items.for_group(a)] == ["everybody", "A", "all by name"]
    assert [i.title for i in program.items.for_group(b)] == ["everybody", "B and C", "all by name"]


def test_concrete_gives_each_item_as_what_it_is():
    program = make_program()
    kinds = [Kind.SESSION, Kind.VISIT, Kind.WORKSHOP, Kind.CULTURE, Kind.TRAVEL, Kind.MEAL]
    for number, kind in enumerate(kinds):
        make_item(program, kind=kind, start=f"1{number}:00", end=f"1{number}:30")

    found = [type(item) for item in program.items.concrete()]

    assert found == [ClassroomSession, Visit, Visit, Visit, Transfer, AgendaItem]


def test_items_are_in_order_of_start():
    program = make_program()
    late = make_item(program, start="15:00", end="16:00")
    early = make_item(program, start="08:00", end="09:00")
    twin = make_item(program, start="15:00", end="15:30")

    assert list(program.items.values_list("pk", flat=True)) == [early.pk, late.pk, twin.pk]


@pytest.mark.parametrize("kind", [Kind.SESSION, Kind.VISIT, Kind.TRAVEL, Kind.MEAL])
def test_save_as_makes_the_next_version_and_a_line_of_history_with_the_reason(kind):
    item = make_item(make_program(), kind=kind, title="Before")

    item.title = "After"
    item.save_as("The host asked for it")

    item.refresh_from_db()
    newest, oldest = item.history.all()
    assert (item.version, item.title) == (2, "After")
    assert (oldest.title, oldest.version, oldest.history_type) == ("Before", 1, "+")
    assert (newest.title, newest.version, newest.history_type) == ("After", 2, "~")
    assert newest.history_change_reason == "The host asked for it"
    assert [change.field for change in newest.diff_against(oldest).changes] == ["title"]


def test_save_as_keeps_the_reason_for_that_save_only():
    item = make_item(make_program())

    item.save_as("Once")
    item.save_as()

    assert [row.history_change_reason for row in item.history.all()] == ["", "Once", None]


def test_save_as_cuts_a_reason_that_the_history_cannot_hold():
    item = make_item(make_program())

    item.save_as("x" * 150)

    assert item.history.first().history_change_reason == "x" * 99 + "…"


def test_set_groups_gives_and_takes_with_a_line_of_history_each():
    program = make_program()
    a, b, c = (make_group(program, name) for name in "ABC")
    item = make_item(program, groups=[a, b])
    kept = item.itemgroup_set.get(group=b)

    item.set_groups([b, c])

    assert sorted(group.name for group in item.groups.all()) == ["B", "C"]
    assert item.itemgroup_set.get(group=b) == kept
    lines = ItemGroup.history.order_by("history_id").values_list("history_type", "group__name")
    assert list(lines) == [("+", "A"), ("+", "B"), ("-", "A"), ("+", "C")]


def test_set_groups_to_none_means_everybody():
    program = make_program()
    item = make_item(program, groups=[make_group(program)])

    item.set_groups([])

    assert list(item.groups.all()) == []


def test_item_has_a_group_once():
    program = make_program()
    group = make_group(program)
    item = make_item(program, groups=[group])

    assert refused_by_database(ItemGroup(item=item, group=group), "itemgroup_once")


def test_deleted_item_leaves_its_last_state_in_the_history():
    item = make_item(make_program(), title="Foundry")
    pk = item.pk

    item.delete()

    last = Visit.history.filter(id=pk).first()
    assert (last.history_type, last.title) == ("-", "Foundry")


def test_new_item_is_planned_and_does_not_claim_to_be_reported():
    item = AgendaItem()

    assert (item.status, item.get_origin_display(), item.version) == (Status.PLANNED, "Illustrative", 1)
