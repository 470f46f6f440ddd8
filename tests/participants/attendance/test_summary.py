"""The rules of the summary: what counts, who was there, and who falls below the threshold."""

import pytest

from participants.attendance import summary
from participants.models import LetterheadSettings
from program import clock
from program.agenda.facts import Group
from program.agenda.kinds import Status
from program.publishing import releases
from tests.makers import at, make_group, make_item, make_program, make_release
from tests.participants.people.makers import make_participant

from .makers import make_attendance

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def noon(set_clock, program):
    """It is noon of 24 July."""
    set_clock(at(24, "12:00", program.tz))


def counting(program, title="Visit", start="09:00", end="10:00", **fields):
    return make_item(program, title, start, end, attendance_counts=True, **fields)


def say(person, **states):
    """Mark ``person`` at the items of these titles."""
    for title, state in states.items():
        make_attendance(person, person.program.items.get(title=title), state)


def share_of(person):
    share = summary.shares(person.program)[person.pk]
    return share.attended, share.counted, share.open


def read(program):
    return summary.read(program, releases.current(program).agenda, clock.now())


def names(rows):
    return [row.person.name for row in rows]


# What counts


def test_present_and_late_were_there_and_nobody_else(program):
    for title in ("one", "two", "three", "four", "five", "six"):
        counting(program, title)
    make_release(program)
    person = make_participant(program)
    say(person, one="present", two="late", three="excused", four="sick", five="absent")

    assert share_of(person) == (2, 6, 1)


def test_only_items_that_count_take_place_and_are_over_are_counted(program):
    counting(program, "over", "09:00", "12:00")
    counting(program, "on", "11:00", "12:01")
    counting(program, "cancelled", status=Status.CANCELLED)
    make_item(program, "lunch", "09:00", "10:00")
    make_release(program)
    counting(program, "draft")
    person = make_participant(program)
    say(person, over="present", on="present", cancelled="present", lunch="present", draft="present")

    assert share_of(person) == (1, 1, 0)


def test_items_of_other_groups_do_not_count(program):
    first, second = make_group(program, "A"), make_group(program, "B")
    counting(program, "both")
    counting(program, "mine", groups=[first])
    counting(program, "theirs", groups=[second])
    make_release(program)
    person, alone = make_participant(program, group=first), make_participant(program)
    say(person, mine="present", theirs="present")

    assert share_of(person) == (1, 2, 1)
    assert share_of(alone) == (0, 1, 1)


def test_only_confirmed_people_of_the_program_have_a_share(program):
    counting(program)
    make_release(program)
    person = make_participant(program)
    for status in ("nominated", "accepted", "withdrawn"):
        make_participant(program, status=status)
    make_participant(make_program(slug="other"))

    assert list(summary.shares(program)) == [person.pk]


def test_before_the_first_release_nobody_has_a_share(program):
    counting(program)
    make_participant(program)

    assert summary.shares(program) == {}


# Percent and threshold


def test_percent_is_rounded_down():
    assert summary.Share(2, 3).percent == 66
    assert summary.Share(199, 200).percent == 99
    assert summary.Share(3, 3).percent == 100
    assert summary.Share(0, 0).percent is None


def test_who_is_exactly_at_the_threshold_reaches_it():
    assert summary.Share(4, 5).reaches(80)
    assert not summary.Share(799, 1000).reaches(80)
    assert not summary.Share(0, 0).reaches(0)


def test_below_the_threshold_are_those_who_attended_too_little(program):
    counting(program, "one")
    counting(program, "two")
    make_release(program)
    LetterheadSettings.objects.create(program=program, threshold=50)
    say(make_participant(program, name="All"), one="present", two="present")
    say(make_participant(program, name="Half"), one="late")
    say(make_participant(program, name="Never"), one="sick", two="absent")

    found = read(program)

    assert found.threshold == 50
    assert names(found.below) == ["Never"]


def test_nobody_is_below_the_threshold_before_anything_is_over(program):
    counting(program, "tomorrow", day=25)
    make_release(program)
    make_participant(program)

    found = read(program)

    assert (found.threshold, found.below, len(found.later)) == (80, [], 1)


# Figures by item, day and country; parts


@pytest.fixture
def two_days(program):
    """Two items on the 23rd, one of them for group A, and one on the 24th; people of two countries."""
    group = make_group(program, "A")
    counting(program, "one", day=23)
    counting(program, "two", "11:00", "12:00", day=23, groups=[group])
    counting(program, "three", day=24)
    make_release(program)
    say(make_participant(program, name="Amal", group=group), one="present", two="present", three="late")
    say(make_participant(program, name="Bina", group=group), one="absent", three="present")
    say(make_participant(program, name="Tika", country="ID"), one="present")
    return program


def figures(share):
    return share.attended, share.counted, share.open, share.percent


def test_the_shares_of_items_days_and_countries(two_days):
    found = read(two_days)

    assert [(item.title, figures(share)) for item, share in found.by_item] == [
        ("one", (2, 3, 0, 66)),
        ("two", (1, 2, 1, 50)),
        ("three", (2, 3, 1, 66)),
    ]
    assert [(day.day, figures(share)) for day, _items, share in found.by_day] == [
        (23, (3, 5, 1, 60)),
        (24, (2, 3, 1, 66)),
    ]
    assert [(country, names(rows), figures(share)) for country, rows, share in found.by_country] == [
        ("ID", ["Tika"], (1, 2, 1, 50)),
        ("NP", ["Amal", "Bina"], (4, 6, 1, 66)),
    ]
    assert figures(found.total) == (5, 8, 2, 62)


def test_a_part_keeps_the_share_of_the_whole_program(two_days):
    part = read(two_days).narrowed(
        day=at(24, "00:00", two_days.tz).date(), group=Group(two_days.groups.get().pk, "A")
    )

    assert [item.title for item in part.items] == ["three"]
    assert [(row.person.name, row.number, row.states, row.share.percent) for row in part.rows] == [
        ("Amal", 2, ("late",), 100),
        ("Bina", 3, ("present",), 33),
    ]
    assert [figures(row.shown) for row in part.rows] == [(1, 1, 0, 100)] * 2


def test_parts_by_country_and_by_threshold(two_days):
    assert names(read(two_days).narrowed(country="NP").rows) == ["Amal", "Bina"]
    assert names(read(two_days).narrowed(below=True).rows) == ["Tika", "Bina"]


def test_a_program_without_people_has_figures_without_percent(program):
    counting(program)
    make_release(program)

    found = read(program)

    assert figures(found.total) == (0, 0, 0, None)
    assert [figures(share) for _item, share in found.by_item] == [(0, 0, 0, None)]
