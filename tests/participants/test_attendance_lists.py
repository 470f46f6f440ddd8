"""What stands on the printed attendance list, and on which of its pages."""

import logging
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from threading import Event

import pytest
from django.contrib.auth.models import Permission
from django.db import connection, transaction

from participants import attendance_lists, hand_over, printing
from participants.attendance_lists import Choices
from participants.models import Attendance, PaperSettings, Participant
from program.kinds import Kind, Status
from program.models import Organization
from tests.makers import (
    at,
    make_group,
    make_item,
    make_organization,
    make_organizer,
    make_release,
    make_speaker,
    make_user,
    make_venue,
)

from .makers import make_participant
from .papers import Paper

pytestmark = pytest.mark.django_db
State = Attendance.State
NAMES = r"Sample Person \d\d\d"
OWN_SCRIPTS = {
    "NP": ("नमुना सहभागी", "NotoSansDevanagari-Regular"),
    "BD": ("নমুনা অংশগ্রহণকারী", "NotoSansBengali-Regular"),
    "MM": ("နမူနာ ပါဝင်သူ", "NotoSansMyanmar-Regular"),
    "LA": ("ຜູ້ເຂົ້າຮ່ວມຕົວຢ່າງ", "NotoSansLao-Regular"),
    "LK": ("නියැදි සහභාගිවන්නා", "NotoSansSinhala-Regular"),
    "IN": ("மாதிரி பங்கேற்பாளர்", "NotoSansTamil-Regular"),
    "BT": ("དཔེ་ཚད་བཅའ་མར་གཏོགས་མི་", "NotoSerifTibetan-Regular"),
    "AF": ("شرکت‌کنندهٔ نمونه", "NotoSansArabic-Regular"),
}


def make_people(program, number_of, **fields):
    Participant.objects.bulk_create(
        Participant(
            program=program,
            name=f"Sample Person {number:03}",
            email=f"person{number}@example.org",
            country="NP",
            institution="Sample Institution",
            status=Participant.Status.CONFIRMED,
            **fields,
        )
        for number in range(1, number_of + 1)
    )


def read(program, **choices):
    """The Moment and Choices of the lists of all that people sign for."""
    choices = Choices(**choices)
    moment = printing.read(
        program,
        lambda agenda: attendance_lists.chosen_items(agenda, group=choices.group),
        states=choices.marked,
        committee="committee" in choices.sheets,
    )
    return moment, choices


def printed(program, **choices):
    """The Paper of these lists."""
    moment, choices = read(program, **choices)
    return to_paper(moment, attendance_lists.document(moment, choices))


def to_paper(moment, data):
    return Paper(printing.pdf(moment, data))


def sheets(program, **choices):
    moment, choices = read(program, **choices)
    return attendance_lists.document(moment, choices)["sheets"]


def rows(sheet):
    return [row["cells"] for row in sheet["rows"]]


def names(sheet):
    return [row["cells"][1] for row in sheet["rows"]]


def test_twenty_people_stand_on_one_page_with_all_that_a_list_needs(program, set_clock):
    PaperSettings.objects.create(
        program=program,
        letterhead="Kementerian Contoh\nDirektorat Contoh",
        address="Jl. Contoh 1",
        officer_name="Sample Officer",
        officer_nip="19000101",
        acknowledged_name="Sample Director",
    )
    venue = make_venue(program, "Sample Hall", city="Bandung", address="Jl. Sampel 2")
    item = make_item(program, "Making cloth", "10:00", "12:15", 23, local_title="Membuat kain", venue=venue)
    make_people(program, 20)
    make_release(program)
    set_clock(at(23, "09:31", program.tz))

    paper = printed(program)

    assert len(paper.pages) == 1
    for words in (
        *("KEMENTERIAN CONTOH DIREKTORAT CONTOH Jl. Contoh 1", "DAFTAR HADIR Attendance List"),
        "Kegiatan / Item : Membuat kain / Making cloth",
        "Hari, tanggal / Date : Senin, 23 Juli 2018 / Monday 23 July 2018",
        *("Waktu / Time : 10.00–12.15 WIB", "Tempat / Venue : Sample Hall, Jl. Sampel 2, Bandung"),
        *("No. Nama Name Negara Country Instansi Institution Tanda tangan Signature",),
        "1 Sample Person 001 Nepal Sample Institution 1",
        "20 Sample Person 020 Nepal Sample Institution 20",
        *("Terdaftar Listed 20", "Hadir Present", "Sakit Sick", "Izin Excused", "Tanpa keterangan Absent"),
        "Mengetahui / Acknowledged by",
        *("Bandung, 23 Juli 2018 Petugas penanggung jawab / Officer in charge",),
        *("Sample Director NIP", "Sample Officer NIP 19000101"),
        f"Membuat kain · mata acara {item.pk} · versi terbit 1 · dicetak 23 Juli 2018 09.31 WIB",
        "Halaman 1/1",
    ):
        assert words in paper.text
    assert paper.is_for_everybody
    assert all(paper.fonts.values())


