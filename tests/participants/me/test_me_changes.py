"""What changed since a participant last said that it was seen."""

from datetime import timedelta

import pytest

from participants.models import Participant
from tests.makers import make_item, make_release
from tests.participants.people.makers import make_participant
from tests.reading import Page

from .my_schedule import ME, cards

pytestmark = pytest.mark.django_db


@pytest.fixture
def moved(me, program, visit_day):
    """A second release: the bus back leaves ten minutes earlier, from another gate."""
    visit_day["back"].starts_at -= timedelta(minutes=10)
    visit_day["back"].meeting_point = "Back gate"
    visit_day["back"].save()
    return make_release(program)


def test_changes_are_listed_and_marked_old_beside_new(me, moved, visit_day, open_me_at):
    response = open_me_at("10:52")

    page = Page(response)
    (change,) = page.texts("li", within=page.one("ul", "changes"))
    assert change == (
        "Moved: Bus back, Tuesday 24 July"
        " 12:50 instead of 13:00; Meeting point: “Back gate” instead of “Gate”"
    )
    assert "12:50 13:00 before the change to 13:40 WIB" in cards(response)[1]
    row = page.one("li", "stop", id=f"item-{visit_day['back'].pk}")
    assert "is-changed" in row.classes
    assert "Moved: 12:50 instead of 13:00" in row.text


@pytest.mark.parametrize("count, more", [(3, []), (10, []), (11, ["and 1 more"]), (13, ["and 3 more"])])
def test_up_to_ten_changes_are_listed_at_once(me, program, open_me_at, count, more):
    for n in range(count):
        make_item(program, f"Talk {n}", "14:00", "15:00", day=25)
    make_release(program)

    page = Page(open_me_at("10:52"))
    told = page.one("section", "alert-warning")

    folded = page.all("details", within=told)
    assert page.texts("summary", within=told) == more
    assert len(page.all("li", within=told)) == count
    assert sum(len(page.all("li", within=fold)) for fold in folded) == max(count - 10, 0)
    assert not page.all("form", within=folded[0]) if folded else True


def test_folded_day_says_that_something_in_it_changed(me, program, visit_day, open_me_at):
    make_item(program, "Free day", day=28)
    visit_day["last"].meeting_point = "Back gate"
    visit_day["last"].save()
    Participant.objects.update(seen_release=make_release(program).number)
    visit_day["last"].starts_at -= timedelta(minutes=10)
    visit_day["last"].save()
    make_release(program)

    page = Page(open_me_at("10:52"))

    days = {
        fold.attributes["id"]: page.one("summary", within=fold).text for fold in page.all("details", "fold")
    }
    assert "Monday 30 July Changed" in days["d-2018-07-30"]
    assert "Changed" not in days["d-2018-07-28"]


def test_day_that_an_item_left_is_marked_too(me, program, visit_day, open_me_at):
    make_item(program, "Free day", day=28)
    visit_day["back"].delete()
    gone = make_item(program, "Visit to the market", day=28)
    Participant.objects.update(seen_release=make_release(program).number)
    gone.delete()
    make_release(program)

    page = Page(open_me_at("10:52"))

    assert "Changed" in page.one("summary", within=page.one("details", id="d-2018-07-28")).text


def test_button_says_that_changes_are_seen(client, me, moved, open_me_at):
    open_me_at("10:52")

    response = client.post(f"{ME}seen/", {"release": 2}, follow=True)

    me.refresh_from_db()
    assert me.seen_release == 2
    assert not Page(response).all("ul", "changes")


def test_looking_writes_nothing(me, moved, open_me_at):
    open_me_at("10:52")

    me.refresh_from_db()
    assert me.seen_release == 1


def test_first_visit_shows_no_changes_and_is_what_later_ones_are_compared_with(me, moved, open_me_at):
    other = make_participant(me.program, user=True)
    Participant.objects.update(seen_release=0)

    first, second = Page(open_me_at("10:52")), Page(open_me_at("10:53"))

    assert not first.all("ul", "changes")
    assert "This is your own schedule." in first.main.text
    assert "This is your own schedule." not in second.main.text
    me.refresh_from_db()
    other.refresh_from_db()
    assert (me.seen_release, other.seen_release) == (2, 0)


@pytest.mark.parametrize(
    "sent, kept", [("1", 2), ("3", 2), ("0", 2), ("x", 2), ("", 2), ("99999999999999", 2)]
)
def test_seen_never_goes_back_nor_ahead_of_what_was_published(client, me, moved, sent, kept):
    Participant.objects.update(seen_release=2)

    response = client.post(f"{ME}seen/", {"release": sent})

    me.refresh_from_db()
    assert response.status_code == 302
    assert me.seen_release == 2


def test_seen_needs_a_post_and_a_token(me, moved, client, open_me_at):
    open_me_at("10:52")  # sets the clock
    assert client.get(f"{ME}seen/").status_code == 405
    strict = type(client)(enforce_csrf_checks=True)
    strict.force_login(me.user)
    page = strict.get(ME)
    token = Page(page).all("input", name="csrfmiddlewaretoken")[0].attributes["value"]

    assert strict.post(f"{ME}seen/", {"release": 2}).status_code == 403
    assert strict.post(f"{ME}seen/", {"release": 2, "csrfmiddlewaretoken": token}).status_code == 302


def test_each_person_gets_a_token_of_their_own(client, me, moved, program, open_me_at):
    def token():
        response = open_me_at("10:52")
        fields = Page(response).all("input", name="csrfmiddlewaretoken")
        return fields[0].attributes["value"], response.cookies["csrftoken"].value

    mine = token()
    other = make_participant(program, user=True, group=me.group, seen_release=1)
    client.logout()
    client.cookies.clear()
    client.force_login(other.user)

    assert token()[1] != mine[1]


def test_what_is_in_english_only_is_marked_so_under_id(me, program, visit_day, open_me_at):
    visit_day["b"].title = "Laboratory of metals"
    visit_day["b"].save()
    make_item(program, "Open library", "09:30", "12:00", bring="Water")
    make_release(program)

    text = open_me_at("10:52", path=f"/id{ME}").content.decode()

    assert 'lang="en">Laboratory of metals</a>' in text[: text.index('class="cards"')]
    assert '<span lang="en">Open library</span>' in text[text.index('class="cards"') :]
