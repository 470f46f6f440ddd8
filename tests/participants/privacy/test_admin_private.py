from datetime import datetime

import pytest
from django.contrib.admin.models import LogEntry
from django.core import mail

from participants.accounts.admin_log import ERASED_NAME
from participants.models import Participant, RetentionPolicy, TravelRecord
from tests.makers import at
from tests.participants.admin import LIST, act, form_data, names_on, sign_in_staff, text_of
from tests.participants.people.makers import make_participant
from tests.participants.travel.makers import make_travel_record

pytestmark = pytest.mark.django_db
Status = Participant.Status


# Travel records


def test_travel_record_is_opened_on_purpose_and_written_down(client, program, organizer):
    person = make_participant(program)
    record = make_travel_record(person, passport_number="SENTINEL", arrives_at=at(18, "14:05", program.tz))
    address = f"{LIST}{person.pk}/travel/"

    asked = client.get(address)
    assert "your name and the time are recorded" in text_of(asked)
    assert "SENTINEL" not in asked.content.decode()
    assert not record.readings.exists()

    opened = client.post(address)

    assert 'value="SENTINEL"' in opened.content.decode()
    assert 'value="2018-07-18T14:05"' in opened.content.decode()
    reading = record.readings.get()
    assert (reading.reader, reading.reader_name, reading.where) == (organizer, "Sample Organizer", "record")
    assert "Sample Organizer" in text_of(opened)
    assert opened["Cache-Control"].startswith("max-age=0")


def test_travel_record_is_changed_in_the_time_of_the_program(client, program, organizer):
    person = make_participant(program)
    make_travel_record(person, passport_number="OLD")

    client.post(
        f"{LIST}{person.pk}/travel/",
        {"save": "1", "passport_number": "NEW", "arrives_at": "2018-07-18 14:05"},
    )

    record = TravelRecord.objects.get()
    assert record.passport_number == "NEW"
    assert record.arrives_at == at(18, "14:05", program.tz)
    assert not record.readings.exists()


def test_a_record_can_be_entered_for_who_has_none(client, program, organizer):
    person = make_participant(program)

    client.post(f"{LIST}{person.pk}/travel/", {"save": "1", "arrival_flight": "XY 1"})

    assert person.travel_record.arrival_flight == "XY 1"


def test_two_who_write_in_a_travel_record_at_once_keep_each_others_words(client, program, organizer):
    person = make_participant(program)
    make_travel_record(person, emergency_name="", medical_notes="")
    address = f"{LIST}{person.pk}/travel/"
    form = client.post(address).context["form"]  # both open it now
    opened = {form[name].html_initial_name: form[name].value() or "" for name in form.fields}
    empty = {name: form[name].value() or "" for name in form.fields} | opened | {"save": "1"}

    client.post(address, empty | {"medical_notes": "Allergic to penicillin"})
    client.post(address, empty | {"emergency_name": "Sample Relative"})

    record = TravelRecord.objects.get()
    assert (record.medical_notes, record.emergency_name) == ("Allergic to penicillin", "Sample Relative")


def test_wrong_dates_of_a_travel_record_are_refused_in_words(client, program, organizer):
    person = make_participant(program)

    page = client.post(
        f"{LIST}{person.pk}/travel/", {"save": "1", "arrives_at": "tomorrow", "passport_number": "KEPT"}
    )

    assert "Enter a valid date/time." in text_of(page)
    assert 'value="KEPT"' in page.content.decode()
    assert not TravelRecord.objects.exists()


def test_staff_need_the_permission_for_travel_records(client, program):
    person = make_participant(program)
    record = make_travel_record(person, passport_number="SENTINEL")
    sign_in_staff(client)

    assert client.get(f"{LIST}{person.pk}/travel/").status_code == 403
    assert client.post(f"{LIST}{person.pk}/travel/").status_code == 403
    assert client.post(f"{LIST}lists/{program.pk}/travel/").status_code == 403
    assert not record.readings.exists()


def test_staff_with_the_permission_read_it_and_cannot_change_it(client, program):
    person = make_participant(program)
    record = make_travel_record(person, passport_number="SENTINEL")
    reader = sign_in_staff(client, reads_travel=True)

    opened = client.post(f"{LIST}{person.pk}/travel/")
    saved = client.post(f"{LIST}{person.pk}/travel/", {"save": "1", "passport_number": "X"})

    record.refresh_from_db()
    assert "SENTINEL" in text_of(opened)
    assert 'name="save"' not in opened.content.decode()
    assert saved.status_code == 403
    assert record.passport_number == "SENTINEL"
    assert record.readings.get().reader == reader


