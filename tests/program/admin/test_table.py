"""The agenda as rows to type in: good rows are saved, the others kept as typed, and nobody's word is lost."""

import re

import pytest

from program.drafting import history, operations
from program.models import AgendaItem, Operation
from sessions.models import ClassroomSession
from tests.forms import fill, save
from tests.makers import at, make_group, make_item, make_organizer, make_venue
from tests.reading import Page
from visits.models import Transfer, Visit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organizer")]
TABLE = "/admin/program/agendaitem/table/"


@pytest.fixture
def address(program):
    return f"{TABLE}?program={program.pk}&day=2018-07-24"


@pytest.fixture
def typed(client, address):
    """Call with what is typed and the button pressed: the answer to it, from the page as ``opened``."""

    def send(opened=None, to=address, follow=False, **cells):
        cells = {name.replace("row_", "row-", 1).replace("__", "-"): value for name, value in cells.items()}
        sent = fill(opened or client.get(to), "table_form", **cells)
        return client.post(to, sent, follow=follow)

    return send


@pytest.fixture
def other(client, organizer):
    """Somebody else saves an item in its own form."""
    colleague = make_organizer(first_name="Other", last_name="Organizer")

    def saves(item, **fields):
        client.force_login(colleague)
        save(client, item, **fields)
        client.force_login(organizer)

    return saves


def cell(answer, name):
    """What a field of the table holds in the page."""
    return fill(answer, "table_form").get(name)


def times(item):
    item.refresh_from_db()
    return [f"{moment.astimezone(item.program.tz):%H:%M}" for moment in (item.starts_at, item.ends_at)]


def test_good_rows_are_saved_together_and_bad_ones_kept_as_typed(client, program, typed):
    good, bad, _left = (make_item(program, f"Item {n}", f"{n}:00", f"{n}:30") for n in (10, 11, 12))
    hall = make_venue(program, "Hall B")

    answer = typed(
        row_0__start="၀၉.၁၅",
        row_0__end="1045",
        row_0__venue=hall.pk,
        row_1__end="1045",
        row_1__title="Typed",
        row_3__start="13",
        row_3__end="14.30",
        row_3__kind="visit",
        row_3__title="Factory",
        row_4__start="15",
        save="all",
    )

    assert times(good) == ["09:15", "10:45"]
    assert good.venue == hall
    added = Visit.objects.get(title="Factory")
    assert times(added) == ["13:00", "14:30"]
    assert times(bad) == ["11:00", "11:30"]
    assert (cell(answer, "row-1-end"), cell(answer, "row-1-title")) == (["1045"], ["Typed"])
    assert cell(answer, "row-3-item") == [str(added.pk)]  # a row of its own from now on
    assert cell(answer, "row-4-start") == ["15"]  # without a title: left alone
    page = Page(answer)
    [end] = page.all("input", name="row-1-end")
    said = page.one("p", id=end.attributes["aria-describedby"]).text
    assert said.startswith("The end must come after the start.")
    assert (f"11:00 Typed: {said}", f"#row-{bad.pk}") in page.links()
    assert "2 rows saved, 09:30 WIB" in page.main.text
    assert AgendaItem.objects.count() == 4


def test_one_row_is_saved_and_what_is_typed_elsewhere_stays(program, typed):
    one, two = (make_item(program, f"Item {n}", f"{n}:00", f"{n}:30") for n in (10, 11))

    answer = typed(row_0__title="A", row_1__title="B", save=one.pk)

    assert [item.title for item in AgendaItem.objects.all()] == ["A", "Item 11"]
    assert cell(answer, "row-1-title") == ["B"]
    assert not Operation.objects.exists()  # its own history undoes it
    saved = typed(answer, save=two.pk, follow=True)
    assert [item.title for item in AgendaItem.objects.all()] == ["A", "B"]
    assert "1 row saved, 09:30 WIB." in Page(saved).main.text


def test_more_rows_keep_what_was_typed(program, typed):
    make_item(program, "Item")

    answer = typed(row_0__title="Typed", row_1__start="9", row_1__title="New", rows="5")

    sent = fill(answer, "table_form")
    assert (sent["row-0-title"], sent["row-1-start"], sent["row-1-title"]) == (["Typed"], ["9"], ["New"])
    assert sent["row-TOTAL_FORMS"] == ["11"]
    assert sent["row-10-title"] == [""]
    assert AgendaItem.objects.get().title == "Item"


