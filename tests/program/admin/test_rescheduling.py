"""The bus is late: an organizer looks at what would move, moves it, and takes it back."""

import re
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from program.agenda.kinds import Kind, Status
from program.drafting.operations import look_at, set_status
from program.models import AgendaItem
from program.models.operation import new_token
from tests.makers import make_group, make_item, make_program, make_user
from visits.models import Visit

from .test_publishing import said, text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organizer")]
WIB = ZoneInfo("Asia/Jakarta")
SHIFT = "/admin/program/program/shift/"
MOVE_DAY = "/admin/program/program/move-day/"


def starts(*items):
    """The local days and times at which the items begin now, in the database."""
    moments = [AgendaItem.objects.get(pk=item.pk).starts_at for item in items]
    return [f"{moment.astimezone(WIB):%d %H:%M}" for moment in moments]


def hidden(page):
    """What a preview's form sends."""
    html = page.content.decode()
    return {name: re.search(rf'name="{name}" value="(\w+)"', html)[1] for name in ("seen", "token")}


def rows(page):
    return [(row["title"], row["old"], row["new"]) for row in page.context["rows"]]


def test_preview_shows_old_and_new_times_and_saves_nothing(client, program):
    bus = make_item(program, "Bus", "09:00", "10:00", kind=Kind.TRAVEL)
    visit = make_item(program, "Factory", "10:00", "11:00")

    page = client.get(SHIFT, {"item": bus.pk, "minutes": "15"})

    assert rows(page) == [
        ("Bus", "09:00–10:00", "09:15–10:15"),
        ("Factory", "10:00–11:00", "10:15–11:15"),
    ]
    assert "15 minutes later from “Bus” on, for everybody. 2 items move. Nothing is saved yet." in text_of(
        page
    )
    assert "Move 2 items" in text_of(page)
    assert starts(bus, visit) == ["24 09:00", "24 10:00"]


def test_applied_it_can_be_undone_and_each_save_names_the_organizer(client, organizer, program):
    bus = make_item(program, "Bus", "09:00", "10:00", kind=Kind.TRAVEL)
    visit = make_item(program, "Factory", "10:00", "11:00")
    address = f"{SHIFT}?item={bus.pk}&minutes=15"

    done = client.post(address, hidden(client.get(address)), follow=True)

    assert starts(bus, visit) == ["24 09:15", "24 10:15"]
    assert "2 items were changed in the draft by Sample Organizer at" in text_of(done)
    assert f'href="/admin/program/program/{program.pk}/publish/"' in done.content.decode()
    assert Visit.objects.get(pk=visit.pk).history.first().history_user == organizer
    undone = client.post(done.redirect_chain[-1][0], follow=True)
    assert starts(bus, visit) == ["24 09:00", "24 10:00"]
    assert said(undone) == ["2 items are restored to how they were before."]


def test_a_second_press_moves_nothing_twice(client, program):
    visit = make_item(program, "Factory", "10:00", "11:00")
    address = f"{SHIFT}?item={visit.pk}&minutes=15"
    sent = hidden(client.get(address))
    first = client.post(address, sent)

    second = client.post(address, sent)

    assert first.url == second.url
    assert starts(visit) == ["24 10:15"]


def test_a_stale_preview_is_shown_again_and_moves_nothing(client, program):
    visit = make_item(program, "Factory", "10:00", "11:00")
    address = f"{SHIFT}?item={visit.pk}&minutes=15"
    sent = hidden(client.get(address))
    Visit.objects.get(pk=visit.pk).save_as("Somebody else")

    answer = client.post(address, sent, follow=True)

    assert starts(visit) == ["24 10:00"]
    assert said(answer) == ["The agenda was changed since this preview. Nothing was moved: look at it again."]
    assert rows(answer) == [("Factory", "10:00–11:00", "10:15–11:15")]


@pytest.mark.parametrize("sent", [{}, {"seen": "x", "token": "x"}])
def test_a_post_that_saw_no_preview_moves_nothing(client, program, sent):
    visit = make_item(program, "Factory", "10:00", "11:00")

    client.post(f"{SHIFT}?item={visit.pk}&minutes=15", sent)

    assert starts(visit) == ["24 10:00"]


@pytest.mark.parametrize(
    ("minutes", "message"),
    [
        ("abc", "Write a whole number of minutes, such as 15."),
        ("1.5", "Write a whole number of minutes, such as 15."),
        ("", "This field is required."),
        ("0", "Zero minutes change nothing."),
        ("100000", "Ensure this value is less than or equal to 720."),
        ("-721", "Ensure this value is greater than or equal to -720."),
    ],
)
def test_bad_minutes_get_their_message_and_no_preview(client, program, minutes, message):
    visit = make_item(program)

    page = client.get(SHIFT, {"item": visit.pk, "minutes": minutes})

    assert message in text_of(page)
    assert page.context["plan"] is None


def test_of_two_values_the_later_button_counts(client, program):
    visit = make_item(program, "Factory", "10:00", "11:00")

    page = client.get(f"{SHIFT}?item={visit.pk}&minutes=15&minutes=30")

    assert rows(page) == [("Factory", "10:00–11:00", "10:30–11:30")]


