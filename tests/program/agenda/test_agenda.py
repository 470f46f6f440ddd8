from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from program.agenda.facts import text_lines
from program.agenda.kinds import Kind

from .release_data import agenda, day, item, moment, names, organization, speaker, transfer, venue

WIB = ZoneInfo("Asia/Jakarta")


# Days


def test_days_are_all_dates_of_the_program_also_those_without_items():
    whole = agenda(item(day=24), program={"starts_on": "2018-07-23", "ends_on": "2018-07-25"})

    assert [(day.date.day, names(day.items)) for day in whole.days] == [(23, []), (24, ["Visit"]), (25, [])]
    assert whole.day(date(2018, 7, 23)).items == ()
    assert whole.day(date(2018, 7, 22)) is None


def test_days_have_further_ones_where_items_are_outside_the_program():
    whole = agenda(item(day=27), program={"starts_on": "2018-07-23", "ends_on": "2018-07-24"})

    assert [day.date.day for day in whole.days] == [23, 24, 27]


def test_item_past_midnight_is_under_the_day_it_starts():
    night = item("Night market", "22:00", "2018-07-25T01:00:00+07:00")
    whole = agenda(night, item("Midnight bus", "00:00", "01:00", day=25))

    assert names(whole.day(date(2018, 7, 24)).items) == ["Night market"]
    assert names(whole.day(date(2018, 7, 25)).items) == ["Midnight bus"]
    assert [i.ends_another_day for i in whole.items] == [True, False]


def test_day_of_another_zone_begins_at_its_own_midnight():
    # 23:14 and 23:15 in Kathmandu and the next day's midnight, given in UTC+7.
    whole = agenda(
        item("late", "01:14", "01:15"),
        item("midnight", "01:15", "01:30"),
        program={"timezone": "Asia/Kathmandu"},
    )

    assert [(day.date.day, names(day.items)) for day in whole.days if day.items] == [
        (23, ["late"]),
        (24, ["midnight"]),
    ]


def test_day_is_titled_in_the_language_of_the_page():
    words = day(title="Metal", local_title="Logam", note="Bring water.")
    metal = agenda(days=[words]).day(date(2018, 7, 24))

    assert (metal.title, metal.note) == ("Metal", "Bring water.")
    with override("id"):
        assert (metal.title, metal.note) == ("Logam", "Bring water.")


def test_days_cities_are_in_the_order_they_are_reached():
    whole = agenda(
        item(start="08:00", end="09:00", venue="ministry"),
        transfer(start="09:00", end="12:00", venue="ministry", destination="hall"),
        item(start="12:00", end="13:00", venue="hall"),
        item(start="13:00", end="14:00"),
        item(start="14:00", end="15:00", venue="abroad", status="cancelled"),
        transfer(start="15:00", end="18:00", venue="lab", destination="ministry"),
        venues=[
            venue("hall"),
            venue("lab"),
            venue("ministry"),
            venue("abroad", city="Singapore"),
        ],
    )

    assert whole.day(date(2018, 7, 24)).cities == ["Jakarta", "Bandung", "Jakarta"]
    assert whole.cities == ["Jakarta", "Bandung"]


def test_days_main_items_are_what_participants_come_for():
    kinds = [kind.value for kind in Kind]
    whole = agenda(
        *(item(kind, kind=kind) for kind in kinds),
        item("cancelled", status="cancelled"),
    )

    main = {item.title for item in whole.day(date(2018, 7, 24)).main_items}

    assert main == {"ceremony", "session", "workshop", "visit", "culture"}


def test_stops_put_groups_in_parallel_beside_each_other():
    whole = agenda(
        item("Foundry", groups=["B"]),
        item("CNC", groups=["A"]),
        item("Reading room"),
        item("Lunch", "11:00", "12:00", kind="meal"),
        item("Alone", "12:00", "13:00", groups=["B"]),
        groups="AB",
    )

    rows = [names(stop) for stop in whole.day(date(2018, 7, 24)).stops]

    assert rows == [["Reading room"], ["CNC", "Foundry"], ["Lunch"], ["Alone"]]
    only_b = [names(stop) for stop in whole.for_group("B").day(date(2018, 7, 24)).stops]
    assert only_b == [["Reading room"], ["Foundry"], ["Lunch"], ["Alone"]]


# Titles


def test_titles_are_in_the_language_of_the_page_with_english_where_there_is_none():
    whole = agenda(
        item("Foundry", local_title="Pengecoran"),
        item("Textile", "11:00", "12:00"),
        organizations=[
            organization("bbt", name="Center for Textile", local_name="Balai Besar Tekstil"),
            organization("b4t", name="B4T"),
        ],
    )
    textile, b4t = whole.organizations

    assert [i.title for i in whole.items] == ["Foundry", "Textile"]
    assert whole.program.title == "Program on small industry"
    assert (textile.name, textile.other_name) == ("Center for Textile", "Balai Besar Tekstil")
    assert (b4t.name, b4t.other_name) == ("B4T", "")
    with override("id"):
        assert [i.title for i in whole.items] == ["Pengecoran", "Textile"]
        assert whole.program.title == "Program industri kecil"
        assert whole.program.short_title == "Industri kecil"
        assert (textile.name, textile.other_name) == ("Balai Besar Tekstil", "Center for Textile")
        assert (b4t.name, b4t.other_name) == ("B4T", "")


