"""An organizer chooses which changes go out."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from participants.me import notices
from program.drafting.drafts import DraftState
from program.models import AgendaItem
from program.publishing import releases
from tests.makers import make_group, make_item, make_organizer, make_program, make_release, make_venue
from tests.participants.people.makers import make_participant

from .test_publishing import publish_url, rename, said, seen_in, text_of

pytestmark = pytest.mark.django_db
WIB = ZoneInfo("Asia/Jakarta")


@pytest.fixture(autouse=True)
def organizer(client, set_clock):
    set_clock(datetime(2018, 7, 24, 9, 30, tzinfo=WIB))
    user = make_organizer(first_name="Sample", last_name="Organizer")
    client.force_login(user)
    return user


def key(item):
    return f"item:{item.pk}"


def titles(program):
    return {row["title"] for row in program.releases.first().data["items"]}


def looked_at(client, program, of, *items, **fields):
    """What the form sends after the organizer ticked ``items`` of ``of`` changes and looked again."""
    sent = {"of": of, "part": [key(item) for item in items]} | fields
    page = client.post(publish_url(program), sent | {"look": "1"})
    return page, sent | {"seen": seen_in(page)} | {
        "whole": page.context["draft"].fingerprint,
        "number": page.context["draft"].number,
    }


def test_a_late_bus_goes_out_and_an_idea_stays_in_the_draft(client, program):
    a, b = make_group(program, "A"), make_group(program, "B")
    bus, idea = make_item(program, "Bus", groups=[a]), make_item(program, "Visit", groups=[b], day=25)
    make_participant(program, name="Aung", email="a@example.org", group=a)
    make_participant(program, name="Hla", email="h@example.org", group=b)
    make_release(program)
    rename(bus, "Late bus")
    rename(idea, "Idea")

    page, sent = looked_at(client, program, 2, bus, note="The bus is late")

    assert "1 change stays in the draft" in text_of(page)
    assert 'value="The bus is late"' in page.content.decode()
    answer = client.post(publish_url(program), sent, follow=True)
    assert "Release 2 is published. 1 change stays in the draft." in said(answer)[0]
    assert titles(program) == {"Late bus", "Visit"}
    assert [change.title for change in DraftState.of(program).changes] == ["Idea"]
    told = notices.affected(program.releases.first())
    assert [person.name for part in told for person in part.participants] == ["Aung"]

    again = client.post(publish_url(program), sent, follow=True)

    assert program.releases.count() == 2
    assert "Release 2 was published by Sample Organizer at 24 Jul 2018, 09:30 WIB" in said(again)[-1]


def test_conflicts_are_those_of_what_would_be_out(client, program):
    hall = make_venue(program)
    one = make_item(program, "One", "10:00", "11:00", venue=hall)
    make_release(program)
    two, three = (make_item(program, title, "10:30", "11:30", venue=hall) for title in ("Two", "Three"))

    page, sent = looked_at(client, program, 2, two)

    assert "What you ticked has 1 error" in text_of(page)
    assert [finding.items for finding in page.context["errors"]] == [
        (page.context["part"].agenda.item(one.pk), page.context["part"].agenda.item(two.pk))
    ]
    # Of what was ticked after that, nobody has seen the conflicts.
    sent |= {"part": [key(three)], "reason": "Known"}
    other = client.post(publish_url(program), sent)
    assert "Nothing is published yet: you have ticked other changes" in text_of(other)
    assert 'value="Known"' in other.content.decode()
    client.post(publish_url(program), sent | {"seen": seen_in(other)})
    assert titles(program) == {"One", "Three"}


def test_a_change_by_somebody_else_is_shown_before_the_part_goes_out(client, program):
    bus, idea = make_item(program, "Bus"), make_item(program, "Visit", day=25)
    make_release(program)
    rename(bus, "Late bus")
    rename(idea, "Idea")
    _page, sent = looked_at(client, program, 2, bus)
    rename(bus, "Later bus")

    answer = client.post(publish_url(program), sent)

    assert program.releases.count() == 1
    assert "The draft has changed since you saw it" in said(answer)[0]
    assert "Later bus" in text_of(answer)
    assert [row["ticked"] for row in answer.context["rows"]] == [True, False]


@pytest.mark.parametrize(
    ("only", "ticked"),
    [("soon", [True, True, False]), ("2018-07-26", [False, False, True]), ("none", [False] * 3)],
)
def test_quick_choices_tick_the_changes_of_days(client, program, only, ticked):
    for day in (24, 25, 26):
        make_item(program, f"Visit {day}", day=day)

    page = client.post(publish_url(program), {"only": only})

    assert [row["ticked"] for row in page.context["rows"]] == ticked


def test_with_nothing_ticked_nothing_is_published(client, program):
    one, _two = make_item(program, "One"), make_item(program, "Two", day=25)
    _page, sent = looked_at(client, program, 2)

    answer = client.post(publish_url(program), sent)

    assert "no change is ticked" in said(answer)[0]
    assert not program.releases.exists()
    _page, sent = looked_at(client, program, 2, one)
    client.post(publish_url(program), sent)
    assert titles(program) == {"One"}


def test_everything_ticked_is_the_draft_itself(client, program):
    items = [make_item(program, "One", venue=make_venue(program)), make_item(program, "Two", day=25)]
    _page, sent = looked_at(client, program, 2, *items)

    client.post(publish_url(program), sent)

    assert program.releases.get().data == releases.snapshot(program)


def test_a_place_that_comes_along_is_said(client, program):
    item, other = make_item(program, "Visit"), make_item(program, "Other", day=25)
    make_release(program)
    AgendaItem.objects.filter(pk=item.pk).update(venue=make_venue(program, "New hall"))
    rename(other, "Idea")

    page, _sent = looked_at(client, program, 3, item)

    assert "Goes out too: something that you ticked needs it." in text_of(page)
    assert [venue.name for venue in page.context["part"].agenda.venues] == ["New hall"]


def test_a_published_program_that_nobody_sees_is_made_visible_with_one_button(client):
    program = make_program(published=False)
    make_item(program)
    make_release(program)

    page = client.get(publish_url(program))
    answer = client.post(publish_url(program), {"make_visible": "on"}, follow=True)

    program.refresh_from_db()
    assert "Nobody but organizers and staff can see this program yet." in text_of(page)
    assert program.published
    assert "Everybody can see the program now." in said(answer)[0]
    assert program.releases.count() == 1
