import re
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from participants.models import Participant, TravelReading
from tests.makers import at, make_program
from tests.participants.admin import LIST, act, sign_in_staff, text_of
from tests.participants.travel.makers import make_travel_record

from .makers import make_participant
from .spreadsheets import SOMEBODY, as_xlsx

pytestmark = pytest.mark.django_db


def upload(client, program, data, name="people.csv"):
    return client.post(f"{LIST}import/{program.pk}/", {"file": SimpleUploadedFile(name, data)})


def signed_rows(page):
    return re.search(r'name="spreadsheet" value="([^"]+)"', page.content.decode())[1]


def test_a_sheet_is_previewed_and_imported(client, program, organizer):
    known = make_participant(program, name="Before", email="known@example.org")
    rows = ["Surel,Nama,Negara,Paspor", "known@example.org,After,Nepal,X1", "new@example.org,အောင်,Myanmar,X2"]
    data = "\n".join(rows).encode()

    page = upload(client, program, data)

    text = text_of(page)
    assert "1 new 1 changed 0 unchanged 0 with errors" in text
    assert "Name as in the passport: Before After" in text
    assert "These columns are not read: Paspor" in text
    assert program.participants.count() == 1

    page = client.post(f"{LIST}import/{program.pk}/", {"spreadsheet": signed_rows(page)}, follow=True)

    known.refresh_from_db()
    assert "Imported: 1 new, 1 changed, 0 unchanged." in text_of(page)
    assert known.name == "After"
    assert program.participants.get(email="new@example.org").name == "အောင်"
    assert known.history.first().history_user == organizer


def test_a_sheet_with_errors_names_each_row_and_cannot_be_imported(client, program, organizer):
    data = b"E-mail,Name,Country\nfine@example.org,Fine,NP\nwrong,Wrong,Atlantis\n"

    page = upload(client, program, data)

    text = text_of(page)
    assert "3 Error Country: “Atlantis” is not a known country. Write its code, such as NP." in text
    assert "E-mail: Enter a valid email address." in text
    assert "Nothing can be imported yet." in text
    assert 'name="sheet"' not in page.content.decode()
    assert not program.participants.exists()


def test_a_wrong_file_is_refused_beside_the_field(client, program, organizer):
    page = upload(client, program, b"%PDF-1.7", name="people.xlsx")

    assert "This is not an XLSX, ODS or CSV file. Save the table as XLSX." in text_of(page)


def test_sheets_that_are_not_read_are_named_in_the_preview(client, program, organizer):
    def add(book):
        book.create_sheet("Group B").append(["b@example.org"])

    page = upload(client, program, as_xlsx(SOMEBODY, change=add), name="people.xlsx")

    assert "Only the first sheet is read. These sheets are not read: Group B" in text_of(page)


def test_a_file_that_is_too_large_is_refused(client, program, organizer):
    page = upload(client, program, b"x" * (4 * 1024 * 1024 + 1))

    assert "The file is larger than 4 MB. Split it." in text_of(page)


def test_importing_without_a_file_asks_for_one(client, program, organizer):
    assert "This field is required." in text_of(client.post(f"{LIST}import/{program.pk}/"))


def test_what_changed_since_the_preview_is_not_overwritten_in_part(client, program, organizer):
    page = upload(
        client, program, b"E-mail,Name,Country,Group\na@example.org,Sample,NP,\nb@example.org,Sample,NP,\n"
    )
    sheet = signed_rows(page)
    erased = make_participant(program, email="b@example.org", erased_at=at(20, "10:00", program.tz))

    page = client.post(f"{LIST}import/{program.pk}/", {"spreadsheet": sheet}, follow=True)

    assert "Nothing was imported: the list of participants has changed." in text_of(page)
    assert list(program.participants.all()) == [erased]


def test_a_sheet_that_was_tampered_with_or_is_of_another_program_is_refused(client, program, organizer):
    sheet = signed_rows(upload(client, program, b"E-mail,Name,Country\na@example.org,Sample,NP\n"))
    other = make_program(slug="other")

    for address, value in ((program.pk, sheet[:-3] + "abc"), (other.pk, sheet)):
        page = client.post(f"{LIST}import/{address}/", {"spreadsheet": value}, follow=True)
        assert "Choose the file again." in text_of(page)

    assert not Participant.objects.exists()


def test_importing_more_people_than_seats_warns(client, organizer):
    program = make_program(seats=1)
    data = b"E-mail,Name,Country,Status\na@example.org,A,NP,accepted\nb@example.org,B,NP,accepted\n"

    page = client.post(
        f"{LIST}import/{program.pk}/",
        {"spreadsheet": signed_rows(upload(client, program, data))},
        follow=True,
    )

    assert "1 person more than there are seats." in text_of(page)


@pytest.mark.parametrize("form", ["xlsx", "csv"])
def test_template_is_downloaded(client, program, organizer, form):
    response = client.get(f"{LIST}import/{program.pk}/template.{form}")

    assert response["Content-Disposition"] == f'attachment; filename="template-ikm-2018.{form}"'
    assert len(response.content) > 100
    assert client.get(f"{LIST}import/{program.pk}/template.exe").status_code == 404


def test_selected_people_are_exported_without_their_travel_records(client, program, organizer):
    chosen, _other = make_participant(program, name="Chosen"), make_participant(program, name="Other")
    record = make_travel_record(chosen, passport_number="SENTINEL")

    assert "1 person, in the columns that an import reads." in text_of(act(client, "export", [chosen]))
    response = act(client, "export", [chosen], sure="1", form="csv")

    assert response["Content-Disposition"] == 'attachment; filename="participants-ikm-2018.csv"'
    text = response.content.decode("utf-8-sig")
    assert "Chosen" in text
    assert "Other" not in text
    assert "SENTINEL" not in text
    assert not record.readings.exists()


def test_filtered_people_are_exported(client, program, organizer):
    make_participant(program, name="In Nepal", country="NP")
    make_participant(program, name="In Myanmar", country="MM")

    response = client.post(
        f"{LIST}?country=MM",
        {"action": "export", "select_across": "1", "_selected_action": "0", "sure": "1", "form": "xlsx"},
    )

    rows = list(load_workbook(BytesIO(response.content)).worksheets[0].values)
    assert [row[1] for row in rows[1:]] == ["In Myanmar"]


def test_export_with_travel_records_is_written_down(client, program, organizer):
    record = make_travel_record(make_participant(program), passport_number="SENTINEL")

    response = act(client, "export", [record.participant], sure="1", form="csv", travel="on")

    assert "SENTINEL" in response.content.decode()
    assert TravelReading.objects.get().where == "export"


def test_staff_without_the_permission_export_no_travel_records(client, program):
    record = make_travel_record(make_participant(program), passport_number="SENTINEL")
    sign_in_staff(client)

    page = act(client, "export", [record.participant])
    response = act(client, "export", [record.participant], sure="1", form="csv", travel="on")

    assert "travel records" not in text_of(page)
    assert "SENTINEL" not in response.content.decode("utf-8-sig")
    assert not record.readings.exists()
