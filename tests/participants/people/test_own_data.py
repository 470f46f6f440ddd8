"""One's own travel record, all that is kept about oneself, and the page on privacy."""

from datetime import datetime

import pytest
from django.test import Client

from participants.models import Mail, Participant, TravelReading, TravelRecord
from participants.privacy import asking
from program.agenda.kinds import Role as Office
from program.models import Contacts
from program.team.members import add_member
from program.team.roles import Role
from tests import images
from tests.makers import at, make_organization, make_organizer, make_program, make_release, make_user
from tests.participants.certificates.makers import make_certificate
from tests.participants.privacy.data_file import FILE, data_in, files_in
from tests.participants.travel.makers import make_travel_record
from tests.reading import Page

from .makers import make_participant
from .own_pages import GOOD, PROFILE, TRAVEL, text_of

pytestmark = pytest.mark.django_db
DATA = "/ikm-2018/me/data/"


def test_travel_record_tells_flights_in_the_programs_zone(mine, person):
    flight = {
        "arrival_flight": "XX 101",
        "arrives_at": "2018-07-18T06:30",
        "emergency_phone": "+975 17 000 000",
    }

    mine.post(TRAVEL, flight | {"passport_number": "X1234567", "passport_expires_on": "2021-01-31"})

    record = TravelRecord.objects.get()
    assert record.participant == person
    assert record.arrives_at == at(18, "06:30", person.program.tz)
    page = mine.get(TRAVEL).content.decode()
    assert 'value="2018-07-18T06:30"' in page
    assert 'value="2021-01-31"' in page
    assert "Local time there, in WIB." in page


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("arrives_at", "0001-01-01T00:00"),
        ("departs_at", "0018-07-30T12:00"),
        ("departs_at", "9999-12-31T23:59"),
        ("passport_expires_on", "0021-01-31"),
    ],
)
def test_travel_record_refuses_a_year_that_is_a_slip(mine, field, value):
    page = mine.post(TRAVEL, {field: value, "arrival_flight": "GA 867"})

    assert "Enter a valid date" in text_of(page)
    assert 'value="GA 867"' in page.content.decode()


def test_travel_record_refuses_a_departure_before_the_arrival(mine):
    page = mine.post(TRAVEL, {"arrives_at": "2018-07-18T06:30", "departs_at": "2018-07-17T06:30"})

    assert "Your departure is before your arrival." in text_of(page)
    assert 'value="2018-07-18T06:30"' in page.content.decode()
    assert TravelRecord.objects.get().arrives_at is None


def test_travel_record_sent_twice_is_one(mine):
    for _sending in range(2):
        assert mine.post(TRAVEL, {"passport_number": "X1234567"}).url == TRAVEL

    assert TravelRecord.objects.get().passport_number == "X1234567"


def test_travel_page_is_kept_nowhere(mine, person):
    make_travel_record(person)

    assert "no-store" in mine.get(TRAVEL)["Cache-Control"]
    assert "private" in mine.get(TRAVEL)["Cache-Control"]


def test_readings_by_others_are_shown_to_the_person(mine, person):
    record = make_travel_record(person)
    assert "So far, only you." in text_of(mine.get(TRAVEL))
    TravelReading.objects.create(
        record=record,
        reader=make_organizer(),
        reader_name="Sample Organizer",
        where=TravelReading.Where.EXPORT,
        read_at=at(20, "09:15", person.program.tz),
    )

    page = text_of(mine.get(TRAVEL))

    assert "Sample Organizer Friday 20 July 2018, 09:15 WIB an export" in page
    assert TravelReading.objects.count() == 1  # one's own reading is not written down


def test_travel_page_says_how_long_each_part_is_kept(mine, person, set_clock):
    set_clock(datetime(2018, 8, 14, 9, tzinfo=person.program.tz))

    page = text_of(mine.get(TRAVEL))

    assert "Passport deleted after Monday 13 August 2018" in page
    assert "Health until Wednesday 29 August 2018" in page


