from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from participants import photos
from tests.makers import make_program

from . import images
from .makers import make_participant


@pytest.fixture
def kept(tmp_path, settings):
    """Call for the names of all photo files that are kept."""
    settings.MEDIA_ROOT = tmp_path
    return lambda: sorted(file.name for file in tmp_path.rglob("*") if file.is_file())


def opened(made, size):
    return Image.open(BytesIO(made[size]))


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
def test_photo_becomes_squares_of_webp(format):
    made = photos.squares(images.upload(images.picture(format)))

    assert {size: (opened(made, size).format, opened(made, size).size) for size in made} == {
        size: ("WEBP", (size, size)) for size in (64, 128, 256, 512)
    }


def test_orientation_is_applied_before_the_square_is_cut():
    upside_down = images.located_jpeg(orientation=3)  # light above, and to be turned by 180 degrees

    made = photos.squares(images.upload(upside_down))

    square = opened(made, 64).convert("L")

    assert square.getpixel((32, 2)) < 120 < 200 < square.getpixel((32, 61))


def test_place_author_and_comment_are_gone():
    made = photos.squares(images.upload(images.located_jpeg()))

    for size, content in made.items():
        assert not opened(made, size).getexif()
        assert not {"exif", "xmp", "icc_profile"} & opened(made, size).info.keys()
        assert b"Somebody" not in content
        assert b"comment" not in content


def test_transparent_picture_stands_on_white():
    written = BytesIO()
    Image.new("RGBA", (200, 200), (255, 0, 0, 0)).save(written, "PNG")

    made = photos.squares(images.upload(written.getvalue(), "photo.png", "image/png"))

    assert opened(made, 64).convert("RGB").getpixel((30, 30)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "P", "CMYK", "I;16"])
def test_every_mode_of_colour_is_read(mode):
    written = BytesIO()
    Image.new(mode, (200, 200)).save(written, "JPEG" if mode == "CMYK" else "PNG")

    made = photos.squares(images.upload(written.getvalue()))

    assert opened(made, 512).mode == "RGB"


def test_picture_that_a_phone_put_a_film_behind_is_read():
    film = b"\0\0\0\x18ftypmp42" + bytes(range(256)) * 40

    assert photos.squares(images.upload(images.picture() + film))


def test_letters_that_stand_in_a_photo_by_chance_are_no_page():
    assert photos.squares(images.upload(images.picture(comment=b"\x93\xf0<SvG\x07\xb2")))


HOSTILE = {
    "bomb": (images.png_bomb(), "25 million pixels"),
    "bomb beyond what the reader opens": (images.png_bomb(60_000), "25 million pixels"),
    "text bomb": (images.png_text_bomb(), "JPEG, PNG or WebP"),
    "truncated": (images.picture()[:-400], "damaged"),
    "truncated png": (images.picture("PNG")[:-60], "damaged"),
    "svg": (images.SVG, "JPEG, PNG or WebP"),
    "gif with script": (images.GIF_WITH_SCRIPT, "JPEG, PNG or WebP"),
    "real gif": (images.picture("GIF"), "JPEG, PNG or WebP"),
    "tiff": (images.picture("TIFF"), "JPEG, PNG or WebP"),
    "bmp": (images.picture("BMP"), "JPEG, PNG or WebP"),
    "heic": (images.HEIC, "HEIC"),
    "empty": (b"", "JPEG, PNG or WebP"),
    "only a header": (b"\xff\xd8\xff\xe0", "JPEG, PNG or WebP"),
    "page": (b"<!doctype html><title>photo</title>", "JPEG, PNG or WebP"),
    "page behind": (images.picture() + b"<script>alert(1)</script>", "something else"),
    "page in the comment": (images.picture(comment=b"<SCRIPT>alert(1)</SCRIPT>"), "something else"),
    "drawing behind": (images.picture() + b"<SVG onload=alert(1)>", "something else"),
    "program behind": (images.picture("PNG") + b"<?php phpinfo(); ?>", "something else"),
    "archive behind": (images.with_archive_behind(images.picture()), "something else"),
    "too many bytes": (images.picture() + b"\0" * 5_300_000, "larger than 5 MB"),
    "too few pixels": (images.picture(size=(90, 400)), "too small"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_hostile_file_is_refused_with_a_reason(case):
    content, reason = HOSTILE[case]

    with pytest.raises(ValidationError) as refused:
        photos.squares(images.upload(content))

    assert reason in refused.value.messages[0]


def test_name_and_stated_type_do_not_count():
    assert photos.squares(images.upload(images.picture("PNG"), "holiday.html", "text/html"))


@settings(max_examples=60, deadline=None)
@given(place=st.integers(0, 2000), bytes_=st.binary(min_size=1, max_size=12))
def test_damaged_bytes_give_a_photo_or_a_reason_and_nothing_else(place, bytes_):
    whole = images.picture("WEBP")
    place %= len(whole)

    try:
        made = photos.squares(images.upload(whole[:place] + bytes_ + whole[place + len(bytes_) :]))
    except ValidationError as refused:
        assert refused.messages
    else:
        assert opened(made, 512).size == (512, 512)


@pytest.mark.django_db
def test_new_photo_takes_the_place_of_the_old_files(kept, django_capture_on_commit_callbacks):
    participant = make_participant(make_program())
    photos.save_photo(participant, photos.squares(images.upload(images.picture())))
    first = participant.photo

    with django_capture_on_commit_callbacks(execute=True):
        photos.save_photo(participant, photos.squares(images.upload(images.picture("PNG"))))

    participant.refresh_from_db()
    assert participant.photo != first
    assert kept() == sorted(f"{participant.photo}-{size}.webp" for size in (64, 128, 256, 512))


@pytest.mark.django_db
def test_old_files_stay_while_the_change_may_yet_fail(kept):
    participant = make_participant(make_program())
    photos.save_photo(participant, photos.squares(images.upload(images.picture())))

    photos.remove_photo(participant)  # this test's transaction never commits

    assert len(kept()) == 4


@pytest.mark.django_db
def test_removed_photo_leaves_no_file(kept, django_capture_on_commit_callbacks):
    participant = make_participant(make_program())
    photos.save_photo(participant, photos.squares(images.upload(images.picture())))

    with django_capture_on_commit_callbacks(execute=True):
        photos.remove_photo(participant)

    participant.refresh_from_db()
    assert participant.photo == ""
    assert kept() == []


@pytest.mark.django_db
def test_nothing_is_kept_when_the_disk_fails(kept, monkeypatch):
    participant = make_participant(make_program())
    save = default_storage.save
    monkeypatch.setattr(
        default_storage,
        "save",
        lambda name, content: save(name, content) if "512" not in name else (_ for _ in ()).throw(OSError),
    )

    with pytest.raises(OSError):
        photos.save_photo(participant, photos.squares(images.upload(images.picture())))

    participant.refresh_from_db()
    assert participant.photo == ""
    assert kept() == []
