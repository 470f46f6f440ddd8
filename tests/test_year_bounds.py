"""Where years meet: a program across New Year, 29 February, week 53, and both midnights of 31 December."""

from datetime import date

import pytest

from participants.models import LetterheadSettings, RetentionPolicy
from participants.privacy.retention import parts
from program.agenda import dates
from program.agenda.kinds import Kind
from program.drafting import copying
from program.drafting.operations import new_token
from program.drafting.reschedule import apply, plan_move_day
from program.publishing import releases

from .makers import at, make_group, make_item, make_program, make_release, make_venue
from .participants.attendance.attending import make_staff
from .participants.certificates.certifying import issue, make_attender
from .participants.certificates.makers import make_signatory
from .participants.papers.documents import Document
from .participants.people.makers import make_participant
from .reading import Page

pytestmark = pytest.mark.django_db
EVE, NEW_YEAR = date(2026, 12, 31), date(2027, 1, 1)  # Thursday and Friday of week 53
P = "/winter/"


@pytest.fixture
def winter():
    return make_program(slug="winter", starts_on=date(2026, 12, 28), ends_on=date(2027, 1, 9))


@pytest.fixture
def leap():
    return make_program(slug="leap", starts_on=date(2028, 2, 26), ends_on=date(2028, 3, 3))


@pytest.fixture
def feast(winter):
    """From ten to one at night, over the turn of the year."""
    hall = make_venue(winter, "Hall", city="Bandung")
    make_item(winter, "Lecture", "09:00", "10:00", EVE, kind=Kind.SESSION, venue=hall, attendance_counts=True)
    item = make_item(winter, "Feast", "22:00", "23:00", EVE, kind=Kind.CULTURE, venue=hall)
    item.ends_at = at(NEW_YEAR, "01:00", winter.tz)
    item.save()
    make_item(winter, "Breakfast", "08:00", "09:00", NEW_YEAR, kind=Kind.MEAL, venue=hall)
    return item


# In words


def test_spans_across_new_year_name_both_years():
    first, last = date(2026, 12, 28), date(2027, 1, 9)

    assert dates.dates_text(first, last, year=True) == "28 December 2026 – 9 January 2027"
    assert dates.months_text(first, last) == "December 2026–January 2027"
    # A year apart in the same month is no single month.
    assert (
        dates.dates_text(date(2026, 1, 5), date(2027, 1, 9), year=True) == "5 January 2026 – 9 January 2027"
    )
    assert dates.months_text(date(2026, 1, 5), date(2027, 1, 9)) == "January 2026–January 2027"


def test_spans_with_29_february():
    assert dates.dates_text(date(2028, 2, 26), date(2028, 2, 29), year=True) == "26–29 February 2028"
    assert dates.dates_text(date(2028, 2, 29), date(2028, 3, 1)) == "29 February – 1 March"


# On pages


def test_head_and_list_of_programs_tell_both_years_in_both_languages(client, winter, feast):
    make_release(winter)

    for prefix, months, span in (
        ("", "December 2026–January 2027", "28 December 2026 – 9 January 2027"),
        ("/id", "Desember 2026–Januari 2027", "28 Desember 2026 – 9 Januari 2027"),
    ):
        assert months in Page(client.get(prefix + P)).one("header").text
        assert span in Page(client.get(prefix + "/programs/")).main.text


def test_days_of_week_53_lead_into_the_new_year(client, winter, feast):
    make_release(winter)

    last, first = (Page(client.get(f"{P}agenda/{day}/")) for day in ("2026-12-31", "2027-01-01"))

    assert last.one("h1").text.startswith("Thursday 31 December")
    assert first.one("h1").text.startswith("Friday 1 January")
    assert f"{P}agenda/2027-01-01/" in dict(map(reversed, last.links()))
    assert f"{P}agenda/2026-12-31/" in dict(map(reversed, first.links()))
    assert client.get(f"{P}agenda/2026-12-27/").status_code == 404
    assert client.get(f"{P}agenda/2027-01-10/").status_code == 404
    assert client.get(f"{P}agenda/2027-12-31/").status_code == 404


def test_all_thirteen_days_are_in_order(winter, feast):
    make_release(winter)

    days = releases.current(winter).agenda.days

    assert [day.date.isoformat() for day in days][2:6] == [
        "2026-12-30",
        "2026-12-31",
        "2027-01-01",
        "2027-01-02",
    ]
    assert len(days) == 13


def test_what_began_in_the_old_year_is_on_in_the_new(client, winter, feast, set_clock):
    make_release(winter)
    person = make_participant(winter, user=True, seen_release=1)
    client.force_login(person.user)

    set_clock(at(NEW_YEAR, "00:30", winter.tz))
    page = Page(client.get(P + "me/"))

    assert "Feast until 01:00" in page.main.text
    assert "Friday 1 January 2027" in page.main.text
    assert "Breakfast" in page.main.text