def test_my_data_holds_all_that_is_kept(mine, person):
    mine.post(PROFILE, GOOD | {"photo": images.upload(images.picture()), "bio": "I weave."})
    mine.post(TRAVEL, {"passport_number": "X1234567", "medical_notes": "Asthma"})
    record = TravelRecord.objects.get()
    TravelReading.objects.create(
        record=record,
        reader_name="Sample Organizer",
        where="record",
        read_at=at(20, "09:15", person.program.tz),
    )

    response = mine.get(FILE)

    data = data_in(response)
    assert response["Content-Disposition"] == 'attachment; filename="my-data-ikm-2018.zip"'
    assert "no-store" in response["Cache-Control"]
    assert data["participant"]["name"] == person.name
    assert data["participant"]["bio"] == "I weave."
    assert data["participant"]["group"] == "A"
    assert data["photo"] == {"type": "image/webp", "file": "photo.webp"}
    assert files_in(response)["photo.webp"][8:12] == b"WEBP"
    assert data["travel_record"]["passport_number"] == "X1234567"
    assert data["travel_record"]["medical_notes"] == "Asthma"
    assert data["readings_of_the_travel_record"] == [
        {"by": "Sample Organizer", "at": "2018-07-20T02:15:00Z", "where": "the record"}
    ]
    assert data["account"]["email_addresses"] == ["person@example.org"]
    changes = [change["changed"] for change in data["changes_of_the_participant"]]
    assert ["", "Sam"] in [change.get("preferred_name") for change in changes]


def test_words_that_are_deleted_are_kept_nowhere(mine, person):
    mine.post(PROFILE, GOOD | {"bio": "SENTINEL1", "diet_note": "SENTINEL2", "phone": "+62 811 111 111"})
    mine.post(PROFILE, GOOD | {"bio": "", "diet_note": "", "phone": ""})

    kept = str(list(Participant.history.filter(id=person.pk).values()))
    assert "SENTINEL" not in kept
    assert "+62 811" not in kept


def test_who_withdrew_still_gets_the_data_that_is_kept(mine, person):
    person.status = Participant.Status.WITHDRAWN
    person.save()

    page = Page(mine.get("/account/welcome/", follow=True))

    assert ("Read all that is kept about you", DATA) in page.links()
    assert data_in(mine.get(FILE))["participant"]["name"] == person.name
    assert person.name in text_of(mine.get(DATA))
    assert mine.get(PROFILE).status_code == 404


def test_my_data_names_every_field_of_the_person_and_the_record(mine, person):
    make_travel_record(person)

    data = data_in(mine.get(FILE))

    left_out = {"id", "user", "photo", "participant", "travel_record"}
    for model, part in ((Participant, "participant"), (TravelRecord, "travel_record")):
        names = {field.name for field in model._meta.concrete_fields} - left_out
        assert names == data[part].keys()


def test_privacy_page_stays_within_ones_own_pages(mine):
    response = mine.get("/ikm-2018/privacy/")

    assert "Sign in" not in text_of(response)
    assert "Sign out" in text_of(response)
    assert "Cookie" in response["Vary"]


def test_privacy_page_is_public_and_says_how_long(client, person, set_clock):
    set_clock(at(20, "09:00", person.program.tz))

    page = text_of(client.get("/ikm-2018/privacy/"))

    assert "Passport until Monday 13 August 2018" in page
    assert "Each time another person reads it, this is recorded" in page


@pytest.mark.parametrize("count", [1, 3])
def test_pages_of_ones_own_take_the_same_queries_whatever_is_kept(
    mine, person, count, django_assert_num_queries
):
    record = make_travel_record(person)
    for number in range(count):
        make_participant(person.program)
        TravelReading.objects.create(
            record=record,
            reader_name=f"Reader {number}",
            where="list",
            read_at=at(20, "09:15", person.program.tz),
        )

    mine.get(PROFILE)  # the release is read once by each process

    with django_assert_num_queries(4):  # session, user, participant, which release is current
        mine.get(PROFILE)
    with django_assert_num_queries(7):  # the same, record, readings, retention policy
        mine.get(TRAVEL)


