from datetime import UTC, date, datetime

import pytest
from django.db.models import ProtectedError, RestrictedError

from program.agenda.kinds import Kind
from program.models import AgendaItem, Group, Organization, Program, ProgramDay, Venue
from tests.makers import (
    at,
    make_group,
    make_item,
    make_organization,
    make_program,
    make_release,
    make_speaker,
    make_venue,
)
from tests.validity import messages_of, refused_by_database

pytestmark = pytest.mark.django_db


def unsaved_program(**fields):
    defaults = {
        "slug": "ikm-2019",
        "title": "Program",
        "short_title": "Program",
        "starts_on": date(2019, 7, 18),
        "ends_on": date(2019, 7, 30),
    }
    return Program(**(defaults | fields))


# Program


def test_program_of_one_day_is_valid():
    assert messages_of(unsaved_program(ends_on=date(2019, 7, 18))) == {}


def test_program_must_not_end_before_it_starts():
    program = unsaved_program(ends_on=date(2019, 7, 17))

    assert messages_of(program) == {"__all__": ["The last day must not come before the first."]}
    assert refused_by_database(program, "program_ends_after_start")


@pytest.mark.parametrize("slug", ["admin", "about", "id", "programs", "static", "account", "healthz"])
def test_program_cannot_take_an_address_of_the_portal(slug):
    assert messages_of(unsaved_program(slug=slug)) == {
        "slug": ["This word is an address of the portal itself. Choose another."]
    }


def test_program_slug_is_unique():
    make_program(slug="ikm-2019")
    second = unsaved_program()

    assert messages_of(second) == {"slug": ["Program with this Address already exists."]}
    assert refused_by_database(second, "slug")


@pytest.mark.parametrize("name", ["WIB", "Asia/Atlantis", "GMT+7", "", "../etc/passwd"])
def test_program_needs_a_time_zone_that_exists(name):
    expected = "This field cannot be blank." if name == "" else "Write a time zone such as Asia/Jakarta."

    assert messages_of(unsaved_program(timezone=name)) == {"timezone": [expected]}


def test_program_dates_are_all_days_with_both_ends():
    program = unsaved_program(ends_on=date(2019, 7, 20))

    assert program.dates == [date(2019, 7, 18), date(2019, 7, 19), date(2019, 7, 20)]


def test_current_programs_are_the_published_ones_not_over_in_order_of_start():
    make_program("later", starts_on=date(2018, 9, 1), ends_on=date(2018, 9, 9))
    make_program("now", starts_on=date(2018, 7, 18), ends_on=date(2018, 7, 30))
    make_program("over", starts_on=date(2018, 5, 1), ends_on=date(2018, 7, 29))
    make_program("draft", published=False)

    current = Program.objects.current(at(30, "12:00", UTC))

    assert [program.slug for program in current] == ["now", "later"]


def test_current_program_when_all_are_over_is_the_last_to_end():
    make_program("first", starts_on=date(2017, 5, 1), ends_on=date(2017, 5, 9))
    make_program("last", starts_on=date(2017, 4, 1), ends_on=date(2017, 6, 9))
    make_program("draft", published=False)

    assert [program.slug for program in Program.objects.current(at(31, "12:00", UTC))] == ["last"]


@pytest.mark.parametrize(
    "zone, last, over",  # the last minute of the last day, and the first minute after it
    [
        ("America/Paramaribo", "2018-07-31T02:59Z", "2018-07-31T03:00Z"),
        ("Asia/Jakarta", "2018-07-30T16:59Z", "2018-07-30T17:00Z"),
        ("Pacific/Kiritimati", "2018-07-30T09:59Z", "2018-07-30T10:00Z"),
        ("Etc/GMT+12", "2018-07-31T11:59Z", "2018-07-31T12:00Z"),
    ],
)
def test_program_is_over_after_its_last_day_where_it_is(zone, last, over):
    program = make_program(timezone=zone)
    last, over = datetime.fromisoformat(last), datetime.fromisoformat(over)

    assert (program.is_over(last), program.is_over(over)) == (False, True)
    assert Program.objects.not_over(last) == [program]
    assert Program.objects.not_over(over) == []


def test_current_program_is_none_where_nothing_is_published():
    make_program(published=False)

    assert Program.objects.current(at(24, "12:00", UTC)) == []


def test_program_with_everything_in_it_can_be_deleted_before_it_is_published():
    program = make_program()
    other = make_program("other")
    for each in (program, other):
        venue, host, group = make_venue(each), make_organization(each), make_group(each)
        make_organization(each, parent=host)
        make_item(each, venue=venue, organization=host, groups=[group])
        make_item(each, kind=Kind.TRAVEL, destination=venue)
        make_item(each, kind=Kind.SESSION, speakers=[make_speaker(each)])

    program.delete()

    assert list(Program.objects.all()) == [other]
    assert {item.program for item in AgendaItem.objects.all()} == {other}


