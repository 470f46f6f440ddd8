"""The recap of attendance on paper: the figures of the summary, on letterhead, to be signed."""

import pytest

from participants.models import LetterheadSettings
from tests.makers import at, make_group, make_release, make_venue
from tests.participants.papers.documents import Document
from tests.participants.people.makers import make_participant

from .test_summary import counting, say

pytestmark = pytest.mark.django_db
RECAP = "/ikm-2018/attendance/summary.pdf"


@pytest.fixture
def world(program, staff, set_clock):
    set_clock(at(24, "12:00", program.tz))
    group = make_group(program, "A")
    venue = make_venue(program, "Hall", city="Jakarta")
    counting(program, "Opening", day=23)
    counting(program, "Workshop", "11:00", "12:00", day=23, groups=[group], kind="workshop")
    counting(program, "Closing", day=30, venue=venue)
    LetterheadSettings.objects.create(
        program=program,
        letterhead="Kementerian Contoh",
        acknowledged_name="Sample Director",
        acknowledged_position="Sample Head",
        acknowledged_nip="19000101",
    )
    make_release(program)
    amal = make_participant(program, name="Amal", group=group)
    say(amal, Opening="present", Workshop="late")
    say(make_participant(program, name="Tika", country="ID"), Opening="sick")
    return program


def test_the_recap_has_the_figures_the_letterhead_and_both_signers(client, world):
    document = Document(client.get(RECAP).content)

    people, items = document.pages
    for words in (
        "KEMENTERIAN CONTOH",
        "REKAPITULASI KEHADIRAN Recap of attendance",
        "2 mata acara yang sudah selesai / 2 items that are over",
        *("1 Tika Indonesia 0 0 0 1 0 0 1 0 %", "2 Amal Nepal 1 1 0 0 0 0 2 100 %"),
        *("Peserta Participants 2", "Mencapai 80 % Reach 80 percent 1"),
        "Kehadiran seluruhnya Attendance in all 66 %",
        "Mengetahui / Acknowledged by Sample Head Sample Director NIP 19000101",
        "Jakarta, 24 Juli 2018 Petugas penanggung jawab",
    ):
        assert words in people
    assert "1 Sen 23 Jul, 09.00–10.00 WIB Opening 1 0 2 50 %" in items
    assert "2 Sen 23 Jul, 11.00–12.00 WIB Workshop 1 0 1 100 %" in items
    assert "Mengetahui" in items
    assert document.is_for_everybody


def test_the_recap_is_of_the_part_that_is_shown(client, world):
    text = Document(client.get(f"{RECAP}?country=NP").content).text

    assert "Amal" in text
    assert "Tika" not in text


def test_the_summary_leads_to_the_recap_of_what_it_shows(client, world):
    page = client.get("/ikm-2018/attendance/summary/?country=NP").content.decode()

    assert f'href="{RECAP}?country=NP"' in page
