"""Which files may be kept as the scan of a signed list: a PDF or a picture, by its own first bytes."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MAX_BYTES = 15 * 1024 * 1024
SIGNATURES = (b"%PDF-", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")


def validate_scan(file):
    """Raise ValidationError unless ``file`` is a PDF, PNG or JPEG of at most 15 MB."""
    if file.size > MAX_BYTES:
        raise ValidationError(_("The file is larger than 15 MB. Scan in black and white, or smaller."))
    file.seek(0)
    head = file.read(8)
    file.seek(0)
    if not head.startswith(SIGNATURES):
        raise ValidationError(_("This is not a PDF or a picture (PNG, JPEG)."))
