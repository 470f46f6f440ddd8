"""Prints lists, and reads a document again as whoever holds it would: its pages, texts and fonts."""

import re
from io import BytesIO

from pypdf import PdfReader

from participants.papers import attendance_lists, printing
from participants.papers.attendance_lists import Choices


class Document:
    def __init__(self, content):
        self.pdf = PdfReader(BytesIO(content))
        self.pages = [" ".join(page.extract_text().split()) for page in self.pdf.pages]

    @property
    def text(self):
        return " ".join(self.pages)

    def found(self, pattern):
        """What ``pattern`` finds on each page, in the order in which it stands there."""
        return [re.findall(pattern, page) for page in self.pages]

    @property
    def fonts(self):
        """{name of the font without the tag of its subset: whether its file is embedded}."""
        found = {}
        for page in self.pdf.pages:
            for font in page["/Resources"]["/Font"].values():
                inner = font.get_object()["/DescendantFonts"][0].get_object()
                descriptor = inner["/FontDescriptor"].get_object()
                name = inner["/BaseFont"].partition("+")[2]
                found[name] = bool({"/FontFile2", "/FontFile3"} & set(descriptor))
        return found

    @property
    def is_for_everybody(self):
        """Whether it says of itself that it is PDF/UA, which screen readers can read out."""
        return "pdfuaid" in self.pdf.trailer["/Root"]["/Metadata"].get_data().decode()


def read(program, **choices):
    """The Moment and Choices of the lists of all that people sign for."""
    choices = Choices(**choices)
    moment = printing.read(
        program,
        lambda agenda: attendance_lists.chosen_items(agenda, group=choices.group),
        states=choices.marked,
        committee="committee" in choices.lists,
    )
    return moment, choices


def printed(program, **choices):
    """The Document of these lists."""
    moment, choices = read(program, **choices)
    return to_document(moment, attendance_lists.document(moment, choices))


def to_document(moment, data):
    return Document(printing.pdf(moment, data))


def lists(program, **choices):
    moment, choices = read(program, **choices)
    return attendance_lists.document(moment, choices)["lists"]