def test_text_lines_drops_what_is_blank():
    assert text_lines(" Water \n\n\t\nGloves\r\n") == ["Water", "Gloves"]
    assert text_lines("") == []


# One group


def test_for_group_is_its_own_items_and_those_for_everybody():
    whole = agenda(
        item("everybody"), item("A", groups=["A"]), item("B", groups=["B"]), item("both", groups=["A", "B"])
    )

    assert names(whole.for_group("A").items) == ["everybody", "A", "both"]
    assert names(whole.for_group("B").items) == ["everybody", "B", "both"]
    assert names(whole.for_group("C").items) == ["everybody"]
    assert whole.for_group(None).items == whole.items


groups = st.sampled_from("ABC")
clocks = st.integers(0, 23 * 60).map(lambda minutes: f"{minutes // 60:02}:{minutes % 60:02}")


@st.composite
def rows(draw):
    start = draw(clocks)
    day = draw(st.integers(16, 31))
    begin = datetime.fromisoformat(f"2018-07-{day:02}T{start}:00+07:00")
    end = begin + timedelta(minutes=draw(st.integers(1, 600)))
    return item(
        "Item",
        start,
        end.isoformat(),
        day,
        kind=draw(st.sampled_from([kind.value for kind in Kind])),
        groups=sorted(draw(st.sets(groups))),
        status=draw(st.sampled_from(["planned", "confirmed", "cancelled"])),
        venue=draw(st.sampled_from(["hall", "lab", "ministry", None])),
        destination=draw(st.sampled_from(["hall", "ministry", None])),
    )


agendas = st.lists(rows(), max_size=12).map(lambda items: agenda(*items, groups="ABC"))


def _names(item):
    return [group.name for group in item.groups]


@given(agendas, groups)
def test_for_group_never_shows_another_groups_item(whole, group):
    own = whole.for_group(group)

    assert all(not item.groups or group in _names(item) for item in own.items)
    left_out = set(whole.items) - set(own.items)
    assert all(item.groups and group not in _names(item) for item in left_out)
    seen = [item for day in own.days for stop in day.stops for item in stop]
    assert set(seen) == set(own.items)
    assert len(seen) == len(own.items)


@given(agendas)
def test_every_item_is_on_exactly_one_day(whole):
    assert [item for day in whole.days for item in day.items] == list(whole.items)
    assert [day.date for day in whole.days] == sorted({day.date for day in whole.days})


@given(agendas, st.integers(0, 16 * 24 * 60))
def test_what_is_on_changes_at_boundaries_only(whole, minutes):
    now = moment("00:00", 16) + timedelta(minutes=minutes)
    before = max((b for b in whole.boundaries if b <= now), default=None)

    if before:
        assert whole.at(now) == whole.at(before)
    else:
        assert whole.at(now).on == ()


@given(agendas, groups, st.integers(0, 16 * 24 * 60))
def test_at_never_tells_a_group_of_anothers_item_or_of_a_cancelled_one(whole, group, minutes):
    now = moment("00:00", 16) + timedelta(minutes=minutes)

    told = whole.for_group(group).at(now)

    for one in (*told.on, *told.next):
        assert one.concerns(group)
        assert not one.cancelled


# Now, next


@pytest.mark.parametrize(
    ("clock", "on", "following"),
    [
        ("08:59", [], ["One"]),
        ("09:00", ["One"], ["Two"]),
        ("09:59", ["One"], ["Two"]),
        ("10:00", ["Two"], ["Three A", "Three B"]),
        ("11:00", ["Three A", "Three B"], []),
        ("12:00", [], []),
    ],
)
def test_at_counts_the_start_and_not_the_end(clock, on, following):
    whole = agenda(
        item("One", "09:00", "10:00"),
        item("Cancelled", "09:30", "11:30", status="cancelled"),
        item("Two", "10:00", "11:00"),
        item("Three A", "11:00", "12:00", groups=["A"]),
        item("Three B", "11:00", "12:00", groups=["B"]),
    )

    told = whole.at(moment(clock))

    assert (names(told.on), names(told.next)) == (on, following)


def test_at_past_midnight_the_item_is_still_on():
    whole = agenda(item("Night market", "22:00", "2018-07-25T01:00:00+07:00"))

    assert names(whole.at(moment("00:59", day=25)).on) == ["Night market"]
    assert names(whole.at(moment("01:00", day=25)).on) == []


def test_at_takes_a_moment_of_any_zone():
    whole = agenda(item("One", "09:00", "10:00"))

    assert names(whole.at(moment("09:00").astimezone(ZoneInfo("America/New_York"))).on) == ["One"]