@pytest.mark.parametrize("item", ["abc", "", "999999"])
def test_an_item_that_does_not_exist_gets_a_message(client, program, item):
    make_item(program)

    page = client.get(SHIFT, {"program": program.pk, "item": item, "minutes": "15"})

    assert page.context["plan"] is None
    assert page.context["form"].errors["item"]


def test_an_item_of_another_program_is_refused(client, program):
    make_item(program)
    foreign = make_item(make_program("other"), "Foreign")

    page = client.get(SHIFT, {"program": program.pk, "item": foreign.pk, "minutes": "15"})

    assert "Choose an item of this day." in text_of(page)
    assert "Foreign" not in text_of(page)


@pytest.mark.parametrize("query", [{"program": "abc"}, {"program": "0"}, {"item": "0"}, {"item": "x"}])
def test_an_address_of_nothing_is_not_found(client, program, query):
    assert client.get(SHIFT, query).status_code == 404


def test_a_day_outside_the_program_has_no_items(client, program):
    make_item(program)

    assert "No item begins on this day." in text_of(client.get(SHIFT, {"day": "2030-01-01"}))


def test_it_opens_on_today_with_what_is_on(client, program):
    make_item(program, "Yesterday", day=23)
    make_item(program, "Breakfast", "07:00", "08:00", kind=Kind.MEAL)
    on = make_item(program, "Bus", "09:00", "10:00", kind=Kind.TRAVEL)
    make_item(program, "Factory", "10:00", "11:00")

    page = client.get(SHIFT)

    assert page.context["form"]["item"].initial.pk == on.pk
    assert "Tuesday 24 July 2018" in text_of(page)
    assert "Yesterday" not in text_of(page)


def test_one_group_is_late(client, program):
    a, b = make_group(program, "A"), make_group(program, "B")
    of_a = make_item(program, "Weaving", "10:00", "11:00", groups=[a])
    of_b = make_item(program, "Dyeing", "10:00", "11:00", groups=[b])
    lunch = make_item(program, "Lunch", "12:00", "13:00", kind=Kind.MEAL)
    address = f"{SHIFT}?item={of_a.pk}&minutes=20&group={a.pk}"
    page = client.get(address)

    client.post(address, hidden(page))

    assert "It is not for this group alone, but for everybody." in text_of(page)
    assert starts(of_a, of_b, lunch) == ["24 10:20", "24 10:00", "24 12:00"]


def test_a_group_of_another_program_is_refused(client, program):
    visit = make_item(program)
    make_group(program)
    foreign = make_group(make_program("other"))

    page = client.get(SHIFT, {"item": visit.pk, "minutes": "15", "group": foreign.pk})

    assert page.context["plan"] is None
    assert "Select a valid choice." in text_of(page)


def test_a_program_without_groups_does_not_ask_who_is_late(client, program):
    visit = make_item(program, "Factory", "10:00", "11:00")

    page = client.get(SHIFT, {"item": visit.pk, "minutes": "15", "keep": ["abc", "999999"]})

    assert "Who is late" not in text_of(page)
    assert rows(page) == [("Factory", "10:00–11:00", "10:15–11:15")]


def test_an_item_is_taken_out_of_the_preview_and_put_back(client, program):
    visit = make_item(program, "Factory", "10:00", "11:00")
    lunch = make_item(program, "Lunch", "12:00", "13:00", kind=Kind.MEAL)
    page = client.get(SHIFT, {"item": visit.pk, "minutes": "10"})

    without = client.get(SHIFT + page.context["rows"][1]["keep_address"])
    again = client.get(SHIFT + without.context["stays"][0]["move_address"])

    assert rows(without) == [("Factory", "10:00–11:00", "10:10–11:10")]
    assert "You chose to leave it out." in text_of(without)
    assert rows(again) == rows(page)
    assert lunch.title in text_of(again)


def test_preview_tells_which_conflicts_it_makes_and_solves(client, program):
    make_item(program, "First", "09:00", "10:20")
    second = make_item(program, "Second", "10:00", "11:00")
    third = make_item(program, "Third", "11:30", "12:00")

    solving = client.get(SHIFT, {"item": second.pk, "minutes": "20"})
    making = client.get(SHIFT, {"item": second.pk, "minutes": "60", "keep": third.pk})

    assert "Conflicts this would solve" in text_of(solving)
    assert "This causes no new conflicts." in text_of(solving)
    assert "Conflicts this would cause" in text_of(making)
    assert "“Second” (until 12:00 WIB) and “Third” (from 11:30 WIB) overlap for everybody." in text_of(making)


def test_leaving_the_programs_dates_is_refused_with_a_message(client, program):
    show = make_item(program, "Show", "23:00", "23:30", day=30)
    address = f"{SHIFT}?item={show.pk}&minutes=90"

    page = client.get(address)

    assert "1 item would leave the dates of the program, 18 July to Monday 30 July 2018." in text_of(page)
    assert 'name="seen"' not in page.content.decode()
    answer = client.post(
        address, {"seen": page.context["plan"].fingerprint, "token": new_token()}, follow=True
    )
    assert said(answer) == ["Nothing was moved: it would leave the program's dates."]
    assert starts(show) == ["30 23:00"]


