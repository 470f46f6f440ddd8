from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from participants.me.schedule import MySchedule, Phase, own_changes
from program.agenda.agenda import Agenda, Item, ProgramFacts, Venue
from program.agenda.changes import Sort
from program.agenda.facts import Group
from program.agenda.kinds import Kind, Status

JAKARTA = ZoneInfo("Asia/Jakarta")
INSTITUTE = Venue("institute", "Institute", "Bandung")
HOTEL = Venue("hotel", "Hotel", "Bandung")


def moment(day, clock):
    """ "24, "09:30"" of July 2018 in Jakarta."""
    return datetime.combine(date(2018, 7, day), time.fromisoformat(clock), JAKARTA)


def item(pk, start, end, day=24, kind=Kind.VISIT, ends_day=None, **fields):
    in_english = {f"english_{name}": fields.pop(name) for name in ("bring", "dress") if name in fields}
    return Item(
        **in_english,
        id=pk,
        kind=kind,
        english_title=fields.pop("english_title", f"Item {pk}"),
        local_title="",
        starts_at=moment(day, start),
        ends_at=moment(ends_day or day, end),
        **fields,
    )


def make_agenda(*items, first=23, last=25):
    words = dict.fromkeys(ProgramFacts.__dataclass_fields__, "")
    facts = words | {
        "slug": "ikm-2018",
        "countries": (),
        "starts_on": date(2018, 7, first),
        "ends_on": date(2018, 7, last),
        "timezone": "Asia/Jakarta",
        "seats": 20,
    }
    ordered = sorted(items, key=lambda i: (i.starts_at, i.ends_at, i.id))
    return Agenda(ProgramFacts(**facts), tuple(ordered), groups=(A, B))


def texts(things):
    return tuple(thing.text for thing in things)


def ids(stops):
    return [stop.item.id for stop in stops]


A, B = Group(1, "A"), Group(2, "B")
BUS_OUT = item(1, "08:00", "08:40", kind=Kind.TRAVEL, venue=HOTEL, destination=INSTITUTE)
LECTURE = item(2, "08:45", "09:45", venue=INSTITUTE, bring=("Your badge",), dress=("Closed shoes",))
TURN_A = item(3, "10:00", "11:00", groups=(A,), venue=INSTITUTE, kind=Kind.WORKSHOP)
TURN_B = item(4, "10:00", "11:00", groups=(B,), venue=INSTITUTE, dress=("Closed shoes", "Long sleeves"))
LUNCH = item(5, "12:00", "13:00", kind=Kind.MEAL, venue=INSTITUTE)
BUS_BACK = item(6, "13:00", "13:40", kind=Kind.TRAVEL, venue=INSTITUTE, destination=HOTEL)
NEXT_MORNING = item(7, "09:00", "10:00", day=25, venue=HOTEL, bring=("A pen",))
DAY = make_agenda(BUS_OUT, LECTURE, TURN_A, TURN_B, LUNCH, BUS_BACK, NEXT_MORNING)


def at(day, clock, group=2, agenda=DAY, seen=None):
    return MySchedule.of(agenda, group, moment(day, clock), seen)


class TestNow:
    def test_on_is_own_group_only(self):
        schedule = at(24, "10:30")

        assert ids(schedule.on) == [4]
        assert ids(schedule.next) == [5]
        assert [row.item.id for row in schedule.stops] == [4, 5, 6]

    def test_without_group_shows_both_turns(self):
        assert ids(at(24, "10:30", group=None).on) == [3, 4]

    @pytest.mark.parametrize(
        "clock, on, next_", [("09:44", [2], [4]), ("09:45", [], [4]), ("10:00", [4], [5]), ("11:00", [], [5])]
    )
    def test_start_counts_and_end_does_not(self, clock, on, next_):
        schedule = at(24, clock)

        assert (ids(schedule.on), ids(schedule.next)) == (on, next_)

    def test_what_began_last_comes_first(self):
        arrivals = item(1, "08:00", "17:00", kind=Kind.TRAVEL)
        desk = item(2, "14:00", "17:30", kind=Kind.REGISTRATION)

        schedule = at(24, "15:00", agenda=make_agenda(arrivals, desk))

        assert ids(schedule.on) == [2, 1]

    def test_cancelled_item_is_not_on_and_is_named(self):
        agenda = make_agenda(replace(LECTURE, status=Status.CANCELLED), LUNCH)

        schedule = at(24, "09:00", agenda=agenda)

        assert schedule.on == ()
        assert [i.id for i in schedule.cancelled] == [2]
        assert ids(schedule.next) == [5]
        assert [(row.item.id, row.state) for row in schedule.stops] == [(2, ""), (5, "")]

    def test_moment_of_another_zone_is_the_same_moment(self):
        utc = datetime(2018, 7, 24, 3, 30, tzinfo=ZoneInfo("UTC"))

        schedule = MySchedule.of(DAY, 2, utc)

        assert ids(schedule.on) == [4]
        assert f"{schedule.now:%H:%M}" == "10:30"

    def test_item_past_midnight_stays_on_and_leads_the_new_day(self):
        late = item(9, "22:00", "00:30", day=24, ends_day=25)
        agenda = make_agenda(LUNCH, late, NEXT_MORNING)

        schedule = at(25, "00:10", agenda=agenda)

        assert ids(schedule.on) == [9]
        assert schedule.day_is_today
        assert ids(schedule.stops) == [9, 7]
        assert ids(at(25, "00:30", agenda=agenda).stops) == [7]