def test_program_with_a_release_cannot_be_deleted():
    program = make_program()
    make_release(program)

    with pytest.raises(ProtectedError):
        program.delete()

    assert program.releases.count() == 1


def test_programs_live_side_by_side():
    first, second = make_program("first"), make_program("second")
    for program in (first, second):
        Venue.objects.create(program=program, slug="hall", name="Hall", city="Bandung")
        Organization.objects.create(program=program, slug="bbt", name="Center", role="institute")
        ProgramDay.objects.create(program=program, date=date(2018, 7, 24), title="Metal")
        make_item(program, title=f"Visit of {program.slug}", groups=[make_group(program, "A")])

    assert [item.title for item in first.items.all()] == ["Visit of first"]
    assert [item.title for item in second.items.for_group(second.groups.get())] == ["Visit of second"]
    assert list(second.items.for_group(first.groups.get())) == []


# Days, groups, places


@pytest.mark.parametrize(
    ("make", "constraint", "message"),
    [
        (
            lambda program: ProgramDay(program=program, date=date(2018, 7, 24), title="Metal"),
            "programday_once",
            "This day has a title already.",
        ),
        (
            lambda program: Group(program=program, name="A"),
            "group_name_once_in_program",
            "This program has a group of that name already.",
        ),
        (
            lambda program: Venue(program=program, slug="hall", name="Hall", city="Bandung"),
            "venue_slug_once_in_program",
            "This program already has a venue with that word.",
        ),
        (
            lambda program: Organization(program=program, slug="bbt", name="Center", role="institute"),
            "organization_slug_once_in_program",
            "This program has an organization at that address already.",
        ),
    ],
    ids=["day", "group", "venue", "organization"],
)
def test_name_is_taken_once_in_a_program(make, constraint, message):
    program = make_program()
    make(program).save()
    second = make(program)

    assert messages_of(second) == {"__all__": [message]}
    assert refused_by_database(second, constraint)
    assert messages_of(make(make_program("other"))) == {}


@pytest.mark.parametrize(
    "point",
    [{"latitude": -6.9}, {"longitude": 107.6}],
    ids=["latitude", "longitude"],
)
def test_venue_with_half_a_position_is_refused(point):
    venue = Venue(program=make_program(), slug="hall", name="Hall", city="Bandung", **point)

    assert messages_of(venue) == {"__all__": ["Give latitude and longitude, or neither."]}
    assert refused_by_database(venue, "venue_coordinates_whole")


@pytest.mark.parametrize(
    ("point", "messages"),
    [
        (
            {"latitude": 91, "longitude": 0},
            {"latitude": ["Ensure this value is less than or equal to 90."]},
        ),
        (
            {"latitude": 0, "longitude": -181},
            {"longitude": ["Ensure this value is greater than or equal to -180."]},
        ),
    ],
)
def test_venue_off_the_globe_is_refused(point, messages):
    venue = Venue(program=make_program(), slug="hall", name="Hall", city="Bandung", **point)

    found = messages_of(venue)

    assert {field: found.get(field) for field in messages} == messages
    assert refused_by_database(venue, "venue_coordinates_whole")


@pytest.mark.parametrize("point", [{}, {"latitude": 0, "longitude": 0}, {"latitude": -90, "longitude": 180}])
def test_venue_with_a_position_or_without_is_valid(point):
    venue = Venue(program=make_program(), slug="hall", name="Hall", city="Bandung", **point)

    assert messages_of(venue) == {}
    assert not refused_by_database(venue, "venue_coordinates_whole")


def test_organization_is_part_of_another_one_of_its_program():
    program, other = make_program(), make_program("other")
    ministry, foreign = make_organization(program), make_organization(other)
    office = make_organization(program, parent=ministry)

    assert messages_of(office) == {}
    office.parent = foreign
    assert messages_of(office) == {"parent": ["This belongs to another program."]}
    office.parent = office
    assert messages_of(office) == {"parent": ["An organization cannot be part of itself."]}


def test_venue_in_use_cannot_be_deleted():
    program = make_program()
    venue, group, host = make_venue(program), make_group(program), make_organization(program)
    make_item(program, venue=venue, groups=[group], organization=host)

    for used in (venue, group, host):
        with pytest.raises(RestrictedError):
            used.delete()

    assert (program.venues.count(), program.groups.count(), program.organizations.count()) == (1, 1, 1)