def test_kinds_make_their_classes_and_never_change_them(program, typed):
    kinds = {"session": ClassroomSession, "travel": Transfer, "culture": Visit, "meal": AgendaItem}
    cells = {}
    for number, kind in enumerate(kinds):
        cells |= {f"row_{number}__kind": kind, f"row_{number}__title": kind}
        cells |= {f"row_{number}__start": f"{number + 9}", f"row_{number}__end": f"{number + 10}"}
    typed(**cells, save="all")

    items = {item.kind: item for item in AgendaItem.objects.concrete()}
    assert {kind: type(item) for kind, item in items.items()} == kinds
    assert [type(entry).__name__ for entry in history.timeline(items["session"])] == ["Entry"]
    answer = typed(row_0__kind="visit", save="all")
    assert "This item cannot become one of that kind." in Page(answer).main.text
    assert ClassroomSession.objects.get().kind == "session"


def test_what_both_changed_waits_under_the_row_for_a_word(client, program, typed, other, address):
    item = make_item(program, "Factory", "13:00", "14:00")
    opened = client.get(address)
    other(item, start="13:30", end="15:45", title="Their title")

    asked = typed(opened, row_0__start="1345", row_0__end="16", row_0__status="cancelled", save="all")

    strip = Page(asked).one("tr", "stale-note").text
    assert re.match(r"Other Organizer saved this row at \d\d:\d\d, while you had it open\.", strip)
    assert "Start theirs 13:30 , yours 13:45" in strip
    assert "End theirs 15:45 , yours 16:00" in strip
    assert "Title theirs" not in strip  # only they changed it: it is taken over
    assert (times(item), item.status) == (["13:30", "15:45"], "confirmed")

    again = typed(asked, save="all")  # which is no answer to the question
    assert times(item) == ["13:30", "15:45"]

    typed(again, keep=item.pk)
    assert (times(item), item.title, item.status) == (["13:45", "16:00"], "Their title", "cancelled")

    taken = typed(again, take=item.pk)
    assert (cell(taken, "row-0-start"), cell(taken, "row-0-status")) == (["13:30"], ["cancelled"])
    assert not Page(taken).all("tr", "stale-note")


def test_different_cells_are_merged_and_it_is_said(client, program, typed, other, address):
    group = make_group(program)
    item = make_item(program, "Factory", "13:00", "14:00")
    opened = client.get(address)
    other(item, title="Their title", taking_part=[group.pk])

    saved = typed(opened, row_0__start="12.30", save="all", follow=True)

    assert (times(item), item.title, [*item.groups.all()]) == (["12:30", "14:00"], "Their title", [group])
    assert "Their changes are kept beside yours: Title and Groups." in Page(saved).main.text


def test_groups_that_both_changed_name_who_did(client, program, typed, other, address):
    a, b = make_group(program, "A"), make_group(program, "B")
    item = make_item(program, "Factory")
    opened = client.get(address)
    other(item, taking_part=[a.pk])

    asked = typed(opened, row_0__taking_part=[b.pk], save=item.pk)

    strip = Page(asked).one("tr", "stale-note").text
    assert strip.startswith("Other Organizer saved this row at ")
    assert "Groups theirs A , yours B" in strip


def test_a_new_row_sent_twice_is_one_item(client, program, typed, address):
    opened = client.get(address)
    cells = {"row_0__start": "9", "row_0__end": "10", "row_0__kind": "meal", "row_0__title": "Lunch"}
    typed(opened, **cells, save="all")

    typed(opened, **cells, save="new-0")
    asked = typed(opened, **cells | {"row_0__title": "Dinner"}, save="all")

    assert [item.title for item in AgendaItem.objects.all()] == ["Lunch"]
    assert "This form was sent before and added “Lunch”." in Page(asked).main.text
    typed(asked, save="all")
    assert {item.title for item in AgendaItem.objects.all()} == {"Lunch", "Dinner"}


