"""What stands on the printed attendance list: who, in which order, and what is chosen."""

import pytest

from participants.models import Attendance
from participants.papers import attendance_lists, printing
from participants.papers.attendance_lists import Choices
from program.agenda.facts import Group
from program.agenda.kinds import Kind, Status
from program.models import Organization
from tests.makers import (
    make_group,
    make_item,
    make_organization,
    make_organizer,
    make_program,
    make_release,
    make_speaker,
    make_user,
)
from tests.participants.attendance.makers import make_attendance
from tests.participants.people.makers import make_participant

from .documents import lists, printed, read, to_document

pytestmark = pytest.mark.django_db
State = Attendance.State


def rows(one):
    return [row["cells"] for row in one["rows"]]


def names(one):
    return [row["cells"][1] for row in one["rows"]]


def test_who_is_not_expected_is_on_no_list(program):
    a, b = make_group(program, "A"), make_group(program, "B")
    make_item(program, groups=[a])
    make_participant(program, name="Of A", group=a)
    make_participant(program, name="Of B", group=b)
    make_participant(program, name="Of none")
    for status in ("nominated", "accepted", "withdrawn"):
        make_participant(program, name=f"Only {status}", group=a, status=status)
    make_release(program)

    text = printed(program).text

    assert "Of A" in text
    assert not [name for name in ("Of B", "Of none", "Only") if name in text]
    assert "Kelompok / Group : A" in text


def test_a_list_of_one_group_has_its_people_with_the_numbers_they_have_among_all(program):
    a, b = make_group(program, "A"), make_group(program, "B")
    make_item(program, "For all")
    make_item(program, "For B only", groups=[b])
    for name, group in (("One", a), ("Three", b), ("Two", a)):  # sorted by name: One, Three, Two
        make_participant(program, name=name, group=group)
    make_release(program)

    (one,) = lists(program, group=Group(a.pk, "A"), columns=())

    assert rows(one) == [["1", "One"], ["3", "Two"]]


@pytest.mark.parametrize(
    ("choices", "order"),
    [
        ({"order": "number"}, ["1 Zed", "2 Mia", "3 Ann"]),
        ({"order": "name"}, ["3 Ann", "2 Mia", "1 Zed"]),
        ({"order": "country"}, ["1 Zed", "2 Mia", "3 Ann"]),
        ({"order": "country", "language": "id"}, ["1 Zed", "3 Ann", "2 Mia"]),
    ],
)
def test_order_changes_but_everybody_keeps_their_number(program, choices, order):
    make_item(program)
    # English: Afghanistan, Egypt, Netherlands. Bahasa Indonesia: Afganistan, Belanda, Mesir.
    for name, country in (("Ann", "NL"), ("Mia", "EG"), ("Zed", "AF")):
        make_participant(program, name=name, country=country)
    make_release(program)

    (one,) = lists(program, **choices)

    assert [" ".join(cells[:2]) for cells in rows(one)] == order


def test_columns_and_language_as_chosen(program):
    group = make_group(program, "A")
    make_item(program, "Visit", local_title="Kunjungan")
    make_participant(program, name="Ann", country="NL", position="Head", group=group, own_script_name="Анна")
    make_release(program)

    local = printed(program, language="id", columns=("country", "position", "group"))
    english = printed(program, language="en", columns=("own",))

    assert "No. Nama Negara Jabatan Kelompok Tanda tangan 1 Ann Belanda Head A" in local.text
    assert "Attendance" not in local.text
    assert "ATTENDANCE LIST" in english.text
    assert "No. Name Signature 1 Ann Анна" in english.text
    assert "Page 1/1" in english.text
    assert not [word for word in ("Kunjungan", "Nama", "Hadir", "dicetak") if word in english.text]


def test_empty_rows_of_an_item_have_no_number_since_each_is_somebodys(program):
    make_item(program)
    make_participant(program, name="Ann")
    make_release(program)

    people, spare = lists(program, empty=2, columns=(), lists=("participants", "spare"))
    moment = printing.read(program, lambda agenda: [])
    (blank,) = attendance_lists.document(moment, Choices())["lists"]

    assert rows(people) == [["1", "Ann"], ["", ""], ["", ""]]
    assert {cells[0] for cells in rows(spare)} == {""}
    assert [cells[0] for cells in rows(blank)] == [str(number) for number in range(1, 21)]
    assert len(rows(spare)) == len(rows(blank)) == 20
    assert "...." in to_document(moment, attendance_lists.document(moment, Choices())).text


