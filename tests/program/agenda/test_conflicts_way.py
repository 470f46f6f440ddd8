import pytest
from hypothesis import given
from hypothesis import strategies as st

from program.agenda.conflicts import distance_km, find_conflicts, gap_too_short, no_transfer, way_minutes
from program.agenda.facts import Venue

from .release_data import agenda, item, transfer, venue


def told(find, *items, **parts):
    """The messages of one finder about an agenda of ``items``."""
    return [finding.message for finding in find(agenda(*items, **parts))]


def test_gap_too_short_between_two_items():
    assert told(
        gap_too_short,
        item("Foundry", "10:00", "11:00", venue="hall"),
        item("Textile", "11:05", "12:00", venue="lab"),
    ) == [
        "Tuesday 24 July 2018, “Textile”: the way from Hall to Lab takes about 8 minutes by road"
        " (an estimate), but only 5 are planned."
    ]


def test_gap_too_short_of_the_bus_itself():
    assert told(gap_too_short, transfer(start="08:00", end="08:05", venue="hall", destination="lab")) == [
        "Tuesday 24 July 2018, “Bus”: the way from Hall to Lab takes about 8 minutes by road"
        " (an estimate), but only 5 are planned."
    ]


def test_gap_too_short_counts_from_where_the_bus_arrives():
    bus = transfer(start="08:00", end="08:30", venue="hall", destination="lab")
    back = item("Back at the hall", "08:32", "09:00", venue="hall")
    there = item("At the lab", "08:32", "09:00", venue="lab")

    assert told(gap_too_short, bus, there) == []
    assert told(gap_too_short, bus, back) == [
        "Tuesday 24 July 2018, “Back at the hall”: the way from Lab to Hall takes about 8 minutes by road"
        " (an estimate), but only 2 are planned."
    ]


def test_gap_too_short_is_told_once_for_items_that_groups_share():
    items = [item("One", venue="hall"), item("Two", "11:00", "12:00", venue="lab")]

    assert len(told(gap_too_short, *items, groups="AB")) == 1


def test_gap_too_short_follows_each_group_on_its_own_way():
    # A goes from the hall to the lab without time, B stays at the hall.
    items = [
        item("Start", "09:00", "10:00", venue="hall"),
        item("Lab", "10:00", "11:00", venue="lab", groups=["A"]),
        item("Hall", "10:00", "11:00", venue="hall", groups=["B"]),
        item("Hall again", "11:00", "12:00", venue="hall", groups=["B"]),
    ]

    found = [[i.title for i in finding.items] for finding in gap_too_short(agenda(*items, groups="AB"))]

    assert found == [["Start", "Lab"]]


@pytest.mark.parametrize(
    "items",
    [
        [item(venue="hall"), item(start="11:08", end="12:00", venue="lab")],
        [item(venue="hall"), item(start="11:00", end="12:00", venue="annex")],
        [item(venue="hall"), item(start="11:00", end="12:00", venue="nowhere")],
        [item(venue="nowhere"), item(start="11:00", end="12:00", venue="hall")],
        [item(venue="hall"), item(start="11:00", end="12:00")],
        [item(venue="hall"), item(start="11:00", end="12:00", venue="lab", status="cancelled")],
        [item(venue="hall"), item(start="11:00", end="12:00", venue="lab", kind="registration")],
        [item(venue="hall", groups=["A"]), item(start="11:00", end="12:00", venue="lab", groups=["B"])],
        # Nobody knows where people are who travel on their own.
        [transfer(start="08:00", end="17:00", venue="hall"), item(start="17:00", end="18:00", venue="lab")],
        [transfer(start="08:00", end="08:05", venue="hall")],
        [transfer(start="08:00", end="08:05", destination="hall")],
    ],
    ids=[
        "just enough",
        "on foot",
        "no coordinates there",
        "no coordinates here",
        "no venue",
        "cancelled",
        "registration",
        "different groups",
        "arrival window",
        "bus to nowhere",
        "bus from nowhere",
    ],
)
def test_gap_too_short_near_misses(items):
    found = find_conflicts(agenda(*items, groups="AB"))

    assert "gap-too-short" not in [finding.code for finding in found]


