"""An organizer publishes; releases are looked at and compared, and nobody changes one."""

import re
from datetime import datetime
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.utils.html import strip_tags

from program.agenda.kinds import Status
from program.models import Release
from tests.makers import (
    make_group,
    make_item,
    make_organizer,
    make_program,
    make_release,
    make_user,
    make_venue,
)
from visits.models import Visit

pytestmark = pytest.mark.django_db
WIB = ZoneInfo("Asia/Jakarta")


@pytest.fixture
def organizer(client):
    user = make_organizer(first_name="Sample", last_name="Organizer")
    client.force_login(user)
    return user


def publish_url(program):
    return f"/admin/program/program/{program.pk}/publish/"


def text_of(response):
    """What a person reads, white space as one space."""
    return re.sub(r"\s+", " ", unescape(strip_tags(response.content.decode())))


def seen_in(response):
    return re.search(r'name="seen" value="(\w+)"', response.content.decode())[1]


def said(response):
    return [str(message) for message in response.context["messages"]]


def rename(item, title):
    item = Visit.objects.get(pk=item.pk)
    item.title = title
    item.save_as()


def test_publish_page_shows_changes_in_words_and_publishes_them(client, organizer, program, set_clock):
    set_clock(datetime(2018, 7, 24, 9, 30, tzinfo=WIB))
    visit = make_item(program, "Factory", "10:00", "11:00")
    make_release(program)
    item = Visit.objects.get(pk=visit.pk)
    item.starts_at, item.ends_at = item.starts_at.replace(hour=4), item.ends_at.replace(hour=5)
    item.save_as()

    page = client.get(publish_url(program))

    assert "Publish release 2" in text_of(page)
    assert "Everybody sees release 1, published 24 Jul, 09:30 WIB." in text_of(page)
    assert "11:00 instead of 10:00" in text_of(page)
    answer = client.post(publish_url(program), {"seen": seen_in(page), "note": "Later"}, follow=True)
    release = program.releases.first()
    assert (release.number, release.note, release.reason) == (2, "Later", "")
    assert release.published_by == organizer
    assert "Release 2 is published." in said(answer)[0]
    assert 'href="/ikm-2018/"' in said(answer)[0]
    # By way of the question whom to tell, which has no answer while there are no participants.
    assert answer.redirect_chain[-1] == (f"/admin/program/release/{release.pk}/change/", 302)


def test_with_nothing_to_publish_there_is_no_button(client, organizer, program):
    make_item(program)
    make_release(program)

    page = client.get(publish_url(program))

    assert "Nothing is left to publish: the draft is the same as release 1." in text_of(page)
    assert 'name="seen"' not in page.content.decode()


def test_a_deleted_cancelled_item_can_be_published_although_it_is_no_news(client, organizer, program):
    make_item(program, "Called off", status=Status.CANCELLED)
    make_item(program, "Factory", day=25)
    make_release(program)
    Visit.objects.get(title="Called off").delete()

    page = client.get(publish_url(program))

    assert "only a cancelled item was removed" in text_of(page)
    client.post(publish_url(program), {"seen": seen_in(page)})
    assert [row["title"] for row in program.releases.first().data["items"]] == ["Factory"]


def test_changes_are_read_for_one_group(client, organizer, program):
    a, b = make_group(program, "A"), make_group(program, "B")
    hall = make_venue(program)  # without a venue each would be named among the warnings
    of_a = make_item(program, "Weaving", groups=[a], venue=hall)
    of_b = make_item(program, "Dyeing", groups=[b], venue=hall)
    make_release(program)
    rename(of_a, "Weaving by hand")
    rename(of_b, "Dyeing by hand")

    everybody, group = client.get(publish_url(program)), client.get(publish_url(program), {"group": "A"})

    assert [change.title for change in everybody.context["changes"]] == ["Weaving by hand", "Dyeing by hand"]
    assert [change.title for change in group.context["changes"]] == ["Weaving by hand"]
    assert "Dyeing" not in text_of(group)


def test_errors_block_until_a_reason_is_given_and_it_is_kept(client, organizer, program):
    make_item(program, "One", "10:00", "11:00")
    make_item(program, "Two", "10:30", "11:30")
    page = client.get(publish_url(program))

    refused = client.post(publish_url(program), {"seen": seen_in(page)})

    assert "“One” (until 11:00 WIB) and “Two” (from 10:30 WIB) overlap for everybody" in text_of(refused)
    assert "The draft has errors. Give a reason to publish anyway." in text_of(refused)
    assert not Release.objects.exists()
    client.post(publish_url(program), {"seen": seen_in(page), "reason": "The host asked for it"})
    assert Release.objects.get().reason == "The host asked for it"


