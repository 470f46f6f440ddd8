"""The first hour of a program: a short form, a kind of program to start from, eight steps to publishing."""

from datetime import date

import pytest

from program.models import Program
from tests.forms import fill
from tests.makers import make_group, make_item, make_organization, make_program, make_user, make_venue
from tests.participants.people.makers import make_participant
from tests.reading import Page

from .test_publishing import said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organizer", "program")]
STATES = ("is-done", "is-now", "is-later")
ADD = "/admin/program/program/add/"


def steps(client):
    """{title: (state, text)} of the checklist on the start page; {} when it is not there."""
    page = Page(client.get("/admin/"))
    steps = [step for state in STATES for step in page.all("li", state)]
    return {
        page.one("h2", within=step).text: (step.classes[0], page.one("p", within=step).text) for step in steps
    }


def add(client, **typed):
    sent = fill(client.get(ADD), "program_form", **typed)
    return client.post(ADD, sent, follow=True)


def days_of(program):
    """{local date: [titles]} of the placed items."""
    found = {}
    for item in program.items.placed():
        found.setdefault(item.starts_at.astimezone(program.tz).date(), []).append(item.title)
    return found


def test_an_empty_program_is_led_step_by_step(client, program):
    found = steps(client)

    assert [(title, state) for title, (state, _text) in found.items()] == [
        ("Dates and title", "is-done"),
        ("Places", "is-now"),
        ("Hosts", "is-later"),
        ("Two groups", "is-later"),
        ("Agenda", "is-later"),
        ("People", "is-later"),
        ("Documents", "is-later"),
        ("Publish", "is-later"),
    ]
    assert found["Dates and title"][1] == "Done 18–30 July 2018, 13 days"
    assert found["People"][1].startswith("20 seats.")


def test_steps_tell_what_is_there_and_groups_may_wait(client, program):
    hall = make_venue(program, address="Jalan Sample 1")
    make_item(program, venue=hall, organization=make_organization(program))
    make_venue(program, city="Jakarta")
    make_participant(program)

    found = steps(client)

    assert found["Dates and title"][1] == "Done 18–30 July 2018, 13 days, Bandung and Jakarta"
    assert found["Places"][1] == "Done 2 venues, 1 with an address"
    assert found["Hosts"][1] == "Done 1 organization"
    assert found["Agenda"][1] == "Done 1 item on 1 of 13 days"
    assert found["People"] == ("is-done", "Done 1 person, 1 of 20 seats taken")
    assert (found["Two groups"][0], found["Documents"][0]) == ("is-later", "is-now")


def test_checklist_goes_once_everybody_sees_the_program(client, program, organizer):
    program.published = False
    program.save()
    make_item(program)
    client.post(
        f"/admin/program/program/{program.pk}/publish/",
        fill_publish(client, program),
    )
    assert steps(client)["Publish"][1].startswith("A release is published, but the program is not visible")

    Program.objects.update(published=True)

    assert steps(client) == {}


def fill_publish(client, program):
    page = client.get(f"/admin/program/program/{program.pk}/publish/")
    return fill(page, "publishing", reason="test")


def test_only_organizers_are_led_and_only_through_their_own(client, program):
    other = make_program("other-2019", published=False, starts_on=date(2018, 8, 1), ends_on=date(2018, 8, 2))
    staff = make_user(role="Staff", program=program)
    mine = make_user(role="Organizers", program=other)

    client.force_login(staff)
    assert steps(client) == {}
    client.force_login(mine)
    assert client.get("/admin/", {"program": program.pk}).status_code == 404
    assert steps(client)["Dates and title"][1] == "Done 1–2 August 2018, 2 days"


@pytest.mark.parametrize("full", [False, True])
def test_start_page_asks_no_more_of_a_full_program(client, program, full, django_assert_num_queries):
    for number in range(5 if full else 1):
        host = make_organization(program)
        make_item(program, f"Visit {number}", venue=make_venue(program), organization=host)
        make_participant(program)

    with django_assert_num_queries(26):
        client.get("/admin/")


