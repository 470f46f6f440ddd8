"""Which files may be uploaded as materials of a session."""

import zipfile

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
OFFICE_PARTS = {"docx": "word/", "pptx": "ppt/", "xlsx": "xl/"}


def validate_material(file):
    """Raise ValidationError unless ``file`` is a PDF, an Office document or a picture of at most 25 MB."""
    if file.size > MAX_BYTES:
        raise ValidationError(_("The file is larger than 25 MB. Make it smaller, or give a link."))
    ending = file.name.rsplit(".", 1)[-1].lower() if "." in file.name else ""
    ending = "jpg" if ending == "jpeg" else ending
    file.seek(0)
    head = file.read(8)
    file.seek(0)
    known = ending in SIGNATURES and head.startswith(SIGNATURES[ending])
    if known and ending in OFFICE_PARTS:
        try:
            with zipfile.ZipFile(file) as archive:
                known = any(name.startswith(OFFICE_PARTS[ending]) for name in archive.namelist())
        except zipfile.BadZipFile:
            known = False
        file.seek(0)
    if not known:
        raise ValidationError(
            _("This is not a PDF, Word, PowerPoint or Excel file or a picture (PNG, JPEG).")
        )
