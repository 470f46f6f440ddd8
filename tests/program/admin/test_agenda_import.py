"""An agenda from a spreadsheet: an organizer sees what it would change, takes it over, and takes it back."""

import re
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from program.agenda.kinds import Kind, Status
from program.models import AgendaItem, Operation, Organization, Venue
from sessions.models import ClassroomSession, Speaker
from tests.makers import make_group, make_item, make_organization, make_program, make_speaker, make_venue
from tests.program.drafting.sheet import sample
from visits.models import Visit

from .test_publishing import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("organizer")]
WIB = ZoneInfo("Asia/Jakarta")
IMPORT = "/admin/program/agendaitem/import/"
EXPORT = "/admin/program/agendaitem/export/"


def fields(page):
    """What the form of a preview sends as it stands, without a button."""
    html = page.content.decode().partition('name="again"')[2]
    sent = {}
    for tag in re.findall(r"<input[^>]*>", html):
        facts = dict(re.findall(r'(\w[\w-]*)="([^"]*)"', tag))
        if facts.get("type") in ("hidden", "text") and "name" in facts:
            sent[facts["name"]] = unescape(facts.get("value", ""))
    for name, options in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', html, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', options) or re.search(
            r'value="([^"]*)"', options
        )
        sent[unescape(name)] = unescape(chosen[1])
    return sent


def look(client, rows, **more):
    return client.post(IMPORT, {"rows": rows} | more)


def take(client, page, **changes):
    return client.post(IMPORT, fields(page) | {"take": "1"} | changes, follow=True)


def sheet(*rows, heads="Day\tTime\tTitle\tVenue\tGroups"):
    return "\n".join([heads, *rows])


def counts(page):
    return {sort: count for sort, count in page.context["plan"].counts.items() if count}


def agenda():
    """[(day and time, kind, title, venue, groups)] of the draft, in order."""
    return [
        (
            f"{item.starts_at.astimezone(WIB):%d %H:%M}–{item.ends_at.astimezone(WIB):%H:%M}",
            item.kind,
            item.title,
            item.venue.name if item.venue else "",
            "".join(sorted(group.name for group in item.groups.all())),
        )
        for item in AgendaItem.objects.select_related("venue", "program").order_by("starts_at", "pk")
    ]


def test_a_pasted_table_is_shown_first_and_then_taken_over_and_taken_back(client, program, organizer):
    make_group(program, "A")
    venue = make_venue(program, "Balai Besar Logam dan Mesin")
    visit = make_item(program, "CNC machine", "13:45", "16:00", venue=venue)
    before = agenda()
    rows = sheet(
        "24/07/2018\t10.00 – 11.00\tWorkshop CNC\tBBLM\tA",
        "24/07/2018\t14.00-16.15\tCNC machine\t\t",
        "24/07/2018\t19.00-21.00\tDinner\tSample restaurant, Lembang\t",
    )

    page = look(client, rows)

    assert counts(page) == {"new": 2, "changed": 1}
    text = text_of(page)
    assert "13:45 14:00–16:00 16:15" in text
    assert "Balai Besar Logam dan Mesin from “BBLM”" in text
    assert "Take over 3 rows" in text
    assert agenda() == before
    done = take(client, page)
    assert agenda() == [
        ("24 10:00–11:00", "workshop", "Workshop CNC", "Balai Besar Logam dan Mesin", "A"),
        ("24 14:00–16:15", "visit", "CNC machine", "Balai Besar Logam dan Mesin", ""),
        ("24 19:00–21:00", "meal", "Dinner", "Sample restaurant, Lembang", ""),
    ]
    assert Venue.objects.get(name="Sample restaurant, Lembang").city == "Lembang"
    assert Visit.objects.get(pk=visit.pk).history.first().history_user == organizer
    assert "Agenda from a spreadsheet: 2 new, 1 changed" in text_of(done)
    client.post(done.redirect_chain[-1][0])
    assert agenda() == before
    assert not Venue.objects.filter(name="Sample restaurant, Lembang").exists()


