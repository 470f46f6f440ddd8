"""What My schedule brings along for later, so that a phone without a network says nothing untrue."""

from datetime import datetime

import pytest

from participants.me.schedule import MySchedule
from tests.demo import load_demo
from tests.makers import at, make_release
from tests.participants.people.makers import make_participant
from tests.reading import Page

from .my_schedule import ME, cards, words_of

pytestmark = pytest.mark.django_db


def later(response, tz):
    """What the page brings along: the local moment from which it holds -> its cards, each as its words."""
    page = Page(response)
    (box,) = [node for node in page.root.nodes if node.attributes.get("data-part") == "later"]
    return {
        datetime.fromtimestamp(int(one.attributes["data-moment"]), tz): [
            words_of(node) for node in one.nodes if node.tag == "section"
        ]
        for one in box.nodes
    }


@pytest.mark.parametrize("group", ["A", None])
@pytest.mark.parametrize("day, clock", [(17, "21:00"), (21, "16:20"), (24, "10:52"), (29, "22:00")])
def test_page_says_at_each_later_moment_what_it_would_say_if_it_was_opened_then(
    client, set_clock, day, clock, group
):
    program = load_demo()
    group = program.groups.get(name=group) if group else None
    person = make_participant(program, user=True, group=group, seen_release=1)
    client.force_login(person.user)
    set_clock(at(day, clock, program.tz))
    brought = later(client.get(ME), program.tz)
    *through, _end = brought

    told = {}
    for moment in through:
        set_clock(moment)
        told[moment] = cards(client.get(ME))

    assert len(through) > 5
    assert {moment: brought[moment] for moment in through} == told


def test_page_brings_along_the_rest_of_the_day_and_the_next_day_with_items(me, program, open_me_at):
    brought = later(open_me_at("10:30"), program.tz)

    assert "Bus back" in brought[at(24, "13:00", program.tz)][0]
    assert (
        "Your schedule continues on Monday 30 July at 09:00 WIB." in brought[at(25, "00:00", program.tz)][0]
    )
    assert "Closing session until 10:00" in brought[at(30, "09:00", program.tz)][0]


def test_after_the_last_item_the_page_says_thank_you_and_no_more(me, program, open_me_at):
    brought = later(open_me_at("10:30"), program.tz)

    last = list(brought)[-1]
    assert last == at(30, "10:00", program.tz)
    assert len(brought[last]) == 1
    assert "Thank you for taking part" in brought[last][0]
    assert later(open_me_at("12:00", on=30), program.tz) == {}


def test_where_the_page_brings_no_more_along_it_says_so(me, program, open_me_at):
    brought = later(open_me_at("10:30", on=20), program.tz)

    last = list(brought)[-1]
    assert last == at(28, "00:00", program.tz)  # a week after the day it was made
    assert "This copy is too old to say what is on now" in brought[last][0]


def test_before_the_program_the_days_to_go_count_on(me, program, open_me_at):
    program.items.filter(starts_at__day=24).delete()
    make_release(program)

    brought = later(open_me_at("09:00", on=10), program.tz)

    assert "7 days to go" in brought[at(11, "00:00", program.tz)][0]
    assert open_me_at("00:05", on=11, if_none_match=state(open_me_at("09:00", on=10))).status_code == 200


def test_what_it_brings_along_is_made_anew_only_when_the_page_says_something_else(
    me, program, open_me_at, monkeypatch
):
    brought = later(open_me_at("10:30"), program.tz)
    made = []
    monkeypatch.setattr(MySchedule, "later_ends", property(lambda self: made.append(self.now)))

    assert later(open_me_at("10:31"), program.tz) == brought
    assert made == []

    make_release(program)
    open_me_at("10:31")
    assert made != []


def state(response):
    return f'"{Page(response).one("div", "me").attributes["data-state"]}"'
