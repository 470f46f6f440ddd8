"""What holds for the changes between any two releases."""

from copy import deepcopy

from hypothesis import given
from hypothesis import strategies as st

from program.agenda.agenda import Agenda
from program.agenda.changes import compare, for_group
from program.agenda.facts import Group

from .release_data import agenda, day, item, organization, release, venue

CNC = item("Workshop: trying the CNC machine", "10:00", "11:30", kind="workshop", id=17, venue="hall")

VALUES = {
    str: st.sampled_from(["", "x", "y"]),
    bool: st.booleans(),
    int: st.integers(1, 3),
    float: st.sampled_from([1.0, 1.5]),
    list: st.lists(st.sampled_from("xyz"), max_size=2, unique=True),
}
# By what is written where the first release has something: a word, a number, a list.
FREE = {
    "program": ["title", "theme", "summary", "local_sources", "seats", "countries", "short_title"],
    "items": [
        "title",
        "local_title",
        "notes",
        "room",
        "vehicle",
        "attendance_counts",
        "objectives",
        "capacity",
    ],
    "venues": ["name", "address", "city", "approximate", "capacity"],
    "organizations": ["name", "local_name", "website", "description"],
    "groups": ["size"],
    "days": ["title", "note", "local_note"],
}


@st.composite
def releases(draw):
    """Release data in which any free field may have any of a few values, with the same rows each time."""
    kinds = {"seats": int, "capacity": int, "size": int, "countries": list, "objectives": list}
    kinds |= {"attendance_counts": bool, "approximate": bool}
    data = release(
        CNC | {"room": "", "vehicle": "", "objectives": [], "capacity": 1},
        venues=[venue("hall")],
        organizations=[organization("bbt")],
        groups="A",
        days=[day()],
    )
    for rows, names in FREE.items():
        row = data[rows] if rows == "program" else data[rows][0]
        for name in names:
            row[name] = draw(VALUES[kinds.get(name, str)])
    return data


@given(releases(), releases())
def test_changes_are_told_exactly_where_releases_differ(one, other):
    old, new = Agenda.read(one), Agenda.read(other)

    changes = compare(old, new)

    assert bool(changes) == (one != other)
    assert all(change.lines and all(change.lines) for change in changes)
    assert compare(new, Agenda.read(deepcopy(other))) == []


@given(releases(), releases())
def test_every_change_there_is_a_change_back(one, other):
    old, new = Agenda.read(one), Agenda.read(other)

    there, back = compare(old, new), compare(new, old)

    assert [(c.sort, len(c.lines)) for c in there] == [(c.sort, len(c.lines)) for c in back]


@st.composite
def drafts(draw):
    """Agendas of up to four items with the same few ids, for any groups."""
    ids = draw(st.sets(st.integers(1, 4)))
    return agenda(
        *(
            item(
                "Item",
                draw(st.sampled_from(["08:00", "09:00"])),
                id=number,
                groups=sorted(draw(st.sets(st.sampled_from("AB")))),
                status=draw(st.sampled_from(["confirmed", "cancelled"])),
                notes=draw(st.sampled_from(["", "x"])),
            )
            for number in ids
        ),
        groups="AB",
    )


@given(drafts(), drafts(), st.sampled_from(["A", "B", None]))
def test_a_group_is_told_what_changed_in_its_own_agenda(old, new, group):
    told_to_it = for_group(compare(old, new), group and Group(group, group))

    own = compare(old.for_group(group), new.for_group(group))

    assert {(change.item.id, change.sort) for change in told_to_it} == {
        (change.item.id, change.sort) for change in own
    }
