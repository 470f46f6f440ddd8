"""The organizers' logos: read with suspicion, kept as PNG files that hold the picture and nothing else."""

import secrets
from functools import partial
from io import BytesIO

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from PIL import Image

FIELDS = ("logo", "second_logo")
FORMATS = ("JPEG", "PNG", "WEBP")
MAX_BYTES = 5 * 1024 * 1024
MAX_PIXELS = 25_000_000  # looked at before decoding: a small file may unfold to a huge picture
SIDE = 480  # pixels on 20 mm of paper: 600 dots per inch


def clean(file):
    """The picture in ``file`` as bytes of a PNG file; raises ValidationError with what to do instead."""
    if file.size > MAX_BYTES:
        raise ValidationError(_("This file is larger than 5 MB. Choose a smaller copy of the logo."))
    file.seek(0)
    try:
        picture = Image.open(file, formats=FORMATS)
        too_many = picture.width * picture.height > MAX_PIXELS
        if not too_many:
            picture.load()
            made = picture.convert("RGBA")
    except Exception:  # a reader fed with hostile bytes may raise anything: it is no picture then
        raise ValidationError(_("This is not a PNG, JPEG or WebP picture.")) from None
    if too_many:
        raise ValidationError(_("This picture has more than 25 million pixels. Choose a smaller copy of it."))
    made.thumbnail((SIDE, SIDE))
    made.info = {}
    written = BytesIO()
    made.save(written, "PNG", optimize=True)
    return written.getvalue()


def path(key):
    return f"logos/{key}.png"


def read(settings):
    """{name of the field: bytes of the PNG} of the logos that ``settings`` (PaperSettings) have."""
    found = {}
    for name in FIELDS:
        if key := getattr(settings, name):
            try:
                with default_storage.open(path(key)) as file:
                    found[name] = file.read()
            except FileNotFoundError:  # exchanged since the settings were read
                continue
    return found


def exchange(settings, name, content):
    """Keep ``content`` (from ``clean``; None: nothing) as the logo ``name`` of ``settings``, which the caller
    saves; the file of the former one goes after the commit."""
    former = getattr(settings, name)
    key = secrets.token_hex(16) if content else ""
    if content:
        default_storage.save(path(key), ContentFile(content))
    if former:
        transaction.on_commit(partial(default_storage.delete, path(former)))
    setattr(settings, name, key)