class TestBus:
    def test_next_bus_is_the_first_that_has_not_left(self):
        assert ids(at(24, "07:59").buses) == [1]
        assert ids(at(24, "08:00").buses) == [6]

    def test_cancelled_bus_is_left_out(self):
        agenda = make_agenda(replace(BUS_OUT, status=Status.CANCELLED), LECTURE, BUS_BACK)

        assert ids(at(24, "07:00", agenda=agenda).buses) == [6]

    def test_bus_of_another_group_is_not_mine(self):
        other = item(8, "07:00", "07:30", kind=Kind.TRAVEL, groups=(A,))

        assert ids(at(24, "06:00", agenda=make_agenda(other, BUS_OUT)).buses) == [1]

    def test_without_group_shows_the_buses_of_all_that_leave_together(self):
        agenda = make_agenda(*(replace(BUS_OUT, id=n, groups=(g,)) for n, g in ((1, A), (2, B))))

        assert ids(at(24, "06:00", group=None, agenda=agenda).buses) == [1, 2]

    def test_bus_of_tomorrow_is_told_in_the_evening_and_that_of_another_day_is_not(self):
        assert ids(at(23, "20:00").buses) == [1]
        assert ids(at(24, "20:00", agenda=make_agenda(NEXT_MORNING, replace(BUS_OUT, id=8))).buses) == []

    def test_bus_tells_what_the_places_it_leads_to_ask_for(self):
        bus = at(24, "07:00").buses[0]

        assert texts(bus.bring) == ("Your badge",)
        assert texts(bus.dress) == ("Closed shoes", "Long sleeves")
        assert texts(at(24, "12:30").buses[0].bring) == ()

    def test_bus_that_was_cancelled_ends_nothing_that_the_one_before_leads_to(self):
        cancelled = replace(
            BUS_BACK, starts_at=moment(24, "09:50"), ends_at=moment(24, "09:55"), status="cancelled"
        )
        day = make_agenda(BUS_OUT, LECTURE, cancelled, TURN_B, BUS_BACK, NEXT_MORNING)

        (bus,) = at(24, "07:00", agenda=day).buses

        assert texts(bus.bring) == ("Your badge",)
        assert texts(bus.dress) == ("Closed shoes", "Long sleeves")

    def test_bus_leads_to_what_starts_as_it_arrives_and_a_connecting_bus_ends_that(self):
        lecture = replace(LECTURE, starts_at=BUS_OUT.ends_at)
        connecting = replace(BUS_BACK, starts_at=BUS_OUT.ends_at, ends_at=moment(24, "09:20"))
        after = replace(LECTURE, starts_at=moment(24, "09:20"), ends_at=moment(24, "10:00"))

        assert texts(at(24, "07:00", agenda=make_agenda(BUS_OUT, lecture)).buses[0].bring) == ("Your badge",)
        day = make_agenda(BUS_OUT, connecting, after)
        assert texts(at(24, "07:00", agenda=day).buses[0].bring) == ()
        assert texts(at(24, "08:20", agenda=day).buses[0].bring) == ("Your badge",)

    def test_bus_leads_to_nothing_that_is_cancelled(self):
        day = make_agenda(BUS_OUT, replace(LECTURE, status="cancelled"), TURN_B, BUS_BACK)

        (bus,) = at(24, "07:00", agenda=day).buses

        assert texts(bus.bring) == ()
        assert texts(bus.dress) == ("Closed shoes", "Long sleeves")

    def test_after_a_bus_comes_what_follows_it(self):
        assert ids(at(24, "07:00").after_next) == [2]
        assert ids(at(24, "08:10").after_next) == []

    def test_next_is_here_when_nobody_has_to_move(self):
        assert not at(24, "08:10").next_is_here  # still in the bus to it
        assert at(24, "10:30").next_is_here
        assert not at(24, "07:00").next_is_here
        assert not at(24, "20:00").next_is_here


