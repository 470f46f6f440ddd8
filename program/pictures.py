"""Pictures that someone uploads: the one place that opens them, because any of them may be an attack.

What a file is, is seen from its content; its name and what the browser says of it do not count. Only the
decoders of FORMATS ever run, and none before the size of the picture is known. Whatever is made of a decoded
picture is written again, so it holds pixels and nothing else: no place, author, comment or colour profile.
"""

import re
import zipfile
from io import BytesIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from PIL import Image, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP")
MAX_BYTES = 5 * 1024 * 1024
MAX_PIXELS = 25_000_000  # looked at before decoding: a small file may unfold to a huge picture
# A picture that is a page, program or document as well. Phones put films behind a picture: those pass.
# Four letters alone stand in one of some hundred photos by chance.
FOREIGN = re.compile(rb"<script|<html|<!doctype|<svg[\s>/]|<\?php|%pdf-", re.IGNORECASE)
HEIC_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1", b"heif")


def decode(file, *, enough=None, min_side=1):
    """The first picture in the uploaded ``file``: upright, of mode RGBA where it is transparent, else RGB.

    ``enough`` is a number of pixels: a large JPEG is then read at a fraction of its size, faster, with each
    side at least as long. Raises ValidationError, which says what to do instead, with the code "size",
    "format", "pixels", "small" (a side shorter than ``min_side``), "damaged" or "foreign".
    """
    if file.size > MAX_BYTES:
        raise ValidationError(
            _("This file is larger than 5 MB. Choose a smaller copy of the picture."), "size"
        )
    _refuse_heic(file)
    picture = _opened(file, FORMATS, MAX_PIXELS)
    if min(picture.size) < min_side:
        raise ValidationError(
            _("This picture is too small: each side needs %(side)d pixels or more."),
            "small",
            {"side": min_side},
        )
    try:
        if enough:
            picture.draft("RGB", (enough, enough))
        upright = _plain(ImageOps.exif_transpose(picture))
    except Exception:  # a decoder fed with hostile bytes may raise anything
        raise _damaged() from None
    if _is_something_else(file):
        raise ValidationError(
            _("This file is a picture and something else too. Take a screenshot of it and choose that."),
            "foreign",
        )
    return upright


def whole(file, *, formats, max_pixels):
    """The format of the picture in ``file``, one of ``formats``, after a look at its whole content.

    For a file that is kept as it came. Raises ValidationError with the code "format", "pixels" or "damaged".
    """
    picture = _opened(file, formats, max_pixels)
    try:
        if picture.format == "PNG":
            picture.verify()
            return "PNG"
        # Only reading it to the end tells whether it is whole; an eighth of the size is read quickly.
        picture.draft("L", (picture.width // 8, picture.height // 8))
        picture.load()
    except Exception:  # see above
        raise _damaged() from None
    # A phone may write several pictures into one JPEG file, which is then called MPO.
    return "JPEG" if picture.format == "MPO" else picture.format


def on_white(picture):
    """``picture`` (from ``decode``) of mode RGB, white where it was transparent."""
    if picture.mode == "RGB":
        return picture
    ground = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(ground, picture).convert("RGB")


def written(picture, format, **options):
    """The bytes of a file with the pixels of ``picture`` and nothing else; ``options`` as for Image.save."""
    picture.info = {}
    file = BytesIO()
    picture.save(file, format, **options)
    return file.getvalue()


def _opened(file, formats, max_pixels):
    """The picture in ``file``, not decoded yet."""
    file.seek(0)
    try:
        picture = Image.open(file, formats=formats)
        pixels = picture.width * picture.height
    except Image.DecompressionBombError:
        pixels = max_pixels + 1
    except Exception:  # see above
        raise ValidationError(_("This is not a PNG, JPEG or WebP picture."), "format") from None
    if pixels > max_pixels:
        raise ValidationError(
            _("This picture has more than %(millions)d million pixels. Choose a smaller copy of it."),
            "pixels",
            {"millions": max_pixels // 1_000_000},
        )
    return picture


def _plain(picture):
    if picture.mode.startswith("I"):  # 16 bits of grey, of which Pillow would keep the darkest 256 steps
        picture = picture.convert("I").point(lambda grey: grey * (1 / 256)).convert("L")
    return picture.convert("RGBA" if picture.has_transparency_data else "RGB")


def _damaged():
    return ValidationError(
        _("This picture is damaged or incomplete. Choose it again, or another one."), "damaged"
    )


def _refuse_heic(file):
    file.seek(0)
    if file.read(12)[4:] in [b"ftyp" + brand for brand in HEIC_BRANDS]:
        raise ValidationError(
            _("HEIC photos cannot be read here. Save the photo as JPEG, or take a screenshot of it."),
            "format",
        )


def _is_something_else(file):
    file.seek(0)
    return bool(FOREIGN.search(file.read())) or zipfile.is_zipfile(file)