def test_calendar_of_the_feast_crosses_the_year(client, winter, feast):
    make_release(winter)

    text = client.get(f"{P}agenda/{feast.pk}.ics").content.decode()

    assert "20261231T220000" in text
    assert "20270101T010000" in text


def test_staff_find_the_day_on_both_sides_of_midnight(client, winter, feast, set_clock):
    """At both moments it is 31 December in UTC."""
    make_release(winter)
    client.force_login(make_staff())

    for day, clock, shown in (
        (EVE, "23:59", "Thursday 31 December"),
        (NEW_YEAR, "00:01", "Friday 1 January"),
    ):
        set_clock(at(day, clock, winter.tz))
        assert shown in Page(client.get(P + "attendance/")).main.text


def test_lists_of_a_day_print_its_own_year(client, winter, feast):
    make_release(winter)
    make_participant(winter)
    client.force_login(make_staff())

    for day, year in (("2026-12-31", "2026"), ("2027-01-01", "2027")):
        document = Document(b"".join(client.get(f"{P}attendance/lists.pdf?day={day}")))
        assert year in document.text


# Rules


@pytest.mark.parametrize(
    ("day", "clock", "number"),
    [(EVE, "23:59", "001/SERT/XII/2026"), (NEW_YEAR, "00:01", "001/SERT/I/2027")],
)
def test_certificates_are_numbered_by_the_year_of_the_place(winter, feast, set_clock, day, clock, number):
    """At both moments it is 31 December in UTC."""
    make_release(winter)
    make_signatory(winter)
    LetterheadSettings.objects.create(program=winter, threshold=0)
    lecture = winter.items.get(title="Lecture")
    person = make_attender(winter, {"Lecture": lecture}, 1)
    set_clock(at(day, clock, winter.tz))

    (made,) = issue(winter, person)

    assert made.number == number
    assert made.data["issued_on"] == day.isoformat()


def test_retention_counts_days_across_years_and_29_february(leap):
    RetentionPolicy.objects.create(program=leap, passport_days=0, flights_days=365, medical_days=366)
    leap.starts_on, leap.ends_on = date(2028, 2, 20), date(2028, 2, 29)
    leap.save()

    until = {part.name: part.kept_until for part in parts(leap)}

    assert until["passport"] == date(2028, 2, 29)
    assert until["flights"] == date(2029, 2, 28)
    assert until["medical"] == date(2029, 3, 1)


def test_29_february_is_a_day_and_in_another_year_it_is_none(client, leap):
    make_item(leap, "Visit on the leap day", day=date(2028, 2, 29))
    make_release(leap)

    page = Page(client.get("/leap/agenda/2028-02-29/"))

    assert page.one("h1").text.startswith("Tuesday 29 February")
    assert "Visit on the leap day" in page.main.text
    assert client.get("/leap/agenda/2027-02-29/").status_code == 404
    assert client.get("/leap/agenda/2028-02-30/").status_code == 404


def test_copy_of_a_program_with_29_february_keeps_day_after_day(leap):
    for day in (date(2028, 2, 28), date(2028, 2, 29), date(2028, 3, 1)):
        make_item(leap, f"On {day}", "09:00", "10:00", day, groups=[])
    make_group(leap, "A")

    copy = copying.copy_program(
        leap, slug="next", title="Next", short_title="Next", starts_on=date(2029, 2, 24), token=new_token()
    )

    days = [item.starts_at.astimezone(copy.tz) for item in copy.items.all()]
    assert [f"{moment:%Y-%m-%d %H:%M}" for moment in days] == [
        "2029-02-26 09:00",
        "2029-02-27 09:00",
        "2029-02-28 09:00",
    ]
    assert (copy.starts_on, copy.ends_on) == (date(2029, 2, 24), date(2029, 3, 2))


def test_a_day_is_moved_into_the_new_year_at_the_same_clock_times(winter, feast):
    apply(plan_move_day(winter, EVE, date(2027, 1, 2)), new_token())

    feast.refresh_from_db()
    assert feast.starts_at == at(date(2027, 1, 2), "22:00", winter.tz)
    assert feast.ends_at == at(date(2027, 1, 3), "01:00", winter.tz)


def test_a_program_is_current_through_new_years_night(client, winter, feast, set_clock):
    make_release(winter)

    for day, clock in ((EVE, "23:59"), (NEW_YEAR, "00:01")):
        set_clock(at(day, clock, winter.tz))
        assert client.get("/")["Location"] == P