@pytest.mark.parametrize(
    ("count", "most"),
    [(1, 1), (2, 1), (25, 1), (26, 2), (28, 2), (57, 2), (60, 2), (62, 2), (66, 3), (500, 16)],
)
def test_longer_lists_take_few_pages_and_leave_nothing_alone(program, count, most):
    make_item(program)
    make_people(program, count, own_script_name="नमुना सहभागी")
    make_release(program)

    paper = printed(program)

    on_pages = paper.found(NAMES)
    in_order = [f"Sample Person {n:03}" for n in range(1, count + 1)]
    assert [name for names in on_pages for name in names] == in_order
    assert len(paper.pages) <= most
    assert min(map(len, on_pages)) >= min(3, count)
    assert ["Mengetahui" in page for page in paper.pages] == [False] * (len(paper.pages) - 1) + [True]
    for number, page in enumerate(paper.pages, start=1):
        assert "No. Nama Name" in page
        assert f"Halaman {number}/{len(paper.pages)}" in page


def test_each_item_has_pages_of_its_own(program):
    make_item(program, "Second", "13:00", "14:00")
    make_item(program, "First", "10:00", "11:00")
    make_people(program, 30)
    make_release(program)

    paper = printed(program)

    assert [page.partition(" · ")[0].endswith("First") for page in paper.pages] == [True, True, False, False]
    assert paper.found(r"Halaman \d/\d") == [["Halaman 1/2"], ["Halaman 2/2"]] * 2


def test_names_in_every_script_are_printed_with_embedded_fonts(program):
    make_item(program)
    for country, (own, _font) in OWN_SCRIPTS.items():
        make_participant(program, country=country, own_script_name=own)
    make_release(program)

    paper = printed(program)

    embedded = {name for name, is_embedded in paper.fonts.items() if is_embedded}
    assert {font for _own, font in OWN_SCRIPTS.values()} <= embedded
    assert paper.is_for_everybody


def test_a_script_without_a_font_is_left_out_rather_than_printed_as_boxes(program):
    make_item(program)
    make_participant(program, name="Sample Person", own_script_name="ސާމްޕަލް", country="MV")
    make_release(program)

    paper = printed(program)

    assert "Sample Person Maldives" in paper.text
    assert paper.is_for_everybody


@pytest.mark.parametrize(
    "name",
    [
        '#eval("1+1")',
        "#{panic()} *bold* _it_ $x^2$ `raw` [a] <label> @ref",
        r"\u{41} \ \\ // /* */ ~ -- ...",
        '"); #import "secret.typ"',
        "{{ printed_at }} {% load static %}",
        "<script>alert(1)</script>",
    ],
)
def test_what_people_type_is_printed_as_they_typed_it(program, name):
    PaperSettings.objects.create(program=program, letterhead=name, officer_name=name)
    make_item(program, name)
    make_participant(program, name=name, institution=name)
    make_release(program)

    paper = printed(program, columns=("institution",))

    assert name.replace(" ", "") in paper.text.replace(" ", "").replace("\u200b", "")
    assert len(paper.pages) == 1