def test_the_sample_of_a_ministry_is_read_from_its_workbook(client, program):
    make_group(program, "A"), make_group(program, "B")
    venue = make_venue(program, "Balai Besar Logam dan Mesin", slug="bblm")
    file = SimpleUploadedFile("susunan acara.xlsx", sample.as_xlsx())

    page = client.post(IMPORT, {"file": file})
    take(client, page)

    rows = agenda()
    assert [row[:3] for row in rows] == [
        ("24 08:00–08:40", "travel", "Bus ke BBLM"),
        ("24 08:45–09:45", "visit", "Kunjungan: mesin CNC buatan balai"),
        ("24 10:00–11:00", "workshop", "Workshop CNC"),
        ("24 10:00–11:00", "workshop", "Workshop pengecoran"),
        ("24 10:30–10:45", "session", "Foto bersama"),
        ("25 08:00–09:30", "session", "Paparan kebijakan IKM"),
        ("25 09:30–10:00", "meal", "ISHOMA"),
    ]
    assert [row[4] for row in rows] == ["", "", "A", "B", "", "", ""]
    assert {item.local_title for item in AgendaItem.objects.all()} == {row[2] for row in rows}
    assert AgendaItem.objects.filter(venue=venue).count() == 3
    assert Visit.objects.get(title__startswith="Kunjungan").contact_name == "Ibu Contoh"
    taught = ClassroomSession.objects.get(title="Paparan kebijakan IKM")
    assert [speaker.name for speaker in taught.speakers.all()] == ["Dr. Sampel Satu, M.T.", "Sampel Dua"]
    text = text_of(page)
    assert "It ends at 15:15, before it starts at 15:30." in text
    assert "“10:30-1045” was read as 10:30–10:45." in text
    assert "It has no end." in text
    assert "2 rows with errors stay out." in text


def test_a_broken_row_is_mended_in_the_row(client, program):
    page = look(
        client, sheet("24/07/2018\t15:30-15:15\tCoffee break\t\t", "24/07/2018\t22.00-01.00\tBus\t\t")
    )
    assert counts(page) == {"error": 2}

    done = take(client, page, **{"end:2": "15.45", "next_day": "3"})

    assert agenda() == [
        ("24 15:30–15:45", "break", "Coffee break", "", ""),
        ("24 22:00–01:00", "travel", "Bus", "", ""),
    ]
    assert Operation.objects.get().sentence in text_of(done)


def test_a_row_mended_badly_takes_nothing_over_and_keeps_what_was_typed(client, program):
    page = look(client, sheet("24/07/2018\t15:30-15:15\tCoffee break\t\t", "24/07/2018\t9-10\tTalk\t\t"))

    again = take(client, page, **{"end:2": "quarter"})

    assert agenda() == []
    assert "there is still an error in row 2" in text_of(again)
    assert fields(again)["end:2"] == "quarter"


def test_columns_are_mapped_by_hand_and_looked_at_before_anything_is_taken_over(client, program):
    rows = "Tgl\tJam\tApa\tZ\n24/07/2018\t08.00-09.00\tTalk\tSample hall"
    page = look(client, rows)
    assert [(c.name, c.sure) for c in page.context["plan"].columns][:2] == [("day", True), ("time", True)]

    changed = take(client, page, **{"column:2": "title", "column:3": "venue"})

    assert agenda() == []
    assert "You changed what the columns mean." in text_of(changed)
    assert "Sample hall new venue" in text_of(changed)
    take(client, changed)
    assert agenda() == [("24 08:00–09:00", "session", "Talk", "Sample hall", "")]


def test_names_that_are_like_others_are_asked_about(client, program):
    hotel = make_venue(program, "Program hotel, Bandung")
    make_organization(program, "Balai Besar Tekstil")
    rows = sheet(
        "24/07/2018\t8-9\tTalk\tBandung program hotel\tBBT", heads="Day\tTime\tTitle\tVenue\tOrganization"
    )

    page = look(client, rows)
    take(client, page, **{"venue:Bandung program hotel": "new", "city:Bandung program hotel": "Cimahi"})

    text = text_of(page)
    assert "looks like Program hotel, Bandung" in text
    assert "its letters are those of Balai Besar Tekstil" in text
    item = AgendaItem.objects.get()
    assert item.venue != hotel
    assert (item.venue.name, item.venue.city) == ("Bandung program hotel", "Cimahi")
    assert item.organization.name == "Balai Besar Tekstil"
    assert Organization.objects.count() == 1


def test_what_is_not_in_the_sheet_stays_unless_it_is_to_be_cancelled(client, program):
    stays = make_item(program, "Museum", "14:00", "15:00")
    goes = make_item(program, "City tour", "16:00", "17:00")
    other_day = make_item(program, "Factory", "16:00", "17:00", day=25)

    page = look(client, sheet("24/07/2018\t8-9\tTalk\t\t"))
    done = take(client, page, cancel=str(goes.pk))

    assert "Museum" in text_of(page)
    assert "Factory" not in text_of(page)
    statuses = [AgendaItem.objects.get(pk=item.pk).status for item in (stays, goes, other_day)]
    assert statuses == [Status.CONFIRMED, Status.CANCELLED, Status.CONFIRMED]
    client.post(done.redirect_chain[-1][0])
    assert AgendaItem.objects.get(pk=goes.pk).status == Status.CONFIRMED


def test_an_item_changed_meanwhile_refuses_it_and_says_who(client, program):
    visit = make_item(program, "CNC machine", "13:45", "16:00")
    page = look(client, sheet("24/07/2018\t14-16\tCNC machine\t\t"))
    Visit.objects.get(pk=visit.pk).save_as("Somebody else")

    refused = take(client, page)

    assert "Nothing was taken over: the agenda was changed since you looked. “CNC machine”" in text_of(
        refused
    )
    assert agenda()[0][0] == "24 13:45–16:00"
    take(client, refused)
    assert agenda()[0][0] == "24 14:00–16:00"