def test_travel_records_are_in_no_list_search_or_history(client, program, organizer):
    person = make_participant(program, name="Sample Person")
    record = make_travel_record(person, passport_number="SENTINEL", arrival_flight="SENTINEL")

    pages = [
        client.get(LIST),
        client.get(LIST, {"q": "SENTINEL"}),
        client.get(f"{LIST}{person.pk}/change/"),
        client.get(f"{LIST}{person.pk}/history/"),
        client.get("/admin/"),
    ]

    assert all(
        "SENTINEL" not in page.content.decode().replace("?q=SENTINEL", "").replace('value="SENTINEL"', "")
        for page in pages
    )
    assert names_on(pages[1]) == []
    assert client.get("/admin/participants/travelrecord/").status_code == 404
    assert not record.readings.exists()


# Erasing and retention


def test_a_person_is_erased_after_the_program_when_the_address_is_typed(
    client, program, organizer, set_clock
):
    person = make_participant(program, user=True, name="Sample Person", email="sample@example.org")
    address = f"{LIST}{person.pk}/erase/"

    set_clock(datetime.fromisoformat("2018-07-31T03:00:00+00:00"))
    assert "Erase this person" in text_of(client.get(f"{LIST}{person.pk}/change/"))
    page = client.post(address, {"email": "other@example.org"})
    assert "This is not the address of this person." in text_of(page)
    person.refresh_from_db()
    assert person.name == "Sample Person"

    page = client.post(address, {"email": " Sample@Example.org "}, follow=True)

    person.refresh_from_db()
    assert "The person is erased." in text_of(page)
    assert LogEntry.objects.get(object_id=person.pk).user == organizer
    assert (person.name, person.country, person.user) == (ERASED_NAME, "NP", None)


def test_nobody_is_erased_before_the_program_ends(client, program, organizer, set_clock):
    set_clock(at(20, "10:00", program.tz))
    person = make_participant(program, name="Sample Person", email="sample@example.org")

    page = client.post(f"{LIST}{person.pk}/erase/", {"email": "sample@example.org"})

    person.refresh_from_db()
    assert "after the program ends, on Monday 30 July 2018" in text_of(page)
    assert person.name == "Sample Person"
    assert "Erase this person" not in text_of(client.get(f"{LIST}{person.pk}/change/"))


def test_an_erased_person_cannot_be_changed_or_invited(client, program, organizer):
    person = make_participant(program, name=ERASED_NAME, erased_at=at(31, "10:00", program.tz))

    page = client.get(f"{LIST}{person.pk}/change/")
    client.post(f"{LIST}{person.pk}/change/", form_data())
    act(client, "invite", [person], sure="1")
    act(client, "withdraw", [person], sure="1")
    entered = client.post(f"{LIST}{person.pk}/travel/", {"save": "1", "passport_number": "X1234567"})

    person.refresh_from_db()
    assert entered.status_code == 404
    assert not TravelRecord.objects.exists()
    assert "Erased on Tuesday 31 July 2018. Nothing can be changed." in text_of(page)
    assert (person.name, person.status) == (ERASED_NAME, Status.CONFIRMED)
    assert mail.outbox == []


def test_retention_is_set_by_program_and_shows_its_dates(client, program, organizer):
    client.post(
        "/admin/participants/retentionpolicy/add/",
        {
            "program": program.pk,
            "passport_days": 1,
            "flights_days": 2,
            "emergency_days": 3,
            "medical_days": 4,
            "scans_days": 5,
            "mails_days": 6,
        },
    )

    assert RetentionPolicy.objects.get().passport_days == 1
    text = text_of(client.get("/admin/participants/retentionpolicy/"))
    assert "Tuesday 31 July 2018" in text
    assert "Friday 3 August 2018" in text
    assert "Saturday 4 August 2018" in text
    assert "Sunday 5 August 2018" in text


def test_nothing_is_kept_for_longer_than_ten_years(client, program, organizer):
    names = ("passport_days", "flights_days", "emergency_days", "medical_days", "scans_days", "mails_days")
    sent = {"program": program.pk} | dict.fromkeys(names, 9_999_999)

    page = text_of(client.post("/admin/participants/retentionpolicy/add/", sent))

    assert page.count("less than or equal to 3650") == 6
    assert not RetentionPolicy.objects.exists()


def test_passports_cannot_be_kept_longest(client, program, organizer):
    page = client.post(
        "/admin/participants/retentionpolicy/add/",
        {
            "program": program.pk,
            "passport_days": 9,
            "flights_days": 2,
            "emergency_days": 3,
            "medical_days": 4,
            "scans_days": 5,
            "mails_days": 6,
        },
    )

    assert "The passport goes first" in text_of(page)
    assert not RetentionPolicy.objects.exists()
