"""Tables of agendas: pasted, columns, names, rows and matching, without a database."""

from datetime import date

import pytest

from program.agenda.kinds import Kind
from program.drafting.sheet.columns import Known, find_heads, recognise
from program.drafting.sheet.matching import Asked, Entry, folded, match
from program.drafting.sheet.pasted import as_text, read_pasted
from program.drafting.sheet.places import Named, Names, people_in
from program.drafting.sheet.rows import read_rows
from program.drafting.sheet.words import find_groups, guess_kind
from program.spreadsheets.files import BadSpreadsheet, read_spreadsheet

from . import sample

PROGRAM = date(2018, 7, 18), date(2018, 7, 30)
TUESDAY = date(2018, 7, 24)


def read(table, **mends):
    place, heads = find_heads(table)
    known = Known(*PROGRAM, {"A": 1, "B": 2})
    columns = recognise(heads, table[place:], known)
    return columns, *read_rows(table[place:], columns, *PROGRAM, "WIB", **mends)


def test_a_table_of_word_keeps_its_rows_where_cells_have_line_breaks():
    columns, rows, unread = read(read_pasted(sample.as_pasted()))

    assert [column.name for column in columns] == [
        *("", "day", "time", "local_title", "venue", "speakers", "contact", "groups"),
    ]
    assert [(row.day.day, row.title) for row in rows] == [
        *((24, row[3]) for row in sample.ROWS),
        *((25, row[3]) for row in sample.MORE_ROWS),
    ]
    assert people_in(rows[7].text("speakers")) == ("Dr. Sampel Satu, M.T.", "Sampel Dua")
    assert unread == []


def test_a_workbook_says_the_same_as_its_pasted_text():
    sheet = read_spreadsheet(sample.as_xlsx(), results=True)
    sheet.fill_down()

    _columns, rows, _unread = read(sheet.rows)
    _pasted, same, _none = read(read_pasted(sample.as_pasted()))

    assert [(r.day, r.start, r.end, r.titles) for r in rows] == [
        (r.day, r.start, r.end, r.titles) for r in same
    ]


def test_rows_are_the_same_after_they_travelled_as_text():
    rows = [(1, ["a", "b\nc", 'd "e"']), (4, ["", "x\ty", "z"]), (5, ["'1", "", "ဗမာ"])]

    assert read_pasted(as_text(rows)) == rows
    assert read_pasted(as_text(rows).replace("\n", "\r\n")) == rows


def test_an_ods_file_is_read_with_its_times_and_merged_cells():
    data = sample.as_ods(
        [
            ["Tanggal", "Mulai", "Selesai", "Kegiatan"],
            [("spanned", 2, "24 Juli"), ("time", "PT08H30M00S"), ("time", "PT09H00M00S"), "Paparan"],
            ["", ("time", "PT09H00M00S"), ("time", "PT10H00M00S"), "Diskusi\npanel"],
        ]
    )
    sheet = read_spreadsheet(data, results=True)
    sheet.fill_down()

    _columns, rows, _unread = read(sheet.rows)

    assert [(row.day, row.start, row.end, row.title) for row in rows] == [
        (TUESDAY, 510, 540, "Paparan"),
        (TUESDAY, 540, 600, "Diskusi\npanel"),
    ]


@pytest.mark.parametrize(
    ("extra", "told"),
    [
        ([("Basic/Standard/Module1.xml", "<x/>")], "macros"),
        ([("big.xml", "0" * 30_000_000)], "far more than one table"),
    ],
)
def test_a_hostile_ods_file_is_refused(extra, told):
    with pytest.raises(BadSpreadsheet, match=told):
        read_spreadsheet(sample.as_ods([["a"]], extra))


def test_an_ods_file_cannot_expand_itself():
    data = sample.as_ods([["a"]], prologue='<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>')

    with pytest.raises(BadSpreadsheet, match="does not belong in a spreadsheet"):
        read_spreadsheet(data)


def test_heads_may_stand_in_two_rows_and_columns_without_heads_are_guessed():
    two = [
        (1, ["Waktu", "", "Acara"]),
        (2, ["Mulai", "Selesai", ""]),
        (3, ["08.00", "09.00", "Paparan"]),
    ]
    none = [
        (1, ["24/07/2018", "08.00-09.00", "A long title of a talk"]),
        (2, ["24/07/2018", "9-10", "Lunch"]),
    ]

    assert [column.name for column in read(two)[0]] == ["start", "end", "local_title"]
    assert [(column.name, column.sure) for column in read(none)[0]] == [
        ("day", False),
        ("time", False),
        ("title", False),
    ]