def test_each_conflict_links_to_its_items(client, organizer, program):
    one = make_item(program, "One", "10:00", "11:00")
    two = make_item(program, "Two", "10:30", "11:30")

    page = client.get(publish_url(program)).content.decode()

    assert all(f'href="/admin/program/agendaitem/{item.pk}/change/"' in page for item in (one, two))


def test_a_second_press_publishes_nothing_and_says_who_did(client, organizer, program, set_clock):
    set_clock(datetime(2018, 7, 24, 9, 30, tzinfo=WIB))
    make_item(program)
    sent = {"seen": seen_in(client.get(publish_url(program)))}
    client.post(publish_url(program), sent)

    answer = client.post(publish_url(program), sent, follow=True)

    assert Release.objects.count() == 1
    assert said(answer)[-1] == (
        "Release 1 was published by Sample Organizer at 24 Jul 2018, 09:30 WIB; nothing is left to publish."
    )


def test_a_draft_that_changed_since_the_page_was_shown_is_not_published(client, organizer, program):
    visit = make_item(program, "Factory")
    sent = {"seen": seen_in(client.get(publish_url(program)))}
    rename(visit, "Another factory")

    answer = client.post(publish_url(program), sent, follow=True)

    assert not Release.objects.exists()
    assert "nothing was published" in said(answer)[0]
    assert "Another factory" in text_of(answer)


def test_a_release_in_between_with_edits_left_shows_the_page_again(client, organizer, program):
    visit = make_item(program, "Factory")
    sent = {"seen": seen_in(client.get(publish_url(program)))}
    make_release(program)
    rename(visit, "Another factory")

    client.post(publish_url(program), sent)

    assert Release.objects.count() == 1


@pytest.mark.parametrize("sent", [{}, {"seen": "0" * 24}, {"seen": ""}])
def test_without_the_right_fingerprint_nothing_is_published(client, organizer, program, sent):
    make_item(program)

    client.post(publish_url(program), sent)

    assert not Release.objects.exists()


def test_a_note_that_is_too_long_is_refused_at_its_field(client, organizer, program):
    make_item(program)
    seen = seen_in(client.get(publish_url(program)))

    answer = client.post(publish_url(program), {"seen": seen, "note": "x" * 301})

    assert "Ensure this value has at most 300 characters" in text_of(answer)
    assert not Release.objects.exists()


@pytest.mark.parametrize(("ticked", "visible"), [({"make_visible": "on"}, True), ({}, False)])
def test_an_invisible_program_is_made_visible_when_ticked(client, organizer, ticked, visible):
    program = make_program(published=False)
    make_item(program)
    page = client.get(publish_url(program))

    answer = client.post(publish_url(program), {"seen": seen_in(page)} | ticked, follow=True)

    program.refresh_from_db()
    assert "The program is not visible" in text_of(page)
    assert program.published is visible
    assert ("The program is not visible yet" in said(answer)[0]) is not visible
    assert program.releases.count() == 1


def test_publish_page_costs_the_same_for_more_items(
    client, organizer, program, django_assert_max_num_queries
):
    counts = []
    for number in (1, 3):
        while program.items.count() < number:
            make_item(program, f"Visit {program.items.count()}", day=20 + program.items.count())
        with django_assert_max_num_queries(30) as queries:
            client.get(publish_url(program))
        counts.append(len(queries))

    assert counts[0] == counts[1]


PAGES = {
    "publish": lambda release: f"/admin/program/program/{release.program_id}/publish/",
    "releases": lambda release: "/admin/program/release/",
    "release": lambda release: f"/admin/program/release/{release.pk}/change/",
    "compare": lambda release: f"/admin/program/release/compare/?program={release.program_id}",
    "add": lambda release: "/admin/program/release/add/",
    "delete": lambda release: f"/admin/program/release/{release.pk}/delete/",
}
ACCESS = {
    "publish": {"Organizers": 200, "Staff": 403, None: 302, "anonymous": 302},
    "releases": {"Organizers": 200, "Staff": 200, None: 302, "anonymous": 302},
    "release": {"Organizers": 200, "Staff": 200, None: 302, "anonymous": 302},
    "compare": {"Organizers": 200, "Staff": 200, None: 302, "anonymous": 302},
    "add": {"Organizers": 403, "Staff": 403, None: 302, "anonymous": 302},
    "delete": {"Organizers": 403, "Staff": 403, None: 302, "anonymous": 302},
}


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("role", ["Organizers", "Staff", None, "anonymous"])
def test_who_may_open_what(client, program, name, role):
    make_item(program)
    release = make_release(program)
    if role != "anonymous":
        client.force_login(make_user(role=role))

    assert client.get(PAGES[name](release)).status_code == ACCESS[name][role]