def test_a_row_that_was_deleted_meanwhile_is_kept_as_a_new_one(client, program, typed, address):
    gone, left = (make_item(program, f"Item {n}", f"{n}:00", f"{n}:30") for n in (10, 11))
    opened = client.get(address)
    history.delete(gone)
    gone.pk = None

    answer = typed(opened, row_0__title="Typed", row_1__title="Mine", save="all")

    assert [item.title for item in AgendaItem.objects.all()] == ["Mine"]
    assert "This was deleted while you had it open." in Page(answer).main.text
    assert cell(answer, "row-0-item") == [""]
    typed(answer, save="all")
    assert [item.title for item in AgendaItem.objects.all()] == ["Typed", "Mine"]
    assert left.pk in {item.pk for item in AgendaItem.objects.all()}


def test_rows_saved_together_are_undone_with_their_groups(client, program, typed):
    a, b = make_group(program, "A"), make_group(program, "B")
    one = make_item(program, "Lunch", "12:00", "13:00", groups=[a])
    two = make_item(program, "Factory", "14:00", "15:00")
    cells = {
        "row_0__taking_part": [b.pk],
        "row_1__title": "Mill",
        "row_2__kind": "break",
        "row_2__title": "Tea",
    }
    typed(**cells, save="all")

    operation = Operation.objects.get()
    assert operation.sentence == "3 rows of the table saved"
    page = Page(client.get(f"/admin/program/operation/{operation.pk}/change/")).main.text
    for words in ("Title", "Factory", "Mill", "Groups", "group B"):
        assert words in page
    undoing, _look = operations.undo(operation)

    one, two = AgendaItem.objects.get(pk=one.pk), AgendaItem.objects.get(pk=two.pk)
    assert ([*one.groups.all()], two.title) == ([a], "Factory")
    assert AgendaItem.objects.count() == 2
    assert undoing.undoes == operation


def test_whole_program_has_days_and_what_is_not_placed_comes_last(client, program, typed):
    make_item(program, "Late", day=26)
    make_item(program, "Early", day=25)
    idea = Visit.objects.create(program=program, kind="visit", title="Idea")
    address = f"{TABLE}?program={program.pk}"

    page = Page(client.get(address))

    assert page.texts("th", scope="rowgroup") == [
        "Wednesday 25 July 2018",
        "Thursday 26 July 2018",
        "Not placed yet",
        "New rows",
    ]
    typed(to=address, row_2__day="2018-07-25", row_2__start="8", row_2__end="9.30", save=idea.pk)
    idea.refresh_from_db()
    assert idea.starts_at == at(25, "08:00", program.tz)
    # The row of a day that has no time any more waits again.
    saved = typed(to=f"{address}&day=2018-07-25", row_0__start="", row_0__end="", save="all", follow=True)
    assert "under “Not placed yet”: “Idea”." in Page(saved).main.text
    idea.refresh_from_db()
    assert not idea.is_placed


def test_an_item_past_midnight_stays_so_and_a_new_one_is_asked_for_its_tick(program, typed):
    item = make_item(program, "Party", "22:00", "23:00")
    asked = typed(row_0__end="0:30", save="all")
    assert cell(asked, "row-0-next_day") is None

    typed(asked, row_0__next_day="on", save="all")
    assert times(item) == ["22:00", "00:30"]

    typed(row_0__title="Dance", save="all")
    assert times(item) == ["22:00", "00:30"]
    assert item.ends_at == at(25, "00:30", program.tz)


@pytest.mark.parametrize("count", [1, 4])
def test_query_count_does_not_grow_with_rows(client, program, address, django_assert_num_queries, count):
    for number in range(count):
        venue = make_venue(program, f"Hall {number}")
        group = make_group(program, f"{number}")
        make_item(program, f"Item {number}", f"1{number}:00", f"1{number}:30", venue=venue, groups=[group])
    client.get(address)

    with django_assert_num_queries(19):
        page = Page(client.get(address))

    assert len(page.all("tr", "type-row")) == count + 5


@pytest.mark.parametrize("query", ["day=2018-08-24", "day=tomorrow"])
def test_a_day_outside_the_program_is_not_found(client, program, query):
    assert client.get(f"{TABLE}?program={program.pk}&{query}").status_code == 404
