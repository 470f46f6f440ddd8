"""What a phone reads from the QR codes of pages and documents: they are drawn large, and decoded."""

import re
from io import BytesIO

import zxingcpp
from PIL import Image, ImageDraw
from pypdf import PdfReader
from pypdf.generic import ContentStream

SQUARE, BORDER = 8, 4  # pixels a square of the code; squares of white around it
MANY = 100  # lines of one shape: fewer are no code


def in_svg(text):
    """What the code says that is drawn in an SVG as lines of the width 1."""
    lines, x, y = [], 0, 0
    for kind, right, down in re.findall(r"([Mmh])\s?(-?[\d.]+)(?: (-?[\d.]+))?", _drawing(text)):
        if kind == "M":
            x, y = float(right), float(down)
        elif kind == "m":
            x, y = x + float(right), y + float(down)
        else:
            lines.append((x, x + float(right), y))
            x += float(right)
    return _read(lines, 1)


def _drawing(text):
    return re.search(r'<path[^>]* d="([^"]+)"', text)[1]


def on_page(content, number=0):
    """What the codes say that are drawn on a page of a PDF, in the order in which they were drawn."""
    reader = PdfReader(BytesIO(content))
    found, lines, start = [], [], None
    width, outer_widths = 1, []
    for numbers, operator in ContentStream(reader.pages[number].get_contents(), reader).operations:
        if operator == b"w":
            width = float(numbers[0])
        elif operator == b"q":
            outer_widths.append(width)
        elif operator == b"Q":
            width = outer_widths.pop()
        elif operator == b"m":
            start = [float(n) for n in numbers]
        elif operator == b"l" and start:
            lines.append((start[0], float(numbers[0]), start[1]))
        elif operator in (b"S", b"f", b"f*", b"n", b"B"):
            if operator in (b"S", b"B") and len(lines) > MANY:
                found.append(_read(lines, width))
            lines, start = [], None
    return found


def _read(lines, width):
    """What is read from ``lines``, (x where it starts, x where it ends, y), each a row of squares."""
    left, top = min(line[0] for line in lines), min(line[2] for line in lines)
    columns = round((max(line[1] for line in lines) - left) / width)
    side = (columns + 2 * BORDER) * SQUARE
    picture = Image.new("L", (side, side), 255)
    pen = ImageDraw.Draw(picture)
    for start, end, y in lines:
        x, row = (BORDER + (start - left) / width) * SQUARE, (BORDER + (y - top) / width) * SQUARE
        pen.rectangle((x, row, x + (end - start) / width * SQUARE - 1, row + SQUARE - 1), 0)
    (code,) = zxingcpp.read_barcodes(picture)
    return code.text
