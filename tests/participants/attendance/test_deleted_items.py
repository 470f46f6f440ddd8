"""An item that an organizer deletes while staff mark at it, or wants to delete after they did."""

import pytest

from participants.models import Attendance, ScannedList, SignedListEntry
from participants.papers import badges
from program import clock
from program.drafting import history
from program.models import AgendaItem
from tests import images
from tests.forms import fill, url
from tests.makers import at, make_item, make_organizer
from tests.participants.people.makers import make_participant
from tests.reading import Page

from .attending import Clock, make_staff, published, states
from .makers import make_attendance

pytestmark = pytest.mark.django_db
JSON = {"HTTP_ACCEPT": "application/json"}
WHY = "Nothing was saved: an organizer deleted this item"


@pytest.fixture(autouse=True)
def morning(monkeypatch, program, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(clock, "now", Clock(at(24, "10:05", program.tz)))


@pytest.fixture
def person(program):
    return make_participant(program, name="Amal")


@pytest.fixture
def gone(client, program, person):
    """An item of the current release that was deleted from the draft since; ``client`` is staff's."""
    item = published(program, "Workshop", "10:00", "11:00")
    client.force_login(make_staff())
    history.delete(AgendaItem.objects.concrete().get(pk=item.id))
    return item


def address(item, page=""):
    return f"/ikm-2018/attendance/{item.id}/{page}"


def said(response):
    return Page(response).main.text


def saved():
    return [model.objects.count() for model in (Attendance, SignedListEntry, ScannedList)]


# While staff mark


def test_tap_of_a_phone_is_refused_with_what_to_do(client, gone, person):
    response = client.post(address(gone, "mark/"), {"participant": person.pk, "state": "present"}, **JSON)

    assert response.status_code == 409
    assert response.json()["error"].startswith(WHY)
    assert "Deleted items" in response.json()["error"]
    assert saved() == [0, 0, 0]


@pytest.mark.parametrize("part", ["", "everybody/"])
def test_form_and_everybody_are_refused_in_words(client, gone, person, part):
    response = client.post(address(gone, part), {f"p{person.pk}": "late"}, follow=True)

    assert WHY in said(response)
    assert saved() == [0, 0, 0]


def test_badge_is_refused_in_words(client, gone, person):
    badge = badges.issue([person])[person.pk]
    response = client.post(address(gone, "mark/"), {"badge": badge.code, "state": "present"}, follow=True)

    assert WHY in said(response)
    assert saved() == [0, 0, 0]


def test_numbers_of_the_signed_list_are_refused_in_words(client, gone):
    typed = fill(client.get(address(gone, "signed-list/")), "entry", numbers="1")
    assert WHY in said(client.post(address(gone, "signed-list/"), typed, follow=True))
    assert WHY in said(client.post(address(gone, "signed-list/"), {"rest": ""}, follow=True))
    assert saved() == [0, 0, 0]


def test_scan_is_refused_in_words_and_its_file_not_kept(client, gone, tmp_path):
    scan = images.upload(images.picture(), "scan.jpg")
    response = client.post(address(gone, "signed-list/"), {"attach": "", "file": scan}, follow=True)

    assert WHY in said(response)
    assert saved() == [0, 0, 0]
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_mark_that_was_taken_away_does_not_come_back_to_it(client, program, person):
    item = published(program, "Workshop", "10:00", "11:00")
    client.force_login(make_staff())
    tap = {"participant": person.pk, "state": "present"}
    client.post(address(item, "mark/"), tap)
    client.post(address(item, "mark/"), tap | {"state": ""})
    undo = fill(client.get(address(item)), "undo")
    history.delete(AgendaItem.objects.concrete().get(pk=item.id))

    assert WHY in said(client.post(address(item, "undo/"), undo, follow=True))
    assert saved() == [0, 0, 0]


def test_once_it_is_brought_back_it_is_marked_again(client, program, gone, person):
    history.restore(history.deleted(program)[0])
    client.post(address(gone, "mark/"), {"participant": person.pk, "state": "present"}, **JSON)

    assert states(gone) == {"Amal": "present"}


# After they did


def mark(item, person):
    make_attendance(person, item)


def enter(item, person):
    SignedListEntry.objects.create(participant=person, item_id=item.pk, signed=True, entered_at=clock.now())


def attach(item, person):
    ScannedList.objects.create(item_id=item.pk, file="scans/scan.pdf", added_at=clock.now())


@pytest.mark.parametrize("record", [mark, enter, attach])
@pytest.mark.parametrize("kind", ["visit", "session", "meal"])
def test_item_with_records_is_not_deleted_and_the_page_leads_to_cancelling(
    client, program, person, record, kind
):
    item = make_item(program, "Factory", kind=kind)
    record(item, person)
    client.force_login(make_organizer())

    asked = Page(client.get(url(item, "delete")))
    sent = Page(client.post(url(item, "delete"), {"post": "yes"}, follow=True))

    for page in (asked, sent):
        assert "“Factory” cannot be deleted" in page.main.text
        assert "Amal" not in page.main.text
        assert dict(page.links(within=page.main))["Cancel it instead"] == f"{url(item)}#id_status"
    assert AgendaItem.objects.filter(pk=item.pk).exists()


def test_item_without_records_is_still_deleted(client, program):
    item = make_item(program, "Lecture", kind="session")
    client.force_login(make_organizer())
    client.post(url(item, "delete"), {"post": "yes"})

    assert not AgendaItem.objects.exists()
