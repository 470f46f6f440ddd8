"""Documents, which are PDFs: Typst sources of templates/documents/, filled with plain data."""

import json
import logging
import re
import subprocess
import sys
import unicodedata
from base64 import b64encode
from io import BytesIO

from django.conf import settings
from PIL import Image

from .typesetting import typeset

TIMEOUT = 60  # seconds; gunicorn's own timeout is shorter

# Signs that turn the direction of the text around them.
TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
TSHEG = "\u0f0b"
log = logging.getLogger(__name__)


def render(template, data, *, printed_at, pictures=None, apart=False):
    """The PDF (bytes) of ``template`` (a file of templates/documents/) with ``data`` as its values.

    ``data`` is plain JSON data; its texts are set as text and can neither break nor extend the
    document. ``pictures`` is {name: bytes of a PNG, JPEG or WebP file}; the template has each as
    ``image(bytes(sys.inputs.at("picture-" + name)), format: "svg")``. ``printed_at`` (aware) goes into the
    file's properties: the same data printed at the same moment gives the same bytes. The PDF is PDF/UA-1
    unless a text has a character that no font of ours has.

    ``apart`` is for documents of many pages. Typst keeps what it set, some megabytes a page, until ten
    documents later; a process of its own gives them back at once, and costs some 0.1 s.
    """
    inputs = {f"picture-{name}": _as_svg(content) for name, content in (pictures or {}).items()}
    job = {
        "template": template,
        "inputs": inputs | {"data": json.dumps(printable(data))},
        "timestamp": int(printed_at.timestamp()),
    }
    pdf, is_ua = _typeset_apart(job) if apart else typeset(**job)
    if not is_ua:
        # What Typst says of it may name a person: only that it happened is written down.
        log.warning("%s could not be made as PDF/UA", template)
    return pdf


def _typeset_apart(job):
    command = [sys.executable, "-m", "program.printing.typesetting"]
    done = subprocess.run(
        command, input=json.dumps(job).encode(), capture_output=True, cwd=settings.BASE_DIR, timeout=TIMEOUT
    )
    if done.returncode:
        raise RuntimeError(f"{job['template']} could not be set: exit {done.returncode}")
    return done.stdout[1:], done.stdout[:1] == b"1"


def _as_svg(content):
    """A picture file as text, which is all that Typst takes in as a value."""
    picture = Image.open(BytesIO(content))
    size = 'width="{}" height="{}"'.format(*picture.size)
    address = f"data:image/{picture.format.lower()};base64,{b64encode(content).decode()}"
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}><image {size} href="{address}"/></svg>'


def printable(value):
    """``value`` without what cannot be printed: control characters, pictures, signs that change text
    direction.

    ``value`` is plain JSON data.
    """
    if isinstance(value, str):
        return "".join(c for c in value if c in "\n\t" or _has_a_place(c))
    if isinstance(value, dict):
        return {key: printable(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [printable(part) for part in value]
    return value


def _has_a_place(char):
    # Beyond the letter-like signs (°, ™, №) every such sign is a picture, or colors the one before.
    unwanted = ("Cc", "Cs", "So", "Sk") if char >= "\u2190" else ("Cc", "Cs")
    return unicodedata.category(char) not in unwanted and char not in TURNING and char != "\ufe0f"


def breakable(text, longest=18, step=6):
    """``text`` with places to break, every ``step`` letters, in words of more than ``longest`` letters.

    So it fits any column. The places have no width; none stands before a mark or after a sign that joins, and
    in Tibetan they stand after a tsheg alone, where readers expect a line to end.
    """
    return re.sub(rf"\S{{{longest + 1},}}", lambda word: _broken(word[0], step), text)


def _broken(word, step):
    parts, run = [], 0
    for before, char in zip(" " + word, word, strict=False):
        if run >= step and _may_break(before, char):
            parts.append("\u200b")
            run = 0
        parts.append(char)
        run += 1
    return "".join(parts)


def _may_break(before, char):
    if "\u0f00" <= before <= "\u0fff" or "\u0f00" <= char <= "\u0fff":
        return before == TSHEG and unicodedata.category(char) == "Lo"
    return unicodedata.category(char)[0] not in "MC" and not _joins(before)


def _joins(char):
    return char in "\u200c\u200d" or unicodedata.combining(char) == 9  # 9: a virama
