import io
import struct
import time
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from sessions.files import MAX_BYTES, validate_material

NOT_KNOWN = ["This is not a PDF, Word, PowerPoint or Excel file or a picture (PNG, JPEG)."]
PNG = b"\x89PNG\r\n\x1a\n"


def archive(*names, comment=b""):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for name in names:
            file.writestr(name, "x")
        file.comment = comment
    return buffer.getvalue()


DOCX = archive("[Content_Types].xml", "_rels/.rels", "word/document.xml")


def refused(name, content):
    """What is said against a file; [] when it is taken."""
    try:
        validate_material(SimpleUploadedFile(name, content))
    except ValidationError as error:
        return error.messages
    return []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("slides.pdf", b"%PDF-1.7\n"),
        ("SLIDES.PDF", b"%PDF-1.7\n"),
        ("my.best.slides.pdf", b"%PDF-1.7\n"),
        ("chart.png", PNG + b"x"),
        ("photo.jpg", b"\xff\xd8\xff\xe0"),
        ("photo.jpeg", b"\xff\xd8\xff\xe1"),
        ("paper.docx", DOCX),
        ("paper.docx", archive("word/document.xml", comment=b"by hand")),
        ("slides.pptx", archive("[Content_Types].xml", "ppt/presentation.xml")),
        ("table.xlsx", archive("[Content_Types].xml", "xl/workbook.xml")),
    ],
)
def test_slides_papers_tables_and_pictures_are_taken(name, content):
    assert refused(name, content) == []


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("slides.exe", b"MZ"),
        ("slides.pdf.exe", b"%PDF-1.7"),
        ("slides.pdf", b"MZ"),
        ("slides.pdf", b""),
        ("slides.pdf", b"\n%PDF-1.7"),
        ("slides", b"%PDF-1.7"),
        ("pdf", b"%PDF-1.7"),
        ("page.html", b"<html>"),
        ("drawing.svg", b"<svg>"),
        ("photo.png", b"\xff\xd8\xff"),
        ("photo.gif", b"GIF89a"),
        ("archive.zip", archive("word/document.xml")),
        ("paper.docx", archive("xl/workbook.xml")),
        ("paper.docx", archive("evil/word/document.xml")),
        ("paper.docx", archive("word")),
        ("paper.docx", DOCX[: len(DOCX) // 2]),
        ("paper.docx", b"PK\x03\x04"),
        ("paper.docx", b"#!/bin/sh\n" + DOCX),
        ("macros.docm", archive("word/document.xml")),
        ("old.doc", b"\xd0\xcf\x11\xe0"),
    ],
)
def test_anything_else_is_refused(name, content):
    assert refused(name, content) == NOT_KNOWN


def test_file_of_25_megabytes_is_taken_and_a_byte_more_refused():
    whole = b"%PDF-".ljust(MAX_BYTES, b"x")

    assert refused("slides.pdf", whole) == []
    assert refused("slides.pdf", whole + b"x") == [
        "The file is larger than 25 MB. Make it smaller, or give a link."
    ]


def test_file_is_left_at_its_beginning():
    for name, content in [("slides.pdf", b"%PDF-1.7\n"), ("paper.docx", DOCX)]:
        file = SimpleUploadedFile(name, content)

        validate_material(file)

        assert file.read() == content


def test_archive_that_lists_half_a_million_parts_costs_no_time():
    """A list of parts needs no parts: 25 MB of it took ten seconds and 240 MB to read."""
    entry = struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, *[0] * 7, 1, *[0] * 6) + b"a"
    listed = entry * (MAX_BYTES // len(entry) - 10)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 0, 0, len(listed), 30, 0)
    bomb = b"PK\x03\x04".ljust(30, b"\0") + listed + end
    begin = time.perf_counter()

    assert refused("paper.docx", bomb) == NOT_KNOWN

    assert time.perf_counter() - begin < 1


@given(st.binary(max_size=200), st.integers(0, len(DOCX)), st.sampled_from(["docx", "pptx", "pdf", "png"]))
def test_a_damaged_file_is_taken_or_refused_and_nothing_else(noise, place, ending):
    content = DOCX[:place] + noise + DOCX[place:]

    assert refused(f"file.{ending}", content) in ([], NOT_KNOWN)
