"""Who signs, and a certificate as if it were issued."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw
from pypdf import PdfWriter

from participants.models import Certificate, Signatory
from participants.papers import signatures
from program import clock


def make_signatory(program, signature=False, **fields):
    made = Signatory(program=program, **{"name": "Sample Signatory", "position": "Director"} | fields)
    if signature:
        signatures.exchange(made, signatures.ink(scan()))
    made.save()
    return made


def scan(color=(20, 30, 90), size=(600, 400), format="PNG", **options):
    """The upload of a picture of a signature: a stroke on paper that is not quite white."""
    picture = Image.new("RGB", size, (245, 243, 238))
    ImageDraw.Draw(picture).line([(150, 200), (250, 120), (300, 260), (450, 180)], color, width=8)
    written = BytesIO()
    picture.save(written, format, **options)
    return SimpleUploadedFile(f"signature.{format.lower()}", written.getvalue())


def make_certificate(holder, **fields):
    """A certificate of a participant as if it were issued; its document is one empty page with their name."""
    program = holder.program
    data = {
        "kind": "participant",
        "number": "001/SERT/VII/2018",
        "name": holder.name,
        "own_script_name": holder.own_script_name,
        "institution": holder.institution,
        "program": program.title,
        "local_program": program.local_title,
        "starts_on": program.starts_on.isoformat(),
        "ends_on": program.ends_on.isoformat(),
        "issued_on": "2018-07-30",
    }
    made = {"sequence": 1, "number": data["number"], "data": data, "pdf": _empty_page(holder.name)}
    return Certificate.objects.create(
        program=program, participant=holder, issued_at=clock.now(), **(made | fields)
    )


def _empty_page(title):
    writer, written = PdfWriter(), BytesIO()
    writer.add_blank_page(842, 595)
    writer.add_metadata({"/Title": title})
    writer.write(written)
    return written.getvalue()
