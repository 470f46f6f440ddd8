"""Uploaded pictures, honest and hostile: what is said here holds for photos, logos, signatures and scans."""

from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from participants.attendance import scans
from participants.papers import logos, signatures
from participants.people import photos
from program import pictures
from tests import images


def made(mode, color, format="PNG", size=(200, 200), **options):
    """The upload of a picture of one color."""
    written = BytesIO()
    Image.new(mode, size, color).save(written, format, **options)
    return images.upload(written.getvalue())


# Honest pictures


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
def test_the_formats_that_are_promised_are_read(format):
    picture = pictures.decode(images.upload(images.picture(format)))

    assert (picture.size, picture.mode) == ((300, 400), "RGB")


def test_name_and_stated_type_do_not_count():
    assert pictures.decode(images.upload(images.picture("PNG"), "holiday.html", "text/html"))


def test_picture_is_turned_upright():
    picture = pictures.decode(
        images.upload(images.located_jpeg(orientation=6))
    )  # light above, lies on its side

    assert picture.size == (400, 300)
    assert picture.getpixel((20, 150))[0] < 120 < 200 < picture.getpixel((380, 150))[0]


@pytest.mark.parametrize("format", ["PNG", "WEBP", "JPEG"])
def test_written_anew_it_holds_no_place_author_or_comment(format):
    content = pictures.written(pictures.decode(images.upload(images.located_jpeg())), format)

    again = Image.open(BytesIO(content))
    assert not again.getexif()
    assert not {"exif", "xmp", "icc_profile", "comment"} & again.info.keys()
    assert b"Somebody" not in content
    assert b"comment" not in content


@pytest.mark.parametrize(
    ("mode", "color", "format", "expected"),
    [
        ("1", 1, "PNG", (255, 255, 255)),
        ("L", 90, "PNG", (90, 90, 90)),
        ("P", 0, "PNG", (0, 0, 0)),
        ("LA", (90, 255), "PNG", (90, 90, 90, 255)),
        ("CMYK", (0, 255, 255, 0), "JPEG", (254, 0, 0)),
        ("I;16", 40_000, "PNG", (156, 156, 156)),
    ],
)
def test_every_mode_of_color_is_read(mode, color, format, expected):
    picture = pictures.decode(made(mode, color, format))

    assert picture.getpixel((100, 100)) == pytest.approx(expected, abs=2)


@pytest.mark.parametrize("format", ["PNG", "WEBP"])
def test_of_an_animation_the_first_picture_is_taken(format):
    second = Image.new("RGB", (200, 200), "blue")

    picture = pictures.decode(
        made("RGB", "red", format, save_all=True, append_images=[second], lossless=True)
    )

    assert picture.convert("RGB").getpixel((100, 100)) == pytest.approx((255, 0, 0), abs=2)


def test_transparent_picture_stands_on_white():
    picture = pictures.decode(made("RGBA", (255, 0, 0, 0)))

    assert picture.mode == "RGBA"
    assert pictures.on_white(picture).getpixel((100, 100)) == (255, 255, 255)


def test_large_jpeg_is_read_at_a_fraction_that_is_large_enough():
    picture = pictures.decode(images.upload(images.picture(size=(3000, 4000))), enough=700)

    assert picture.size == (750, 1000)


def test_picture_that_a_phone_put_a_film_behind_is_read():
    film = b"\0\0\0\x18ftypmp42" + bytes(range(256)) * 40

    assert pictures.decode(images.upload(images.picture() + film))


def test_letters_that_stand_in_a_picture_by_chance_are_no_page():
    assert pictures.decode(images.upload(images.picture(comment=b"\x93\xf0<SvG\x07\xb2")))


# Hostile ones