def test_a_second_press_takes_nothing_over_twice(client, program):
    page = look(client, sheet("24/07/2018\t8-9\tTalk\tSample hall\t"))
    first = take(client, page)

    second = take(client, page)

    assert second.redirect_chain == first.redirect_chain
    assert (len(agenda()), Venue.objects.count()) == (1, 1)


def test_undoing_leaves_what_was_edited_since_and_the_place_it_needs(client, program):
    done = take(
        client, look(client, sheet("24/07/2018\t8-9\tVisit one\tSample hall\t", "24/07/2018\t9-10\tTalk\t\t"))
    )
    Visit.objects.get().save_as("edited")

    client.post(done.redirect_chain[-1][0])

    assert [row[2:4] for row in agenda()] == [("Visit one", "Sample hall")]


def test_undoing_restores_groups_and_speakers(client, program):
    group, other = make_group(program, "A"), make_group(program, "B")
    speaker = make_speaker(program, "Sample One")
    make_item(program, "Talk", "08:00", "09:00", kind=Kind.SESSION, groups=[group], speakers=[speaker])
    rows = sheet("24/07/2018\t8-9\tTalk\tB\tDr. Sample Two", heads="Day\tTime\tTitle\tGroups\tSpeakers")

    page = look(client, rows)
    done = take(client, page)

    talk = ClassroomSession.objects.get()
    assert (list(talk.groups.all()), [s.name for s in talk.speakers.all()]) == ([other], ["Dr. Sample Two"])
    assert "Speakers: from Sample One → to Dr. Sample Two" in text_of(done)
    client.post(done.redirect_chain[-1][0])
    assert (list(talk.groups.all()), list(talk.speakers.all())) == ([group], [speaker])
    assert list(Speaker.objects.all()) == [speaker]


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_exported_and_read_again_it_changes_nothing(client, program, form):
    group = make_group(program, "A")
    venue = make_venue(program, "ဟိုတယ်", local_name="Hotel")
    session = make_item(
        program,
        "=Talk, “quoted”",
        "08:00",
        "09:00",
        kind=Kind.SESSION,
        groups=[group],
        speakers=[make_speaker(program)],
    )
    make_item(program, "Night bus", "22:00", "23:00", kind=Kind.TRAVEL, venue=venue, notes="Two\nlines")
    make_item(program, "Same", "10:00", "11:00"), make_item(program, "Same", "10:00", "11:00")
    idea = make_item(program, "Idea")
    AgendaItem.objects.filter(pk=idea.pk).update(starts_at=None, ends_at=None)

    file = SimpleUploadedFile(f"agenda.{form}", client.get(EXPORT, {"form": form}).content)
    page = client.post(IMPORT, {"file": file})

    assert counts(page) == {"same": 5}
    assert page.context["plan"].gone == []
    assert not page.context["plan"].count
    assert session.title in text_of(page)


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"rows": "just some words"}, "There is no table in this text"),
        ({"rows": " "}, "Paste a table, or choose a file."),
    ],
)
def test_what_is_no_table_is_told_and_kept(client, program, sent, told):
    page = client.post(IMPORT, sent)

    assert told in text_of(page)
    assert sent["rows"].strip() in page.content.decode()


def test_back_to_the_paste_keeps_the_rows(client, program):
    page = look(client, sheet("24/07/2018\t8-9\tTalk\t\t"))

    back = client.post(IMPORT, fields(page) | {"back": "1"})

    assert "24/07/2018\t8-9\tTalk" in back.content.decode()


@pytest.mark.parametrize("count", [2, 12])
def test_a_preview_asks_the_database_as_often_for_many_rows(
    client, program, count, django_assert_max_num_queries
):
    venue = make_venue(program)
    for n in range(count):
        make_item(program, f"Visit {n}", "10:00", "11:00", venue=venue)
    rows = sheet(*(f"24/07/2018\t11-12\tVisit {n}\tNew place {n}\t" for n in range(count)))
    look(client, rows)

    with django_assert_max_num_queries(16):
        page = look(client, rows)

    assert counts(page) == {"changed": count}


def test_items_of_another_program_are_none_of_this_sheet(client, program):
    other = make_program(slug="other")
    foreign = make_item(other, "Secret visit")
    rows = sheet(f"{foreign.pk}\t24/07/2018\t10-11\tSecret visit", heads="Item ID\tDay\tTime\tTitle")

    page = client.post(f"{IMPORT}?program={program.pk}", {"rows": rows})

    assert counts(page) == {"new": 1}
    assert "is the ID of no item here" in text_of(page)