def test_control_signs_and_signs_that_turn_text_around_are_not_printed(program):
    make_item(program)
    make_participant(program, name="Sam\x07ple\u202e Per\x1bson\r\nSecond\tline")
    make_release(program)

    assert "1 Sample Person Second line Nepal" in printed(program).text


def test_a_sign_that_no_font_has_prints_without_pdf_ua_and_without_the_name_in_the_log(program, caplog):
    make_item(program)
    make_participant(program, name="Sample 🎉 Person")
    make_release(program)

    with caplog.at_level(logging.WARNING):
        paper = printed(program)

    assert not paper.is_for_everybody
    assert "Person" in paper.text
    assert [record.getMessage() for record in caplog.records] == ["hadir.typ could not be made as PDF/UA"]
    assert caplog.records[0].exc_info is None


def test_long_names_stay_in_their_column(program):
    make_item(program)
    make_participant(program, name="W" * 120, own_script_name="မ" * 120, institution="i" * 160, country="MM")
    make_release(program)

    paper = printed(program)
    lines = [line for line in paper.pdf.pages[0].extract_text().splitlines() if "W" in line or "iiii" in line]

    assert sum(line.count("W") for line in lines) >= 120
    assert max(line.count("W") for line in lines) <= 14  # 45 mm at 9 points
    assert max(line.count("i") for line in lines) < 100
    assert paper.is_for_everybody


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

    (sheet,) = sheets(program, group="A", columns=())

    assert rows(sheet) == [["1", "One"], ["3", "Two"]]


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

    (sheet,) = sheets(program, **choices)

    assert [" ".join(cells[:2]) for cells in rows(sheet)] == order


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


def test_empty_rows_go_on_counting_and_a_spare_sheet_has_only_them(program):
    make_item(program)
    make_participant(program, name="Ann")
    make_release(program)

    people, spare = sheets(program, empty=2, columns=(), sheets=("participants", "spare"))
    moment = printing.read(program, lambda agenda: [])
    (blank,) = attendance_lists.document(moment, Choices())["sheets"]

    assert rows(people) == [["1", "Ann"], ["2", ""], ["3", ""]]
    assert rows(spare) == [["1", ""], ["2", ""]]
    assert len(rows(blank)) == 20
    assert "...." in to_paper(moment, attendance_lists.document(moment, Choices())).text


