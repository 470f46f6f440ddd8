"""The board of a day in the admin: what it shows, and what becomes of a move, with and without a script."""

import json

import pytest

from program.agenda.kinds import Kind, Status
from program.models import AgendaItem, Operation
from tests.makers import make_group, make_item, make_release, make_user, make_venue
from tests.reading import Page
from visits.models import Visit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organizer")]
BOARD = "/admin/program/agendaitem/board/"
SCRIPT = {"HTTP_ACCEPT": "application/json"}


def address(program, day="2018-07-24"):
    return f"{BOARD}?program={program.pk}&day={day}"


def card(page, title):
    return next(li for li in Page(page).all("li", "card") if title in li.text)


def times(item):
    item.refresh_from_db()
    tz = item.program.tz
    return item.is_placed and f"{item.starts_at.astimezone(tz):%d %H:%M}–{item.ends_at.astimezone(tz):%H:%M}"


def move(item, start, end, **more):
    row = {"item": item.pk, "version": item.version, "start": f"2018-07-{start}", "end": f"2018-07-{end}"}
    return {"do": "place", "moves": json.dumps([row | more])}


def test_day_shows_cards_in_columns_conflicts_and_what_waits(client, program):
    group = make_group(program, "A")
    make_group(program, "B")
    hall = make_venue(program, "Hall")
    make_item(program, "Opening", "08:00", "09:00", venue=hall, kind=Kind.CEREMONY)
    make_item(program, "Foundry", "10:00", "11:00", groups=[group], venue=hall)
    make_item(program, "Weaving", "10:30", "11:30", groups=[group], venue=hall)
    make_item(program, "Tomorrow", "10:00", "11:00", day=25)
    Visit.objects.create(program=program, kind="visit", title="Museum", minutes=90)

    page = client.get(address(program))

    foundry = card(page, "Foundry")
    assert foundry.text.startswith("10:00–11:00 Visit A Foundry")
    assert {"h10", "m00", "e11", "f00", "c1", "w1", "has-bad"} <= set(foundry.classes)
    assert "“Foundry” (until 11:00 WIB) and “Weaving” (from 10:30 WIB) overlap for group A." in foundry.text
    assert "w2" in card(page, "Opening").classes
    assert not any("Tomorrow" in li.text for li in Page(page).all("li", "card"))
    (waiting,) = Page(page).all("ul", "tray")
    assert "Museum Visit · about 90 min" in waiting.text
    days = [a.text for a in Page(page).all("a") if "data-day" in a.attributes]
    assert (days[5:8], len(days)) == (["Mon 23 0 items", "Tue 24 today", "Wed 25 1 item"], 13)
    assert "Add at 09:00" in page.content.decode()


@pytest.mark.parametrize("count", [2, 30])
def test_page_and_parts_cost_the_same_with_many_items(client, program, count, django_assert_num_queries):
    group = make_group(program, "A")
    venue = make_venue(program)
    for number in range(count):
        make_item(program, f"Item {number}", groups=[group], venue=venue)
        Visit.objects.create(program=program, kind="visit", title=f"Idea {number}")
    client.get(address(program))

    with django_assert_num_queries(22):
        assert client.get(address(program)).status_code == 200
    with django_assert_num_queries(20):
        assert client.get(address(program) + "&since=").status_code == 200


def test_nothing_is_sent_while_nothing_changed(client, program, django_assert_num_queries):
    visit = make_item(program)
    signature = Page(client.get(address(program))).all("div", "bd")[0].attributes["data-signature"]
    known = f"{address(program)}&since={signature}"

    with django_assert_num_queries(7):  # session, user, rights, program, three counts
        assert client.get(known).status_code == 204
    visit.save_as()
    assert client.get(known).status_code == 200


def test_script_moves_a_card_and_takes_it_back(client, program):
    visit = make_item(program, "Foundry")
    sent = move(visit, "24T10:30", "24T11:30") | {"token": "0123456789"}

    answer = client.post(address(program), sent, **SCRIPT)
    again = client.post(address(program), sent, **SCRIPT)

    assert answer.json() == {
        "said": "“Foundry” moved on 24 July: 10:00–11:00 → 10:30–11:30",
        "undo": "0123456789",
        "versions": {str(visit.pk): 2},
        "at": "09:30",
    }
    assert again.json() == answer.json()  # sent twice, it is done once
    assert times(visit) == "24 10:30–11:30"
    undo = {"do": "undo", "operation": "0123456789"}
    undone = client.post(address(program), undo, **SCRIPT).json()
    assert undone["said"].startswith("Undone: “Foundry”")
    assert client.post(address(program), undo, **SCRIPT).json()["undo"] == undone["undo"]
    assert times(visit) == "24 10:00–11:00"


def test_who_was_faster_is_named_with_what_they_did(client, program):
    visit = make_item(program, "Foundry")
    mine = move(visit, "24T10:30", "24T11:30")
    faster = make_user(role="Organizers", first_name="Sample", last_name="Colleague", is_staff=True)
    client.force_login(faster)
    client.post(address(program), move(visit, "24T14:00", "24T15:00"), **SCRIPT)

    answer = client.post(address(program), mine, **SCRIPT)

    assert answer.status_code == 409
    (row,) = answer.json()["stale"]
    assert row["item"] == visit.pk
    assert row["said"].startswith("Sample Colleague changed “Foundry” at ")
    assert row["said"].endswith(" WIB: it is now 14:00–15:00.")
    assert times(visit) == "24 14:00–15:00"


