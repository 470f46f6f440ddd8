"""Printed papers as PDF: Typst sources of templates/documents/, filled with plain data."""

import json
import logging
import unicodedata

import typst
from django.conf import settings

FOLDER = settings.BASE_DIR / "templates" / "documents"
log = logging.getLogger(__name__)


def render(template, data, *, printed_at):
    """The PDF (bytes) of ``template`` (a file of templates/documents/) with ``data`` as its values.

    ``data`` is plain JSON data; its texts are set as text and can neither break nor extend the
    document. ``printed_at`` (aware) goes into the file's properties: the same data printed at the same
    moment gives the same bytes. The PDF is PDF/UA-1 unless a name has a character that no font of ours has.
    """
    options = {
        "root": str(FOLDER),
        "font_paths": [str(FOLDER / "fonts")],
        "ignore_system_fonts": True,
        "sys_inputs": {"data": json.dumps(_printable(data))},
        "timestamp": int(printed_at.timestamp()),
    }
    try:
        return typst.compile(str(FOLDER / template), pdf_standards=["ua-1"], **options)
    except typst.TypstError:
        # The text of the error may name a person: only that it happened is written down.
        log.warning("%s could not be made as PDF/UA", template)
        return typst.compile(str(FOLDER / template), **options)


def _printable(value):
    """``value`` without control characters: paper has no use for them, and Typst refuses some."""
    if isinstance(value, str):
        return "".join(c for c in value if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs"))
    if isinstance(value, dict):
        return {key: _printable(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_printable(part) for part in value]
    return value
