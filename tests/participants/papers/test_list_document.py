"""How a printed list looks on paper: its pages, its scripts, and what nobody can break."""

import logging
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from threading import Event

import pytest
from django.db import connection, transaction

from participants.models import LetterheadSettings
from participants.papers import attendance_lists, printing, sheets
from program.printing.documents import breakable
from tests import codes
from tests.makers import at, make_item, make_release, make_venue
from tests.participants.people.makers import make_participant, make_people

from .documents import Document, printed, read

pytestmark = pytest.mark.django_db
NAMES = r"Sample Person \d\d\d"
OWN_SCRIPTS = {
    "NP": ("नमुना सहभागी", "NotoSansDevanagari-Regular"),
    "BD": ("নমুনা অংশগ্রহণকারী", "NotoSansBengali-Regular"),
    "MM": ("နမူနာ ပါဝင်သူ", "NotoSansMyanmar-Regular"),
    "LA": ("ຜູ້ເຂົ້າຮ່ວມຕົວຢ່າງ", "NotoSansLao-Regular"),
    "LK": ("නියැදි සහභාගිවන්නා", "NotoSansSinhala-Regular"),
    "IN": ("மாதிரி பங்கேற்பாளர்", "NotoSansTamil-Regular"),
    "BT": ("དཔེ་ཚད་བཅའ་མར་གཏོགས་མི་", "NotoSerifTibetan-Regular"),
    "KH": ("គំរូអ្នកចូលរួម", "NotoSansKhmer-Regular"),
    "TL": ("નમૂના સહભાગી", "NotoSansGujarati-Regular"),
    "FJ": ("ਨਮੂਨਾ ਭਾਗੀਦਾਰ", "NotoSansGurmukhi-Regular"),
    "PG": ("నమూనా పాల్గొనేవారు", "NotoSansTelugu-Regular"),
    "MY": ("സാമ്പിൾ പങ്കാളി", "NotoSansMalayalam-Regular"),
    "SG": ("ಮಾದರಿ ಭಾಗವಹಿಸುವವರು", "NotoSansKannada-Regular"),
    "MU": ("ନମୁନା ଅଂଶଗ୍ରହଣକାରୀ", "NotoSansOriya-Regular"),
    "MV": ("ސާމްޕަލް", "NotoSansThaana-Regular"),
    "CN": ("示例参与者", "DroidSansFallback"),
    "JP": ("サンプル参加者", "DroidSansFallback"),
    "KR": ("견본 참가자", "DroidSansFallback"),
    "IL": ("משתתף לדוגמה", "NotoSansHebrew-Regular"),
    "ET": ("ናሙና ተሳታፊ", "NotoSansEthiopic-Regular"),
    "GE": ("ნიმუში", "NotoSansGeorgian-Regular"),
    "AM": ("նմուշ", "NotoSansArmenian-Regular"),
    "MN": ("ᠮᠣᠩᠭᠣᠯ", "NotoSansMongolian-Regular"),
    "AF": ("شرکت‌کنندهٔ نمونه", "NotoSansArabic-Regular"),
}