class TestDays:
    def test_before_the_program_first_day_is_told_in_full(self):
        schedule = at(20, "09:00")

        assert schedule.phase == Phase.BEFORE
        assert schedule.days_to_go == 3
        assert schedule.day.date == date(2018, 7, 24)  # the first with something on it
        assert ids(schedule.next) == [1]
        assert not schedule.day_is_tomorrow

    def test_during_the_day_rest_and_earlier_divide_today(self):
        schedule = at(24, "10:30")

        assert ids(schedule.earlier) == [1, 2]
        assert ids(schedule.stops) == [4, 5, 6]
        assert [stop.state for stop in schedule.earlier + schedule.stops] == ["past", "past", "now", "", ""]
        assert schedule.day_number == 2

    def test_evening_turns_to_tomorrow_with_what_to_bring(self):
        schedule = at(24, "20:00")

        assert schedule.day_is_tomorrow
        assert ids(schedule.stops) == [7]
        assert texts(schedule.bring) == ("A pen",)
        assert schedule.earlier == ()

    def test_other_days_are_after_the_day_told_and_past_ones_before_today(self):
        assert [day.date.day for day, _stops in at(24, "10:30").other_days] == [25]
        assert [day.date.day for day, _stops in at(24, "20:00").other_days] == []
        assert [(day.date.day, ids(stops)) for day, stops in at(25, "08:00").past_days] == [
            (24, [1, 2, 4, 5, 6])
        ]

    def test_what_to_bring_is_told_once(self):
        schedule = at(24, "07:00")

        assert texts(schedule.bring) == ("Your badge",)
        assert texts(schedule.dress) == ("Closed shoes", "Long sleeves")

    @pytest.mark.parametrize(
        "day, clock, phase",
        [
            (22, "23:59", Phase.BEFORE),
            (23, "00:00", Phase.DURING),
            (25, "09:59", Phase.DURING),
            (25, "10:00", Phase.AFTER),
            (27, "10:00", Phase.AFTER),
        ],
    )
    def test_phases_change_at_midnight_and_at_the_last_end(self, day, clock, phase):
        assert at(day, clock).phase == phase

    def test_empty_agenda_is_during_until_the_last_day_is_over(self):
        empty = make_agenda()

        assert [at(day, "12:00", agenda=empty).phase for day in (22, 23, 25, 26)] == [
            Phase.BEFORE,
            Phase.DURING,
            Phase.DURING,
            Phase.AFTER,
        ]
        assert at(24, "12:00", agenda=empty).stops == ()

    def test_last_item_across_midnight_is_still_on(self):
        party = item(9, "22:00", "02:00", day=25, ends_day=26)

        schedule = at(26, "01:00", agenda=make_agenda(party))

        assert schedule.phase == Phase.DURING
        assert ids(schedule.on) == [9]
        assert at(26, "02:00", agenda=make_agenda(party)).phase == Phase.AFTER


class TestChanges:
    def changes(self, old, new, group=2, day=24, clock="07:00"):
        return own_changes(make_agenda(*old), make_agenda(*new), group, moment(day, clock))

    def test_moved_bus_is_marked_with_its_old_time(self):
        later = replace(BUS_BACK, starts_at=moment(24, "12:50"))
        new = make_agenda(BUS_OUT, LECTURE, later)

        bus = at(24, "09:00", agenda=new, seen=make_agenda(BUS_OUT, LECTURE, BUS_BACK)).buses[0]

        assert bus.change.sort == Sort.MOVED
        assert bus.old_start == moment(24, "13:00")
        assert bus.change.lines == ("12:50 instead of 13:00",)

    def test_move_to_another_day_has_no_old_time_of_its_own(self):
        moved = replace(LECTURE, starts_at=moment(25, "08:45"), ends_at=moment(25, "09:45"))

        stop = at(25, "07:00", agenda=make_agenda(moved), seen=make_agenda(LECTURE)).next[0]

        assert stop.old_start is None
        assert stop.change.sort == Sort.MOVED

    def test_other_group_is_not_told(self):
        assert self.changes([TURN_A], [replace(TURN_A, english_title="Other")]) == []

    def test_item_given_to_the_group_is_new_and_taken_from_it_is_gone(self):
        given = self.changes([TURN_A], [replace(TURN_A, groups=(B,))])
        taken = self.changes([TURN_A], [replace(TURN_A, groups=(B,))], group=1)

        assert [(c.sort, c.new.id) for c in given] == [(Sort.NEW, 3)]
        assert given[0].lines == ("Tuesday 24 July 2018, 10:00–11:00 WIB",)
        assert [(c.sort, c.new, c.old.id) for c in taken] == [(Sort.REMOVED, None, 3)]

    def test_what_is_over_is_not_told(self):
        longer = replace(LECTURE, english_title="Renamed")

        assert self.changes([LECTURE], [longer], clock="09:45") == []
        assert len(self.changes([LECTURE], [longer], clock="09:44")) == 1

    @pytest.mark.parametrize(
        "field",
        [{"origin": "reported"}, {"attendance_counts": True}, {"local_title": "Lain"}, {"capacity": 5}],
    )
    def test_what_only_organizers_keep_is_not_told(self, field):
        assert self.changes([LECTURE], [replace(LECTURE, **field)]) == []

    def test_moved_and_moved_back_is_nothing(self):
        assert self.changes([LECTURE, BUS_BACK], [LECTURE, BUS_BACK]) == []


