"""Typst at work, without Django: called by program/printing/documents.py, or run as a process of its own.

As a process it reads the arguments of ``typeset`` as JSON and writes the PDF, after "1" for PDF/UA or "0".
"""

import json
import sys
from functools import lru_cache
from pathlib import Path

import typst

FOLDER = Path(__file__).resolve().parents[2] / "templates" / "documents"


@lru_cache(maxsize=1)
def _fonts():
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FOLDER / "fonts")]
    )


def typeset(template, inputs, timestamp):
    """(PDF bytes, whether it is PDF/UA-1); it is not where a text has a sign that no font of ours has."""
    options = {
        "root": str(FOLDER),
        "font_paths": _fonts(),
        "ignore_system_fonts": True,
        "sys_inputs": inputs,
        "timestamp": timestamp,
    }
    try:
        return typst.compile(str(FOLDER / template), pdf_standards=["ua-1"], **options), True
    except typst.TypstError:
        return typst.compile(str(FOLDER / template), **options), False


if __name__ == "__main__":
    pdf, is_ua = typeset(**json.load(sys.stdin.buffer))
    sys.stdout.buffer.write((b"1" if is_ua else b"0") + pdf)
