from dataclasses import fields

import pytest
from django.utils.translation import override

from program.agenda.agenda import Day, Item
from program.agenda.changes import LABELS, TOLD_APART, Sort, compare, for_group, groups_text
from program.agenda.facts import Group, Organization, ProgramFacts, Venue

from .release_data import agenda, item, organization, speaker, venue

CNC = item("Workshop: trying the CNC machine", "10:00", "11:30", kind="workshop", id=17, venue="hall")
BATIK = item("Batik", "13:00", "14:00", id=18)


def told(before, after, group=None, **parts):
    """What changed from one list of items to another, in sentences; to ``group`` where one is given."""
    parts = {"groups": "AB"} | parts
    old, new = agenda(*before, **parts), agenda(*after, **parts)
    return [change.sentence for change in for_group(compare(old, new), group and Group(group, group))]


def test_no_difference_is_an_empty_list():
    assert compare(agenda(CNC, BATIK, groups="AB"), agenda(CNC, BATIK, groups="AB")) == []


def test_everything_is_new_before_the_first_release():
    changes = compare(None, agenda(CNC, BATIK, groups="A", organizations=[organization("bbt")]))

    assert [(change.label, change.sentence) for change in changes] == [
        ("New", "Workshop: trying the CNC machine: Tuesday 24 July 2018, 10:00–11:30 WIB"),
        ("New", "Batik: Tuesday 24 July 2018, 13:00–14:00 WIB"),
    ]


