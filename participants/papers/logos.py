"""The organizers' logos, kept as PNG files that hold the picture and nothing else."""

import secrets
from functools import partial

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from program import pictures

FIELDS = ("logo", "second_logo")
SIDE = 480  # pixels on 20 mm of paper: 600 dots per inch


def clean(file):
    """The picture in ``file`` as bytes of a PNG file; raises ValidationError with what to do instead."""
    picture = pictures.decode(file)
    picture.thumbnail((SIDE, SIDE))
    return pictures.written(picture, "PNG", optimize=True)


def path(key):
    return f"logos/{key}.png"


def read(settings):
    """{name of the field: bytes of the PNG} of the logos that ``settings`` (LetterheadSettings) have."""
    found = {}
    for name in FIELDS:
        if key := getattr(settings, name):
            try:
                with default_storage.open(path(key)) as file:
                    found[name] = file.read()
            except FileNotFoundError:  # replaced since the settings were read
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
