"""Who changed what of an item and when, and taking it back."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import connections
from django.test import Client
from django.utils import translation

from program.agenda.kinds import Kind, Status
from program.drafting import history
from program.models import AgendaItem
from sessions.models import ClassroomSession
from tests.forms import fill, save, url
from tests.makers import (
    make_group,
    make_item,
    make_organizer,
    make_program,
    make_speaker,
    make_user,
    make_venue,
)
from tests.reading import Page
from visits.models import Visit

pytestmark = pytest.mark.django_db


@pytest.fixture
def organizer(client):
    user = make_organizer(first_name="Sample", last_name="Organizer")
    client.force_login(user)
    return user


def told(item):
    """The timeline as sentences, newest first."""
    return [entry.sentence for entry in history.timeline(type(item).objects.get(pk=item.pk))]


def test_timeline_tells_old_and_new_in_words(client, program, organizer):
    hall, room = make_venue(program, "Hall"), make_venue(program, "Room 2")
    a, b = make_group(program, "A"), make_group(program, "B")
    item = make_item(program, "Factory", "09:30", "10:15", venue=hall, groups=[a])

    save(client, item, start="10:00", venue=room.pk, taking_part=[b.pk], attendance_counts="on", notes="Hats")
    page = Page(client.get(url(item, "history")))

    newest, first = page.all("li", within=page.one("ol", "timeline"))
    assert newest.text.startswith("Sample Organizer")
    assert page.texts("dt", within=newest) == [
        "Starts at",
        "Venue",
        "Attendance counts",
        "Notes for participants",
        "Groups",
    ]
    assert page.texts("dd", within=newest) == [
        "before: 24 Jul 2018, 09:30 WIB → after: 24 Jul 2018, 10:00 WIB",
        "before: Hall → after: Room 2",
        "before: no → after: yes",
        "nothing → after: Hats",
        "before: A → after: B",
    ]
    assert "added it" in first.text


def test_times_of_the_timeline_are_those_of_the_program(client, organizer):
    program = make_program("np", timezone="Asia/Kathmandu")
    item = make_item(program)
    Visit.history.update(history_date=datetime(2018, 7, 24, 2, 30, tzinfo=UTC))

    page = Page(client.get(url(item, "history")))

    assert page.one("ol", "timeline").text == "The portal 24 Jul 2018, 08:15 UTC+5:45 added it"


def test_speakers_are_part_of_a_sessions_timeline(client, program, organizer):
    one, two = make_speaker(program, "Sample One"), make_speaker(program, "Sample Two")
    item = make_item(program, kind=Kind.SESSION, speakers=[one])

    save(client, item, **{"sessionspeaker_set-1-speaker": two.pk})

    assert told(item)[0] == "Speakers: “Sample One, Sample Two” instead of “Sample One”"


def test_the_pages_of_a_history_say_below_their_heading_whose_it_is(client, program, organizer):
    item = make_item(program, "Factory")
    save(client, item, title="Foundry")
    history = url(item, "history")

    pages = [Page(client.get(address)) for address in (history, history + "2/take-back/")]

    assert [page.one("p", "subtitle").text for page in pages] == ["Foundry", "Foundry"]


@pytest.mark.parametrize("count", [1, 3])
def test_history_query_count_does_not_grow(client, program, organizer, count, django_assert_num_queries):
    item = make_item(program, kind=Kind.SESSION)
    for n in range(count):
        item.venue = make_venue(program, f"Hall {n}")
        item.save_as()
        item.set_groups([make_group(program, f"G{n}")])
    client.get(url(item, "history"))

    with django_assert_num_queries(9):
        page = client.get(url(item, "history"))

    assert len(page.context["entries"]) == count + 1


# Taking back


def test_a_change_is_taken_back_after_asking_and_enters_the_history(client, program, organizer):
    a, b = make_group(program, "A"), make_group(program, "B")
    item = make_item(program, "Factory", "09:30", "10:15", groups=[a])
    save(client, item, start="10:00", taking_part=[b.pk])
    save(client, item, title="Foundry")

    link = url(item, "history") + "2/take-back/"
    asked = Page(client.get(link))
    response = client.post(link, follow=True)

    assert asked.texts("dd") == [
        "before: 24 Jul 2018, 10:00 WIB → after: 24 Jul 2018, 09:30 WIB",
        "before: B → after: A",
    ]
    saved = Visit.objects.get()
    assert (saved.title, saved.starts_at, saved.version) == ("Foundry", item.starts_at, 4)
    assert list(saved.groups.all()) == [a]
    newest = response.context["entries"][0]
    assert newest.reason == "Undone: the change that made version 2"
    assert newest.user == organizer
    with translation.override("id"):
        assert newest.reason == "Diurungkan: perubahan yang menghasilkan versi 2"


def test_asking_changes_nothing(client, program, organizer):
    item = make_item(program, "Factory")
    save(client, item, title="Foundry")

    client.get(url(item, "history") + "2/take-back/")

    assert Visit.objects.get().title == "Foundry"


def test_what_was_taken_back_already_has_nothing_left_to_take_back(client, program, organizer):
    item = make_item(program, "Factory")
    save(client, item, title="Foundry")
    link = url(item, "history") + "2/take-back/"
    client.post(link)

    page = client.get(link)

    assert "This was already undone" in page.content.decode()


def test_speaker_is_taken_back(client, program, organizer):
    one, two = make_speaker(program, "Sample One"), make_speaker(program, "Sample Two")
    item = make_item(program, kind=Kind.SESSION, speakers=[one])
    save(client, item, **{"sessionspeaker_set-0-speaker": two.pk})

    client.post(url(item, "history") + "2/take-back/")

    assert [speaker.name for speaker in ClassroomSession.objects.get().speakers.all()] == ["Sample One"]


def test_what_can_no_longer_be_is_not_taken_back(client, program, organizer):
    item = make_item(program, "Factory", "09:30", "10:15")
    save(client, item, start="08:30")
    save(client, item, end="09:00")

    response = client.post(url(item, "history") + "2/take-back/", follow=True)

    (message,) = map(str, response.context["messages"])
    assert message.startswith("Nothing was undone") and "The end must come after the start." in message
    assert Visit.objects.get().version == 3


def test_time_outside_the_programs_new_dates_is_not_taken_back(client, program, organizer):
    item = make_item(program, "Factory", day=20)
    save(client, item, day="2018-07-24")
    program.starts_on = datetime(2018, 7, 22).date()
    program.save()

    response = client.post(url(item, "history") + "2/take-back/", follow=True)

    (message,) = map(str, response.context["messages"])
    assert "Nothing was undone" in message and "outside its dates" in message
    assert Visit.objects.get().version == 2


@pytest.mark.parametrize("version", [1, 7])
def test_there_is_no_page_for_what_cannot_be_taken_back(client, program, organizer, version):
    item = make_item(program)

    assert client.get(f"{url(item, 'history')}{version}/take-back/").status_code == 404


@pytest.mark.parametrize(("role", "status"), [("Staff", 403), (None, 302)])
def test_who_may_not_take_back(client, program, role, status):
    item = make_item(program, "Factory")
    item.title = "Foundry"
    item.save_as()
    client.force_login(make_user(role=role))

    assert client.post(url(item, "history") + "2/take-back/").status_code == status
    assert Visit.objects.get().title == "Foundry"


def test_staff_reads_the_history(client, program):
    item = make_item(program, "Factory")
    item.title = "Foundry"
    item.save_as()
    client.force_login(make_user(role="Staff"))

    page = Page(client.get(url(item, "history")))

    assert "before: Factory → after: Foundry" in page.main.text
    assert "Undo this change" not in page.main.text


# Deleted and restored


def test_deleted_session_comes_back_with_its_groups_and_speakers(client, program, organizer):
    group, speaker = make_group(program, "A"), make_speaker(program, "Sample One")
    item = make_item(program, "Lecture", kind=Kind.SESSION, groups=[group], speakers=[speaker], room="R1")
    client.post(url(item, "delete"), {"post": "yes"})
    assert not AgendaItem.objects.exists()

    deleted = f"/admin/program/program/{program.pk}/deleted/"
    assert "Lecture" in Page(client.get(deleted)).main.text
    client.post(deleted, {"item": item.pk})

    back = ClassroomSession.objects.get()
    assert (back.pk, back.title, back.room, back.status) == (item.pk, "Lecture", "R1", Status.CONFIRMED)
    assert [str(g) for g in back.groups.all()] == ["A"]
    assert [str(s) for s in back.speakers.all()] == ["Sample One"]
    assert "Nothing was deleted" in Page(client.get(deleted)).main.text
    assert "restored it" in Page(client.get(url(item, "history"))).main.text


@pytest.mark.parametrize("kind", [Kind.VISIT, Kind.TRAVEL, Kind.MEAL])
def test_every_class_of_items_comes_back(client, program, organizer, kind):
    item = make_item(program, "Something", kind=kind)
    client.post(url(item, "delete"), {"post": "yes"})

    client.post(f"/admin/program/program/{program.pk}/deleted/", {"item": item.pk})

    back = AgendaItem.objects.concrete().get()
    assert (type(back), back.pk, back.title) == (type(item), item.pk, "Something")


def test_bringing_back_twice_says_that_it_is_back(client, program, organizer):
    item = make_item(program)
    client.post(url(item, "delete"), {"post": "yes"})
    deleted = f"/admin/program/program/{program.pk}/deleted/"
    client.post(deleted, {"item": item.pk})

    response = client.post(deleted, {"item": item.pk}, follow=True)

    assert "It was already restored." in [str(message) for message in response.context["messages"]]
    assert AgendaItem.objects.count() == 1


def test_staff_brings_nothing_back(client, program):
    client.force_login(make_user(role="Staff"))

    assert client.get(f"/admin/program/program/{program.pk}/deleted/").status_code == 403


# At the same moment


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_two_saves_at_the_same_moment_one_is_refused():
    program = make_program()
    item = make_item(program, "Factory")
    clients = [Client(), Client()]
    pages = []
    for n, client in enumerate(clients):
        client.force_login(make_organizer(username=f"organizer{n}"))
        pages.append(fill(client.get(url(item)), "visit_form", title=f"Title {n}"))
    together = threading.Barrier(2)
    statuses = [0, 0]

    def send(n):
        try:
            together.wait()
            statuses[n] = clients[n].post(url(item), pages[n]).status_code
        finally:
            connections.close_all()

    threads = [threading.Thread(target=send, args=[n]) for n in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    saved = Visit.objects.get()
    assert sorted(statuses) == [200, 302]  # the form again, with what happened; saved
    assert saved.title == f"Title {statuses.index(302)}"
    assert saved.version == 2
