"""What changed from release to release."""

from datetime import timedelta

import pytest

from program.agenda.kinds import Kind
from tests.makers import at, make_group, make_item, make_program, make_release
from tests.reading import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def program(set_clock):
    program = make_program()
    set_clock(at(20, "09:00", program.tz))
    return program


@pytest.fixture
def moved(program):
    """Release 2 moves the workshop of group A and adds lunch for everybody."""
    a = make_group(program, "A")
    make_group(program, "B")
    workshop = make_item(program, "Dyeing", "10:00", "11:00", kind=Kind.WORKSHOP, groups=[a])
    make_release(program)
    workshop.starts_at = at(24, "10:30", program.tz)
    workshop.save_as()
    make_item(program, "Lunch", "12:00", "13:00", kind=Kind.MEAL)
    make_release(program, note="The bus is late")
    return workshop


def test_changes_stand_newest_first_old_beside_new(client, moved):
    page = Page(client.get("/ikm-2018/changes/"))

    assert page.texts("section") == [
        "Release 2 Published Friday 20 July 2018, 09:00 WIB The bus is late "
        "Moved Dyeing Group A Tuesday 24 July 10:30 instead of 10:00 "
        "New Lunch Tuesday 24 July Tuesday 24 July 2018, 12:00–13:00 WIB",
        "Release 1 Published Friday 20 July 2018, 09:00 WIB The first release: the whole agenda was new.",
    ]
    assert ("Dyeing", f"/ikm-2018/agenda/{moved.pk}/") in page.links()


def test_changes_of_a_group_leave_out_the_others(client, moved):
    page = Page(client.get("/ikm-2018/changes/", {"group": "B"}))

    assert page.texts("section")[0] == (
        "Release 2 Published Friday 20 July 2018, 09:00 WIB The bus is late "
        "New Lunch Tuesday 24 July Tuesday 24 July 2018, 12:00–13:00 WIB"
    )
    assert page.texts("a", within=page.one("nav", "filters"), aria_current="true") == ["Group B"]


def test_changes_of_an_unknown_group_are_404(client, moved):
    assert client.get("/ikm-2018/changes/", {"group": "C"}).status_code == 404


def test_release_without_changes_says_so(client, program):
    make_item(program)
    make_release(program)
    make_release(program)

    first = Page(client.get("/ikm-2018/changes/")).texts("section")[0]

    assert first == "Release 2 Published Friday 20 July 2018, 09:00 WIB Nothing changed for this choice."


@pytest.mark.parametrize("count", [1, 3, 9])
def test_changes_cost_the_same_for_any_number_of_releases(client, django_assert_num_queries, program, count):
    make_item(program)
    for _n in range(count):
        make_release(program)

    with django_assert_num_queries(3):  # which release is current; that release; the last ones
        page = Page(client.get("/ikm-2018/changes/"))
    with django_assert_num_queries(1):
        client.get("/ikm-2018/changes/")

    numbers = [text.split()[1] for text in page.texts("h2", within=page.main)]
    assert numbers == [str(count - n) for n in range(min(count, 5))]


def test_a_group_with_another_name_reads_as_a_rename(client):
    program = make_program()
    a = make_group(program, "A")
    make_item(program, "Dyeing", kind=Kind.WORKSHOP, groups=[a])
    make_release(program)
    a.name = "Red"
    a.save()
    make_release(program)

    page = client.get("/ikm-2018/changes/")

    assert page.context["steps"][0]["changes"][0].sentence == "group A: is now called “Red”"
    assert len(page.context["steps"][0]["changes"]) == 1


def test_addresses_name_a_group_by_its_id_and_older_ones_by_its_name(client):
    program = make_program()
    a = make_group(program, "A")
    make_item(program, "Dyeing", groups=[a])
    make_release(program)
    by_id, by_name = (client.get(f"/ikm-2018/agenda.ics?group={group}").content for group in (a.pk, "A"))
    a.name = "Red"
    a.save()
    make_release(program)

    assert b"Dyeing" in by_id and by_id == by_name
    assert b"Dyeing" in client.get(f"/ikm-2018/agenda.ics?group={a.pk}").content
    assert client.get("/ikm-2018/changes/?group=7777").status_code == 404


def test_everybody_is_told_of_the_items_of_all_groups(client, program):
    item = make_item(program, "Laboratory", groups=[make_group(program, "A")])
    make_release(program)
    item.starts_at += timedelta(minutes=15)
    item.save()
    make_release(program)

    for query in ("", "?group="):
        assert "10:15 instead of 10:00" in Page(client.get(f"/ikm-2018/changes/{query}")).main.text
