"""What a draft knows beyond its agenda: the host country's holidays, and when a host is closed."""

from datetime import date

import pytest

from program.drafting.copying import copy_program
from program.models import Organization
from program.models.operation import new_token
from program.publishing.releases import draft
from tests.forms import fill
from tests.makers import make_item, make_organization, make_organizer, make_program, make_venue

pytestmark = pytest.mark.django_db


def codes(program):
    return [finding.code for finding in draft(program).conflicts]


@pytest.mark.parametrize(("country", "found"), [("ID", ["public-holiday"]), ("NP", [])])
def test_holidays_are_those_of_the_programs_host_country(country, found):
    program = make_program(starts_on=date(2018, 8, 16), ends_on=date(2018, 8, 18), host_country=country)
    make_item(program, "Foundry", day=date(2018, 8, 17), venue=make_venue(program))

    assert codes(program) == found


def test_host_country_is_chosen_in_the_programs_form(client):
    program = make_program()
    client.force_login(make_organizer())
    address = f"/admin/program/program/{program.pk}/change/"

    client.post(address, fill(client.get(address), "program_form", host_country="NP"))

    program.refresh_from_db()
    assert program.host_country == "NP"


def test_days_on_which_a_host_is_closed_are_ticked_and_typed(client):
    program = make_program()
    host = make_organization(program, "Textile Center")
    make_item(program, "Foundry", day=28, organization=host, venue=make_venue(program))
    client.force_login(make_organizer())
    address = f"/admin/program/organization/{host.pk}/change/"
    data = fill(
        client.get(address), "organization_form", closed_weekdays=["sat", "sun"], closed_dates="2018-07-24\n"
    )

    client.post(address, data)

    host.refresh_from_db()
    assert (host.closed_weekdays, host.closed_dates) == ("sat sun", "2018-07-24")
    assert codes(program) == ["host-closed"]
    page = client.get(address)
    assert fill(page, "organization_form")["closed_weekdays"] == ["sat", "sun"]


def test_a_line_that_is_no_date_is_refused(client):
    program = make_program()
    host = make_organization(program)
    client.force_login(make_organizer())
    address = f"/admin/program/organization/{host.pk}/change/"

    response = client.post(address, fill(client.get(address), "organization_form", closed_dates="Christmas"))

    errors = response.context["adminform"].form.errors
    assert errors["closed_dates"] == ["Write one date a line, such as 2026-12-25."]


def test_a_copy_keeps_the_weekdays_and_not_the_dates():
    program = make_program()
    make_organization(program, closed_weekdays="sun", closed_dates="2018-07-24")

    copy = copy_program(
        program,
        slug="next",
        title="Next",
        short_title="Next",
        starts_on=date(2019, 7, 18),
        token=new_token(),
    )

    host = Organization.objects.get(program=copy)
    assert (host.closed_weekdays, host.closed_dates) == ("sun", "")
    assert copy.host_country == "ID"


@pytest.mark.parametrize("count", [1, 3])
def test_queries_for_conflicts_do_not_grow(count, django_assert_num_queries):
    program = make_program()
    for n in range(count):
        host = make_organization(program, f"Host {n}", closed_weekdays="tue")
        make_item(program, f"Visit {n}", f"{10 + n}:00", f"{11 + n}:00", organization=host)
    found = draft(program)

    with django_assert_num_queries(3):  # closed hosts, flights, known conflicts
        assert len(found.conflicts) == 2 * count
