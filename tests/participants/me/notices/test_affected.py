"""Mails about changes: whom a release affects."""

import pytest

from participants.me import notices
from participants.models import Participant
from tests.makers import make_item, make_program, make_release
from tests.participants.people.makers import make_participant

from .sending import names, shift

pytestmark = pytest.mark.django_db


def test_affected_are_told_apart_by_group(program, items, people):
    shift(items["b"], 15)

    affected = notices.affected(make_release(program))

    assert names(affected) == [(None, ["Sample none"]), ("B", ["Sample B"])]
    assert [change.title for change in affected[1].mail.changes] == ["Laboratory"]


def test_first_release_affects_nobody(program):
    make_item(program)
    make_participant(program)

    assert notices.affected(make_release(program)) == []


def test_release_without_changes_affects_nobody(program, items, people):
    assert notices.affected(make_release(program)) == []


def test_only_accepted_and_confirmed_people_with_an_address_are_told(program, items):
    for status in Participant.Status:
        make_participant(program, name=status.label, status=status)
    make_participant(program, name="No address", email="")
    make_participant(make_program(slug="other"), name="Elsewhere")
    shift(items["bus"], 5)

    assert names(notices.affected(make_release(program))) == [(None, ["Accepted", "Confirmed"])]


def test_nobody_is_told_of_a_program_that_is_not_visible(program, items, people):
    program.published = False
    program.save()
    shift(items["bus"], 5)

    assert notices.affected(make_release(program)) == []


def test_what_is_over_affects_nobody(now, program, items, people):
    shift(items["bus"], 5)
    now(minutes=6 * 60)

    assert notices.affected(make_release(program)) == []


def test_affected_costs_the_same_for_many(program, items, people, django_assert_max_num_queries):
    for _number in range(20):
        make_participant(program)
    shift(items["bus"], 5)
    release = make_release(program)

    with django_assert_max_num_queries(5):
        assert sum(len(part.participants) for part in notices.affected(release)) == 23