def test_resource_persons_and_committee_sign_on_sheets_of_their_own(program):
    institute = make_organization(program, name="Institute", local_name="Balai")
    speaker = make_speaker(program, "Sample Speaker", position="Lecturer", organization=institute)
    make_item(program, "Lecture", kind=Kind.SESSION, speakers=[speaker])
    make_item(program, "Tour", "13:00", "14:00")
    make_participant(program, name="Ann", user=True)
    make_user(role="Staff", first_name="Sample", last_name="Staff")
    make_organizer(first_name="Sample", last_name="Organizer", is_active=False)
    late = make_user(first_name="Sample", last_name="Helper")
    late.user_permissions.add(Permission.objects.get(codename="mark_attendance"))
    make_release(program, by=make_user(is_superuser=True, first_name="Root"))

    lecture, speakers, committee, tour, _again = sheets(
        program, sheets=("participants", "speakers", "committee"), language="id"
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

    (sheet,) = sheets(program, sheets=("speakers",))

    assert names(sheet) == [""] * 5


def test_counts_are_left_for_the_hand_unless_what_is_marked_is_asked_for(program):
    item = make_item(program)
    for number, state in enumerate(
        (State.PRESENT, State.LATE, State.SICK, State.EXCUSED, State.ABSENT, None)
    ):
        person = make_participant(program, name=f"Person {number}")
        if state:
            Attendance.objects.create(
                participant=person, item=item, state=state, how="tap", marked_at=at(24, "10:00", program.tz)
            )
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
    text = to_paper(moment, attendance_lists.document(moment, Choices())).text

    assert attendance_lists.chosen_items(moment.agenda) == []
    assert [i.id for i in attendance_lists.chosen_items(moment.agenda, items=[item.pk])] == [item.pk]
    assert "Tour (dibatalkan)" in text


def test_an_item_counts_by_the_hour_it_starts_and_meals_only_when_asked_for(program):
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
        return [item.name for item in attendance_lists.chosen_items(agenda, **chosen)]

    assert titles(day=day, half="morning") == ["Counting briefing", "Early"]
    assert titles(day=day, half="afternoon") == ["Noon"]
    assert titles(day=day, half="afternoon", every=True) == ["Noon", "Lunch"]
    assert titles() == ["Counting briefing", "Early", "Noon", "Other day"]


def test_hand_over_lists_say_what_kitchen_driver_and_hotel_need(program):
    a, b = make_group(program, "A"), make_group(program, "B")
    hotel = make_venue(program, "Hotel", city="Bandung")
    plant = make_venue(program, "Plant", city="Bandung")
    bus = {"kind": Kind.TRAVEL, "venue": hotel, "destination": plant}
    make_item(program, "Bus of A", "08:00", "09:00", groups=[a], vehicle="Bus 1", **bus)
    make_item(program, "Bus of all", "16:00", "17:00", meeting_point="Lobby", **bus)
    make_item(program, "No bus", "18:00", "19:00", status=Status.CANCELLED, **bus)
    make_item(program, "Lunch", "12:00", "13:00", kind=Kind.MEAL)
    make_participant(program, name="Ann", group=a, diet="vegan", diet_note="No nuts", room="12", phone="+1 5")
    make_participant(program, name="Bob", group=b, diet="halal", room="9")
    make_participant(program, name="Gone", group=a, room="12", status="withdrawn")
    make_release(program)

    papers = {}
    for kind in hand_over.HEADINGS:
        moment = printing.read(program, lambda agenda, kind=kind: hand_over.chosen_items(agenda, kind))
        papers[kind] = to_paper(moment, hand_over.document(moment, kind))

    assert "TANDA TERIMA PERLENGKAPAN Receipt of kits" in papers["kits"].text
    assert "1 Ann Nepal A 1 2 Bob Nepal B 2" in papers["kits"].text
    assert "12.00–13.00 WIB Lunch 2 halal 1; vegan 1" in papers["meals"].pages[0]
    assert "1 Ann vegan No nuts 1 2 Bob halal 2" in papers["meals"].pages[1]
    assert "9 Bob Nepal B 1 12 Ann Nepal A 2" in papers["rooms"].text
    first, second = papers["bus"].pages
    assert "Hotel, Bandung – Plant, Bandung" in first
    assert "Kendaraan / Vehicle : Bus 1" in first
    assert "1 Ann Nepal +1 5" in first
    assert "Bob" not in first
    assert "Titik kumpul / Meeting point : Lobby" in second
    assert "2 Bob Nepal" in second
    assert not [kind for kind, paper in papers.items() if "Gone" in paper.text]


def test_the_same_list_printed_at_the_same_moment_is_the_same_file(program, set_clock):
    make_item(program)
    make_people(program, 3)
    make_release(program)
    set_clock(at(24, "08:00", program.tz))

    def once():
        moment, choices = read(program)
        return printing.pdf(moment, attendance_lists.document(moment, choices))

    assert once() == once()


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_what_is_printed_is_of_one_moment_while_others_write(program):
    make_item(program)
    make_people(program, 3, position="0")
    make_release(program)
    settings = PaperSettings.objects.create(program=program, officer_name="0")

    enough = Event()

    def write():
        for number in count(1):
            if enough.is_set():
                return connection.close()
            with transaction.atomic():
                settings.officer_name = str(number)
                settings.save()
                program.participants.update(position=str(number))

    torn, seen = [], set()
    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write)
        try:
            for _reading in range(1000):
                moment, _choices = read(program)
                seen.add(moment.settings.officer_name)
                if {person.position for person in moment.people} != {moment.settings.officer_name}:
                    torn.append(moment)
                if len(seen) == 5:
                    break
        finally:
            enough.set()
        writing.result()

    assert not torn
    assert len(seen) == 5
