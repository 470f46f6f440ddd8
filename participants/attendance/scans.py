"""Which files may be kept as the scan of a signed list: a PDF or a picture, seen from the content alone."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from program import pictures

MAX_BYTES = 15 * 1024 * 1024
MAX_PIXELS = 60_000_000  # an A4 sheet at 600 dpi has 35 million
# A PDF ends with this word; scanners may write a little after it.
PDF_END, PDF_TAIL = b"%%EOF", 2048
TYPES = {"pdf": "application/pdf", "png": "image/png", "jpg": "image/jpeg"}
ENDINGS = {"PNG": "png", "JPEG": "jpg"}


def validate_scan(file):
    """Raise ValidationError unless ``file`` is a whole PDF, PNG or JPEG, of at most 15 MB and MAX_PIXELS."""
    if file.size > MAX_BYTES:
        raise ValidationError(
            _("The file is larger than 15 MB. Scan it in black and white, or with fewer dots per inch.")
        )
    if kind_of(file) is None:
        raise ValidationError(_("This is not a PDF or a picture (PNG, JPEG), or it is damaged."))


def kind_of(file):
    """The file extension for the content of ``file``: "pdf", "png", "jpg"; None for anything else.

    Raises ValidationError for a picture of more than MAX_PIXELS.
    """
    file.seek(0)
    head = file.read(8)
    try:
        if head.startswith(b"%PDF-"):
            file.seek(max(0, file.size - PDF_TAIL))
            return "pdf" if PDF_END in file.read() else None
        return ENDINGS[pictures.whole(file, formats=tuple(ENDINGS), max_pixels=MAX_PIXELS)]
    except ValidationError as refused:
        if refused.code != "pixels":
            return None
        message = _("The picture has more than 60 million pixels. Photograph or scan it smaller.")
        raise ValidationError(message, "pixels") from None
    finally:
        file.seek(0)