def test_staff_and_strangers_cannot_publish(client, program):
    make_item(program)
    client.force_login(make_user(role="Staff"))

    assert client.post(publish_url(program), {"seen": "x"}).status_code == 403
    assert not Release.objects.exists()


def test_not_even_a_superuser_changes_or_deletes_a_release(client, program):
    make_item(program)
    release = make_release(program, note="First")
    client.force_login(make_user(role="Staff", is_superuser=True))

    change = client.post(f"/admin/program/release/{release.pk}/change/", {"note": "Other"})
    delete = client.post(f"/admin/program/release/{release.pk}/delete/", {"post": "yes"})

    assert (change.status_code, delete.status_code) == (200, 403)
    assert Release.objects.get().note == "First"


def test_list_of_releases_says_who_when_and_why(client, program, set_clock):
    set_clock(datetime(2018, 7, 24, 9, 30, tzinfo=WIB))
    organizer = make_organizer(first_name="Sample", last_name="Organizer")
    make_item(program, "One", "10:00", "11:00")
    make_item(program, "Two", "10:30", "11:30")
    make_release(program, by=organizer, note="First note", reason="The host asked")
    client.force_login(organizer)

    text = text_of(client.get("/admin/program/release/"))

    for words in ("Small industry", "Release 1", "24 Jul 2018, 09:30 WIB", "Sample Organizer", "First note"):
        assert words in text
    assert "The host asked" in text


def test_an_old_release_shows_the_agenda_of_then(client, organizer, program):
    visit = make_item(program, "Factory", "10:00", "11:00")
    first = make_release(program)
    rename(visit, "Another factory")
    make_release(program)

    text = text_of(client.get(f"/admin/program/release/{first.pk}/change/"))

    assert "Factory" in text
    assert "10:00–11:00 WIB" in text
    assert "Tuesday 24 July 2018" in text
    assert "Another factory" not in text
    assert "A newer release has replaced it" in text


def test_two_releases_are_compared_in_words(client, organizer, program):
    a, b = make_group(program, "A"), make_group(program, "B")
    of_a, of_b = make_item(program, "Weaving", groups=[a]), make_item(program, "Dyeing", groups=[b])
    one = make_release(program)
    rename(of_a, "Weaving by hand")
    rename(of_b, "Dyeing by hand")
    make_release(program)
    three = make_release(program)
    address = f"/admin/program/release/compare/?program={program.pk}&one={one.pk}&two={three.pk}"

    text = text_of(client.get(address))
    of_group = text_of(client.get(address + "&group=B"))

    assert "From release 1 to release 3" in text
    assert "now called “Weaving by hand” instead of “Weaving”" in text
    assert "now called “Dyeing by hand” instead of “Dyeing”" in of_group
    assert "Weaving by hand" not in of_group


def test_comparing_starts_with_the_last_two_releases(client, organizer, program):
    make_item(program, "Factory")
    make_release(program)
    make_item(program, "Museum", day=25)
    make_release(program)

    text = text_of(client.get(f"/admin/program/release/compare/?program={program.pk}"))

    assert "From release 1 to release 2" in text
    assert "New Museum Wednesday 25 July 2018, 10:00–11:00 WIB" in text


@pytest.mark.parametrize("two", ["", "abc", "999999", "foreign"])
def test_comparing_with_what_is_no_release_of_the_program_is_refused(client, organizer, program, two):
    one = make_release(program)
    foreign = make_release(make_program("other"))
    two = foreign.pk if two == "foreign" else two

    page = client.get(f"/admin/program/release/compare/?program={program.pk}&one={one.pk}&two={two}")

    assert page.status_code == 200
    assert "Please correct the error below." in text_of(page)
    assert "one" not in page.context


@pytest.mark.parametrize("text", ["", "abc", "0", "²"])
def test_comparing_for_no_program_is_not_found(client, organizer, program, text):
    assert client.get("/admin/program/release/compare/", {"program": text}).status_code == 404


def test_comparing_before_the_first_release_says_so(client, organizer, program):
    page = client.get(f"/admin/program/release/compare/?program={program.pk}")

    assert "This program has no releases yet." in text_of(page)


def test_release_refuses_to_change_or_go():
    program = make_program()
    make_item(program)
    release = make_release(program)

    for attempt in (
        release.save,
        release.delete,
        lambda: Release.objects.update(note="x"),
        Release.objects.all().delete,
        lambda: Release.objects.bulk_update([release], ["note"]),
    ):
        with pytest.raises(TypeError, match="never"), transaction.atomic():
            attempt()
    assert Release.objects.get() == release
