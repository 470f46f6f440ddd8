from datetime import date, datetime, timedelta

from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from program.agenda.facts import text_lines
from program.agenda.kinds import Kind

from .release_data import agenda, day, item, moment, names, organization, transfer, venue

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
