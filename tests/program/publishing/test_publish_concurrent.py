"""Organizers work at the same moment: real threads, real transactions, on SQLite and on PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection

from program.drafting.copying import copy_item
from program.drafting.operations import find_operation, look_at, undo
from program.drafting.reschedule import ChangedMeanwhile, apply, plan_shift
from program.models import AgendaItem, Release
from program.models.operation import new_token
from program.publishing import releases
from tests.makers import make_group, make_item, make_organizer, make_program
from visits.models import Visit

# serialized_rollback: the roles that a migration makes are wanted again after the tables are emptied.
pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture
def program():
    return make_program()


def at_once(*actions):
    """Run the actions in threads that start together; returns what each returned or raised, in order."""
    barrier = Barrier(len(actions))

    def run(action):
        try:
            barrier.wait()
            return action()
        except Exception as error:  # what one organizer is told is what the test looks at
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(run, actions))


def test_organizers_who_publish_at_once_get_one_number_each(program):
    make_item(program)
    organizers = [make_organizer() for _n in range(4)]

    made = at_once(*(lambda by=by: releases.publish(program, by) for by in organizers))

    assert sorted(release.number for release in made) == [1, 2, 3, 4]
    assert {release.published_by for release in made} == set(organizers)
    assert Release.objects.count() == 4


def test_of_two_who_saw_the_same_draft_one_publishes(program):
    make_item(program)
    organizers = [make_organizer(), make_organizer()]
    seen = releases.draft(program).fingerprint

    made = at_once(*(lambda by=by: releases.publish(program, by, seen=seen) for by in organizers))

    assert sorted(type(result).__name__ for result in made) == ["DraftChanged", "Release"]
    assert [release.number for release in program.releases.all()] == [1]


def test_a_release_contains_an_edit_whole_or_not_at_all(program):
    items = [make_item(program, f"Visit {n}", "10:00", "11:00", day=20 + n) for n in range(5)]
    group = make_group(program)
    organizer = make_organizer()
    later = timedelta(minutes=15)

    def shift_all():
        for item in items:
            apply(plan_shift(program, item, 15))

    def publish():
        return [releases.publish(program, organizer) for _n in range(3)]

    shifted, published, regrouped = at_once(shift_all, publish, lambda: items[0].set_groups([group]))

    assert (shifted, regrouped) == (None, None)
    assert [release.number for release in published] == [1, 2, 3]
    before = {item.pk: item.starts_at for item in items}
    for release in published:
        agenda = releases.load(*release.key).agenda
        assert all(item.starts_at in (before[item.id], before[item.id] + later) for item in agenda.items)
    assert all(item.starts_at == before[item.pk] + later for item in AgendaItem.objects.all())


def test_what_is_published_last_is_what_the_draft_says(program):
    visit = make_item(program, "Tour")
    organizer = make_organizer()

    def edit():
        item = Visit.objects.get(pk=visit.pk)
        item.title = "Tour, renamed"
        item.save_as()

    at_once(edit, lambda: releases.publish(program, organizer))
    releases.publish(program, organizer)

    [row] = program.releases.first().data["items"]
    assert row["title"] == "Tour, renamed"
    assert program.releases.count() == 2


def test_two_who_shift_the_same_day_at_once_do_not_add_up(program):
    visit = make_item(program, "Tour", "10:00", "11:00")
    plans = [plan_shift(program, visit, 15), plan_shift(program, visit, 15)]

    results = at_once(*(lambda plan=plan: apply(plan) for plan in plans))

    assert [type(result) for result in results if isinstance(result, Exception)] == [ChangedMeanwhile]
    assert AgendaItem.objects.get().starts_at == visit.starts_at + timedelta(minutes=15)


def test_one_preview_applied_twice_at_once_is_one_operation(program):
    visit = make_item(program, "Tour", "10:00", "11:00")
    plan, token = plan_shift(program, visit, 15), new_token()

    at_once(lambda: apply(plan, token), lambda: apply(plan, token))

    assert len(look_at(find_operation(token)).steps) == 1
    assert AgendaItem.objects.get().starts_at == visit.starts_at + timedelta(minutes=15)


def test_undo_at_once_takes_back_once(program):
    visit = make_item(program, "Tour", "10:00", "11:00")
    operation = apply(plan_shift(program, visit, 15))

    results = at_once(lambda: undo(operation), lambda: undo(operation))

    assert sum(bool(undoing) for undoing, _look in results) == 1
    assert AgendaItem.objects.get().starts_at == visit.starts_at


def test_one_copy_form_sent_twice_at_once_makes_one_copy(program):
    visit = make_item(program, "Tour")
    token, later = new_token(), visit.starts_at + timedelta(days=1)

    copies = at_once(lambda: copy_item(visit, later, token), lambda: copy_item(visit, later, token))

    assert copies[0] == copies[1]
    assert AgendaItem.objects.count() == 2