def test_groups_a_and_b_are_made_once(client, program):
    address = f"/admin/program/program/{program.pk}/groups/"

    first = client.post(address, follow=True)
    client.post(address)

    assert said(first) == ["Groups A and B are there, each for 10 people."]
    assert [(group.name, group.size) for group in program.groups.all()] == [("A", 10), ("B", 10)]
    assert steps(client)["Groups"][0] == "is-done"


def test_groups_that_are_there_are_left_alone(client, program):
    make_group(program, "Red")

    client.post(f"/admin/program/program/{program.pk}/groups/")

    assert [group.name for group in program.groups.all()] == ["Red"]


def test_title_and_first_day_are_enough_with_a_kind_of_program(client):
    page = add(
        client,
        title="Training on Small and Medium Industry",
        starts_on="2027-07-05",  # a Monday
        frame="two-weeks-with-visits",
        venue="Hotel Sample",
        city="Bandung",
    )

    made = Program.objects.get(slug="training-on-small-and-medium-2027")
    assert said(page) == [
        "Training on Small and Medium Industry 2027 is there, at the address "
        "/training-on-small-and-medium-2027/. Only its organizers see it."
    ]
    assert page.redirect_chain == [("/admin/", 302)]
    assert (made.ends_on, made.published, made.timezone) == (date(2027, 7, 17), False, "Asia/Jakarta")
    days = days_of(made)
    assert (min(days), max(days)) == (made.starts_on, made.ends_on)
    assert date(2027, 7, 11) not in days  # the Sunday
    assert days[made.starts_on][:2] == ["Registration", "Opening"]
    assert days[made.ends_on][-1] == "Closing"
    assert steps(client)["Places"][1] == "Done 1 venue, 0 with an address"


def test_what_comes_after_a_shorter_last_day_waits_for_its_place(client):
    add(client, title="Classes", starts_on="2027-07-05", ends_on="2027-07-06", frame="week")

    made = Program.objects.get(slug="classes-2027")
    assert list(days_of(made)) == [date(2027, 7, 5), date(2027, 7, 6)]
    assert "Closing" in [item.title for item in made.items.unplaced()]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({}, "Say the last day too, or start from a kind of program."),
        ({"ends_on": "2027-07-04"}, "The last day must not come before the first."),
        ({"frame": "day", "city": "Bandung"}, "Say both the venue and its city, or neither."),
        ({"frame": "day", "starts_on": "9998-01-01"}, "Choose a day in the years 2000 to 2100."),
    ],
)
def test_a_new_program_says_what_is_missing(client, typed, told):
    page = add(client, **({"title": "စက်မှုလုပ်ငန်း", "starts_on": "2027-07-05"} | typed))

    assert told in Page(page).main.text
    assert not Program.objects.filter(title="စက်မှုလုပ်ငန်း").exists()


def test_an_address_is_found_for_a_name_in_any_script_and_for_one_that_is_taken(client):
    for _twice in range(2):
        add(client, title="စက်မှုလုပ်ငန်း", starts_on="2027-07-05", frame="day")

    made = Program.objects.filter(title="စက်မှုလုပ်ငန်း").order_by("pk")
    assert [program.slug for program in made] == ["program-2027", "program-2027-2"]


def test_the_banner_of_a_program_leads_to_its_own_steps(client, program):
    new = make_program("next-2019", starts_on=date(2019, 7, 1), ends_on=date(2019, 7, 3), published=False)
    agenda = Page(client.get(f"/admin/program/agendaitem/?program={new.pk}"))
    client.get(f"/admin/program/agendaitem/?program={program.pk}")

    address = dict(agenda.links())["See all steps"]

    assert "18–30 July 2018" in Page(client.get("/admin/")).one("li", "is-done").text
    page = Page(client.get(address))
    assert "1–3 July 2019" in page.one("li", "is-done").text
    assert "Type its first item" in dict(agenda.links())


def test_before_the_first_program_the_start_page_leads_to_it(client, program):
    Program.objects.all().delete()
    client.force_login(make_user(is_staff=True, is_superuser=True))

    page = Page(client.get("/admin/"))

    assert ("Make the first program", ADD) in page.links()
