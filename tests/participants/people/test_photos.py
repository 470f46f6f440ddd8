from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from PIL import Image

from participants.people import photos
from tests import images
from tests.makers import make_program

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


def test_photo_that_is_too_small_for_the_largest_square_is_refused_with_a_reason():
    with pytest.raises(ValidationError, match="each side needs 128 pixels"):
        photos.squares(images.upload(images.picture(size=(127, 400))))


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
