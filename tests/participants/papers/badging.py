"""What tests of badges need: days to print on their backs, and eyes for the document."""

from io import BytesIO

from pypdf import PdfReader

from participants.papers import badge_documents
from program.agenda.kinds import Kind, Status
from program.publishing import releases
from tests.makers import make_group, make_item, make_organization, make_release

MM = 72 / 25.4


def make_days(program):
    """(A, B), the groups of a release: they begin the 24th apart; on the 25th a breakfast comes first."""
    first, second = make_group(program, "A"), make_group(program, "B")
    make_organization(program, role="organizer", name="Sample Ministry")
    make_item(program, "Bus of A", "07:30", "08:00", day=24, groups=[first])
    make_item(program, "Bus of B", "08:15", "08:45", day=24, groups=[second])
    make_item(program, "Workshop", "10:00", "11:00", day=24)
    make_item(program, "Breakfast", "06:30", "07:00", day=25, kind=Kind.MEAL)
    make_item(program, "Called off", "07:00", "08:00", day=25, status=Status.CANCELLED)
    make_item(program, "Closing", "09:00", "10:00", day=25)
    make_release(program)
    return first, second


def printed(program, people, backs=False):
    return badge_documents.pdf(
        releases.current(program),
        people,
        address_of=lambda code: f"https://portal.example/b/{code}/",
        backs=backs,
    )


def placed(content, number=0):
    """[(text, mm from the left, mm from the top, size)] of what stands on a page, a word or more each."""
    found = []
    page = PdfReader(BytesIO(content)).pages[number]

    def note(text, around, matrix, _font, size):
        if text.strip():
            x = matrix[4] * around[0] + around[4]
            y = matrix[5] * around[3] + around[5]
            found.append((text.strip(), x / MM, 297 - y / MM, abs(size * matrix[3] * around[3])))

    page.extract_text(visitor_text=note)
    return found