@pytest.mark.parametrize(
    ("change", "sort", "sentence"),
    [
        ({"starts_at": "2018-07-24T10:30:00+07:00"}, "moved", "10:30 instead of 10:00"),
        ({"ends_at": "2018-07-24T12:00:00+07:00"}, "moved", "ends 12:00 instead of 11:30"),
        (
            {"starts_at": "2018-07-24T10:30:00+07:00", "ends_at": "2018-07-24T12:00:00+07:00"},
            "moved",
            "10:30 instead of 10:00; ends 12:00 instead of 11:30",
        ),
        (
            {"starts_at": "2018-07-25T10:00:00+07:00", "ends_at": "2018-07-25T11:30:00+07:00"},
            "moved",
            "Wednesday 25 July 2018, 10:00–11:30 WIB instead of Tuesday 24 July 2018, 10:00–11:30 WIB",
        ),
        ({"venue": "lab"}, "moved", "now at Lab instead of Hall"),
        ({"venue": None}, "moved", "now at no venue instead of Hall"),
        ({"status": "cancelled"}, "cancelled", "was Tuesday 24 July 2018, 10:00–11:30 WIB"),
        ({"status": "planned"}, "changed", "not yet confirmed"),
        ({"title": "Workshop: CNC"}, "changed", None),
        ({"local_title": "Lokakarya"}, "changed", "Title in Bahasa Indonesia: now “Lokakarya”"),
        ({"kind": "visit"}, "changed", "Kind: “Visit” instead of “Workshop”"),
        ({"organization": "bblm"}, "changed", "Organization: now “BBLM”"),
        ({"attendance_counts": True}, "changed", "Attendance counts: now “yes”"),
        ({"notes": "Wear shoes."}, "changed", "Notes: now “Wear shoes.”"),
        ({"origin": "reported"}, "changed", "Origin: “Reported” instead of “Illustrative”"),
        ({"room": "R 1"}, "changed", "Room: now “R 1”"),
        ({"objectives": ["Why", "How"]}, "changed", "Objectives: now “Why, How”"),
        ({"lesson_hours": 2.0}, "changed", "Lesson hours: now “2”"),
        ({"lesson_hours": 2.5}, "changed", "Lesson hours: now “2.5”"),
        ({"speakers": [speaker("Ani"), speaker("Budi")]}, "changed", "Speakers: now “Ani, Budi”"),
        ({"activity": "Mill."}, "changed", "What you will do: now “Mill.”"),
        ({"bring": ["Water"]}, "changed", "Bring: now “Water”"),
        ({"dress": ["Shoes"]}, "changed", "Dress: now “Shoes”"),
        ({"safety": ["Goggles"]}, "changed", "Safety: now “Goggles”"),
        ({"capacity": 12}, "changed", "Capacity: now “12”"),
        ({"destination": "lab"}, "changed", "Destination: now “Lab”"),
        ({"vehicle": "Bus 2"}, "changed", "Vehicle: now “Bus 2”"),
        ({"meeting_point": "Lobby"}, "changed", "Meeting point: now “Lobby”"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_each_change_of_an_item_in_words(change, sort, sentence):
    parts = {"organizations": [organization("bblm")]}
    (found,) = compare(agenda(CNC, **parts), agenda(CNC | change, **parts))

    if sentence is None:
        assert found.sentence == (
            "Workshop: CNC: now called “Workshop: CNC” instead of “Workshop: trying the CNC machine”"
        )
    else:
        assert found.sentence == f"Workshop: trying the CNC machine: {sentence}"
    assert found.sort == sort


def test_value_that_goes_is_named():
    before, after = CNC | {"room": "R 1", "notes": "x"}, CNC | {"notes": "y"}

    assert told([before], [after]) == [
        "Workshop: trying the CNC machine: Notes: “y” instead of “x”; Room: no longer “R 1”"
    ]


def test_new_and_taken_out():
    assert told([CNC], [BATIK]) == [
        "Workshop: trying the CNC machine: no longer in the agenda,"
        " was Tuesday 24 July 2018, 10:00–11:30 WIB",
        "Batik: Tuesday 24 July 2018, 13:00–14:00 WIB",
    ]


def test_new_item_that_is_cancelled_already_says_so():
    assert told([], [BATIK | {"status": "cancelled"}]) == [
        "Batik: Tuesday 24 July 2018, 13:00–14:00 WIB; cancelled"
    ]


def test_cancelled_item_that_is_taken_out_is_no_news():
    assert told([BATIK | {"status": "cancelled"}], []) == []


def test_cancelled_item_that_takes_place_after_all():
    planned = BATIK | {"status": "planned", "starts_at": "2018-07-24T13:30:00+07:00"}

    assert told([BATIK | {"status": "cancelled"}], [planned]) == [
        "Batik: takes place after all; 13:30 instead of 13:00"
    ]


def test_item_becomes_confirmed():
    assert told([BATIK | {"status": "planned"}], [BATIK]) == ["Batik: confirmed"]


def test_item_past_midnight_names_the_day_it_ends():
    night = item("Night market", "22:00", "2018-07-25T01:00:00+07:00")

    assert told([], [night]) == ["Night market: Tuesday 24 July 2018, 22:00–25 July, 01:00 WIB"]


def test_changes_are_in_order_of_the_time_now_then_details():
    moved = CNC | {"starts_at": "2018-07-24T15:00:00+07:00", "ends_at": "2018-07-24T16:00:00+07:00"}
    renamed = BATIK | {"title": "Batik Komar"}
    early = item("Early", "07:00", "08:00", day=20)

    changes = compare(
        agenda(CNC, BATIK), agenda(moved, renamed, early, groups="A", program={"theme": "Research"})
    )

    assert [change.title for change in changes] == [
        "Early",
        "Batik Komar",
        "Workshop: trying the CNC machine",
        "Program",
        "group A",
    ]


# Places and people named by items


def test_two_venues_of_one_name_are_told_apart():
    venues = [venue("hall", name="Hall"), venue("other", name="Hall", city="Jakarta")]

    assert told([CNC], [CNC | {"venue": "other"}], venues=venues) == [
        "Workshop: trying the CNC machine: now at Hall, Jakarta instead of Hall, Bandung"
    ]


def test_renamed_venue_is_told_once_and_moves_no_item():
    old = agenda(CNC, BATIK | {"venue": "hall"}, venues=[venue("hall")])
    new = agenda(CNC, BATIK | {"venue": "hall"}, venues=[venue("hall", name="Great hall")])

    assert [change.sentence for change in compare(old, new)] == [
        "Great hall: Name: “Great hall” instead of “Hall”"
    ]


def test_venue_that_changes_makes_no_item_moved():
    old = agenda(CNC, venues=[venue("hall")])
    new = agenda(CNC | {"notes": "x"}, venues=[venue("hall", capacity=9)])

    assert [change.sort for change in compare(old, new)] == ["changed", "details"]


def test_renamed_organization_is_told_once():
    held = BATIK | {"organization": "bbt"}
    old = agenda(held, organizations=[organization("bbt", name="Textile")])
    new = agenda(held, organizations=[organization("bbt", name="Center for Textile")])

    assert [change.sentence for change in compare(old, new)] == [
        "Center for Textile: Name: “Center for Textile” instead of “Textile”"
    ]


def test_speakers_position_and_organization_are_told():
    parts = {"organizations": [organization("bbt")]}
    before = BATIK | {"speakers": [speaker("Ani")]}
    after = BATIK | {"speakers": [speaker("Ani", position="Lecturer", organization="bbt")]}

    assert told([before], [after], **parts) == [
        "Batik: Speakers: “Ani (Lecturer, BBT)” instead of “Ani”",
    ]
    assert told([after], [after | {"speakers": []}], **parts) == [
        "Batik: Speakers: no longer “Ani (Lecturer, BBT)”"
    ]


def test_speaker_entered_anew_under_the_same_name_is_no_news():
    before, after = ({"speakers": [speaker("Ani", id=number)]} for number in (1, 2))

    assert told([BATIK | before], [BATIK | after]) == []


# Groups


@pytest.mark.parametrize(
    ("names", "text"),
    [((), "everybody"), (("A",), "group A"), (("A", "B"), "groups A, B")],
)
def test_groups_in_words(names, text):
    assert groups_text(tuple(Group(n, name) for n, name in enumerate(names))) == text


def test_item_given_to_another_group_is_told_from_each_side():
    before, after = CNC | {"groups": ["A"]}, CNC | {"groups": ["B"]}
    title = "Workshop: trying the CNC machine"

    assert told([before], [after]) == [f"{title}: now for group B instead of group A"]
    assert told([before], [after], group="A") == [
        f"{title}: no longer for group A, was Tuesday 24 July 2018, 10:00–11:30 WIB"
    ]
    assert told([before], [after], group="B") == [f"{title}: Tuesday 24 July 2018, 10:00–11:30 WIB"]
    assert told([before], [after], group="C") == []


def test_item_given_to_another_group_sorts_as_taken_out_and_new():
    changes = compare(
        agenda(CNC | {"groups": ["A"]}, groups="AB"), agenda(CNC | {"groups": ["B"]}, groups="AB")
    )

    (taken,), (given_,) = for_group(changes, Group("A", "A")), for_group(changes, Group("B", "B"))

    assert (taken.sort, taken.old.id, taken.new) == (Sort.REMOVED, 17, None)
    assert (given_.sort, given_.old, given_.new.id) == (Sort.NEW, None, 17)


def test_item_that_both_had_and_have_is_told_as_changed():
    before, after = CNC, CNC | {"groups": ["A"], "starts_at": "2018-07-24T10:30:00+07:00"}

    assert told([before], [after], group="A") == [
        "Workshop: trying the CNC machine: 10:30 instead of 10:00; now for group A instead of everybody"
    ]
    assert told([before], [after], group="B") == [
        "Workshop: trying the CNC machine: no longer for group B, was Tuesday 24 July 2018, 10:00–11:30 WIB"
    ]


def test_cancelled_item_taken_from_a_group_is_no_news_for_it():
    before = CNC | {"groups": ["A"], "status": "cancelled"}

    assert told([before], [before | {"groups": ["B"]}], group="A") == []


def test_for_group_leaves_out_what_is_new_or_taken_out_for_others():
    of_a, of_b = CNC | {"groups": ["A"]}, BATIK | {"groups": ["B"]}

    assert told([of_a], [of_b], group="A") == [
        "Workshop: trying the CNC machine: no longer in the agenda, was Tuesday 24 July 2018, 10:00–11:30 WIB"
    ]
    assert told([of_a], [of_b], group="B") == ["Batik: Tuesday 24 July 2018, 13:00–14:00 WIB"]


def test_for_group_keeps_what_concerns_everybody():
    changes = compare(agenda(CNC), agenda(CNC | {"notes": "x"}, program={"theme": "Research"}))

    assert for_group(changes, Group("A", "A")) == for_group(changes, None) == changes


# In general


@pytest.mark.parametrize("cls", [Item, ProgramFacts, Day, Group, Venue, Organization])
def test_every_field_has_a_name_for_people(cls):
    """A field that is added without one would be told by its name in the code."""
    names = {f.name.removeprefix("english_").removeprefix("local_") for f in fields(cls)} - TOLD_APART

    assert names <= LABELS.keys()


def test_words_are_in_the_language_of_the_page():
    before = BATIK | {"local_title": "Batik tulis", "organization": "bbt", "lesson_hours": 2.5}
    organizations = [
        organization("bbt", name="Textile", local_name="Balai Besar Tekstil"),
        organization("bbk", name="Ceramics", local_name="Balai Besar Keramik"),
    ]

    with override("id"):
        (sentence,) = told(
            [before],
            [before | {"organization": "bbk", "lesson_hours": 3.5}],
            organizations=organizations,
        )

    assert sentence.startswith("Batik tulis: ")
    assert "“Balai Besar Keramik”" in sentence
    assert "“3,5”" in sentence
