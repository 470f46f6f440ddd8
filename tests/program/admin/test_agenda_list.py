"""An organizer looks through the agenda in the admin, and settles many items at once."""

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from program.agenda.kinds import Kind, Status
from program.models import AgendaItem, Program
from program.publishing.releases import draft
from sessions.models import ClassroomSession
from tests.forms import fill, save, url
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
from visits.models import Visit

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organizer")]
WIB = ZoneInfo("Asia/Jakarta")
LIST = "/admin/program/agendaitem/"
ALL_DAYS = f"{LIST}?day="


def said(response):
    return [str(message) for message in response.context["messages"]]


def rows(response):
    """The titles in the list, in order, without the conflicts beside them."""
    return [cell.text.split(" Warning: ")[0] for cell in Page(response).all("th", "c-title")]


def test_list_shows_all_kinds_of_the_running_program_by_day(client, program):
    hall = make_venue(program, "Hall")
    group = make_group(program, "A")
    make_item(program, "Lunch", "12:00", "13:00", kind=Kind.MEAL, venue=hall)
    make_item(program, "Factory", "09:30", "10:15", venue=hall, groups=[group], origin="reported")
    make_item(
        program, "Lecture", "09:00", "10:00", day=23, kind=Kind.SESSION, status=Status.PLANNED, venue=hall
    )
    make_item(make_program("ikm-2017", starts_on=date(2017, 7, 1), ends_on=date(2017, 7, 2)), "Old", day=24)

    page = Page(client.get(ALL_DAYS))

    assert page.texts("tr", "day-row") == ["Monday 23 July 2018", "Tuesday 24 July 2018"]
    assert page.texts("tr", "item-row") == [
        "Select “Lecture” 23 Jul, 09:00–10:00 WIB Session Lecture Hall Everybody Planned not published"
        " illustrative",
        "Select “Factory” 24 Jul, 09:30–10:15 WIB Visit Factory Hall A Confirmed not published reported",
        "Select “Lunch” 24 Jul, 12:00–13:00 WIB Meal Lunch Hall Everybody Confirmed not published"
        " illustrative",
    ]


def test_list_shows_times_of_the_programs_own_zone(client):
    program = make_program("np", timezone="Asia/Kathmandu")
    item = make_item(program, "Welcome", "09:30", "10:15")

    page = Page(client.get(ALL_DAYS))

    assert page.one("td", "c-time").text == "24 Jul, 09:30–10:15 UTC+5:45"
    assert item.starts_at == datetime(2018, 7, 24, 3, 45, tzinfo=UTC)


def test_item_after_midnight_utc_stands_under_its_local_day(client, program):
    make_item(program, "Early bus", "05:00", "06:00", day=25, kind=Kind.TRAVEL)  # 24 July 22:00 in UTC

    assert rows(client.get(LIST, {"day": "2018-07-25"})) == ["Early bus"]
    assert rows(client.get(LIST, {"day": "2018-07-24"})) == []


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({}, ["Lecture", "Factory A", "Factory B", "Lunch"]),
        ({"day": "2018-07-23"}, ["Lecture"]),
        ({"day": "no day"}, ["Lecture", "Factory A", "Factory B", "Lunch"]),
        ({"kind": "visit"}, ["Factory A", "Factory B"]),
        ({"status": "cancelled"}, ["Lunch"]),
        ({"group": "A"}, ["Lecture", "Factory A", "Lunch"]),
        ({"city": "Bandung"}, ["Factory A", "Factory B"]),
        (
            {"city": "Bandung", "group": "B"},
            [
                "Factory B",
            ],
        ),
        ({"q": "lunch"}, ["Lunch"]),
        ({"q": "kuliah"}, ["Lecture"]),
        ({"q": "textile"}, ["Factory B"]),
        ({"q": "weaving hall"}, ["Factory A", "Factory B"]),
        ({"q": "nothing such"}, []),
        ({"kind": "", "group": "", "q": ""}, ["Lecture", "Factory A", "Factory B", "Lunch"]),
    ],
)
def test_list_is_filtered_and_searched(client, program, query, titles):
    hall = make_venue(program, "Weaving hall", city="Bandung")
    a, b = make_group(program, "A"), make_group(program, "B")
    textile = make_organization(program, "Center for Textile")
    make_item(program, "Lecture", day=23, kind=Kind.SESSION, local_title="Kuliah")
    make_item(program, "Factory A", "09:00", "10:00", venue=hall, groups=[a])
    make_item(program, "Factory B", "10:00", "11:00", venue=hall, groups=[b], organization=textile)
    make_item(program, "Lunch", "12:00", "13:00", kind=Kind.MEAL, status=Status.CANCELLED)
    if query.get("group"):
        query = query | {"group": {"A": a, "B": b}[query["group"]].pk}

    assert rows(client.get(LIST, {"day": ""} | query)) == titles