# Time travel: a generated agenda of two days, in steps of ten minutes.
starts = st.integers(0, 2 * 24 * 6 - 1)


@st.composite
def agendas(draw):
    items = []
    for pk in range(draw(st.integers(0, 12))):
        begin = moment(23, "00:00") + timedelta(minutes=10 * draw(starts))
        items.append(
            Item(
                id=pk,
                kind=draw(st.sampled_from([Kind.TRAVEL, Kind.VISIT, Kind.MEAL])),
                english_title=f"Item {pk}",
                local_title="",
                starts_at=begin,
                ends_at=begin + timedelta(minutes=10 * draw(st.integers(1, 60))),
                groups=draw(st.sampled_from([(), (A,), (B,)])),
                status=draw(st.sampled_from([Status.CONFIRMED, Status.PLANNED, Status.CANCELLED])),
                english_bring=draw(st.sampled_from([(), ("Badge",), ("Water",)])),
            )
        )
    return make_agenda(*items, last=24)


def check_moment(agenda, group, now):
    """What must hold of the schedule of ``group`` at ``now``, told another way than the code does."""
    schedule = MySchedule.of(agenda, group, now)
    mine = [i for i in agenda.items if not i.groups or group is None or group in [g.id for g in i.groups]]
    held = [i for i in mine if i.status != Status.CANCELLED]
    shown = {*ids(schedule.stops), *ids(schedule.earlier), *ids(schedule.on), *ids(schedule.next)}
    shown |= {*ids(schedule.buses), *ids(schedule.after_next)}
    for _day, stops in [*schedule.other_days, *schedule.past_days]:
        shown |= set(ids(stops))

    assert shown <= {i.id for i in mine}
    assert set(ids(schedule.on)) == {i.id for i in held if i.starts_at <= now < i.ends_at}
    coming = [i for i in held if i.starts_at > now]
    first = min((i.starts_at for i in coming), default=None)
    assert set(ids(schedule.next)) == {i.id for i in coming if i.starts_at == first}
    days = {now.date(), *(stop.item.day for stop in schedule.next)}
    leaving = [i for i in coming if i.kind == Kind.TRAVEL and i.starts_at.date() in days]
    leaves = min((i.starts_at for i in leaving), default=None)
    assert set(ids(schedule.buses)) == {i.id for i in leaving if i.starts_at == leaves}
    today = [i.id for i in mine if i.starts_at.date() == now.date()]
    if schedule.day_is_today:
        still_on = [i.id for i in held if i.starts_at.date() < now.date() and i.ends_at > now]
        assert sorted([*ids(schedule.earlier), *ids(schedule.stops)]) == sorted([*still_on, *today])
    if any(i.ends_at > now for i in mine):
        assert schedule.phase in (Phase.BEFORE, Phase.DURING)
    if schedule.phase == Phase.AFTER:
        assert not schedule.next
    assert len(set(texts(schedule.bring))) == len(schedule.bring)


@settings(max_examples=200, deadline=None)
@given(agendas(), st.sampled_from([1, 2, None]), st.integers(-60, 3 * 24 * 60))
def test_at_any_moment_the_right_items_are_now(agenda, group, minutes):
    check_moment(agenda, group, moment(23, "00:00") + timedelta(minutes=minutes))
