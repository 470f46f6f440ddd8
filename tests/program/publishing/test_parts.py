"""Publishing a part of a draft: what goes out, what comes along, and what stays. No database here."""

from copy import deepcopy

from hypothesis import given
from hypothesis import strategies as st

from program.agenda.agenda import Agenda
from program.publishing.parts import differences, nothing_of, part_of
from tests.program.agenda.release_data import day, item, organization, release, speaker, venue

BUS, VISIT = item("Bus", id=1), item("Visit", "12:00", "13:00", id=2)


def group(pk, name):
    return {"id": pk, "name": name, "size": 10}


def data(*items, groups=(), **parts):
    """A release whose items name their groups by their ids: ``groups=[1]``."""
    names = {row["id"]: row["name"] for row in groups}
    rows = [
        row | {"group_ids": row["groups"], "groups": [names[pk] for pk in row["groups"]]} for row in items
    ]
    return release(*rows, groups=groups, **({"venues": []} | parts))


def titles(part):
    return [row["title"] for row in part.data["items"]]


def test_a_late_bus_goes_out_and_an_idea_stays():
    old = data(BUS, VISIT)
    new = data(BUS | {"title": "Late bus"}, VISIT | {"title": "Idea"}, item("Another idea", id=3))

    part = part_of(old, new, {"item:1"})

    assert differences(old, new) == ["item:1", "item:2", "item:3"]
    assert part.data == data(BUS | {"title": "Late bus"}, VISIT)
    assert differences(part.data, new) == ["item:2", "item:3"]


def test_a_deleted_item_goes_or_stays():
    old, new = data(BUS, VISIT), data(VISIT | {"title": "Later visit"})

    assert titles(part_of(old, new, {"item:1"})) == ["Visit"]
    assert titles(part_of(old, new, {"item:2"})) == ["Bus", "Later visit"]


def test_an_item_brings_the_places_that_are_new_and_no_others():
    old = data(BUS, VISIT)
    parent, host = organization("ministry"), organization("bbt", parent="ministry")
    moved = VISIT | {"venue": "lab", "speakers": [speaker("Aung", organization="bbt")]}
    new = data(
        BUS | {"title": "Idea"},
        moved,
        venues=[venue("hall"), venue("lab")],
        organizations=[host, organization("other"), parent],
    )

    part = part_of(old, new, {"item:2"})

    assert part.data == data(BUS, moved, venues=[venue("lab")], organizations=[host, parent])
    assert part.brought == {"venue:lab", "organization:bbt", "organization:ministry"}


def test_a_removed_place_stays_while_something_that_is_out_is_there():
    old = data(VISIT | {"venue": "lab"}, venues=[venue("lab")])
    new = data(VISIT | {"venue": "hall"}, venues=[venue("hall")])

    part = part_of(old, new, {"venue:lab", "venue:hall"})

    assert [row["slug"] for row in part.data["venues"]] == ["hall", "lab"]
    assert part.waiting == {"venue:lab"}
    assert not part_of(old, new, {"venue:lab", "item:2"}).waiting


def test_a_group_has_one_name_everywhere():
    old = data(BUS | {"groups": [1]}, VISIT | {"groups": [1]}, groups=[group(1, "A")])
    new = data(BUS | {"groups": [1]}, VISIT | {"groups": [1], "title": "Idea"}, groups=[group(1, "Weavers")])

    assert differences(old, new) == ["group:1", "item:2"]
    assert [row["groups"] for row in part_of(old, new, {"group:1"}).data["items"]] == [["Weavers"]] * 2
    assert [row["groups"] for row in part_of(old, new, {"item:2"}).data["items"]] == [["A"]] * 2


def test_groups_that_swap_names_swap_them_together():
    old = data(groups=[group(1, "A"), group(2, "B")])
    new = data(groups=[group(2, "A"), group(1, "B")])

    part = part_of(old, new, {"group:1"})

    assert part.data == new
    assert part.brought == {"group:2"}


def test_of_the_first_release_the_items_can_be_chosen():
    new = data(BUS, VISIT, venues=[venue("hall")], days=[day(title="Arrival")])

    part = part_of(nothing_of(new), new, {"item:1", "venue:hall", "day:2018-07-24"})

    assert part.data == data(BUS, venues=[venue("hall")], days=[day(title="Arrival")])


SLUGS = st.sampled_from([None, "hall", "lab", "annex"])


@st.composite
def drafts(draw):
    """A small draft that names only what it holds, as the database makes sure of."""
    venues = draw(st.sets(st.sampled_from(["hall", "lab", "annex"])))
    hosts = draw(st.lists(st.sampled_from("abc"), unique=True))
    names = draw(st.permutations(["A", "B", "C"]))
    groups = [group(pk, names[pk - 1]) for pk in sorted(draw(st.sets(st.integers(1, 3))))]
    pks = [row["id"] for row in groups]
    of = lambda rows: st.sampled_from([None, *sorted(rows)])  # noqa: E731
    items = [
        item(
            draw(st.sampled_from(["x", "y"])),
            draw(st.sampled_from(["08:00", "10:00"])),
            id=pk,
            venue=draw(of(venues)),
            destination=draw(of(venues)),
            organization=draw(of(hosts)),
            groups=draw(st.lists(st.sampled_from(pks), unique=True)) if pks else [],
            speakers=[speaker("Aung", organization=draw(of(hosts)))],
        )
        for pk in sorted(draw(st.sets(st.integers(1, 4))))
    ]
    return data(
        *sorted(items, key=lambda row: row["starts_at"]),
        groups=sorted(groups, key=lambda row: row["name"]),
        venues=[venue(slug, city=draw(st.sampled_from("xy"))) for slug in sorted(venues)],
        organizations=[
            organization(slug, parent=hosts[place - 1] if place and draw(st.booleans()) else None)
            for place, slug in enumerate(hosts)
        ],
        days=[day(title=draw(st.sampled_from("xy")))] if draw(st.booleans()) else [],
        program={"theme": draw(st.sampled_from("xy"))},
    )


@given(drafts(), drafts(), st.data())
def test_all_parts_one_after_the_other_end_at_the_draft(old, new, choose):
    whole = deepcopy(new)
    assert part_of(old, new, differences(old, new)).data == new

    out = old
    while left := differences(out, new):
        for key in choose.draw(st.permutations(left)):
            part = part_of(out, new, {key})
            Agenda.read(part.data)
            _assert_names_only_what_it_holds(part.data)
            out = part.data
        assert len(differences(out, new)) < len(left)

    assert out == new == whole


def _assert_names_only_what_it_holds(part):
    venues = {row["slug"] for row in part["venues"]}
    hosts = {row["slug"] for row in part["organizations"]}
    groups = {row["id"]: row["name"] for row in part["groups"]}
    for row in part["items"]:
        assert {row["venue"], row["destination"]} <= venues | {None}
        assert {row["organization"], *(one["organization"] for one in row["speakers"])} <= hosts | {None}
        assert row["groups"] == [groups[pk] for pk in row["group_ids"]]
    assert {row["parent"] for row in part["organizations"]} <= hosts | {None}


@given(drafts(), drafts(), st.data())
def test_what_was_chosen_goes_and_items_that_were_not_stay(old, new, choose):
    left = differences(old, new)
    chosen = choose.draw(st.sets(st.sampled_from(left))) if left else set()

    part = part_of(old, new, chosen)

    gone_out = set(left) - set(differences(part.data, new))
    assert gone_out == (chosen | part.brought) - part.waiting
    assert {key for key in gone_out if key.startswith("item:")} <= chosen
