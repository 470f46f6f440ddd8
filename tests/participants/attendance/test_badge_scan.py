"""What the QR code of a badge opens: for staff, for its wearer, and for everybody else."""

from urllib.parse import parse_qs, urlsplit

import pytest

from participants.attendance import marking
from participants.models import Attendance, Badge
from participants.papers import badges
from tests.makers import make_group, make_item, make_program, make_release
from tests.participants.people.makers import make_participant
from tests.reading import Page

from .attending import make_staff, published, states

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("morning")]


@pytest.fixture
def wearer(program):
    return make_participant(program, user=True, name="Sample Wearer", country="NP")


def code_of(person):
    return badges.issue([person])[person.pk].code


def sent_by_button(page, place=0):
    """(address, fields) of what a button of the page sends."""
    form = [form for form in page.all("form", method="post") if "attendance" in form.attributes["action"]][
        place
    ]
    fields = page.all("input", type="hidden", within=form)
    return form.attributes["action"], {f.attributes["name"]: f.attributes["value"] for f in fields}


def scanned(client, code):
    return Page(client.get(f"/b/{code}/"))


# Staff


def test_one_tap_marks_the_wearer_present_at_what_is_on(client, program, staff, wearer):
    item = published(program, "Workshop", "10:00", "11:00")
    page = scanned(client, code_of(wearer))
    assert page.one("h1").text == "Sample Wearer"
    assert "Now · 10:00–11:00 WIB" in page.main.text

    action, fields = sent_by_button(page)
    page = Page(client.post(action, fields, follow=True))

    assert states(item) == {"Sample Wearer": "present"}
    record = Attendance.objects.get()
    assert (record.how, record.marked_by) == ("badge", staff)
    assert "Present 10:05 WIB, Sample Staff, badge" in page.main.text
    assert page.texts("button", "scan-big") == []


def test_a_scan_of_somebody_sick_asks_first(client, program, staff, wearer):
    item = published(program, "Workshop", "10:00", "11:00")
    marking.mark(program, item, {wearer.pk: "sick"}, by=staff)
    code = code_of(wearer)
    assert "Mark present all the same" in scanned(client, code).main.text

    def scan(**fields):
        sent = {"badge": code, "state": "present"} | fields
        path = f"/ikm-2018/attendance/{item.id}/mark/"
        return client.post(path, sent, headers={"Accept": "application/json"})

    asked = scan()
    assert asked.status_code == 409
    assert asked.json() == {
        "ask": "Sample Wearer is marked: Sick. Change it to present?",
        "field": "away",
    }
    assert states(item) == {"Sample Wearer": "sick"}
    scan(away="yes")
    assert states(item) == {"Sample Wearer": "present"}


def test_badge_records_that_its_wearer_came_with_another_group(client, program, staff, wearer):
    first, second = make_group(program, "A"), make_group(program, "B")
    type(wearer).objects.filter(pk=wearer.pk).update(group=first)
    make_item(program, "Batik", "10:00", "11:00", groups=[first])
    other = published(program, "Textile", "10:00", "11:00", groups=[second])
    page = scanned(client, code_of(wearer))
    assert "Came with another group Group B: Textile" in page.main.text

    action, fields = sent_by_button(page, place=1)
    client.post(action, fields)

    assert states(other) == {"Sample Wearer": "present"}


def test_a_mark_by_badge_is_taken_back_on_the_spot(client, program, staff, wearer):
    item = published(program, "Workshop", "10:00", "11:00")
    page = Page(client.post(*sent_by_button(scanned(client, code_of(wearer))), follow=True))

    client.post(*sent_by_button(page))

    assert states(item) == {}


def test_taking_a_scan_back_leaves_what_another_one_had_said(client, program, staff, wearer):
    item = published(program, "Workshop", "10:00", "11:00")
    marking.mark(program, item, {wearer.pk: "late"}, by=make_staff("Second Staff"))
    page = Page(client.post(*sent_by_button(scanned(client, code_of(wearer))), follow=True))
    assert states(item) == {"Sample Wearer": "present"}

    page = Page(client.post(*sent_by_button(page), follow=True))

    assert page.one("h1").text == "Sample Wearer"
    assert "Late 10:05 WIB, Second Staff" in page.main.text
    assert states(item) == {"Sample Wearer": "late"}


def test_what_another_one_said_is_not_offered_to_be_taken_back(client, program, staff, wearer):
    item = published(program, "Workshop", "10:00", "11:00")
    marking.mark(program, item, {wearer.pk: "present"}, by=make_staff("Second Staff"))

    page = scanned(client, code_of(wearer))

    assert "Present 10:05 WIB, Second Staff" in page.main.text
    assert "Undo" not in page.main.text


def test_who_had_to_sign_in_before_a_scan_counts_comes_back_to_the_badge(client, program, wearer):
    item = published(program, "Workshop", "10:00", "11:00")
    code = code_of(wearer)
    client.force_login(make_staff())
    action, fields = sent_by_button(scanned(client, code))
    client.logout()
    back = parse_qs(urlsplit(client.post(action, fields).url).query)["next"][0]
    client.force_login(make_staff("Second Staff"))

    page = Page(client.get(back, follow=True))

    assert page.one("h1").text == "Sample Wearer"
    assert "Nothing was saved: you were signed out. Please try again." in page.main.text
    assert states(item) == {}


