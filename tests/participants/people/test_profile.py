"""One's own profile and photo: what can be changed, what cannot, and that nothing typed is lost."""

import re

import pytest

from participants.models import Participant, TravelRecord
from participants.people import photos
from tests import images
from tests.makers import make_group, make_organizer, make_program

from .makers import make_participant
from .own_pages import GOOD, PROFILE, TRAVEL, field, text_of

pytestmark = pytest.mark.django_db


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
    assert "Something wrong here? Tell the organizers" in page


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
