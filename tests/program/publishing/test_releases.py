import json
from datetime import UTC, datetime

import pytest

from program.agenda.kinds import Kind
from program.models import Release
from program.publishing import releases
from program.publishing.releases import PublishingBlocked, current, draft, load, publish
from tests.makers import (
    make_group,
    make_item,
    make_organizer,
    make_program,
    make_release,
    make_venue,
)

pytestmark = pytest.mark.django_db


def make_clash(program):
    return make_item(program, "One"), make_item(program, "Two", "10:30", "11:30")


# Publishing


def test_publish_makes_the_next_number_of_the_program(set_clock):
    set_clock(datetime(2018, 7, 1, 8, tzinfo=UTC))
    first, second = make_program("first"), make_program("second")
    organizer = make_organizer()

    numbers = [publish(program, organizer).number for program in (first, first, second, first)]

    assert numbers == [1, 2, 1, 3]
    assert {release.published_by for release in Release.objects.all()} == {organizer}
    assert {release.published_at for release in Release.objects.all()} == {
        datetime(2018, 7, 1, 8, tzinfo=UTC)
    }


def test_publish_keeps_the_note():
    release = publish(make_program(), make_organizer(), note="The bus leaves earlier")

    release.refresh_from_db()
    assert (release.note, release.reason) == ("The bus leaves earlier", "")


def test_publish_is_blocked_by_errors_and_leaves_nothing():
    program = make_program()
    make_clash(program)

    with pytest.raises(PublishingBlocked) as blocked:
        publish(program, make_organizer(), note="x")

    assert [finding.code for finding in blocked.value.findings] == ["group-twice"]
    assert not Release.objects.exists()
    assert current(program) is None


@pytest.mark.parametrize("reason", ["", " ", "\n\t"])
def test_publish_takes_no_blank_for_a_reason(reason):
    program = make_program()
    make_clash(program)

    with pytest.raises(PublishingBlocked):
        publish(program, make_organizer(), reason=reason)

    assert not Release.objects.exists()


def test_publish_anyway_keeps_the_reason():
    program = make_program()
    make_clash(program)

    publish(program, make_organizer(), reason=" Both halls are one ")

    assert Release.objects.get().reason == "Both halls are one"


def test_publish_keeps_no_reason_where_none_was_needed():
    publish(make_program(), make_organizer(), reason="Just in case")

    assert Release.objects.get().reason == ""


def test_publish_is_not_blocked_by_warnings():
    program = make_program()
    make_item(program, "Long visit", "09:00", "16:00", venue=make_venue(program))  # without lunch

    release = publish(program, make_organizer())

    assert [finding.code for finding in draft(program).conflicts] == ["no-lunch"]
    assert release.number == 1


# What everybody sees


def test_there_is_no_current_release_before_the_first():
    assert current(make_program()) is None


def test_current_is_the_newest_of_its_program():
    first, second = make_program("first"), make_program("second")
    make_release(first, note="one")
    make_release(first, note="two")
    make_release(second, note="other")

    assert (current(first).number, current(first).note) == (2, "two")
    assert (current(second).number, current(second).note) == (1, "other")


def test_draft_never_leaks_into_the_current_release():
    program = make_program()
    venue = make_venue(program, "Hall")
    item = make_item(program, "Foundry", venue=venue)
    make_release(program)

    item.title = "Secret"
    item.save_as()
    venue.name = "Secret hall"
    venue.save()
    program.title = "Secret program"
    program.save()
    make_item(program, "Secret addition", "12:00", "13:00")
    releases.load.cache_clear()

    seen = current(program)
    assert [one.title for one in seen.agenda.items] == ["Foundry"]
    assert seen.agenda.items[0].venue.name == "Hall"
    assert "Secret" not in json.dumps(seen.data)
    assert [change.title for change in draft(program).changes] == [
        "Secret",
        "Secret addition",
        "Program",
        "Secret hall",
    ]


def test_deleting_an_item_changes_no_release():
    program = make_program()
    item = make_item(program, "Foundry")
    make_release(program)

    item.delete()
    releases.load.cache_clear()

    assert [one.title for one in current(program).agenda.items] == ["Foundry"]


def test_load_reads_a_release_once_in_a_process(django_assert_num_queries):
    program = make_program()
    release = make_release(program)

    with django_assert_num_queries(1):
        once, again = load(*release.key), load(*release.key)

    assert once is again
    assert once.agenda is again.agenda


def test_current_costs_one_query_once_it_is_loaded(django_assert_num_queries):
    program = make_program()
    make_release(program)

    with django_assert_num_queries(2):
        current(program)
    with django_assert_num_queries(1):
        current(program)


def test_agenda_and_database_agree_on_what_a_group_sees():
    program = make_program()
    a, b = make_group(program, "A"), make_group(program, "B")
    for number, groups in enumerate([[], [a], [b], [a, b]]):
        make_item(program, start=f"{10 + number}:00", end=f"{10 + number}:30", groups=groups)
    make_item(program, kind=Kind.SESSION, start="23:30", end="23:45", day=23, groups=[b])

    agenda = draft(program).agenda

    for group in (a, b):
        own = program.items.for_group(group)
        assert [item.id for item in agenda.for_group(group.pk).items] == [item.pk for item in own]
    for day in agenda.days:
        on_day = program.items.on_day(day.date, program.tz)
        assert [item.id for item in day.items] == [item.pk for item in on_day]