def test_twenty_people_stand_on_one_page_with_all_that_a_list_needs(program, set_clock):
    LetterheadSettings.objects.create(
        program=program,
        letterhead="Kementerian Contoh\nDirektorat Contoh",
        address="Jl. Contoh 1",
        officer_name="Sample Officer",
        officer_nip="19000101",
        acknowledged_name="Sample Director",
        acknowledged_position="Sample Head of Center",
    )
    venue = make_venue(program, "Sample Hall", city="Bandung", address="Jl. Sampel 2")
    item = make_item(program, "Making cloth", "10:00", "12:15", 23, local_title="Membuat kain", venue=venue)
    make_people(program, 20)
    make_release(program)
    set_clock(at(23, "09:31", program.tz))

    document = printed(program)

    assert len(document.pages) == 1
    for words in (
        *("KEMENTERIAN CONTOH DIREKTORAT CONTOH Jl. Contoh 1", "DAFTAR HADIR Attendance List"),
        "Kegiatan / Item : Membuat kain / Making cloth",
        "Hari, tanggal / Date : Senin, 23 Juli 2018 / Monday 23 July 2018",
        *("Waktu / Time : 10.00–12.15 WIB", "Tempat / Venue : Sample Hall, Jl. Sampel 2, Bandung"),
        *("No. Nama Name Negara Country Instansi Institution Tanda tangan Signature",),
        "1 Sample Person 001 Nepal Sample Institution 1",
        "20 Sample Person 020 Nepal Sample Institution 20",
        *("Terdaftar Listed 20", "Hadir Present", "Sakit Sick", "Izin Excused", "Tanpa keterangan Absent"),
        "Mengetahui / Acknowledged by Sample Head of Center",
        *("Bandung, 23 Juli 2018 Petugas penanggung jawab / Officer in charge",),
        *("Sample Director NIP", "Sample Officer NIP 19000101"),
        f"Membuat kain · 23 Juli 2018 · mata acara {item.pk} · versi terbit 1 · ",
        "dicetak 23 Juli 2018 pukul 09.31 WIB",
        "Halaman 1/1",
    ):
        assert words in document.text
    assert document.is_for_everybody
    assert all(document.fonts.values())


@pytest.mark.parametrize(
    ("count", "most"),
    [(1, 1), (2, 1), (25, 1), (26, 2), (28, 2), (57, 2), (60, 2), (62, 3), (66, 3), (500, 16)],
)
def test_longer_lists_take_few_pages_and_leave_nothing_alone(program, count, most):
    make_item(program)
    make_people(program, count, own_script_name="नमुना सहभागी")
    make_release(program)

    document = printed(program)

    on_pages = document.found(NAMES)
    in_order = [f"Sample Person {n:03}" for n in range(1, count + 1)]
    assert [name for names in on_pages for name in names] == in_order
    assert len(document.pages) <= most
    assert min(map(len, on_pages)) >= min(3, count)
    assert ["Mengetahui" in page for page in document.pages] == [False] * (len(document.pages) - 1) + [True]
    for number, page in enumerate(document.pages, start=1):
        assert "No. Nama Name" in page
        assert f"Halaman {number}/{len(document.pages)}" in page


def test_every_page_names_the_item_and_its_date_and_carries_the_code(program):
    make_item(program, "Visit", local_title="Kunjungan", day=24)
    make_people(program, 70)
    make_release(program)
    moment, choices = read(program)
    asked = []

    def address_of(item, code):
        asked.append((item.id, sheets.read(code)))
        return f"https://portal.example/s/{item.id}/{code}/"

    content = printing.pdf(moment, attendance_lists.document(moment, choices, address_of=address_of))
    document = Document(content)

    assert len(document.pages) == 3
    for page in document.pages[1:]:
        assert "Daftar hadir / Attendance List: Kunjungan Selasa, 24 Juli 2018, 10.00–11.00 WIB No." in page
    ((item, sheet),) = asked
    assert (item, sheet.numbers) == (moment.items[0].id, frozenset(range(1, 71)))
    read_back = {address for page in range(3) for address in codes.on_page(content, page)}
    assert read_back == {f"https://portal.example/s/{item}/{sheet.code}/"}
    assert document.is_for_everybody  # so each code has words for those who cannot see it


def test_tibetan_breaks_after_a_tsheg_alone(program):
    make_item(program)
    make_participant(program, own_script_name="དཔེ་ཚད་བཅའ་མར་གཏོགས་མི་" * 4, country="BT")
    make_release(program)

    text = breakable("དཔེ་ཚད་བཅའ་མར་གཏོགས་མི་" * 4 + "བསྒྲུབས")
    page = printed(program).pdf.pages[0].extract_text()

    assert text.replace("\u200b", "") == "དཔེ་ཚད་བཅའ་མར་གཏོགས་མི་" * 4 + "བསྒྲུབས"
    assert text.count("\u200b") >= 4
    assert {text[place - 1] for place, char in enumerate(text) if char == "\u200b"} == {"་"}
    assert page