def test_undo_leaves_what_somebody_edited_since_and_says_so(client, program):
    first = make_item(program, "First", "10:00", "11:00")
    second = make_item(program, "Second", "11:00", "12:00")
    address = f"{SHIFT}?item={first.pk}&minutes=15"
    operation = client.post(address, hidden(client.get(address))).url
    edited = Visit.objects.get(pk=second.pk)
    edited.ends_at += timedelta(hours=1)
    edited.save_as("Corrected by hand")

    page = client.get(operation)
    undone = client.post(operation, follow=True)

    assert "Corrected by hand" in text_of(page)
    assert "Undo for 1 item" in text_of(page)
    assert starts(first, second) == ["24 10:00", "24 11:15"]
    assert said(undone) == [
        "“Second” was left as it is: it was changed since.",
        "1 item is restored to how it was before.",
    ]


def test_undo_twice_takes_nothing_back_the_second_time(client, program):
    visit = make_item(program, "Factory", "10:00", "11:00")
    address = f"{SHIFT}?item={visit.pk}&minutes=15"
    operation = client.post(address, hidden(client.get(address))).url
    client.post(operation)

    answer = client.post(operation, follow=True)

    assert said(answer)[-1] == "Nothing was undone."
    assert "Undone by Sample Organizer, 24 Jul 2018, 09:30 WIB." in text_of(answer)
    assert starts(visit) == ["24 10:00"]


def test_an_operation_nobody_made_is_not_found(client, program):
    assert client.get("/admin/program/operation/999999/change/").status_code == 404


def test_a_bulk_confirmation_is_shown_and_undone_at_the_same_place(client, program):
    visit = make_item(program, "Factory", status=Status.PLANNED)
    operation = set_status([visit], Status.CONFIRMED)
    address = f"/admin/program/operation/{operation.pk}/change/"

    page = client.get(address)
    client.post(address)

    assert [row["changes"] for row in page.context["rows"]] == [[("", "Planned", "Confirmed")]]
    assert AgendaItem.objects.get().status == Status.PLANNED
    assert look_at(operation).overtaken


def test_a_day_moves_with_preview_and_undo(client, program):
    visit = make_item(program, "Factory", "10:00", "11:00", day=24)
    other = make_item(program, "Museum", "10:00", "11:00", day=25)
    address = f"{MOVE_DAY}?program={program.pk}&day=2018-07-24&to=2018-07-27"

    page = client.get(address)
    done = client.post(address, hidden(page))

    assert rows(page) == [
        ("Factory", "Tuesday 24 July 2018, 10:00–11:00", "Friday 27 July 2018, 10:00–11:00")
    ]
    assert starts(visit, other) == ["27 10:00", "25 10:00"]
    client.post(done.url)
    assert starts(visit, other) == ["24 10:00", "25 10:00"]


@pytest.mark.parametrize(
    ("day", "to", "message"),
    [
        ("2018-07-24", "2018-07-24", "Choose another day than the one they are on."),
        ("2018-07-24", "2018-08-24", "Select a valid choice."),
        ("2018-07-25", "2018-07-26", "Select a valid choice."),
        ("abc", "2018-07-26", "Select a valid choice."),
        ("2018-07-24", "", "This field is required."),
    ],
)
def test_bad_days_get_their_message(client, program, day, to, message):
    make_item(program, day=24)

    page = client.get(MOVE_DAY, {"program": program.pk, "day": day, "to": to})

    assert message in text_of(page)
    assert page.context["plan"] is None


@pytest.mark.parametrize("address", [SHIFT, MOVE_DAY, "operation"])
@pytest.mark.parametrize(
    ("role", "status"), [("Organizers", 200), ("Staff", 403), (None, 302), ("anonymous", 302)]
)
def test_who_may_reschedule(client, program, address, role, status):
    operation = set_status([make_item(program)], Status.CANCELLED)
    client.logout()
    if role != "anonymous":
        client.force_login(make_user(role=role))
    if address == "operation":
        address = f"/admin/program/operation/{operation.pk}/change/"

    assert client.get(address).status_code == status


@pytest.mark.parametrize("address", [SHIFT, MOVE_DAY])
def test_staff_cannot_move_anything_by_post_either(client, program, address):
    visit = make_item(program, "Factory", "10:00", "11:00")
    query = f"?item={visit.pk}&minutes=15&day=2018-07-24&to=2018-07-25"
    sent = hidden(client.get(address + query))
    client.force_login(make_user(role="Staff"))

    assert client.post(address + query, sent).status_code == 403
    assert starts(visit) == ["24 10:00"]


@pytest.mark.parametrize("count", [1, 3])
def test_preview_costs_the_same_for_more_items(client, program, django_assert_num_queries, count):
    items = [make_item(program, f"Visit {n}", f"1{n}:00", f"1{n}:30") for n in range(count)]
    client.get(SHIFT)

    with django_assert_num_queries(22):
        client.get(SHIFT, {"item": items[0].pk, "minutes": "15"})