def test_another_program_is_chosen_by_the_address(client, program):
    other = make_program("ikm-2019", starts_on=date(2018, 7, 20), ends_on=date(2018, 7, 28))
    make_item(program, "Here")
    make_item(other, "There")

    assert rows(client.get(ALL_DAYS)) == ["Here"]
    assert rows(client.get(LIST, {"program": other.pk})) == ["There"]
    # It stays the one that is worked on.
    assert rows(client.get(LIST, {"program": "no number"})) == ["There"]


def test_list_opens_at_today_while_the_program_runs(client, program, set_clock):
    make_item(program, "Yesterday", day=23)
    make_item(program, "Today")

    opened = client.get(LIST, follow=True)
    strip = Page(opened).one("nav", "daynav")
    all_days = Page(opened).all("a", within=strip)[0]

    assert rows(opened) == ["Today"]
    assert rows(client.get(LIST + all_days.attributes["href"])) == ["Yesterday", "Today"]
    set_clock(datetime(2018, 7, 17, 9, 30, tzinfo=WIB))  # before it there is no today
    assert rows(client.get(LIST)) == ["Yesterday", "Today"]


def test_list_without_a_program_says_so(client):
    client.force_login(make_user(is_staff=True, is_superuser=True))  # nobody else gets here then
    response = client.get(ALL_DAYS)

    assert "There is no program yet." in response.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_list_query_count_does_not_grow(client, program, count, django_assert_num_queries):
    for n in range(count):
        venue, group = make_venue(program, f"Hall {n}"), make_group(program, f"G{n}")
        speaker = make_speaker(program, f"Speaker {n}")
        make_item(program, f"Visit {n}", f"{8 + n:02}:00", f"{9 + n:02}:00", venue=venue, groups=[group])
        make_item(
            program, f"Session {n}", f"{8 + n:02}:00", f"{9 + n:02}:00", kind=Kind.SESSION, speakers=[speaker]
        )
        make_program(f"other-{n}")
    make_release(program)
    client.get(ALL_DAYS)

    with django_assert_num_queries(LIST_QUERIES):
        response = client.get(ALL_DAYS)

    assert len(rows(response)) == 2 * count


# Session, user, rights; program, its groups, venues, organizations; programs; which items; the draft: days,
# items, their groups, speakers (2), current release; its conflicts: flights, known ones; who is here.
LIST_QUERIES = 18


def test_conflicts_stand_beside_their_items(client, program):
    hall = make_venue(program, "Hall")
    make_item(program, "Factory", "10:00", "11:00", venue=hall)
    make_item(program, "Foundry", "10:30", "11:30", venue=hall)
    make_item(program, "Dinner", "18:00", "19:00", kind=Kind.MEAL, venue=hall)

    page = Page(client.get(ALL_DAYS))

    clash = f"Conflict: {draft(program).conflicts[0].message}"
    assert page.texts("th", "c-title") == [f"Factory {clash}", f"Foundry {clash}", "Dinner"]
    assert "1 conflict must be solved." in page.one("div", "draft").text


def test_row_leads_to_the_form_of_its_own_class_and_back_to_the_filtered_list(client, program):
    session = make_item(program, "Lecture", kind=Kind.SESSION)
    listed = client.get(LIST, {"kind": "session"})
    address = dict(Page(listed).links())["Lecture"]

    page = client.get(address)
    data = fill(page, "classroomsession_form", title="Lecture on cloth")
    response = client.post(address, data)

    assert address.startswith(f"/admin/classroom/classroomsession/{session.pk}/change/")
    assert response.url == f"{LIST}?kind=session#item-{session.pk}"


@pytest.mark.parametrize("name", ["change", "history", "delete"])
def test_agenda_address_of_a_session_leads_to_its_own_form(client, program, name):
    session = make_item(program, kind=Kind.SESSION)

    response = client.get(f"{LIST}{session.pk}/{name}/")

    assert response.url == f"/admin/classroom/classroomsession/{session.pk}/{name}/"