def test_names_of_mixed_scripts_are_printed_in_the_fonts_of_each(program):
    make_item(program)
    make_participant(program, name="Ann 示例", own_script_name="राम Ann 示例 گل", country="NP")
    make_release(program)

    document = printed(program)

    assert {"NotoSans-Regular", "NotoSansDevanagari-Regular", "DroidSansFallback"} <= set(document.fonts)
    assert "NotoSansArabic-Regular" in document.fonts
    assert document.is_for_everybody


def test_each_item_has_pages_of_its_own(program):
    make_item(program, "Second", "13:00", "14:00")
    make_item(program, "First", "10:00", "11:00")
    make_people(program, 30)
    make_release(program)

    document = printed(program)

    assert [page.partition(" · ")[0].endswith("First") for page in document.pages] == [
        True,
        True,
        False,
        False,
    ]
    assert document.found(r"Halaman \d/\d") == [["Halaman 1/2"], ["Halaman 2/2"]] * 2


def test_names_in_every_script_are_printed_with_embedded_fonts(program):
    make_item(program)
    for country, (own, _font) in OWN_SCRIPTS.items():
        make_participant(program, country=country, own_script_name=own)
    make_release(program)

    document = printed(program)

    embedded = {name for name, is_embedded in document.fonts.items() if is_embedded}
    assert {font for _own, font in OWN_SCRIPTS.values()} <= embedded
    assert document.is_for_everybody


def test_a_script_without_a_font_is_left_out_rather_than_printed_as_boxes(program):
    make_item(program)
    make_participant(program, name="Sample Person", own_script_name="ᏣᎳᎩ", country="US")
    make_release(program)

    document = printed(program)

    assert "Sample Person United States" in document.text
    assert document.is_for_everybody


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
    LetterheadSettings.objects.create(program=program, letterhead=name, officer_name=name)
    make_item(program, name)
    make_participant(program, name=name, institution=name)
    make_release(program)

    document = printed(program, columns=("institution",))

    assert name.replace(" ", "") in document.text.replace(" ", "").replace("\u200b", "")
    assert len(document.pages) == 1


def test_control_signs_and_signs_that_turn_text_around_are_not_printed(program):
    make_item(program)
    make_participant(program, name="Sam\x07ple\u202e Per\x1bson\r\nSecond\tline")
    make_release(program)

    assert "1 Sample Person Second line Nepal" in printed(program).text


def test_pictures_in_a_name_are_left_out_and_the_rest_is_for_everybody(program):
    make_item(program)
    make_participant(program, name="Sample 🎉 Person ❤️ 5° № 👍🏽")
    make_release(program)

    document = printed(program)

    assert "1 Sample Person 5° № Nepal" in document.text
    assert document.is_for_everybody


def test_a_sign_that_no_font_has_prints_without_pdf_ua_and_without_the_name_in_the_log(program, caplog):
    make_item(program)
    make_participant(program, name="Sample 𐎠 Person")
    make_release(program)

    with caplog.at_level(logging.WARNING):
        document = printed(program)

    assert not document.is_for_everybody
    assert "Person" in document.text
    assert [record.getMessage() for record in caplog.records] == ["hadir.typ could not be made as PDF/UA"]
    assert caplog.records[0].exc_info is None


def test_long_names_stay_in_their_column(program):
    make_item(program)
    make_participant(program, name="W" * 120, own_script_name="မ" * 120, institution="i" * 160, country="MM")
    make_release(program)

    document = printed(program)
    lines = [
        line for line in document.pdf.pages[0].extract_text().splitlines() if "W" in line or "iiii" in line
    ]

    assert sum(line.count("W") for line in lines) >= 120
    assert max(line.count("W") for line in lines) <= 14  # 45 mm at 9 points
    assert max(line.count("i") for line in lines) < 100
    assert document.is_for_everybody


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
    settings = LetterheadSettings.objects.create(program=program, officer_name="0")

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
