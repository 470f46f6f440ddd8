from .announcement import Announcement
from .attendance import Attendance, Badge
from .certificate import Certificate, Signatory
from .notice import Notice
from .paper import PaperMark, PaperScan, PaperSettings
from .participant import Participant
from .travel import RetentionPolicy, TravelReading, TravelRecord

__all__ = [
    "Announcement",
    "Attendance",
    "Badge",
    "Certificate",
    "Notice",
    "PaperMark",
    "PaperScan",
    "PaperSettings",
    "Participant",
    "RetentionPolicy",
    "Signatory",
    "TravelReading",
    "TravelRecord",
]