def test_gap_too_short_looks_at_the_item_that_ended_last():
    long = item("Exhibition", "09:00", "17:00", venue="hall")
    inside = item("Coffee", "10:00", "10:15", venue="lab", kind="break")
    after = item("Dinner", "17:00", "18:00", venue="lab")

    found = [[i.title for i in finding.items] for finding in gap_too_short(agenda(long, inside, after))]

    assert found == [["Exhibition", "Dinner"]]


def test_no_transfer_names_both_cities():
    assert told(
        no_transfer,
        item("Dinner", "19:00", "21:00", day=24, venue="ministry"),
        item("Foundry", "09:00", "11:00", day=25, venue="hall"),
    ) == ["No transfer from Jakarta to Bandung between “Dinner” and “Foundry” on Wednesday 25 July 2018."]


@pytest.mark.parametrize(
    "bus",
    [
        [transfer(start="12:00", end="16:00", venue="ministry", destination="hall")],
        [transfer(start="12:00", end="16:00", destination="hall")],
        [
            transfer(start="12:00", end="14:00", venue="ministry", destination="lab"),
            transfer(start="15:00", end="16:00", venue="lab", destination="hall"),
        ],
        # Two coaches leave one after the other.
        [
            transfer(start="12:00", end="16:00", venue="ministry", destination="hall"),
            transfer(start="12:10", end="16:10", venue="ministry", destination="hall"),
        ],
    ],
    ids=["bus", "bus from where they are", "two legs", "two coaches"],
)
def test_no_transfer_near_misses(bus):
    before = item(venue="ministry")
    after = item(start="17:00", end="18:00", venue="hall")

    assert told(no_transfer, before, *bus, after) == []


def test_no_transfer_is_needed_to_a_neighbouring_city_on_foot():
    venues = [venue("hall"), venue("annex", city="Cimahi")]
    items = [item(venue="hall"), item(start="12:00", end="13:00", venue="annex")]

    assert told(no_transfer, *items, venues=venues) == []


def test_no_transfer_when_the_bus_is_for_the_other_group_or_cancelled():
    before, after = item("Talk", venue="ministry"), item("Foundry", "17:00", "18:00", venue="hall")
    coach = {"start": "12:00", "end": "16:00", "venue": "ministry", "destination": "hall"}
    missing = "No transfer from Jakarta to Bandung between “Talk” and “Foundry” on Tuesday 24 July 2018."

    for bus in (transfer(**coach, groups=["A"]), transfer(**coach, status="cancelled")):
        found = find_conflicts(agenda(before, bus, after, groups="AB"))
        assert [f.message for f in found if f.code == "no-transfer"] == [missing]


def test_distance_from_jakarta_to_bandung():
    assert round(distance_km((-6.1754, 106.8272), (-6.9218, 107.6070))) == 120


latitudes = st.floats(-80, 80)
longitudes = st.floats(-180, 180)


@given(st.floats(0, 300), st.floats(0, 300))
def test_a_longer_way_never_takes_less_time(one, other):
    def minutes(km):
        return way_minutes(Venue("a", "A", "C", "", 0.0, 0.0), Venue("b", "B", "C", "", km / 111.2, 0.0))

    near, far = sorted((one, other))
    assert minutes(near) <= minutes(far)


@given(latitudes, longitudes, latitudes, longitudes)
def test_the_way_is_as_long_there_as_back(lat1, lon1, lat2, lon2):
    there, back = Venue("a", "A", "C", "", lat1, lon1), Venue("b", "B", "C", "", lat2, lon2)

    assert way_minutes(there, back) == way_minutes(back, there) >= 0


@pytest.mark.parametrize(
    ("km", "minutes"), [(0, 0), (0.39, 0), (2.2, 8), (10, 38), (120, 208)], ids=lambda value: str(value)
)
def test_way_in_the_city_is_slow_and_between_cities_faster(km, minutes):
    there = Venue("b", "B", "C", "", km / 111.195, 0.0)

    assert way_minutes(Venue("a", "A", "C", "", 0.0, 0.0), there) == minutes