def test_resource_persons_and_committee_sign_on_lists_of_their_own(program):
    institute = make_organization(program, name="Institute", local_name="Balai")
    speaker = make_speaker(program, "Sample Speaker", position="Lecturer", organization=institute)
    make_item(program, "Lecture", kind=Kind.SESSION, speakers=[speaker])
    make_item(program, "Tour", "13:00", "14:00")
    make_participant(program, name="Ann", user=True)
    make_user(role="Staff", first_name="Sample", last_name="Staff")
    make_organizer(first_name="Sample", last_name="Organizer", is_active=False)
    make_organizer(program=program, first_name="Sample", last_name="Helper")
    make_user(role="Staff", program=make_program("other"), first_name="Staff", last_name="Elsewhere")
    make_release(program, by=make_user(is_superuser=True, first_name="Root"))

    lecture, speakers, committee, tour, _again = lists(
        program, lists=("participants", "speakers", "committee"), language="id"
    )

    assert [s["heading"]["id"] for s in (lecture, speakers, committee, tour)] == [
        *("Daftar hadir", "Daftar hadir narasumber", "Daftar hadir panitia", "Daftar hadir")
    ]
    assert rows(speakers) == [["1", "Sample Speaker", "Balai", "Lecturer"]]
    assert names(committee) == ["Sample Helper", "Sample Staff"]
    assert names(tour) == ["Ann"]


def test_a_session_whose_speakers_are_not_known_has_rows_to_write_on(program):
    make_item(program, "Lecture", kind=Kind.SESSION)
    make_release(program)

    (one,) = lists(program, lists=("speakers",))

    assert names(one) == [""] * 5


def test_counts_are_left_for_the_hand_unless_what_is_marked_is_asked_for(program):
    item = make_item(program)
    for number, state in enumerate(
        (State.PRESENT, State.LATE, State.SICK, State.EXCUSED, State.ABSENT, None)
    ):
        person = make_participant(program, name=f"Person {number}")
        if state:
            make_attendance(person, item, state)
    make_release(program)

    plain, marked = printed(program), printed(program, marked=True)

    assert "Terdaftar Listed 6 Hadir Present Sakit Sick Izin Excused Tanpa keterangan Absent" in plain.text
    assert (
        "Terdaftar Listed 6 Hadir Present 2 Sakit Sick 1 Izin Excused 1 Tanpa keterangan Absent 1"
        " Belum dicatat Not marked 1" in marked.text
    )
    assert "sakit" not in plain.text
    assert "3 sakit" in marked.text


def test_without_settings_the_letterhead_names_the_organizers_of_the_release(program):
    make_item(program)
    parent = make_organization(program, slug="z", name="Ministry", local_name="Kementerian", role="organizer")
    make_organization(
        program, slug="a", name="Directorate", local_name="Direktorat", role="organizer", parent=parent
    )
    make_organization(program, slug="b", name="Secretariat", role="co-organizer")
    make_organization(program, slug="c", name="Institute")
    make_release(program)
    Organization.objects.filter(slug="z").update(local_name="DRAFT")

    moment, _choices = read(program)

    assert printing.kop(moment)["names"] == ["Kementerian", "Direktorat", "Secretariat"]


def test_a_cancelled_item_is_in_no_list_of_a_day_but_says_so_when_asked_for(program):
    item = make_item(program, "Tour", status=Status.CANCELLED)
    make_release(program)

    moment = printing.read(program, lambda agenda: list(agenda.items))
    text = to_document(moment, attendance_lists.document(moment, Choices())).text

    assert attendance_lists.chosen_items(moment.agenda) == []
    assert [i.id for i in attendance_lists.chosen_items(moment.agenda, items=[item.pk])] == [item.pk]
    assert "Tour (dibatalkan)" in text


def test_a_chosen_item_that_does_not_concern_the_group_is_left_out(program):
    a, b = make_group(program, "A"), make_group(program, "B")
    of_a, of_b, of_all = (make_item(program, groups=groups) for groups in ([a], [b], []))
    make_release(program)
    agenda = printing.read(program, lambda agenda: []).agenda

    chosen = attendance_lists.chosen_items(
        agenda, items=[of_a.pk, of_b.pk, of_all.pk], group=Group(b.pk, "B")
    )

    assert {item.id for item in chosen} == {of_b.pk, of_all.pk}


def test_an_item_counts_by_the_hour_it_starts_and_meals_are_left_out_when_asked_for(program):
    make_item(program, "Early", "08:00", "13:00")
    make_item(program, "Noon", "12:00", "13:00")
    make_item(program, "Lunch", "12:30", "13:30", kind=Kind.MEAL)
    make_item(program, "Other day", "12:00", "13:00", day=25)
    counting = make_item(program, "Counting briefing", "07:00", "08:00", kind=Kind.BRIEFING)
    counting.attendance_counts = True
    counting.save()
    make_release(program)
    agenda = printing.read(program, lambda agenda: []).agenda
    day = agenda.items[0].day

    def titles(**chosen):
        return [item.title for item in attendance_lists.chosen_items(agenda, **chosen)]

    assert titles(day=day, half="morning") == ["Counting briefing", "Early"]
    assert titles(day=day, half="afternoon") == ["Noon", "Lunch"]
    assert titles(day=day, half="afternoon", main=True) == ["Noon"]
    assert titles(main=True) == ["Counting briefing", "Early", "Noon", "Other day"]