def test_my_data_is_a_page_that_one_reads(mine, person):
    mine.post(PROFILE, GOOD | {"bio": "I weave.", "shown_in_directory": "on"})
    mine.post(TRAVEL, {"passport_number": "X1234567", "passport_expires_on": "2021-01-31"})
    make_certificate(person)

    page = Page(mine.get(DATA))

    text = page.main.text
    assert "Mobile telephone +975 17 000 000" in text
    assert "Diet Halal" in text and "Shown in the directory Yes" in text
    assert "Passport number X1234567" in text and "31 Jan 2021" in text
    headings = page.texts("h2", within=page.main)
    assert headings[:4] == ["You", "Travel record", "Who has read the travel record", "Attendance"]
    assert "Nothing is kept." in text
    assert ("Download all of it (ZIP)", FILE) in page.links(page.main)


def test_page_of_my_data_speaks_indonesian(mine, person):
    page = Page(mine.get(f"/id{DATA}"))

    assert page.one("h1").text == "Semua yang disimpan tentang Anda"
    assert "Data perjalanan" in page.texts("h2", within=page.main)


def test_file_of_my_data_holds_the_certificate_as_it_was_issued(mine, person):
    certificate = make_certificate(person)

    response = mine.get(FILE)

    (told,) = data_in(response)["certificates"]
    assert files_in(response)[told["document"]["file"]] == bytes(certificate.pdf)


def test_privacy_page_names_the_office_and_tells_participants_whom_to_write_to(mine, client, person):
    office = make_organization(person.program, "Ministry of Samples", role=Office.ORGANIZER)
    make_organization(person.program, "Weaving mill", role=Office.ENTERPRISE)
    Contacts.objects.create(program=person.program, reply_to="desk@example.org")
    make_release(person.program)

    own, public = (Page(one.get("/ikm-2018/privacy/")).main.text for one in (mine, Client()))

    assert f"Who is responsible These offices decide what is kept about participants: {office.name}" in public
    assert "Weaving mill" not in public
    assert "desk@example.org" in own and "desk@example.org" not in public


def test_my_data_names_the_teams_that_one_works_in(mine, person):
    next_one = make_program("next", title="Next program")
    add_member(next_one, person.user, Role.STAFF, reads_travel=True)
    add_member(next_one, make_user(), Role.STAFF)

    (team,) = data_in(mine.get(FILE))["teams"]

    assert (team["program"], team["role"], team["reads_travel"]) == ("Next program", "staff", True)
    assert team["created_at"]


def test_who_asks_to_be_erased_is_told_when_and_organizers_get_one_mail(mine, person):
    organizer = make_organizer(email="office@example.org")
    add_member(person.program, organizer, Role.ORGANIZER)
    mine.post(f"{DATA}erase/", {})
    assert not Mail.objects.exists()  # not without the tick

    for _time in range(2):
        mine.post(f"{DATA}erase/", {"sure": "on"})

    mail = Mail.objects.get()
    message = asking.words(mail)
    assert mail.address == "office@example.org"
    assert f"/admin/participants/participant/{person.pk}/erase/" in message.body
    assert person.name not in message.body + message.subject
    page = Page(mine.get(DATA)).main.text
    assert "You asked the organizers on" in page and "Yes, I want to be erased" not in page


def test_two_who_ask_are_told_apart_and_the_erased_one_is_forgotten(mine, person):
    add_member(person.program, make_organizer(email="office@example.org"), Role.ORGANIZER)
    other = make_participant(person.program, user=True)
    for one in (person, other):
        asking.ask(one, "https://portal.example.org", one.user)

    asking.forget(person)

    assert asking.asked_at(person) is None
    assert asking.asked_at(other)