def test_what_is_on_for_the_wearers_group_is_offered_first(client, program, staff):
    first, second = make_group(program, "A"), make_group(program, "B")
    make_item(program, "For A", "10:00", "11:00", groups=[first])
    make_item(program, "For B", "10:00", "11:00", groups=[second])
    make_item(program, "Dinner", "19:00", "20:00", kind="meal")
    make_release(program)

    page = scanned(client, code_of(make_participant(program, group=second)))

    assert page.texts("h2", "t-1") == ["For B", "Group A: For A", "19:00 Dinner"]


def test_without_anything_on_the_items_of_today_are_offered(client, program, staff, wearer):
    item = published(program, "Dinner", "19:00", "20:00", kind="meal")

    page = scanned(client, code_of(wearer))
    client.post(*sent_by_button(page))

    assert "Nothing is on at the moment." in page.main.text
    assert states(item) == {"Sample Wearer": "present"}


@pytest.mark.parametrize("count", [1, 3])
def test_a_scan_costs_the_same_queries_for_any_number_of_items(
    client, program, staff, wearer, count, django_assert_num_queries
):
    for n in range(count):
        make_item(program, f"Visit {n}", "12:00", "13:00")
    make_release(program)
    code = code_of(wearer)
    client.get(f"/b/{code}/")

    with django_assert_num_queries(6):
        client.get(f"/b/{code}/")


def test_a_revoked_badge_opens_nothing_and_its_successor_does(client, program, staff, wearer):
    item = published(program, "Workshop", "10:00", "11:00")
    old = code_of(wearer)
    new = badges.reissue(wearer).code

    response = client.get(f"/b/{old}/")
    refused = client.post(
        f"/ikm-2018/attendance/{item.id}/mark/",
        {"badge": old, "state": "present"},
        HTTP_ACCEPT="application/json",
    )

    assert response.status_code == 404
    assert "This badge is not valid" in Page(response).main.text
    assert (refused.status_code, refused.json()["error"]) == (
        400,
        "This badge is not valid. Ask an organizer for a new one.",
    )
    assert states(item) == {}
    assert scanned(client, new).one("h1").text == "Sample Wearer"


@pytest.mark.parametrize("code", ["guessed", "x" * 22])
def test_an_unknown_code_is_told_to_staff_in_words(client, program, staff, code):
    response = client.get(f"/b/{code}/")

    assert response.status_code == 404
    assert "This badge is not valid" in Page(response).main.text


def test_who_is_not_expected_cannot_be_marked_with_a_badge(client, program, staff, wearer):
    item = published(program, "Workshop", "10:00", "11:00")
    code = code_of(wearer)
    program.participants.update(status="withdrawn")

    page = scanned(client, code)
    client.post(f"/ikm-2018/attendance/{item.id}/mark/", {"badge": code, "state": "present"})

    assert "Not expected:" in page.main.text
    assert page.texts("button", "scan-big") == []
    assert states(item) == {}


def test_a_badge_of_another_program_marks_nobody_here(client, program, staff):
    item = published(program, "Workshop", "10:00", "11:00")
    stranger = make_participant(make_program(slug="other"))

    client.post(f"/ikm-2018/attendance/{item.id}/mark/", {"badge": code_of(stranger), "state": "present"})

    assert not Attendance.objects.exists()


# Everybody else


def test_who_wears_the_badge_learns_what_it_is_for(client, program, wearer):
    published(program)
    client.force_login(wearer.user)

    page = scanned(client, code_of(wearer))

    assert page.one("h1").text == "This is your badge"
    assert page.all("form", within=page.main) == []


def test_other_participants_learn_nothing_not_even_whether_a_code_exists(client, program, wearer):
    published(program)
    code = code_of(wearer)
    badges.reissue(wearer)
    client.force_login(make_participant(program, user=True).user)

    pages = [client.get(f"/b/{known}/") for known in (code, code_of(wearer), "guessed")]

    assert [page.status_code for page in pages] == [403, 403, 403]
    assert (
        len(
            {
                page.content.replace(known.encode(), b"")
                for page, known in zip(pages, (code, code_of(wearer), "guessed"), strict=True)
            }
        )
        == 1
    )
    assert b"Sample Wearer" not in pages[1].content


def test_who_is_not_signed_in_is_asked_to_and_then_brought_back(client, program, wearer):
    code = code_of(wearer)

    assert client.get(f"/b/{code}/").url == f"/account/login/?next=/b/{code}/"


# Issuing


def test_issuing_again_keeps_the_code_that_is_printed_already(program, wearer):
    other = make_participant(program)
    first = badges.issue([wearer])

    again = badges.issue([wearer, other])

    assert again[wearer.pk].code == first[wearer.pk].code
    assert again[other.pk].code != again[wearer.pk].code
    assert Badge.objects.count() == 2


def test_a_code_says_nothing_by_itself(wearer):
    code = code_of(wearer)

    assert len(code) == 22
    assert code_of(wearer) == code != badges.reissue(wearer).code


@pytest.mark.parametrize("count", [1, 3])
def test_issuing_costs_the_same_queries_for_any_number(program, count, django_assert_num_queries):
    people = [make_participant(program) for _n in range(count)]

    with django_assert_num_queries(5):
        badges.issue(people)


def test_a_badge_opens_in_the_language_of_the_staffs_pages(client, program, staff, wearer):
    published(program, "Workshop", "10:00", "11:00")
    code = code_of(wearer)
    client.get("/id/ikm-2018/attendance/")

    response = client.get(f"/b/{code}/", follow=True)
    changed = client.get(f"/b/{code}/", HTTP_REFERER=f"http://testserver/id/b/{code}/")
    client.get("/ikm-2018/attendance/")

    assert response.redirect_chain == [(f"/id/b/{code}/", 302)]
    assert changed.status_code == 200
    assert client.get(f"/b/{code}/").status_code == 200
