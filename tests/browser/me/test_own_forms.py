"""One's own forms on a phone: large photos travel small, and nothing typed is lost without a network."""

import re
from base64 import b64decode
from io import BytesIO

import pytest
from PIL import Image
from playwright.sync_api import expect

from participants.models import Participant, TravelRecord

from .page import ME

PROFILE, TRAVEL = f"{ME}profile/", f"{ME}travel/"
A_QUARTER_TURN = 6


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def photo_of_a_phone():
    """A JPEG of some MB that lies on its side: what is red is on the left, and the camera says that it is
    the top."""
    noise = Image.effect_noise((2600, 1800), 90)
    dark = Image.new("L", noise.size)
    red = dark.copy()
    red.paste(240, (0, 0, 1300, 1800))
    file, exif = BytesIO(), Image.Exif()
    exif[0x0112] = A_QUARTER_TURN
    picture = Image.merge("RGB", (red, noise.point(lambda value: value // 3), dark))
    picture.save(file, "JPEG", quality=98, exif=exif)
    return file.getvalue()


def chosen(page):
    """The file in the field, as it would be sent."""
    address = page.evaluate(
        """() => new Promise((done) => {
            const reader = new FileReader();
            reader.onload = () => done(reader.result);
            reader.readAsDataURL(document.querySelector("input[type=file]").files[0]);
        })"""
    )
    return b64decode(address.partition("base64,")[2])


def test_large_photo_is_sent_small_and_upright(open_me, media):
    photo = photo_of_a_phone()
    assert len(photo) > 1024 * 1024
    page = open_me(PROFILE)

    page.get_by_label("Photo", exact=True).set_input_files(
        {"name": "face.jpg", "mimeType": "image/jpeg", "buffer": photo}
    )

    expect(page.get_by_text(re.compile(r"Ready to send: 0\.\d MB instead of"))).to_be_visible()
    sent = chosen(page)
    picture = Image.open(BytesIO(sent))
    assert len(sent) < len(photo) / 3
    assert (picture.format, picture.size) == ("JPEG", (1108, 1600))
    assert picture.getpixel((550, 300))[0] > 200 > 60 > picture.getpixel((550, 1300))[0]
    assert not picture.getexif()

    page.get_by_role("button", name="Save profile").click()
    expect(page.get_by_text("Your profile is saved.")).to_be_visible()
    assert Participant.objects.get().photo
    assert page.complaints == []


def test_who_saves_at_once_need_not_wait_for_the_photo(open_me, media):
    page = open_me(PROFILE)

    page.get_by_label("Photo", exact=True).set_input_files(
        {"name": "face.jpg", "mimeType": "image/jpeg", "buffer": photo_of_a_phone()}
    )
    page.get_by_role("button", name="Save profile").click()

    expect(page.get_by_text("Your profile is saved.")).to_be_visible()
    assert Participant.objects.get().photo


def test_small_photo_and_what_is_no_picture_are_sent_as_they_are(open_me, media):
    page = open_me(PROFILE)
    field = page.get_by_label("Photo", exact=True)
    for content in (b"small", b"no picture" * 200_000):
        field.set_input_files({"name": "face.jpg", "mimeType": "image/jpeg", "buffer": content})
        expect(page.get_by_text("Making the photo smaller")).to_have_count(0)
        assert chosen(page) == content


@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize(
    "address, label, button",
    [(PROFILE, "Position", "Save profile"), (TRAVEL, "Medical notes", "Save travel record")],
)
def test_without_a_network_what_was_typed_stays_and_is_saved_later(open_me, address, label, button, known):
    page = open_me(address)
    page.get_by_label(label).fill("Sample words")
    if known:
        page.context.set_offline(True)
    else:
        page.route("**/*", lambda route: route.abort())

    page.get_by_role("button", name=button).click()

    said = page.get_by_role("alert").filter(
        has_text="Not saved: no connection. What you typed is still here."
    )
    expect(said).to_be_in_viewport()
    expect(page.get_by_label(label)).to_have_value("Sample words")

    page.context.set_offline(False)
    page.unroute_all()
    page.get_by_role("button", name=button).click()
    expect(page.get_by_text("is saved.")).to_be_visible()
    kept = {Participant.objects.get().position} | set(
        TravelRecord.objects.values_list("medical_notes", flat=True)
    )
    assert "Sample words" in kept


def test_without_script_the_profile_is_saved(open_me):
    page = open_me(PROFILE, java_script_enabled=False)
    page.get_by_label("Position").fill("Engineer")

    page.get_by_role("button", name="Save profile").click()

    expect(page.get_by_text("Your profile is saved.")).to_be_visible()
    assert Participant.objects.get().position == "Engineer"
