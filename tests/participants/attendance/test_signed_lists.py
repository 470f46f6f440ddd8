"""The signed list comes back: numbers are entered, the scan is kept, differences are settled."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from participants.attendance import scans, signed_lists
from participants.models import Attendance, Participant, ScannedList, SignedListEntry
from program import clock
from tests import images
from tests.forms import fill
from tests.makers import at, make_group
from tests.participants.people.makers import make_participant
from tests.reading import Page

from .attending import Clock, history, published, states

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture(autouse=True)
def evening(monkeypatch, program, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr(clock, "now", Clock(at(24, "18:00", program.tz)))


@pytest.fixture
def item(program):
    return published(program, "Workshop", "10:00", "11:00")


@pytest.fixture
def people(program):
    """Their numbers on the list are 1, 2 and 3."""
    return {name: make_participant(program, name=name) for name in ("Amal", "Bina", "Chen")}


def address(item, page="signed-list/"):
    return f"/ikm-2018/attendance/{item.id}/{page}"


def enter(client, item, numbers):
    """Type numbers into the page and press Enter; the page that comes."""
    sent = fill(client.get(address(item)), "entry", numbers=numbers)
    return Page(client.post(address(item), sent, follow=True))


def press(client, item, name, value=""):
    return Page(client.post(address(item), {name: value}, follow=True))


def tap(client, item, person, state="present"):
    client.post(address(item, "mark/"), {"participant": person.pk, "state": state})


def signed(item):
    return dict(SignedListEntry.objects.filter(item_id=item.id).values_list("participant__name", "signed"))


def lines(page):
    """[(number, name, on the list, attendance)] of the table."""
    found = []
    for row in page.all("tr")[1:]:
        number, on_list, word = page.texts("td", within=row)
        found.append((number, page.one("bdi", within=row).text, on_list.partition(" Change")[0], word))
    return found


# Numbers


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("7", [7]),
        (" 1 2,5-7; 9 ", [1, 2, 5, 6, 7, 9]),
        ("3 - 5", [3, 4, 5]),
        ("3–4", [3, 4]),
        ("2 2 1-2", [2, 1]),
        ("۳، ٥–٦ １၂", [3, 5, 6, 12]),
    ],
)
def test_numbers_are_read_as_people_write_them(text, numbers):
    assert signed_lists.read_numbers(text) == numbers


@pytest.mark.parametrize("text", ["", "x", "0", "-3", "5-2", "1-", "1-99999", "1--2", "1.5", "٣x"])
def test_what_is_no_number_is_refused(text):
    with pytest.raises(ValueError):
        signed_lists.read_numbers(text)


def test_a_number_and_enter_is_a_signature_and_a_presence(client, item, people, staff):
    page = enter(client, item, "2")

    assert "Signed: 2 Bina" in page.main.text
    assert lines(page) == [
        ("1", "Amal", "– not entered", "–"),
        ("2", "Bina", "Signed", "Present"),
        ("3", "Chen", "– not entered", "–"),
    ]
    record = Attendance.objects.get()
    assert (record.participant.name, record.how, record.marked_by) == ("Bina", "signed_list", staff)


def test_several_numbers_are_entered_at_once_and_the_rest_did_not_sign(client, item, people, staff):
    enter(client, item, "1 3")

    page = press(client, item, "rest")

    assert signed(item) == {"Amal": True, "Chen": True, "Bina": False}
    assert states(item) == {"Amal": "present", "Chen": "present", "Bina": "absent"}
    assert "3 of 3 entered, 2 signed." in page.main.text
    assert "So far the signed list and the portal agree." in page.main.text


@pytest.mark.parametrize(
    ("numbers", "complaint"),
    [
        ("1 77", "Not on this list: 77. Nothing was entered."),
        ("one", "Only numbers on the list, such as 7 or 1 2 5-9."),
        ("9" * 500, "Ensure this value has at most 400 characters"),
    ],
)
def test_a_number_that_is_not_on_the_list_enters_nothing(client, item, people, staff, numbers, complaint):
    page = enter(client, item, numbers)

    assert complaint in page.main.text
    assert signed(item) == {}


def test_a_number_that_became_another_persons_since_the_page_was_read_is_refused(
    client, program, item, people, staff
):
    sent = fill(client.get(address(item)), "entry", numbers="2")
    make_participant(program, name="Aaron")  # nobody has a fixed number yet: now Bina would be number 3

    page = Page(client.post(address(item), sent, follow=True))

    assert "The list of participants has changed" in page.main.text
    assert signed(item) == {}


def known_since(moment, **fields):
    """What history says of the participants of ``fields`` goes back to ``moment``."""
    Participant.history.filter(**fields).update(history_date=moment)


def test_without_the_code_of_a_sheet_people_who_came_and_left_are_named(client, program, item, people, staff):
    known_since(at(20, "08:00", program.tz))
    make_participant(program, name="Aris")
    known_since(at(24, "08:00", program.tz), name="Aris")
    people["Chen"].status = Participant.Status.WITHDRAWN
    people["Chen"].save()

    warning = Page(client.get(address(item))).one("div", "alert").text

    assert (
        "A list printed earlier may not name the same people: scan its code, or check the names." in warning
    )
    assert "since 23 July, 10:00 WIB. Added: 2 Aris. Removed: Chen." in warning


def test_where_nobody_came_or_left_nothing_is_warned_of(client, program, item, people, staff):
    known_since(at(20, "08:00", program.tz))
    last = make_participant(program, name="Dewi")
    last.delete()
    known_since(at(24, "08:00", program.tz), name="Dewi")

    assert not Page(client.get(address(item))).all("div", "alert")


def test_only_those_expected_have_a_number(client, program, item, staff):
    group = make_group(program, "A")
    workshop = published(program, "Workshop of A", "12:00", "13:00", groups=[group])
    make_participant(program, name="Other")
    make_participant(program, name="In A", group=group)
    make_participant(program, name="Gone", group=group, status="withdrawn")

    assert lines(Page(client.get(address(workshop)))) == [("1", "In A", "– not entered", "–")]


@pytest.mark.parametrize("count", [1, 3, 20])
def test_the_page_and_an_entry_cost_the_same_queries_for_any_number(
    client, program, item, staff, count, django_assert_num_queries
):
    for _n in range(count):
        make_participant(program)
    client.get(address(item))

    with django_assert_num_queries(10):
        client.get(address(item))
    with django_assert_num_queries(13):
        signed_lists.enter(program, item, [p.pk for p in program.participants.all()], True, by=staff)


# Differences


def test_what_was_tapped_is_not_overwritten_but_shown_as_a_difference(client, item, people, staff):
    tap(client, item, people["Amal"], "sick")
    tap(client, item, people["Bina"], "present")
    tap(client, item, people["Chen"], "late")

    enter(client, item, "1 3")
    page = press(client, item, "rest")

    assert states(item) == {"Amal": "sick", "Bina": "present", "Chen": "late"}
    assert page.one("h2", id="diff-h").text == "2 differences"
    assert [row.text.partition(" Use the signed list")[0] for row in page.all("li", "difference")] == [
        "1 Amal Signed the list. Sick: 18:00 WIB, Sample Staff",
        "2 Bina Did not sign the list. Present: 18:00 WIB, Sample Staff",
    ]


@pytest.mark.parametrize(
    ("counts", "state"),
    [("Use the signed list: Present", "present"), ("Keep what the portal has: Sick", "sick")],
)
def test_a_difference_is_settled_either_way_and_stays_settled(client, item, people, staff, counts, state):
    tap(client, item, people["Amal"], "sick")
    page = enter(client, item, "1")
    (button,) = [b for b in page.all("button", name="settle") if b.text == counts]

    page = press(client, item, "settle", button.attributes["value"])

    assert states(item) == {"Amal": state}
    assert page.all("li", "difference") == []
    assert Attendance.objects.get().how == "signed_list"
    assert [word for _name, word, _sign in history(item)] == ["sick", state]
    assert signed(item) == {"Amal": True}  # what stands on the list is not rewritten


def test_the_signed_list_counts_for_all_differences_at_once(client, item, people, staff):
    for person in people.values():
        tap(client, item, person, "present")
    enter(client, item, "1")
    assert press(client, item, "rest").one("h2", id="diff-h").text == "2 differences"

    page = press(client, item, "settle-all")

    assert states(item) == {"Amal": "present", "Bina": "absent", "Chen": "absent"}
    assert "The signed list was used for 2 people." in page.main.text
    assert page.all("li", "difference") == []


def test_a_tap_after_the_difference_was_settled_opens_it_again(client, item, people, staff):
    enter(client, item, "1")
    tap(client, item, people["Amal"], "absent")

    assert len(Page(client.get(address(item))).all("li", "difference")) == 1


def test_a_line_is_corrected_with_the_attendance_that_came_from_it(client, item, people, staff):
    enter(client, item, "1")

    press(client, item, "unsigned", people["Amal"].pk)
    assert (signed(item), states(item)) == ({"Amal": False}, {"Amal": "absent"})

    press(client, item, "signed", people["Amal"].pk)
    assert (signed(item), states(item)) == ({"Amal": True}, {"Amal": "present"})


@pytest.mark.parametrize(("name", "value"), [("settle", "{} asleep"), ("settle", "x"), ("signed", "999999")])
def test_a_button_that_makes_no_sense_does_nothing(client, item, people, staff, name, value):
    page = press(client, item, name, value.format(people["Amal"].pk))

    assert "This page is out of date." in page.main.text
    assert (signed(item), states(item)) == ({}, {})


def test_undo_takes_the_last_entry_back_and_leaves_what_was_tapped(client, item, people, staff):
    tap(client, item, people["Amal"], "late")
    enter(client, item, "3")
    page = enter(client, item, "1 2")
    (undo,) = page.all("button", name="undo")
    assert undo.text == "Undo the last 2 entries"

    page = press(client, item, "undo", undo.attributes["value"])

    assert signed(item) == {"Chen": True}
    assert states(item) == {"Amal": "late", "Chen": "present"}
    assert page.one("button", name="undo").text == "Undo the last entry"


def test_a_cancelled_item_takes_no_entries(client, program, staff):
    item = published(program, status="cancelled")
    make_participant(program)

    client.post(address(item), {"rest": ""})

    assert "This item is cancelled." in Page(client.get(address(item))).main.text
    assert (signed(item), states(item)) == ({}, {})


def test_the_address_of_before_leads_there_with_what_was_typed(client, item, people, staff):
    typed = fill(client.get(address(item)), "entry", numbers="1")

    page = Page(client.post(address(item, "paper/"), typed, follow=True))

    assert "Signed: 1 Amal" in page.html
    assert signed(item) == {"Amal": True}


# The scan


def attach(client, item, content, name="List of Amal.pdf"):
    file = SimpleUploadedFile(name, content)
    return client.post(address(item), {"attach": "", "file": file}, follow=True)


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (PDF, "application/pdf"),
        (images.picture("PNG"), "image/png"),
        (images.picture("JPEG"), "image/jpeg"),
    ],
)
def test_a_scan_is_kept_under_a_name_of_our_own_and_shown_to_staff(
    client, item, people, staff, content, kind, tmp_path
):
    page = Page(attach(client, item, content, name="misleading.html"))

    scan = ScannedList.objects.get()
    (link,) = [address for text, address in page.links(page.main) if text == "Scan 1"]
    response = client.get(link)
    assert link == address(item, f"scans/{scan.pk}/")
    assert (response["Content-Type"], b"".join(response.streaming_content)) == (kind, content)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "private" in response["Cache-Control"]
    assert "misleading" not in scan.file.name
    assert scan.added_by == staff


@pytest.mark.parametrize(
    "content",
    [
        b"<html><script>alert(1)</script>",
        b"%PDF-1.4 cut off",
        images.picture("PNG")[:-30],
        images.picture("JPEG")[:-300],
        images.picture("GIF"),
        b"\xff\xd8\xff nothing more",
        b"\x89PNG\r\n\x1a\n",
    ],
)
def test_what_is_no_whole_pdf_or_picture_is_refused(client, item, people, staff, content):
    page = Page(attach(client, item, content, name="scan.pdf"))

    assert "This is not a PDF or a picture (PNG, JPEG), or it is damaged." in page.main.text
    assert not ScannedList.objects.exists()


def test_a_picture_of_too_many_pixels_is_told_so(client, item, people, staff):
    page = Page(attach(client, item, images.png_bomb(), name="scan.png"))

    assert "The picture has more than 60 million pixels." in page.main.text
    assert not ScannedList.objects.exists()


def test_a_file_of_more_than_15_mb_is_refused():
    file = SimpleUploadedFile("scan.pdf", PDF)
    file.size = 15 * 1024 * 1024 + 1

    with pytest.raises(ValidationError, match="15 MB"):
        scans.validate_scan(file)


def test_a_scan_is_nobodys_but_staffs_and_belongs_to_its_item(client, program, item, people, staff):
    attach(client, item, PDF)
    scan = ScannedList.objects.get()
    other = published(program, "Lunch", "12:00", "13:00", kind="meal")

    assert client.get(address(other, f"scans/{scan.pk}/")).status_code == 404
    client.force_login(make_participant(program, user=True).user)
    assert client.get(address(item, f"scans/{scan.pk}/")).status_code == 403


def test_a_scan_is_removed_in_indonesian_and_not_sent_away(client, item, people, staff, tmp_path):
    attach(client, item, PDF)

    page = Page(client.get(f"/id{address(item)}"))

    assert page.texts("summary") == ["Hapus"]


def test_a_removed_scan_leaves_nothing_behind(
    client, item, people, staff, tmp_path, django_capture_on_commit_callbacks
):
    attach(client, item, PDF)
    assert len(list(tmp_path.rglob("*.pdf"))) == 1

    with django_capture_on_commit_callbacks(execute=True):
        press(client, item, "remove", ScannedList.objects.get().pk)

    assert not ScannedList.objects.exists()
    assert list(tmp_path.rglob("*.pdf")) == []
