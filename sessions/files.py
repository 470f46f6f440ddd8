"""Which files may be uploaded as materials of a session."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MAX_BYTES = 25 * 1024 * 1024
# By the file's own first bytes; the name's ending must agree with them.
SIGNATURES = {
    "pdf": b"%PDF-",
    "docx": b"PK\x03\x04",
    "pptx": b"PK\x03\x04",
    "xlsx": b"PK\x03\x04",
    "png": b"\x89PNG\r\n\x1a\n",
    "jpg": b"\xff\xd8\xff",
}
OFFICE_PARTS = {"docx": b"word/", "pptx": b"ppt/", "xlsx": b"xl/"}
# An Office document is a ZIP archive, which ends with the list of its parts. Parts are looked for in the
# last piece of the file only: an archive made by an attacker is never opened, whatever it claims to hold.
LIST_BYTES = 256 * 1024


def validate_material(file):
    """Raise ValidationError unless ``file`` is a PDF, an Office document or a picture of at most 25 MB.

    A stored file was checked when it was uploaded, and is not read again.
    """
    if getattr(file, "_committed", False):
        return
    if file.size > MAX_BYTES:
        raise ValidationError(_("The file is larger than 25 MB. Make it smaller, or give a link."))
    ending = file.name.rsplit(".", 1)[-1].lower() if "." in file.name else ""
    ending = "jpg" if ending == "jpeg" else ending
    file.seek(0)
    head = file.read(8)
    known = ending in SIGNATURES and head.startswith(SIGNATURES[ending])
    if known and ending in OFFICE_PARTS:
        file.seek(max(0, file.size - LIST_BYTES))
        known = _lists_part(file.read(), OFFICE_PARTS[ending])
    file.seek(0)
    if not known:
        raise ValidationError(
            _("This is not a PDF, Word, PowerPoint or Excel file or a picture (PNG, JPEG).")
        )


def _lists_part(end, folder):
    """Whether the end of an archive lists a file in ``folder``: 46 bytes about each, then its name."""
    return re.search(rb"PK\x01\x02.{42}" + folder, end, re.DOTALL) is not None