def test_boundaries_are_starts_ends_and_midnights():
    whole = agenda(
        item("One", "09:00", "10:00"),
        item("Two", "10:00", "11:00"),
        program={"starts_on": "2018-07-24", "ends_on": "2018-07-24"},
    )

    assert whole.boundaries == [
        moment("00:00"),
        moment("09:00"),
        moment("10:00"),
        moment("11:00"),
        moment("00:00", day=25),
    ]


# Filters and questions


def test_filtered_by_kind_and_city():
    whole = agenda(
        item("Talk", kind="session", venue="ministry"),
        transfer("Coach", venue="ministry", destination="hall"),
        item("Foundry", "11:00", "12:00", venue="hall"),
        item("Free", "12:00", "13:00", kind="break"),
    )

    assert names(whole.filtered().items) == ["Coach", "Talk", "Foundry", "Free"]
    assert names(whole.filtered(kinds=["session", "visit"]).items) == ["Talk", "Foundry"]
    assert names(whole.filtered(city="Bandung").items) == ["Coach", "Foundry"]
    assert names(whole.filtered(city="Jakarta").items) == ["Coach", "Talk"]
    assert names(whole.filtered(kinds=["visit"], city="Jakarta").items) == []
    assert len(whole.filtered(city="Jakarta").days) == len(whole.days)


def test_bus_before_is_the_last_one_that_arrives_in_time():
    whole = agenda(
        transfer("First bus", "07:00", "07:30", destination="lab"),
        transfer("Bus", "08:00", "08:30", destination="lab"),
        transfer("Cancelled", "08:15", "08:45", destination="lab", status="cancelled"),
        transfer("Other group's", "08:20", "08:50", destination="lab", groups=["B"]),
        transfer("Other way", "08:20", "08:50", destination="hall"),
        transfer("Too late", "08:50", "09:01", destination="lab"),
        item("Foundry", "09:00", "10:00", venue="lab", groups=["A"]),
        groups="AB",
    )

    assert whole.bus_before(whole.items[-1]).title == "Bus"


def test_bus_before_may_leave_the_evening_before_and_arrives_the_same_day():
    night = transfer("Night bus", "23:00", "2018-07-25T05:00:00+07:00", destination="lab")
    yesterdays = transfer("Yesterday's", "20:00", "21:00", destination="lab")
    whole = agenda(yesterdays, night, item("Foundry", "09:00", "10:00", day=25, venue="lab"))

    assert whole.bus_before(whole.items[-1]).title == "Night bus"
    assert agenda(yesterdays, item(day=25, venue="lab")).bus_before(whole.items[-1]) is None


def test_bus_before_of_an_item_without_a_venue_is_none():
    whole = agenda(transfer(), item(start="09:00", end="10:00"))

    assert whole.bus_before(whole.items[-1]) is None


def test_neighbours_share_people_with_the_item():
    whole = agenda(
        item("Opening", "08:00", "09:00"),
        item("A", "09:00", "10:00", groups=["A"]),
        item("B", "09:00", "10:00", groups=["B"]),
        item("Lunch", "10:00", "11:00", kind="meal"),
    )
    opening, a, b, lunch = whole.items

    assert whole.neighbours(opening) == (None, a)
    assert whole.neighbours(a) == (opening, lunch)
    assert whole.neighbours(b) == (opening, lunch)
    assert whole.neighbours(lunch) == (b, None)


def test_held_by_is_what_an_organization_holds_or_teaches():
    whole = agenda(
        item("Held", organization="bbt"),
        item("Taught", "11:00", "12:00", kind="session", speakers=[speaker("Ani", organization="bbt")]),
        item("Other", "12:00", "13:00", organization="bbk"),
        organizations=[organization("bbt"), organization("bbk")],
    )

    assert names(whole.held_by(whole.organization("bbt"))) == ["Held", "Taught"]
    assert names(whole.held_by(whole.organization("bbk"))) == ["Other"]
    assert whole.organization("gone") is None


def test_at_venue_is_what_happens_there_and_what_brings_there():
    whole = agenda(
        item("There", venue="lab"),
        transfer("To", destination="lab", venue="hall"),
        item("Elsewhere", venue="hall"),
    )
    lab = next(venue for venue in whole.venues if venue.slug == "lab")

    assert names(whole.at_venue(lab)) == ["To", "There"]


def test_item_is_found_by_its_id():
    whole = agenda(item("One", id=17), item("Two", id=18))

    assert whole.item(18).title == "Two"
    assert whole.item(19) is None


@given(agendas)
def test_cities_are_those_of_items_that_take_place(whole):
    places = [
        place
        for item in whole.items
        if not item.cancelled
        for place in (item.venue, item.destination)
        if place
    ]

    assert set(whole.cities) == {place.city for place in places}
    assert len(whole.cities) == len(set(whole.cities))


@pytest.mark.parametrize(
    ("clock", "is_on"), [("09:59", False), ("10:00", True), ("10:59", True), ("11:00", False)]
)
def test_cancelled_item_is_never_on(clock, is_on):
    (one,) = agenda(item()).items
    (cancelled,) = agenda(item(status="cancelled")).items

    assert one.is_on(moment(clock)) is is_on
    assert not cancelled.is_on(moment(clock))