def test_what_is_not_understood_is_not_dropped_silently():
    table = [
        (1, ["Tanggal", "Jam", "Kegiatan"]),
        (2, ["24/07/2018", "8-9", "Paparan"]),
        (3, ["Catatan: x", "", ""]),
    ]

    _columns, rows, unread = read(table)

    assert len(rows) == 1
    assert unread == [(3, "Catatan: x")]


@pytest.mark.parametrize(
    ("text", "found", "how"),
    [
        ("Balai Besar Logam dan Mesin", 1, "same"),
        ("balai besar logam & mesin", 1, "like"),
        ("BBLM", 1, "short"),
        ("Balai Besar Logam dan Mesin (BBLM)", 1, "same"),
        ("PTDI", 2, "short"),
        ("Dirgantara Indonesia", 2, "like"),
        ("PT Dirgantara Indonseia", 2, "like"),
        ("Balai Besar Tekstil", None, ""),
        ("BB", None, ""),
    ],
)
def test_a_name_is_known_by_its_letters_its_words_and_its_spelling(text, found, how):
    names = Names([Named(1, ("Balai Besar Logam dan Mesin", "")), Named(2, ("PT Dirgantara Indonesia", ""))])

    result = names.find(text)

    assert (result.named and result.named.pk, result.how) == (found, how)


def test_letters_that_fit_two_names_are_not_guessed():
    names = Names([Named(1, ("Balai Besar Kulit",)), Named(2, ("Balai Besar Keramik",))])

    assert names.find("BBK").named is None


def test_a_person_is_known_without_titles():
    names = Names([Named(1, ("Sampel Satu",))], people=True)

    assert names.find("Dr. Ir. Sampel Satu, M.T.").how == "same"


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Registrasi peserta dan coffee morning", Kind.REGISTRATION),
        ("Pembukaan oleh Direktur Jenderal", Kind.CEREMONY),
        ("ISHOMA", Kind.MEAL),
        ("Istirahat makan siang", Kind.MEAL),
        ("Coffee break", Kind.BREAK),
        ("Perjalanan menuju Museum", Kind.TRAVEL),
        ("Bus ke BBLM", Kind.TRAVEL),
        ("Lokakarya batik", Kind.WORKSHOP),
        ("Kunjungan ke PTDI", Kind.VISIT),
        ("Paparan kebijakan", Kind.SESSION),
        ("Lain-lain", None),
    ],
)
def test_the_kind_is_guessed_by_the_words_of_a_title(title, kind):
    assert guess_kind(title) == kind


def test_groups_are_read_in_words_and_an_unknown_one_is_named():
    groups = {"A": 1, "B": 2}

    assert find_groups("Kelompok A dan B", groups) == {1, 2}
    assert find_groups("Grup B", groups) == {2}
    assert find_groups("Seluruh peserta", groups) == set()
    with pytest.raises(LookupError, match="c"):
        find_groups("A, C", groups)


def entry(pk, title, start=600, groups=(), day=TUESDAY, kind=Kind.VISIT):
    return Entry(pk, folded([title]), kind, day, start, start + 60, frozenset(groups))


def asked(number, title, start=600, groups=None, day=TUESDAY, pk=None):
    return Asked(number, folded([title]), pk, day, start, start + 60, groups)


def test_rows_find_their_items_by_id_then_by_time_and_groups_then_by_title():
    entries = [
        entry(1, "CNC", groups={1}),
        entry(2, "CNC", groups={2}),
        entry(3, "Foundry", 700),
        entry(4, "X", 800),
    ]
    rows = [
        asked(1, "CNC", groups=frozenset({2})),
        asked(2, "CNC", groups=frozenset({1})),
        asked(3, "foundry", 900),
        asked(4, "Y", 300, pk=4),
        asked(5, "New", 400),
    ]

    assert match(rows, entries) == {1: (2, False), 2: (1, False), 3: (3, False), 4: (4, False)}


def test_a_title_that_moved_to_another_day_of_the_sheet_is_guessed_and_a_lunch_is_not():
    other = date(2018, 7, 25)
    entries = [entry(1, "CNC"), entry(2, "Lunch", kind=Kind.MEAL), entry(3, "Foundry", day=date(2018, 7, 26))]
    rows = [
        asked(1, "CNC", day=other),
        asked(2, "Lunch", day=other),
        asked(3, "Foundry"),
        asked(4, "Talk", 60),
    ]

    assert match(rows, entries) == {1: (1, True)}
