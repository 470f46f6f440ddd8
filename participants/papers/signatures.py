"""Signatures under certificates: scanned or photographed, kept as PNG files of the ink and nothing else."""

import secrets
from functools import partial

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from PIL import ImageChops

from program import pictures

SIZE = (900, 360)  # pixels on about 60 by 17 mm of paper
# Of 255: what is fainter than the first is paper, what is darker than the second is all ink.
PAPER, INK = 60, 150


def ink(file):
    """The ink in the picture ``file`` as bytes of a PNG, cut to size, the paper around it made transparent.

    Raises ValidationError with what to do instead.
    """
    picture = pictures.on_white(pictures.decode(file, enough=2 * SIZE[0]))
    darkest = ImageChops.darker(ImageChops.darker(*picture.split()[:2]), picture.split()[2])
    strength = darkest.point([_strength(255 - level) for level in range(256)])
    box = strength.getbbox()
    if box is None:
        raise ValidationError(_("This picture is empty."), "empty")
    picture.putalpha(strength)
    signature = picture.crop(box)
    signature.thumbnail(SIZE)
    return pictures.written(signature, "PNG", optimize=True)


def _strength(darkness):
    return round(min(max(darkness - PAPER, 0) / (INK - PAPER), 1) * 255)


def path(key):
    return f"signatures/{key}.png"


def read(key):
    """The bytes of the PNG; None when there is none."""
    if not key:
        return None
    try:
        with default_storage.open(path(key)) as file:
            return file.read()
    except FileNotFoundError:  # replaced since the key was read
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
