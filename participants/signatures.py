"""Signatures under certificates: scanned or photographed, kept as PNG files of the ink and nothing else."""

import secrets
from functools import partial
from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageChops, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP")
MAX_BYTES = 5 * 1024 * 1024
MAX_PIXELS = 25_000_000  # looked at before decoding: a small file may unfold to a huge picture
SIZE = (900, 360)  # pixels on about 60 by 17 mm of paper
# Of 255: what is fainter than the first is paper, what is darker than the second is all ink.
PAPER, INK = 60, 150


def ink(file):
    """The ink in the picture ``file`` as bytes of a PNG, cut to size, the paper around it made transparent.

    Raises ValidationError with what to do instead.
    """
    if file.size > MAX_BYTES:
        raise ValidationError(
            _("This file is larger than 5 MB. Choose a smaller copy of the picture."), "size"
        )
    picture = _decoded(file)
    darkest = ImageChops.darker(ImageChops.darker(*picture.split()[:2]), picture.split()[2])
    strength = darkest.point([_strength(255 - level) for level in range(256)])
    box = strength.getbbox()
    if box is None:
        raise ValidationError(_("There is nothing on this picture."), "empty")
    picture.putalpha(strength)
    signature = picture.crop(box)
    signature.thumbnail(SIZE)
    signature.info = {}  # no Exif, no place, no colour profile, no comment
    written = BytesIO()
    signature.save(written, "PNG", optimize=True)
    return written.getvalue()


def _strength(darkness):
    return round(min(max(darkness - PAPER, 0) / (INK - PAPER), 1) * 255)


def _decoded(file):
    """An upright picture of mode RGB on white. Only the three formats are ever tried."""
    file.seek(0)
    try:
        picture = Image.open(file, formats=FORMATS)
        too_many = picture.width * picture.height > MAX_PIXELS
        if not too_many:
            picture.draft("RGB", (2 * SIZE[0], 2 * SIZE[0]))  # a large JPEG is read at a fraction
            upright = ImageOps.exif_transpose(picture).convert("RGBA")
    except Exception:  # a reader fed with hostile bytes may raise anything: it is no picture then
        raise ValidationError(_("This is not a PNG, JPEG or WebP picture."), "format") from None
    if too_many:
        raise ValidationError(
            _("This picture has more than 25 million pixels. Choose a smaller copy of it."), "pixels"
        )
    return Image.alpha_composite(Image.new("RGBA", upright.size, "white"), upright).convert("RGB")


def path(key):
    return f"signatures/{key}.png"


def read(key):
    """The bytes of the PNG; None when there is none."""
    if not key:
        return None
    try:
        with default_storage.open(path(key)) as file:
            return file.read()
    except FileNotFoundError:  # exchanged since the key was read
        return None


def exchange(signatory, content):
    """Keep ``content`` (from ``ink``; None: nothing) as the signature of ``signatory``, whom the caller
    saves; the file of the former one goes after the commit."""
    former = signatory.signature
    signatory.signature = secrets.token_hex(16) if content else ""
    if content:
        default_storage.save(path(signatory.signature), ContentFile(content))
    if former:
        transaction.on_commit(partial(default_storage.delete, path(former)))
