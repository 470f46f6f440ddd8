"""Photos of people: read with suspicion, kept as small squares that hold the picture and nothing else."""

import re
import secrets
import zipfile
from functools import partial
from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

from .models import Participant

FORMATS = ("JPEG", "PNG", "WEBP")
SIZES = (64, 128, 256, 512)  # the sides of the squares that pages use, in pixels
MAX_BYTES = 5 * 1024 * 1024
MAX_PIXELS = 25_000_000  # looked at before decoding: a small file may unfold to a huge picture
MIN_SIDE = 128
QUALITY = 82
# Faces are above the middle of a portrait.
CENTERING = (0.5, 0.4)
# A picture that is a page, program or paper as well. Phones put films behind a picture: those pass.
# Four letters alone stand in one of some hundred photos by chance.
FOREIGN = re.compile(rb"<script|<html|<!doctype|<svg[\s>/]|<\?php|%pdf-", re.IGNORECASE)
HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"heif")


def squares(file):
    """The picture in ``file`` as {size: WebP bytes}; raises ValidationError with what to do instead.

    What the file is is seen from its content; its name and what the browser says of it do not count.
    """
    if file.size > MAX_BYTES:
        raise ValidationError(_("This file is larger than 5 MB. Choose a smaller copy of the photo."), "size")
    picture = _decoded(file)
    if _is_something_else(file):
        raise ValidationError(
            _("This file is a photo and something else too. Take a screenshot of it and choose that."),
            "foreign",
        )
    return {size: _square(picture, size) for size in SIZES}


def _decoded(file):
    """An upright picture of mode RGB. Only the three formats are ever tried: no other decoder runs."""
    file.seek(0)
    if file.read(12)[4:] in [b"ftyp" + brand for brand in HEIC_BRANDS]:
        raise ValidationError(
            _("HEIC photos cannot be read here. Save the photo as JPEG, or take a screenshot of it."),
            "format",
        )
    file.seek(0)
    try:
        picture = Image.open(file, formats=FORMATS)
        width, height = picture.size
    except Image.DecompressionBombError:
        width = height = MAX_PIXELS
    except Exception:  # a reader fed with hostile bytes may raise anything: it is no photo then
        raise ValidationError(_("This is not a JPEG, PNG or WebP photo."), "format") from None
    if width * height > MAX_PIXELS:
        raise ValidationError(
            _("This photo has more than 25 million pixels. Choose a smaller copy of it."), "pixels"
        )
    if min(width, height) < MIN_SIDE:
        raise ValidationError(_("This photo is too small: each side needs 128 pixels or more."), "small")
    try:
        picture.draft("RGB", (2 * SIZES[-1], 2 * SIZES[-1]))  # a large JPEG is read at a fraction
        picture.load()
        return _on_white(ImageOps.exif_transpose(picture))
    except Exception:  # see above
        raise ValidationError(
            _("This photo is damaged or incomplete. Choose it again, or another one."), "damaged"
        ) from None


def _is_something_else(file):
    file.seek(0)
    return bool(FOREIGN.search(file.read())) or zipfile.is_zipfile(file)


def _on_white(picture):
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    picture = picture.convert("RGBA")
    ground = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(ground, picture).convert("RGB")


def _square(picture, size):
    square = ImageOps.fit(picture, (size, size), Image.Resampling.LANCZOS, centering=CENTERING)
    square.info = {}  # no Exif, no place, no colour profile, no comment
    written = BytesIO()
    square.save(written, "WEBP", quality=QUALITY)
    return written.getvalue()


def path(key, size):
    return f"photos/{key}-{size}.webp"


def save_photo(participant, made):
    """Keep ``made`` (from ``squares``) as ``participant``'s photo; the former one goes after the commit."""
    key = secrets.token_hex(16)
    saved = []
    try:
        for size, content in made.items():
            saved.append(default_storage.save(path(key, size), ContentFile(content)))
        _exchange(participant, key)
    except BaseException:
        for name in saved:
            default_storage.delete(name)
        raise


def remove_photo(participant):
    """Take the photo of ``participant`` away; its files go after the commit."""
    _exchange(participant, "")


@transaction.atomic
def _exchange(participant, key):
    # Read under the lock: of two uploads at once, the later one removes the files of the earlier one.
    row = Participant.objects.select_for_update().get(pk=participant.pk)
    if row.photo:
        transaction.on_commit(partial(delete, row.photo))
    participant.photo = row.photo = key
    row.save(update_fields=["photo"])


def delete(key):
    """Remove the files of a photo; none for an empty ``key``."""
    for size in SIZES if key else ():
        default_storage.delete(path(key, size))