HOSTILE = {
    "bomb": (images.png_bomb(), "25 million pixels"),
    "bomb that the reader warns of": (images.png_bomb(10_000), "25 million pixels"),
    "bomb beyond what the reader opens": (images.png_bomb(60_000), "25 million pixels"),
    "long and flat bomb": (images.png_bomb(1, 30_000_000), "25 million pixels"),
    "text bomb": (images.png_text_bomb(), "PNG, JPEG or WebP"),
    "truncated": (images.picture()[:-400], "damaged"),
    "truncated png": (images.picture("PNG")[:-60], "damaged"),
    "truncated webp": (images.picture("WEBP")[:-60], "PNG, JPEG or WebP"),
    "fewer pixels than it says": (images.png_bomb(4000), "damaged"),
    "svg": (images.SVG, "PNG, JPEG or WebP"),
    "gif with script": (images.GIF_WITH_SCRIPT, "PNG, JPEG or WebP"),
    "real gif": (images.picture("GIF"), "PNG, JPEG or WebP"),
    "tiff": (images.picture("TIFF"), "PNG, JPEG or WebP"),
    "bmp": (images.picture("BMP"), "PNG, JPEG or WebP"),
    "heic": (images.HEIC, "HEIC"),
    "empty": (b"", "PNG, JPEG or WebP"),
    "only a header": (b"\xff\xd8\xff\xe0", "PNG, JPEG or WebP"),
    "page": (b"<!doctype html><title>photo</title>", "PNG, JPEG or WebP"),
    "page behind": (images.picture() + b"<script>alert(1)</script>", "something else"),
    "page in the comment": (images.picture(comment=b"<SCRIPT>alert(1)</SCRIPT>"), "something else"),
    "drawing behind": (images.picture() + b"<SVG onload=alert(1)>", "something else"),
    "program behind": (images.picture("PNG") + b"<?php phpinfo(); ?>", "something else"),
    "document behind": (images.picture() + b"%PDF-1.7", "something else"),
    "archive behind": (images.with_archive_behind(images.picture()), "something else"),
    "too many bytes": (images.picture() + b"\0" * 5_300_000, "larger than 5 MB"),
}


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize("read", [photos.squares, logos.clean, signatures.ink])
@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_file_is_refused_with_a_reason_wherever_it_comes_in(case, read):
    content, reason = HOSTILE[case]

    with pytest.raises(ValidationError) as refused:
        read(images.upload(content))

    assert reason in refused.value.messages[0]


def test_picture_with_a_side_that_is_too_short_is_refused():
    file = images.upload(images.picture(size=(90, 400)))

    assert pictures.decode(file, min_side=90)
    with pytest.raises(ValidationError, match="too small: each side needs 91 pixels"):
        pictures.decode(file, min_side=91)


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@settings(max_examples=60, deadline=None)
@given(
    format=st.sampled_from(["JPEG", "PNG", "WEBP"]),
    place=st.integers(0, 2000),
    bytes_=st.binary(min_size=1, max_size=12),
)
def test_damaged_bytes_give_a_picture_or_a_reason_and_nothing_else(format, place, bytes_):
    intact = images.picture(format)
    place %= len(intact)
    file = images.upload(intact[:place] + bytes_ + intact[place + len(bytes_) :])

    for read in (pictures.decode, scans.kind_of):
        try:
            assert read(file) is None or read is pictures.decode or read(file) in scans.TYPES
        except ValidationError as refused:
            assert refused.messages


# Kept as they came


def test_whole_picture_that_is_kept_as_it_came_is_told_by_its_format():
    two = Image.new("RGB", (300, 300), "red")
    several = BytesIO()
    two.save(several, "MPO", save_all=True, append_images=[two])

    found = [
        pictures.whole(images.upload(content), formats=("PNG", "JPEG"), max_pixels=200_000)
        for content in (images.picture("PNG"), images.picture("JPEG"), several.getvalue())
    ]

    assert found == ["PNG", "JPEG", "JPEG"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (images.picture("WEBP"), "format"),
        (images.picture("PNG")[:-30], "damaged"),
        (images.picture("JPEG")[:-300], "damaged"),
        (images.picture("PNG", size=(1000, 201)), "pixels"),
        (images.png_bomb(60_000), "pixels"),
    ],
)
def test_what_is_not_whole_or_too_large_is_not_kept(content, code):
    with pytest.raises(ValidationError) as refused:
        pictures.whole(images.upload(content), formats=("PNG", "JPEG"), max_pixels=200_000)

    assert refused.value.code == code
