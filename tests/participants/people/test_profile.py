"""One's own data: what can be changed, what cannot, and that nothing typed is lost."""

import json
import re

import pytest

from participants.models import Participant, TravelReading, TravelRecord
from participants.people import photos
from program.team.members import add_member
from program.team.roles import Role
from tests import images
from tests.makers import at, make_group, make_organizer, make_program, make_release, make_user
from tests.participants.makers import make_participant, make_travel_record
from tests.reading import Page

pytestmark = pytest.mark.django_db
PROFILE = "/ikm-2018/me/profile/"
TRAVEL = "/ikm-2018/me/travel/"
GOOD = {"diet": "halal", "preferred_name": "Sam", "phone": "+975 17 000 000"}


def text_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def field(response, name):
    """What stands in a field of the form on a page."""
    return response.context["form"][name].value()


@pytest.fixture
def person(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    program = make_program()
    make_release(program)
    return make_participant(
        program,
        email="person@example.org",
        user=True,
        country="BT",
        institution="Sample Institution",
        group=make_group(program, "A"),
    )


@pytest.fixture
def mine(client, person):
    client.force_login(person.user)
    return client


def test_profile_saves_what_is_the_persons_own(mine, person):
    response = mine.post(
        PROFILE,
        GOOD
        | {
            "own_script_name": "དཔེ་ཚད་",
            "diet_note": "No nuts",
            "bio": "I weave.",
            "shown_in_directory": "on",
        },
    )

    assert response.url == PROFILE
    person.refresh_from_db()
    assert (person.preferred_name, person.own_script_name, person.phone) == (
        "Sam",
        "དཔེ་ཚད་",
        "+975 17 000 000",
    )
    assert (person.diet, person.diet_note, person.bio) == ("halal", "No nuts", "I weave.")
    assert (person.shown_in_directory, person.contact_shown) == (True, False)
    assert "Your profile is saved." in text_of(mine.get(PROFILE))


def test_profile_changes_nothing_that_organizers_own(mine, person):
    mine.post(
        PROFILE,
        GOOD
        | {"name": "Boss", "country": "US", "status": "nominated", "email": "new@example.org", "room": "1"},
    )

    person.refresh_from_db()
    assert person.preferred_name == "Sam"
    assert (person.name, person.country, person.status) == (person.name, "BT", "confirmed")
    assert (person.email, person.room) == ("person@example.org", "")
    assert person.name != "Boss"


def test_profile_keeps_what_an_organizer_changed_meanwhile(mine, person, monkeypatch):
    group = make_group(person.program, "B")
    valid = Participant.full_clean

    def change_meanwhile(self, *args, **kwargs):
        Participant.objects.filter(pk=self.pk).update(group=group)
        valid(self, *args, **kwargs)

    monkeypatch.setattr(Participant, "full_clean", change_meanwhile)

    mine.post(PROFILE, GOOD)

    person.refresh_from_db()
    assert (person.group, person.preferred_name) == (group, "Sam")


def test_profile_says_what_organizers_keep_and_whom_to_ask(mine, person):
    page = text_of(mine.get(PROFILE))

    for fact in (person.name, "Bhutan", "Sample Institution", "Confirmed", "person@example.org"):
        assert fact in page
    assert "Tell an organizer at the registration desk" in page


NAMES = {
    "Burmese": "နမူနာ ပါဝင်သူ",
    "Lao": "ຜູ້ເຂົ້າຮ່ວມຕົວຢ່າງ",
    "Dzongkha": "དཔེ་ཚད་བཅའ་མར་གཏོགས་མི་",
    "Dari": "شرکت‌کنندهٔ نمونه",
    "Urdu": "نمونہ شریک",
    "Devanagari": "नमूना प्रतिभागी",
    "Bengali": "নমুনা অংশগ্রহণকারী",
    "Sinhala": "නියැදි සහභාගිවන්නා",
    "Sinhala with a joiner": "ශ්‍රී නියැදි",
    "Tamil": "மாதிரி பங்கேற்பாளர்",
    "one part": "Contoh",
    "apostrophes and marks": "O’Sample-Łó d’Ñ",
    "beyond the first plane": "𞤘𞤵𞤤𞤢 𠮷",
}


@pytest.mark.parametrize("script", NAMES)
def test_name_in_any_script_comes_back_as_it_was_written(mine, person, script):
    mine.post(PROFILE, GOOD | {"own_script_name": NAMES[script], "preferred_name": NAMES[script]})

    person.refresh_from_db()
    assert person.own_script_name == person.preferred_name == NAMES[script]
    assert field(mine.get(PROFILE), "own_script_name") == NAMES[script]


def test_signs_that_turn_text_around_and_line_breaks_go(mine, person):
    mine.post(PROFILE, GOOD | {"preferred_name": "  Sa\u202em\r\nBcc: all\x07 "})

    person.refresh_from_db()
    assert person.preferred_name == "Sam Bcc: all"


def test_telephone_in_own_digits_is_kept_in_those_that_can_be_dialled(mine, person):
    mine.post(PROFILE, GOOD | {"phone": "\u200e＋۹۷۵ ۱۷–۰۰۰ ۰۰۰"})
    mine.post(TRAVEL, {"emergency_phone": "+৯৭৫১৭০০০০০০", "passport_number": "G१२३४"})

    person.refresh_from_db()
    record = TravelRecord.objects.get()
    assert person.phone == "+975 17-000 000"
    assert (record.emergency_phone, record.passport_number) == ("+97517000000", "G1234")


def test_markup_in_a_name_is_text(mine, person):
    page = mine.post(PROFILE, GOOD | {"preferred_name": "<script>alert(1)</script>"}, follow=True)

    assert b"<script>alert" not in page.content
    assert b"&lt;script&gt;alert(1)" in page.content


BAD = {
    "phone": ({"phone": "17 000 000"}, "Start with a plus and the country code"),
    "phone of words": ({"phone": "+call me"}, "Start with a plus and the country code"),
    "diet": ({"diet": "stones"}, "stones is not one of the available choices"),
    "diet in words": ({"diet": "other"}, "Describe what you eat"),
    "long bio": ({"bio": "x" * 601}, "at most 600 characters"),
    "long name": ({"own_script_name": "ས" * 121}, "at most 120 characters"),
    "null": ({"bio": "a\0b"}, "Null characters are not allowed"),
}


@pytest.mark.parametrize("case", BAD)
def test_refused_profile_says_why_and_keeps_what_was_typed(mine, person, case):
    typed, reason = BAD[case]

    page = mine.post(PROFILE, GOOD | {"position": "Weaver"} | typed)

    text = text_of(page)
    assert "Not saved yet: one field needs your attention" in text
    assert text.count(reason) == 2  # in the summary and at the field
    assert field(page, "position") == "Weaver"
    person.refresh_from_db()
    assert person.position == ""


def test_summary_of_errors_leads_to_the_fields(mine):
    page = mine.post(PROFILE, {"phone": "1", "diet": "stones"}).content.decode()

    targets = re.findall(r'<li>\s*<a href="#([^"]+)">', page)
    assert targets == ["id_phone", "div_id_diet"]
    assert all(f'id="{target}"' in page for target in targets)
    assert "2 fields need your attention" in page


def test_photo_is_kept_and_shown_and_removed(mine, person, tmp_path, django_capture_on_commit_callbacks):
    mine.post(PROFILE, GOOD | {"photo": images.upload(images.located_jpeg())})
    person.refresh_from_db()
    address = f"/ikm-2018/participants/{person.pk}/photo/128/"
    assert address in mine.get(PROFILE).content.decode()

    shown = mine.get(address)
    assert shown["Content-Type"] == "image/webp"
    assert shown["Cache-Control"] == "private, no-cache"
    assert shown["X-Content-Type-Options"] == "nosniff"
    assert b"".join(shown.streaming_content)[8:12] == b"WEBP"
    assert mine.get(address, headers={"If-None-Match": shown["ETag"]}).status_code == 304

    with django_capture_on_commit_callbacks(execute=True):
        mine.post(PROFILE, GOOD | {"remove_photo": "on"})
    assert mine.get(address).status_code == 404
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_hostile_photo_is_refused_and_nothing_is_kept(mine, person, tmp_path):
    page = mine.post(PROFILE, GOOD | {"photo": images.upload(images.png_bomb())})

    assert "This picture has more than 25 million pixels." in text_of(page)
    person.refresh_from_db()
    assert (person.photo, person.preferred_name) == ("", "")
    assert list(tmp_path.iterdir()) == []


def test_empty_photo_is_refused(mine):
    page = mine.post(PROFILE, GOOD | {"photo": images.upload(b"")})

    assert "This file is empty. Choose another one." in text_of(page)


def test_good_photo_beside_an_error_must_be_chosen_again(mine, person, tmp_path):
    page = mine.post(PROFILE, {"phone": "1", "diet": "any", "photo": images.upload(images.picture())})

    assert "Photo: Choose the photo again: the browser does not send it twice." in text_of(page)
    assert list(tmp_path.iterdir()) == []


def test_profile_sent_twice_is_saved_once(mine, person):
    before = person.history.count()
    for _sending in range(2):
        assert mine.post(PROFILE, GOOD).status_code == 302

    assert Participant.objects.count() == 1
    assert person.history.count() - before <= 2


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


def test_travel_page_says_how_long_each_part_is_kept(mine):
    page = text_of(mine.get(TRAVEL))

    assert "Passport until Monday 13 August 2018" in page
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

    response = mine.get("/ikm-2018/me/data/")

    data = json.loads(response.content)
    assert response["Content-Disposition"] == 'attachment; filename="my-data-ikm-2018.json"'
    assert "no-store" in response["Cache-Control"]
    assert data["participant"]["name"] == person.name
    assert data["participant"]["bio"] == "I weave."
    assert data["participant"]["group"] == "A"
    assert data["photo"]["type"] == "image/webp"
    assert data["travel_record"]["passport_number"] == "X1234567"
    assert data["travel_record"]["medical_notes"] == "Asthma"
    assert data["readings_of_the_travel_record"] == [
        {"by": "Sample Organizer", "at": "2018-07-20T02:15:00Z", "where": "the record"}
    ]
    assert data["account"]["email_addresses"] == ["person@example.org"]
    changes = [change["changed"] for change in data["changes_of_the_participant"]]
    assert ["", "Sam"] in [change.get("preferred_name") for change in changes]


def test_my_data_names_the_teams_that_one_works_in(mine, person):
    next_one = make_program("next", title="Next program")
    add_member(next_one, person.user, Role.STAFF, reads_travel=True)
    add_member(next_one, make_user(), Role.STAFF)

    (team,) = mine.get("/ikm-2018/me/data/").json()["teams"]

    assert (team["program"], team["role"], team["reads_travel"]) == ("Next program", "staff", True)
    assert team["created_at"]


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

    assert ("Download all that is kept about you", "/ikm-2018/me/data/") in page.links()
    assert mine.get("/ikm-2018/me/data/").json()["participant"]["name"] == person.name
    assert mine.get(PROFILE).status_code == 404


def test_my_data_names_every_field_of_the_person_and_the_record(mine, person):
    make_travel_record(person)

    data = json.loads(mine.get("/ikm-2018/me/data/").content)

    left_out = {"id", "user", "photo", "participant", "travel_record"}
    for model, part in ((Participant, "participant"), (TravelRecord, "travel_record")):
        names = {field.name for field in model._meta.concrete_fields} - left_out
        assert names == data[part].keys()


def test_privacy_page_stays_within_ones_own_pages(mine):
    response = mine.get("/ikm-2018/privacy/")

    assert "Sign in" not in text_of(response)
    assert "Sign out" in text_of(response)
    assert "Cookie" in response["Vary"]


def test_privacy_page_is_public_and_says_how_long(client, person):
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


def test_photo_of_another_is_shown_by_consent_only(client, person):
    other = make_participant(person.program, shown_in_directory=True)
    hidden = make_participant(person.program)
    stranger = make_participant(make_program(slug="other"), user=True)
    for someone in (other, hidden):
        photos.save_photo(someone, photos.squares(images.upload(images.picture())))

    def seen(user, whom, size=64):
        client.force_login(user)
        return client.get(f"/ikm-2018/participants/{whom.pk}/photo/{size}/").status_code

    assert seen(person.user, other) == 200
    assert seen(person.user, hidden) == 404
    assert seen(person.user, other, size=63) == 404
    assert seen(stranger.user, other) == 404
    assert seen(make_organizer(), hidden) == 200
    Participant.objects.filter(pk=other.pk).update(status="withdrawn")
    assert seen(person.user, other) == 404
