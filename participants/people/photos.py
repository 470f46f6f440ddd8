"""Photos of people, kept as small squares that hold the picture and nothing else."""

import secrets
from functools import partial

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from PIL import Image, ImageOps

from participants.models import Participant
from program import pictures

SIZES = (64, 128, 256, 512)  # the sides of the squares that pages use, in pixels
MIN_SIDE = 128
QUALITY = 82
# Faces are above the middle of a portrait.
CENTERING = (0.5, 0.4)


def squares(file):
    """The picture in ``file`` as {size: WebP bytes}; raises ValidationError with what to do instead."""
    picture = pictures.on_white(pictures.decode(file, enough=2 * SIZES[-1], min_side=MIN_SIDE))
    return {size: _square(picture, size) for size in SIZES}


def _square(picture, size):
    square = ImageOps.fit(picture, (size, size), Image.Resampling.LANCZOS, centering=CENTERING)
    return pictures.written(square, "WEBP", quality=QUALITY)


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
    """Remove the photo of ``participant``; its files are deleted after the commit."""
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


def forget(participant):
    """Remove the files of the photo after the commit."""
    transaction.on_commit(partial(delete, participant.photo))