@pytest.mark.parametrize("model", ["classroom/classroomsession", "visits/visit", "visits/transfer"])
def test_lists_of_single_classes_lead_to_the_agenda(client, program, model):
    assert client.get(f"/admin/{model}/").url == LIST
    assert client.get(f"/admin/{model}/?program={program.pk}").url == f"{LIST}?program={program.pk}"


def test_banner_counts_what_is_not_published(client, program):
    item = make_item(program, "Factory")
    make_release(program)
    assert "Everything is published, in release 1." in Page(client.get(ALL_DAYS)).one("div", "draft").text

    save(client, item, title="Foundry")
    page = Page(client.get(ALL_DAYS))

    banner = page.one("div", "draft")
    assert "1 change is not published: participants see release 1." in banner.text
    assert page.links(banner) == [
        ("Look at the changes and publish", f"/admin/program/program/{program.pk}/publish/"),
        ("See it as a participant", f"/preview/{program.pk}/"),
    ]


# Confirm and cancel


def act(client, action, *items):
    data = {"action": action, "_selected_action": [item.pk for item in items], "index": 0}
    return client.post(LIST, data, follow=True)


@pytest.mark.parametrize(
    ("action", "status", "text"),
    [("confirm", "confirmed", "2 items are confirmed."), ("cancel", "cancelled", "2 items are cancelled.")],
)
def test_many_are_settled_at_once_and_keep_their_history(client, program, organizer, action, status, text):
    visit = make_item(program, "Factory", status=Status.PLANNED)
    session = make_item(program, "Lecture", kind=Kind.SESSION, status=Status.PLANNED)
    already = make_item(program, "Lunch", kind=Kind.MEAL, status=status)

    response = act(client, action, visit, session, already)

    assert set(AgendaItem.objects.values_list("status", flat=True)) == {status}
    assert [text in message for message in said(response)] == [True]
    newest = ClassroomSession.history.filter(id=session.pk).first()
    assert (newest.status, newest.version, newest.history_user) == (status, 2, organizer)
    assert AgendaItem.objects.get(pk=already.pk).version == 1


def test_cancelling_can_be_taken_back_from_the_message(client, program):
    visit = make_item(program, "Factory", status=Status.PLANNED)
    (message,) = said(act(client, "cancel", visit))

    client.post(re.search(r'href="([^"]+)"', message)[1])

    assert Visit.objects.get().status == Status.PLANNED


def test_settling_what_is_settled_changes_nothing(client, program):
    visit = make_item(program, "Factory", status=Status.CONFIRMED)

    response = act(client, "confirm", visit)

    assert said(response) == ["Nothing to do: all of them had that status already."]
    assert Visit.objects.get().version == 1


# The start page


def test_start_page_names_the_draft_and_today(client, program):
    make_release(program)
    make_item(program, "Factory", "10:00", "11:00")
    make_item(program, "Tomorrow's visit", day=25)

    page = Page(client.get("/admin/"))

    assert "2 changes are not published" in page.one("div", "draft").text
    today = page.one("section", "today-list").text
    assert "Today, Tuesday 24 July 2018 10:00–11:00 WIB Visit Factory" in today
    assert "Tomorrow" not in today


def test_start_page_has_one_place_for_the_agenda(client, program):
    names = [
        model["object_name"] for app in client.get("/admin/").context["app_list"] for model in app["models"]
    ]

    assert names[0] == "AgendaItem"
    assert not {"ClassroomSession", "Visit", "Transfer"} & set(names)
    assert {"Venue", "Organization", "Speaker", "Program"} <= set(names)


def test_every_page_of_the_admin_has_nothing_inline(client, program):
    item = make_item(program, kind=Kind.SESSION, speakers=[make_speaker(program)])
    for address in (
        "/admin/",
        ALL_DAYS,
        url(item),
        "/admin/visits/visit/add/",
        url(item, "history"),
    ):
        html = client.get(address).content.decode()

        assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\bsrc=)", html), address
        assert html.count("<h1") == 1, address


def test_kept_rows_are_in_the_language_and_the_zone_of_their_page(client, program):
    make_item(program, "Factory", "10:00", "11:00")

    def row(address):
        return Page(client.get(address)).one("tr", "item-row").text

    assert "10:00–11:00 WIB" in row(ALL_DAYS) and "Everybody" in row(ALL_DAYS)
    assert "10.00–11.00 WIB" in row(f"/id{ALL_DAYS}") and "Semua peserta" in row(f"/id{ALL_DAYS}")
    Program.objects.update(timezone="Asia/Tokyo")
    assert "12:00–13:00 JST" in row(ALL_DAYS)
