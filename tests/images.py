"""Pictures made for tests: honest ones, and hostile ones that are refused."""

import struct
import zipfile
import zlib
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image


def picture(format="JPEG", size=(300, 400), color=(30, 90, 160), **options):
    """The bytes of a plain picture, lighter in its upper half; ``options`` as for Image.save."""
    image = Image.new("RGB", size, color)
    image.paste((240, 240, 240), (0, 0, size[0], size[1] // 2))
    written = BytesIO()
    image.save(written, format, **options)
    return written.getvalue()


def upload(content, name="photo.jpg", content_type="image/jpeg"):
    return SimpleUploadedFile(name, content, content_type)


def located_jpeg(orientation=1):
    """A JPEG whose Exif says where it was taken, by whom, and how it is to be turned."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x013B] = "Photographer Somebody"
    exif.get_ifd(0x8825)[1] = "S"
    exif.get_ifd(0x8825)[2] = (6.0, 54.0, 7.0)
    return picture(exif=exif.tobytes(), comment=b"a comment")


def _chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_bomb(width=30_000, height=None):
    """A PNG of a kilobyte that says it unfolds to ``width`` by ``height`` (or a square of) pixels."""
    header = struct.pack(">IIBBBBB", width, height or width, 8, 2, 0, 0, 0)
    body = zlib.compress(b"\0" * 1_000_000, 9)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def png_text_bomb():
    """A small PNG with a comment that unfolds to 200 MB."""
    text = b"Comment\0\0" + zlib.compress(b"\0" * 200_000_000, 9)
    whole = picture("PNG")
    return whole[:33] + _chunk(b"zTXt", text) + whole[33:]


def with_archive_behind(content):
    """A picture and, behind it, an archive of programs: both readers accept the file."""
    archive = BytesIO()
    with zipfile.ZipFile(archive, "w") as written:
        written.writestr("Main.class", b"\xca\xfe\xba\xbe")
    return content + archive.getvalue()


GIF_WITH_SCRIPT = b"GIF89a/*\x01\x00\x80\x00\x00*/=1;<script>alert(1)</script>" + b"\0" * 64
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HEIC = b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 64
