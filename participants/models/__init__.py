from .announcement import Announcement
from .attendance import Attendance, Badge
from .certificate import Certificate, Signatory
from .mail import Mail
from .paper import PaperMark, PaperScan, PaperSettings
from .participant import Participant
from .travel import RetentionPolicy, TravelReading, TravelRecord

__all__ = [
    "Announcement",
    "Attendance",
    "Badge",
    "Certificate",
    "Mail",
    "PaperMark",
    "PaperScan",
    "PaperSettings",
    "Participant",
    "RetentionPolicy",
    "Signatory",
    "TravelReading",
    "TravelRecord",
]
