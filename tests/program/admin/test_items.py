"""An organizer adds, changes and deletes items of the agenda in the admin."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from program.agenda.kinds import Kind, Status
from program.models import AgendaItem, Venue
from program.publishing.releases import draft
from tests.forms import fill, form_of, save, url
from tests.makers import (
    make_group,
    make_item,
    make_organization,
    make_program,
    make_release,
    make_speaker,
    make_user,
    make_venue,
)
from tests.reading import Page
from visits.models import Transfer, Visit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organizer")]
WIB = ZoneInfo("Asia/Jakarta")
LIST = "/admin/program/agendaitem/"
ADD_VISIT = "/admin/visits/visit/add/"
ADD_MEAL = "/admin/program/agendaitem/add/"


def said(response):
    return [str(message) for message in response.context["messages"]]


def rows(response):
    """The titles in the list, in order, without the conflicts beside them."""
    return [cell.text.split(" Warning: ")[0] for cell in Page(response).all("th", "c-title")]


def errors_at(response, field):
    return response.context["adminform"].form.errors.get(field, [])


def typed(program, **fields):
    """What the form of a visit needs at least."""
    least = {
        "program": program.pk,
        "kind": "visit",
        "title": "Factory",
        "day": "2018-07-24",
        "start": "09:30",
        "end": "10:15",
        "status": "planned",
        "origin": "illustrative",
    }
    return least | fields


def test_visit_is_added_in_the_programs_time(client, program, organizer):
    venue, host, group = make_venue(program), make_organization(program), make_group(program, "A")
    page = client.get(ADD_VISIT, {"program": program.pk, "day": "2018-07-24"})
    data = fill(
        page,
        "visit_form",
        kind="workshop",
        title="Trying the loom",
        start="09:30",
        end="10:15",
        venue=venue.pk,
        organization=host.pk,
        taking_part=[group.pk],
        bring="Closed shoes\nWater",
    )

    response = client.post(ADD_VISIT, data, follow=True)

    item = Visit.objects.get()
    assert (item.kind, item.title, item.venue, item.organization) == (
        "workshop",
        "Trying the loom",
        venue,
        host,
    )
    assert item.starts_at == datetime(2018, 7, 24, 2, 30, tzinfo=UTC)
    assert item.ends_at == datetime(2018, 7, 24, 3, 15, tzinfo=UTC)
    assert list(item.groups.all()) == [group]
    assert (item.version, item.history.get().history_user) == (1, organizer)
    assert "saved as a draft" in " ".join(said(response))
    assert rows(response) == ["Trying the loom"]


def test_times_are_those_of_a_program_elsewhere(client):
    program = make_program("np", timezone="Asia/Kathmandu")

    client.post(ADD_VISIT, typed(program))
    page = client.get(url(Visit.objects.get()))

    assert Visit.objects.get().starts_at == datetime(2018, 7, 24, 3, 45, tzinfo=UTC)
    data = fill(page, "visit_form")
    assert (data["day"], data["start"], data["end"]) == (["2018-07-24"], ["09:30"], ["10:15"])
    assert "In UTC+5:45, the time of the program." in page.content.decode()


def test_no_word_of_the_servers_time(client, program):
    page = client.get(ADD_VISIT).content.decode()

    assert "DateTimeShortcuts" not in page and "data-admin-utc-offset" not in page


def test_item_past_midnight_ends_the_next_day(client, program):
    client.post(ADD_VISIT, typed(program, start="22:30", end="00:30", next_day="on"))

    item = Visit.objects.get()
    assert item.ends_at == datetime(2018, 7, 24, 17, 30, tzinfo=UTC)
    assert fill(client.get(url(item)), "visit_form")["next_day"] == ["on"]
    assert rows(client.get(LIST, {"day": "2018-07-24"})) == ["Factory"]


@pytest.mark.parametrize(
    ("fields", "field", "text"),
    [
        ({"end": "09:00"}, "end", "The end must come after the start."),
        ({"end": "09:30"}, "end", "The end must come after the start."),
        ({"day": "2018-07-31"}, "day", "The program runs from 18 July to Monday 30 July 2018"),
        ({"day": "2018-07-17"}, "day", "The program runs from 18 July to Monday 30 July 2018"),
        ({"day": "24 July"}, "day", "Enter a valid date."),
        ({"day": ""}, "day", "Give the day and both times; or none of them, while it is not placed yet."),
        ({"start": "25:00"}, "start", "Enter a valid time."),
        ({"title": ""}, "title", "This field is required."),
        ({"kind": "session"}, "kind", "Select a valid choice."),
    ],
)
def test_bad_input_is_told_at_its_field_and_what_was_typed_stays(client, program, fields, field, text):
    response = client.post(ADD_VISIT, typed(program, activity="Look at looms", **fields))

    assert text in " ".join(errors_at(response, field))
    assert list(response.context["adminform"].form.errors) == [field]
    assert fill(response, "visit_form")["activity"] == ["Look at looms"]
    assert not AgendaItem.objects.exists()


def test_times_that_the_clocks_skip_are_refused(client):
    program = make_program(
        "de", timezone="Europe/Berlin", starts_on=date(2018, 3, 20), ends_on=date(2018, 3, 30)
    )

    response = client.post(ADD_VISIT, typed(program, day="2018-03-25", start="02:30", end="04:00"))

    assert "couldn’t be interpreted" in " ".join(errors_at(response, "start"))


@pytest.mark.parametrize("field", ["venue", "organization", "taking_part"])
def test_places_and_groups_of_another_program_are_neither_offered_nor_taken(client, program, field):
    other = make_program("ikm-2019")
    maker = {"venue": make_venue, "organization": make_organization, "taking_part": make_group}[field]
    foreign = maker(other, name="Foreign")

    page = client.get(ADD_VISIT, {"program": program.pk})
    response = client.post(ADD_VISIT, typed(program, **{field: foreign.pk}))

    assert "Foreign" not in page.content.decode()
    assert errors_at(response, field)
    assert not AgendaItem.objects.exists()


def test_plain_form_offers_only_kinds_without_a_form_of_their_own(client, program):
    page = client.get(ADD_MEAL)

    kinds = [value for value, _label in page.context["adminform"].form.fields["kind"].choices]
    assert kinds == ["ceremony", "meal", "break", "briefing", "registration"]


def test_groups_are_changed_with_a_history_and_a_new_version(client, program):
    a, b = make_group(program, "A"), make_group(program, "B")
    item = make_item(program, groups=[a])

    save(client, item, taking_part=[b.pk])

    assert list(item.groups.all()) == [b]
    assert Visit.objects.get().version == 2


def test_saving_without_a_change_makes_no_version(client, program):
    groups = [make_group(program, "A")]
    item = make_item(program, groups=groups, venue=make_venue(program), safety="Closed shoes\nNo flash")

    save(client, item)

    assert Visit.objects.get().version == 1
    assert item.history.count() == 1


def test_conflicts_are_told_after_saving_and_on_the_items_page(client, program):
    hall = make_venue(program)
    make_item(program, "Factory", "10:00", "11:00", venue=hall)
    item = make_item(program, "Foundry", "11:00", "12:00", venue=hall)

    response = save(client, item, start="10:30")

    (clash,) = draft(program).conflicts
    assert clash.text in said(response)
    findings = Page(client.get(url(item))).one("div", "findings")
    assert f"Conflict: {clash.message}" in findings.text


def test_transfer_has_a_destination(client, program):
    hotel, factory = make_venue(program, "Hotel"), make_venue(program, "Factory")
    page = client.get("/admin/visits/transfer/add/")
    data = fill(
        page,
        "transfer_form",
        title="Bus",
        day="2018-07-24",
        start="08:00",
        end="09:00",
        venue=hotel.pk,
        destination=factory.pk,
        vehicle="Bus 1",
    )

    client.post("/admin/visits/transfer/add/", data)

    item = Transfer.objects.get()
    assert (item.kind, item.venue, item.destination, item.vehicle) == ("travel", hotel, factory, "Bus 1")


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("kind", [Kind.VISIT, Kind.SESSION, Kind.TRAVEL, Kind.MEAL])
def test_form_query_count_does_not_grow(client, program, kind, count, django_assert_num_queries):
    groups = [make_group(program, f"G{n}") for n in range(count)]
    for n in range(count):
        make_venue(program, f"Hall {n}", city=f"City {n}")
        make_organization(program, f"Host {n}")
        make_item(program, f"Other {n}", f"{12 + n}:00", f"{13 + n}:00", groups=groups)
    speakers = [make_speaker(program, f"Speaker {n}") for n in range(count)]
    extra = {"speakers": speakers} if kind == Kind.SESSION else {}
    item = make_item(program, kind=kind, groups=groups, venue=Venue.objects.first(), **extra)
    make_release(program)
    client.get(url(item))

    with django_assert_num_queries(FORM_QUERIES[kind]):
        response = client.get(url(item))

    assert len(fill(response, form_of(item))["taking_part"]) == count


FORM_QUERIES = {Kind.VISIT: 20, Kind.SESSION: 26, Kind.TRAVEL: 21, Kind.MEAL: 21}


# Deleting


def test_item_is_deleted_after_asking_and_the_removal_is_a_change(client, program):
    item = make_item(program, "Factory", groups=[make_group(program, "A")])
    make_release(program)
    address = url(item, "delete")

    asked = client.get(address)
    response = client.post(address, {"post": "yes"}, follow=True)

    assert "participants read that it was removed" in asked.content.decode()
    assert not AgendaItem.objects.exists()
    assert "1 change is not published" in Page(response).one("div", "draft").text


def test_deleting_leads_back_to_the_agenda_of_the_same_program(client, program):
    other = make_program("ikm-2019")
    item = make_item(other)
    link = dict(Page(client.get(url(item))).links())["Delete"]

    response = client.post(link, {"post": "yes"})

    assert response.url == f"{LIST}?program={other.pk}"


# Who may


@pytest.mark.parametrize("role", [None, "Staff"])
def test_who_may_not_change_the_agenda(client, program, role):
    item = make_item(program, "Factory")
    data = fill(client.get(url(item)), "visit_form", title="Forge")
    client.force_login(make_user(role=role))

    statuses = [
        client.post(url(item), data).status_code,
        client.post(ADD_VISIT, typed(program)).status_code,
        client.post(url(item, "delete"), {"post": "yes"}).status_code,
    ]
    client.post(LIST, {"action": "cancel", "_selected_action": [item.pk], "index": 0})

    assert statuses == [403 if role else 302] * 3
    assert list(Visit.objects.values_list("title", "status")) == [("Factory", Status.CONFIRMED)]


def test_staff_can_look_at_everything_and_change_nothing(client, program):
    group = make_group(program, "A")
    item = make_item(program, "Factory", "09:30", "10:15", groups=[group])
    client.force_login(make_user(role="Staff"))

    listed, page = client.get(LIST, {"day": ""}), Page(client.get(url(item)))

    assert rows(listed) == ["Factory"]
    actions = Page(listed).one("select", name="action")
    assert Page(listed).texts("option", within=actions)[1:] == ["Print attendance lists"]
    assert "Add a visit" not in listed.content.decode()
    shown = page.one("form", id="visit_form").text
    assert "Day: Tuesday 24 July 2018" in shown
    assert "Start: 09:30 WIB" in shown
    assert "Groups: A" in shown
    assert not page.all("input", type="submit")


def test_anonymous_is_sent_to_sign_in(client, program):
    client.logout()

    assert client.get(LIST).url == f"/account/login/?next={LIST}"
