"""Many certificates in one file, each as it was issued."""

import tempfile
import zipfile
from io import BytesIO

from pypdf import PdfWriter

# Characters that file systems do not accept in a name, or that would make a folder.
NOT_IN_NAMES = frozenset('<>:"/\\|?*')
LONGEST = 80


def joined(certificates):
    """One open PDF file of all, in their order."""
    writer = PdfWriter()
    for certificate in certificates:
        writer.append(BytesIO(certificate.pdf))
    return _at_start(writer.write)


def zipped(certificates):
    """An open ZIP file with one PDF for each, named by its place and its holder."""

    def write(file):
        with zipfile.ZipFile(file, "w") as archive:  # a PDF is already compressed
            for certificate in certificates:
                archive.writestr(name_of(certificate), bytes(certificate.pdf))

    return _at_start(write)


def name_of(certificate):
    """The name of a certificate's file: "007 Sample Participant.pdf"."""
    holder = "".join(c for c in certificate.holder_name if c.isprintable() and c not in NOT_IN_NAMES)
    return f"{certificate.sequence:03} {holder[:LONGEST].strip(' .')}.pdf"


def _at_start(write):
    file = tempfile.SpooledTemporaryFile(max_size=8 * 1024 * 1024)  # noqa: SIM115 - the answer closes it
    write(file)
    file.seek(0)
    return file