@pytest.mark.parametrize(
    "moves",
    [
        "",
        "{}",
        "[]",
        "[1]",
        '[{"item": "x", "version": 1}]',
        '[{"item": 1, "version": 1, "start": "now", "end": "later"}]',
        '[{"item": 1, "version": 1, "start": "2018-07-24T10:00"}]',
        '[{"item": 1, "version": 1, "groups": {"a": 1}}]',
    ],
)
def test_nonsense_changes_nothing(client, program, moves):
    answer = client.post(address(program), {"do": "place", "moves": moves}, **SCRIPT)

    assert (answer.status_code, answer.json()) == (422, {"refused": "Nothing was changed."})


def test_a_place_outside_the_program_is_refused_in_words(client, program):
    visit = make_item(program, "Foundry", day=30)

    answer = client.post(address(program), move(visit, "31T10:00", "31T11:00"), **SCRIPT)

    assert answer.status_code == 422
    assert (
        answer.json()["refused"]
        == "The program runs from 18 July to Monday 30 July 2018: this is outside its dates."
    )
    assert times(visit) == "30 10:00–11:00"


def bar(client, program, item, do, **fields):
    """Press the button ``do`` of the bar, as a browser without a script does; the page after it."""
    page = client.get(f"{address(program)}&item={item.pk}")
    form = next(f for f in Page(page).all("form") if any(n.attributes.get("value") == "set" for n in f.nodes))
    sent = {n.attributes["name"]: n.attributes.get("value", "") for n in form.nodes if n.tag == "input"}
    for select in [n for n in form.nodes if n.tag == "select"]:
        chosen = next(n for n in select.nodes if "selected" in n.attributes)
        sent[select.attributes["name"]] = chosen.attributes["value"]
    return client.post(form.attributes["action"], sent | {"do": do} | fields, follow=True)


@pytest.mark.parametrize(
    "do, fields, expected",
    [
        ("start+5", {}, "24 10:05–11:05"),
        ("start-5", {}, "24 09:55–10:55"),
        ("end+5", {}, "24 10:00–11:05"),
        ("set", {"day": "2018-07-26"}, "26 10:00–11:00"),
        ("set", {"day": "aside"}, False),
        ("close-gap", {}, "24 08:40–09:40"),
    ],
)
def test_bar_does_without_script_what_dragging_does(client, program, do, fields, expected):
    make_item(program, "Bus", "08:00", "08:40")
    visit = make_item(program, "Foundry")

    page = bar(client, program, visit, do, **fields)

    assert times(visit) == expected
    said = Page(page).all("div", "undo-bar")[0].text
    assert said == f"{Operation.objects.get().sentence} Undo"


def test_bar_gives_an_item_to_a_group_and_pushes_what_lies_on_it(client, program):
    group = make_group(program, "A")
    visit = make_item(program, "Foundry")
    lunch = make_item(program, "Lunch", "10:30", "11:00", kind=Kind.MEAL)

    bar(client, program, visit, "set", group=str(group.pk))
    bar(client, program, visit, "make-room")

    assert [g.name for g in visit.groups.all()] == ["A"]
    assert times(lunch) == "24 11:00–11:30"
    nothing = bar(client, program, visit, "make-room")
    assert [str(m) for m in nothing.context["messages"]] == ["Nothing lies on it."]


def test_what_waits_is_placed_at_the_first_free_time_of_the_chosen_day(client, program):
    make_item(program, "Visit", "08:00", "09:30", day=25)
    idea = Visit.objects.create(program=program, kind="visit", title="Museum", minutes=90)

    bar(client, program, idea, "set", day="2018-07-25")

    assert times(idea) == "25 09:30–11:00"


def test_cancelling_is_undone_too(client, program):
    visit = make_item(program, "Foundry")

    answer = client.post(address(program), {"do": "cancel", "item": visit.pk}, **SCRIPT).json()

    assert AgendaItem.objects.get().status == Status.CANCELLED
    client.post(address(program), {"do": "undo", "operation": answer["undo"]}, **SCRIPT)
    assert AgendaItem.objects.get().status == Status.CONFIRMED


def test_slot_opens_the_small_form_and_adds_for_its_group(client, program):
    group = make_group(program, "A")
    hall = make_venue(program, "Hall")
    make_item(program, "Opening", "08:00", "09:00", venue=hall)
    slot = f"{address(program)}&add=16:45&end=17:15&group={group.pk}"
    page = Page(client.get(slot))
    assert page.all("form", "slot-form")[0].text.startswith("New item, Group A")
    new = {"do": "add", "kind": "workshop", "start": "16:45", "end": "17:15", "group": group.pk}
    new |= {"venue": hall.slug, "token": "0123456789"}

    refused = client.post(slot, new | {"title": ""})
    added = client.post(slot, new | {"title": "Pottery"})
    client.post(slot, new | {"title": "Pottery"})

    assert "This field is required." in Page(refused).all("form", "slot-form")[0].text
    item = Visit.objects.get(title="Pottery")
    assert (times(item), item.kind, item.venue, item.groups.get()) == (
        "24 16:45–17:15",
        "workshop",
        hall,
        group,
    )
    assert "“Pottery” added" in client.get(added.url).content.decode()
    more = client.post(slot, new | {"title": "Talk", "token": "1123456789", "more": "1"}, follow=True)
    assert more.request["PATH_INFO"] == f"/admin/visits/visit/{Visit.objects.get(title='Talk').pk}/change/"


def test_staff_see_the_board_and_move_nothing(client, program):
    visit = make_item(program, "Foundry")
    make_release(program)
    client.force_login(make_user(role="Staff"))

    page = client.get(address(program))
    answer = client.post(address(program), move(visit, "24T10:30", "24T11:30"), **SCRIPT)

    text = page.content.decode()
    assert "Foundry" in text
    assert not any(word in text for word in ("board.js", "Undo", "Add at", "data-grip", "&amp;item="))
    assert answer.status_code == 403
    assert times(visit) == "24 10:00–11:00"
